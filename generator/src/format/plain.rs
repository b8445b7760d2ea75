//! Plain items: types, and functions of a few statements, whose layout is known without parsing them.
//!
//! The layout is the printer's own; where it is not known, the text is still Rust, and for the printer to lay out.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};

use crate::emit::attrs;
use crate::format::line::{Line, braced, filled, inside, is_sign, split};

/// The printer's widest line, in bytes.
const WIDTH: usize = 89;
/// Its widest value of a struct with its fields on the same line, in bytes.
const VALUE_WIDTH: usize = 35;

/// An item as text.
#[derive(Default)]
pub(super) struct Plain {
    pub(super) text: String,
    /// How many functions of `Client` give a `Call`.
    pub(super) functions: usize,
    /// Whether the layout is not known.
    pub(super) is_unsure: bool,
}

pub(super) fn print(item: impl Iterator<Item = TokenTree>) -> Plain {
    let mut plain = Plain::default();
    let mut tokens = item.peekable();
    while tokens.peek().is_some() {
        plain.attributes(&mut tokens, "");
        plain.item(&mut tokens);
    }
    plain
}

impl Plain {
    fn item(&mut self, tokens: &mut Peekable<impl Iterator<Item = TokenTree>>) {
        let mut head = Line::default();
        while let Some(token) = tokens.next() {
            match braced(token) {
                Ok(body) if head.text.starts_with("use ") => {
                    self.is_unsure |= head.is_unsure || tokens.next_if(|token| is_sign(token, ';')).is_none();
                    return self.uses(&head.text, body);
                }
                Ok(body) => return self.block(&head, body),
                Err(token) if is_sign(&token, ';') => return self.end(head),
                Err(token) => head.push(token),
            }
        }
        self.is_unsure = true;
        self.line("", &head);
    }

    /// An item without a block.
    fn end(&mut self, mut head: Line) {
        head.text.push(';');
        let is_alias = head.text.starts_with("pub type ") && !head.text.ends_with(">;");
        if (is_alias || head.text.starts_with("use ")) && !head.is_unsure {
            // There is nowhere to break it.
            return self.text.extend([&head.text, "\n"]);
        }
        self.is_unsure |= !head.text.starts_with("pub ");
        self.line("", &head);
    }

    /// Several names of a module, as many in a line as there is room for.
    fn uses(&mut self, head: &str, body: TokenStream) {
        let mut names = split(body, &mut self.is_unsure);
        let line = format!("{head}{{{}}};\n", names.join(", "));
        if line.len() <= WIDTH + 1 {
            return self.text.push_str(&line);
        }
        self.is_unsure |= !line.is_ascii();
        let last = names.pop().unwrap_or_default();
        let names: Vec<String> = names.into_iter().map(|name| name + ",").chain([last]).collect();
        self.text.extend([head, "{\n", filled(&names, WIDTH).trim_end(), ",\n};\n"]);
    }

    fn block(&mut self, head: &Line, body: TokenStream) {
        let is_function = head.text.starts_with("impl");
        if !is_function && !head.text.starts_with("pub struct ") && !head.text.starts_with("pub enum ") {
            self.is_unsure = true;
            self.text.extend([&head.text, " {", &body.to_string(), "}"]);
            return;
        }
        self.is_unsure |= head.is_unsure || head.text.len() + 2 > WIDTH;
        self.text.push_str(&head.text);
        let mut tokens = body.into_iter().peekable();
        if tokens.peek().is_none() {
            return self.text.push_str(" {}\n");
        }
        self.text.push_str(" {\n");
        let mut is_first = true;
        while tokens.peek().is_some() {
            if is_function && !is_first {
                self.text.push('\n');
            }
            is_first = false;
            self.attributes(&mut tokens, "    ");
            if is_function { self.function(&mut tokens, &head.text) } else { self.member(&mut tokens) }
        }
        self.text.push_str("}\n");
    }

    /// A field or a variant.
    fn member(&mut self, tokens: &mut Peekable<impl Iterator<Item = TokenTree>>) {
        let mut line = Line::default();
        for token in tokens.by_ref() {
            if is_sign(&token, ',') && line.is_closed() {
                break;
            }
            line.push(token);
        }
        line.is_unsure |= line.fields.is_some();
        line.text.push(',');
        self.line("    ", &line);
    }

