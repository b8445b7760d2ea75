//! Attributes: documentation and `deprecated`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir;

/// A `#[doc]` attribute for all lines, which [`push_lines`] takes apart when it is printed: one for each line is a third of all
/// tokens, and several lines in one would be printed as a block comment.
pub(super) fn doc(text: &str) -> TokenStream {
    let text = text.trim_end();
    if text.is_empty() {
        return TokenStream::new();
    }
    let mut marked = String::with_capacity(text.len() + text.len() / 32 + 1);
    wrap(text, |line| {
        marked.push(MARK);
        marked.push_str(line);
    });
    let marked = literal(&marked);
    quote!(#[doc = #marked])
}

/// A text as it is, since to escape what is never compiled takes longer than all else that is done with it.
fn literal(text: &str) -> Literal {
    let mut fence = String::from("\"");
    while text.contains(&fence) {
        fence.push('#');
    }
    let hashes = fence.get(1..).unwrap_or_default();
    format!("r{hashes}\"{text}{fence}").parse().unwrap_or_else(|_| Literal::string(text))
}

/// Stands before each line; no text has it, since control characters are taken out.
const MARK: char = '\u{1}';

/// The indentation and the documentation in a line of printed Rust, if it is several lines in one.
pub(crate) fn marked(printed: &str) -> Option<(&str, &str)> {
    printed.split_once("///").filter(|(_, doc)| doc.starts_with(MARK))
}

/// Adds documentation, a line for each of its lines; what is not marked is one.
pub(crate) fn push_lines(doc: &str, indent: &str, out: &mut String) {
    let Some(marked) = doc.strip_prefix(MARK) else {
        return out.extend([indent, "///", doc, "\n"]);
    };
    for line in marked.split(MARK) {
        let space = if line.is_empty() { "" } else { " " };
        out.extend([indent, "///", space, line, "\n"]);
    }
}

/// The widest line of documentation, without its `///`.
const WIDTH: usize = 100;

/// Gives each line, without spaces at its end; the long ones of paragraphs and list items are broken, while tables, headings
/// and code keep theirs.
pub(crate) fn wrap(text: &str, mut each: impl FnMut(&str)) {
    let mut is_code = false;
    for line in text.lines() {
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            is_code = !is_code;
        }
        let is_short = line.len() <= WIDTH || line.chars().count() <= WIDTH;
        let is_fixed = is_short || is_code || bare.starts_with(['|', '#', '>']) || bare.contains("```");
        if is_fixed {
            each(line.trim_end());
        } else {
            wrap_line(line, &mut each);
        }
    }
}

fn wrap_line(line: &str, each: &mut impl FnMut(&str)) {
    let bare = line.trim_start();
    let is_item = bare.starts_with("- ") || bare.starts_with("* ");
    let indent = " ".repeat(line.len() - bare.len() + if is_item { 2 } else { 0 });
    let mut broken = line.get(..line.len() - bare.len()).unwrap_or_default().to_owned();
    let mut width = broken.len();
    for (index, word) in bare.split(' ').enumerate() {
        let length = word.chars().count();
        if index > 0 && width + 1 + length > WIDTH && !begins_block(word) {
            each(broken.trim_end());
            broken.clone_from(&indent);
            width = indent.len();
        } else if index > 0 {
            broken.push(' ');
            width += 1;
        }
        broken.push_str(word);
        width += length;
    }
    each(broken.trim_end());
}

/// Whether a word would mean something else at the start of a line.
fn begins_block(word: &str) -> bool {
    let is_number = word.ends_with(['.', ')']) && word.starts_with(|c: char| c.is_ascii_digit());
    word.is_empty() || is_number || word.starts_with(['-', '*', '+', '#', '>', '|', '=', '`', '~'])
}

pub(super) fn deprecated(is_deprecated: bool) -> TokenStream {
    if is_deprecated { quote!(#[deprecated]) } else { TokenStream::new() }
}

/// For code that must touch fields that users should not.
pub(super) fn expect_deprecated<'a>(mut touched: impl Iterator<Item = &'a ir::Field>) -> TokenStream {
    if touched.any(|field| field.docs.deprecated) {
        quote!(#[expect(deprecated, reason = "what goes is still read and written")])
    } else {
        TokenStream::new()
    }
}
