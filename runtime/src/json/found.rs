//! What an error shows of a JSON text: one name, one character, one scalar cut short.

use crate::json::Kind;
use crate::json::tokens::Tokens;

/// How many characters of a scalar an error shows.
const FOUND_LIMIT: usize = 40;

/// Decodes the first string at or after an offset.
pub(crate) fn name_at(text: &str, offset: usize) -> String {
    let before = text.bytes().skip(offset).take_while(|byte| *byte != b'"').count();
    let mut tokens = Tokens::new(text);
    tokens.go_to(offset + before);
    tokens.owned_string().unwrap_or_default()
}

/// The character at an offset, for an error.
pub(crate) fn sign_at(text: &str, offset: usize) -> String {
    let sign = text.get(offset..).and_then(|rest| rest.chars().next());
    sign.map_or_else(|| "the end of the text".to_owned(), |sign| format!("`{}`", sign.escape_debug()))
}

/// The scalar at an offset, cut short, or the kind of a larger value.
pub(crate) fn describe(text: &str, offset: usize) -> String {
    let rest = text.get(offset..).unwrap_or_default();
    match rest.bytes().next().and_then(Kind::of) {
        Some(Kind::String) => match Tokens::new(rest).owned_string() {
            Ok(string) => format!("{:?}", shorten(&string)),
            Err(_) => Kind::String.name().to_owned(),
        },
        Some(Kind::Number) => {
            let is_other = |c: char| !"+-.0123456789eE".contains(c);
            shorten(rest.split(is_other).next().unwrap_or_default())
        }
        Some(Kind::Bool) if rest.starts_with("true") => "true".to_owned(),
        Some(Kind::Bool) => "false".to_owned(),
        Some(kind @ (Kind::Null | Kind::Array | Kind::Object)) => kind.name().to_owned(),
        None => sign_at(text, offset),
    }
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(FOUND_LIMIT).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