    fn function(&mut self, tokens: &mut Peekable<impl Iterator<Item = TokenTree>>, owner: &str) {
        let (mut head, mut arguments) = (Line::default(), None::<Vec<String>>);
        let mut end = Line::default();
        for token in tokens.by_ref() {
            match braced(token) {
                Ok(body) => {
                    self.functions += usize::from(owner == "impl Client" && gives_call(&head.text, &end.text));
                    self.is_unsure |= head.is_unsure || end.is_unsure || !head.text.starts_with("pub fn ");
                    self.signature(&head.text, &arguments.unwrap_or_default(), &end.text);
                    return self.body(body);
                }
                Err(token) if is_sign(&token, ';') => break,
                Err(TokenTree::Group(group))
                    if head.text.contains("fn ")
                        && arguments.is_none()
                        && group.delimiter() == Delimiter::Parenthesis =>
                {
                    arguments = Some(split(inside(group), &mut self.is_unsure));
                }
                Err(token) if arguments.is_none() => head.push(token),
                Err(token) => end.push(token),
            }
        }
        // A type or a constant.
        self.is_unsure = true;
        self.text.extend([&head.text, ";"]);
    }

    fn signature(&mut self, head: &str, arguments: &[String], end: &str) {
        let space = if end.is_empty() { "" } else { " " };
        let line = format!("    {head}({}){space}{end}", arguments.join(", "));
        if line.len() + 2 <= WIDTH {
            self.text.push_str(&line);
            return;
        }
        self.text.extend(["    ", head, "(\n"]);
        for argument in arguments {
            self.is_unsure |= argument.len() + 9 > WIDTH;
            self.text.extend(["        ", argument, ",\n"]);
        }
        let line = format!("    ){space}{end}");
        self.is_unsure |= line.len() + 2 > WIDTH;
        self.text.push_str(&line);
    }

    /// The statements of a function.
    fn body(&mut self, body: TokenStream) {
        if body.is_empty() {
            return self.text.push_str(" {}\n");
        }
        self.text.push_str(" {\n");
        let mut statement = Line::default();
        for token in body {
            let ends = is_sign(&token, ';');
            statement.push(token);
            if ends {
                self.statement(&std::mem::take(&mut statement));
            }
        }
        if !statement.text.is_empty() {
            self.statement(&statement);
        }
        self.text.push_str("    }\n");
    }

    fn statement(&mut self, line: &Line) {
        const INDENT: &str = "        ";
        let is_wide_value = line.fields.is_some() && line.text.len() > VALUE_WIDTH;
        let is_wide = is_wide_value || INDENT.len() + line.text.len() > WIDTH;
        if line.is_unsure || !is_wide {
            return self.line(INDENT, line);
        }
        if let Some((start, fields)) = &line.fields {
            self.text.extend([INDENT, line.text.get(..*start).unwrap_or_default(), " {\n"]);
            for field in fields {
                self.is_unsure |= INDENT.len() + 5 + field.len() > WIDTH;
                self.text.extend([INDENT, "    ", field, ",\n"]);
            }
            return self.text.extend([INDENT, "}\n"]);
        }
        let Some(first) = line.calls.first().filter(|_| line.text.starts_with("let request = Request::new(")) else {
            return self.line(INDENT, line);
        };
        let ends = line.calls.iter().copied().skip(1).chain([line.text.len()]);
        self.text.extend([INDENT, line.text.get(..*first).unwrap_or_default(), "\n"]);
        for (start, end) in line.calls.iter().zip(ends) {
            let call = line.text.get(*start..end).unwrap_or_default();
            self.is_unsure |= INDENT.len() + 4 + call.len() > WIDTH;
            self.text.extend([INDENT, "    ", call, "\n"]);
        }
    }

    fn line(&mut self, indent: &str, line: &Line) {
        self.is_unsure |= line.is_unsure || indent.len() + line.text.len() > WIDTH;
        self.text.extend([indent, &line.text, "\n"]);
    }

    fn attributes(&mut self, tokens: &mut Peekable<impl Iterator<Item = TokenTree>>, indent: &str) {
        while tokens.next_if(|token| is_sign(token, '#')).is_some() {
            match tokens.next_if(|token| matches!(token, TokenTree::Group(_))) {
                Some(TokenTree::Group(group)) => self.attribute(inside(group), indent),
                Some(_) | None => {
                    // One of what is around it.
                    self.is_unsure = true;
                    return self.text.push('#');
                }
            }
        }
    }

    fn attribute(&mut self, stream: TokenStream, indent: &str) {
        let mut line = Line::default();
        for token in stream {
            if let TokenTree::Literal(literal) = &token
                && line.text == "doc ="
                && let Some(text) = value(literal)
            {
                return attrs::push_lines(&text, indent, &mut self.text);
            }
            line.push(token);
        }
        // An escape that is not known.
        self.is_unsure |= line.text.starts_with("doc =");
        line.text = format!("#[{}]", line.text);
        self.line(indent, &line);
    }
}

/// Whether a function is one that calls an operation; a raw call has none.
fn gives_call(head: &str, end: &str) -> bool {
    head != "pub fn raw" && end.strip_prefix("-> Call<").is_some()
}

