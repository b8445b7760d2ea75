//! Tokens on one line, as a person would space them.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// One line, or a piece of it.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Whether the next token clings to what is there.
    clings: bool,
    /// How many `<` are open.
    angles: usize,
    /// Whether there is a sign that means one of several things, which are spaced in different ways.
    pub(super) is_unsure: bool,
    /// Where calls of methods begin.
    pub(super) calls: Vec<usize>,
    /// Where the braces of a value begin, if the line ends with it, and its fields.
    pub(super) fields: Option<(usize, Vec<String>)>,
}

impl Line {
    pub(super) fn push(&mut self, token: TokenTree) {
        self.fields = None;
        match token {
            TokenTree::Group(group) => self.group(group),
            TokenTree::Punct(punct) => self.sign(punct.as_char(), punct.spacing()),
            TokenTree::Ident(ident) => {
                self.space(false);
                // Writing to a string cannot fail.
                let _ = write!(self.text, "{ident}");
                self.clings = false;
            }
            TokenTree::Literal(literal) => {
                self.space(false);
                let _ = write!(self.text, "{literal}");
                self.clings = false;
            }
        }
    }

    /// Whether a comma here ends what the line is of.
    pub(super) fn is_closed(&self) -> bool {
        self.angles == 0
    }

    fn sign(&mut self, sign: char, spacing: Spacing) {
        let follows_name = || self.text.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | ')'));
        let is_macro = sign == '!' && spacing == Spacing::Alone && follows_name();
        let is_arrow = sign == '>' && self.text.ends_with(['=', '-']);
        match sign {
            '<' => self.angles += 1,
            '>' if !is_arrow => self.angles = self.angles.saturating_sub(1),
            '.' if spacing == Spacing::Alone && !self.text.ends_with('.') => self.calls.push(self.text.len()),
            _ => {}
        }
        self.is_unsure |= match sign {
            ',' | ';' | '.' | ':' | '<' | '>' | '&' | '=' | '?' | '\'' => false,
            '-' => spacing == Spacing::Alone,
            '!' => !is_macro,
            _ => true,
        };
        let is_double = spacing == Spacing::Joint || self.text.ends_with("::");
        let clings_before =
            matches!(sign, ',' | ';' | '.' | ':' | '<' | '?') || (sign == '>' && !is_arrow) || is_macro || self.clings;
        self.word(sign.encode_utf8(&mut [0; 4]), clings_before);
        let ends_path = sign == ':' && self.text.ends_with("::");
        let ends_range = sign == '=' && self.text.ends_with("..=");
        self.clings = is_double || ends_path || ends_range || is_macro || matches!(sign, '.' | '&' | '-' | '#' | '<');
    }

    fn group(&mut self, group: Group) {
        let delimiter = group.delimiter();
        let stream = inside(group);
        match delimiter {
            Delimiter::Parenthesis => {
                let follows = |last: char| last.is_alphanumeric() || matches!(last, '_' | '!' | ')' | '>');
                let is_call = self.text.ends_with(follows) && !self.text.ends_with("->") && !self.text.ends_with("=>");
                let inner = self.inner(stream);
                let inner = match inner.strip_suffix(',') {
                    Some(bare) if is_call => bare,
                    Some(_) => {
                        self.is_unsure = true;
                        &inner
                    }
                    None => &inner,
                };
                self.word(&format!("({inner})"), is_call);
            }
            Delimiter::Bracket => {
                let inner = self.inner(stream);
                self.word(&format!("[{inner}]"), false);
            }
            Delimiter::None => {
                let inner = self.inner(stream);
                self.word(&format!(" {inner} "), false);
            }
            Delimiter::Brace => self.braces(stream),
        }
        self.clings = false;
    }

    fn inner(&mut self, stream: TokenStream) -> String {
        let mut inner = Self { clings: true, ..Self::default() };
        for token in stream {
            // How wide it may be depends on what it stands in.
            self.is_unsure |= matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            inner.push(token);
        }
        self.is_unsure |= inner.is_unsure;
        inner.text
    }

    /// The braces of a value of a struct; those of a block are not for one line.
    fn braces(&mut self, stream: TokenStream) {
        let name = self.text.rsplit(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
        self.is_unsure |= !name.starts_with(char::is_uppercase);
        let fields = split(stream, &mut self.is_unsure);
        let start = self.text.len();
        let inner = if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) };
        self.word(&inner, false);
        self.fields = Some((start, fields));
    }

    fn word(&mut self, word: &str, clings: bool) {
        self.space(clings);
        self.text.push_str(word);
    }

    /// What stands before a token, unless that clings to what is there.
    fn space(&mut self, clings: bool) {
        if !clings && !self.clings && !self.text.is_empty() {
            self.text.push(' ');
        }
    }
}

/// What commas separate, each on a line of its own.
pub(super) fn split(tokens: TokenStream, is_unsure: &mut bool) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = Line::default();
    for token in tokens {
        if is_sign(&token, ',') && part.is_closed() {
            *is_unsure |= part.is_unsure;
            parts.push(std::mem::take(&mut part).text);
        } else {
            part.push(token);
        }
    }
    *is_unsure |= part.is_unsure;
    parts.extend(Some(part.text).filter(|text| !text.is_empty()));
    parts
}

/// Texts in lines that are as full as they can be.
pub(super) fn filled(texts: &[String], widest: usize) -> String {
    let mut lines = String::new();
    let mut width = 0;
    for text in texts {
        let length = text.chars().count();
        if width > 0 && width + 1 + length > widest {
            lines.push('\n');
            width = 0;
        }
        if width == 0 {
            lines.push_str("    ");
            width = 4;
        } else {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(text);
        width += length;
    }
    lines + "\n"
}

/// Whether a token is a sign.
pub(super) fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// What is in a group. The group is gone then, so that the tokens can be moved out, and need not be copied.
pub(super) fn inside(group: Group) -> TokenStream {
    let tokens = group.stream();
    drop(group);
    tokens
}

/// What is between the braces that a token is; the token where it is none.
pub(super) fn braced(token: TokenTree) -> Result<TokenStream, TokenTree> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Ok(inside(group)),
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => Err(token),
    }
}