/// The text of a literal; `None` where it has an escape that is not known.
fn value(literal: &Literal) -> Option<String> {
    let written = literal.to_string();
    if let Some(raw) = written.strip_prefix('r') {
        return Some(raw.trim_matches('#').strip_prefix('"')?.strip_suffix('"')?.to_owned());
    }
    let mut rest = written.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(rest.len());
    while let Some((plain, escaped)) = rest.split_once('\\') {
        text.push_str(plain);
        let mut chars = escaped.chars();
        let char = match chars.next()? {
            'u' => {
                let (code, behind) = chars.as_str().strip_prefix('{')?.split_once('}')?;
                chars = behind.chars();
                char::from_u32(u32::from_str_radix(code, 16).ok()?)?
            }
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            sign @ ('"' | '\'' | '\\') => sign,
            _ => return None,
        };
        text.push(char);
        rest = chars.as_str();
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;

    use super::print;

    #[rustfmt::skip]
    /// Items whose layout is known, as the printer lays them out.
    #[test]
    fn the_layout_is_the_printers() {
        let items: [TokenStream; 11] = [
            quote!(
                use a::b::C;
            ),
            quote!(
                use a::{b, r#c};
            ),
            quote!(
                use a_module::{FirstName, NameThatIsLonger, NameThatIsEvenLonger, NameThatEndsTheLine, LastNameOfTheNextLineWhichIsSoLongThatItsCommaIsTheLastOfTheLine12345678901234567890};
            ),
            quote!(
                #[derive(Clone, Debug, PartialEq)]
                #[non_exhaustive]
                pub struct A {
                    pub a: Option<Vec<B<'a>>>,
                    pub r#b: std::x::C,
                }
            ),
            quote!(
                #[doc = " Said."]
                pub enum A {
                    #[doc = " One: \"x\"."]
                    One,
                    Two(Box<B>),
                    #[deprecated]
                    Three(BTreeMap<String, Value>),
                }
            ),
            quote!(
                pub struct A(pub String);
            ),
            quote!(
                pub struct A {}
            ),
            quote!(
                pub type VeryLongNameThatGoesOnAndOnAndOnAndOnAndOnAndOn = AnotherLongNameThatGoesOnAndOnAndOnAndOn;
            ),
            quote!(impl Client { #[must_use] pub fn a(&self, b: &str, c: &[u8],) -> Call<A> { let request = Request::new(A::META).path("b", b); Call::new(&self.core, request) } }),
            quote!(impl Client { pub fn a(&self, b: &types::ALongName, c: &types::AnotherLongName, d: &types::AThirdLongName) -> Call<A> {
                let request = Request::new(A::META).path("a long name", b).query("another long name", &c).query("a third long name", &d);
                Call::new(&self.core, request) } }),
            quote!(
                #[expect(deprecated, reason = "why")]
                impl A {
                    pub fn new(a: impl Into<String>, b: i64) -> Self {
                        Self { a: a.into(), b, c: None }
                    }
                }
            ),
        ];
        for item in items {
            let printed = prettyplease::unparse(&syn::parse2(item.clone()).unwrap());
            let plain = print(item.into_iter());
            assert!(!plain.is_unsure, "{printed}");
            assert_eq!(plain.text, printed);
        }
    }

    #[test]
    fn what_is_not_known_is_still_rust() {
        let items: [TokenStream; 7] = [
            quote!(
                use a::{
                    b::{c, d},
                    e,
                };
            ),
            quote!(impl A { fn a(&self) -> bool { match self { Self::A(a) if !a.is_empty() => *a < 1, _ => (0..=3).any(|x| x == -1) } } }),
            quote!(impl A { type B = (C,); const D: &[u8] = &[1]; pub fn e(&self) { self.0.f() } }),
            quote!(#![allow(dead_code)] use a::b;),
            quote!(impl A { pub fn a(self) { for (name, part) in &self.a_name_that_is_long_enough_to_be_wide { form.part(name, part, name != part); } } }),
            quote!(
                pub fn a() {
                    loop {
                        break;
                    }
                }
            ),
            quote!(
                pub struct A {
                    pub a: Option<
                        AVeryLongNameThatGoesOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOn,
                    >,
                }
            ),
        ];
        for item in items {
            let printed = prettyplease::unparse(&syn::parse2(item.clone()).unwrap());
            let plain = print(item.into_iter());
            assert!(plain.is_unsure, "{printed}");
            assert_eq!(prettyplease::unparse(&syn::parse_str(&plain.text).unwrap()), printed);
        }
    }

    #[test]
    fn calls_are_counted() {
        let functions = |item: TokenStream| print(item.into_iter()).functions;
        assert_eq!(functions(quote!(impl Client { pub fn a(&self) -> Call<A> {} pub fn b(&self) -> B {} })), 1);
        assert_eq!(functions(quote!(impl Client { pub fn raw(&self) -> Call<Raw> {} })), 0);
        assert_eq!(functions(quote!(impl A { pub fn a(&self) -> Call<A> {} })), 0);
    }
}
