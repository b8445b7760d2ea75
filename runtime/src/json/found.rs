//! What an error shows of a JSON text: one name, one character, one scalar cut short.

use jiter::Jiter;

use crate::json::Kind;

/// How many characters of a scalar an error shows.
const FOUND_LIMIT: usize = 40;

/// Decodes the first string at or after an offset.
pub(crate) fn name_at(text: &[u8], offset: usize) -> String {
    let rest = text.get(offset..).unwrap_or_default();
    let quote = rest.iter().position(|byte| *byte == b'"').unwrap_or(0);
    let mut tokens = Jiter::new(rest.get(quote..).unwrap_or_default());
    tokens.next_str().map(str::to_owned).unwrap_or_default()
}

/// The character at an offset, for an error.
pub(crate) fn sign_at(text: &[u8], offset: usize) -> String {
    let rest = String::from_utf8_lossy(text.get(offset..).unwrap_or_default());
    match rest.chars().next() {
        Some(sign) => format!("`{}`", sign.escape_debug()),
        None => "the end of the text".to_owned(),
    }
}

/// The scalar at an offset, cut short, or the kind of a larger value.
pub(crate) fn describe(text: &[u8], offset: usize) -> String {
    let rest = text.get(offset..).unwrap_or_default();
    let mut tokens = Jiter::new(rest);
    match rest.first().copied().and_then(Kind::of) {
        Some(Kind::String) => match tokens.known_str() {
            Ok(string) => format!("{:?}", shorten(string)),
            Err(_) => Kind::String.name().to_owned(),
        },
        Some(Kind::Number) => {
            let number = rest.split(|byte| !b"+-.0123456789eE".contains(byte)).next();
            shorten(&String::from_utf8_lossy(number.unwrap_or_default()))
        }
        Some(Kind::Bool) if rest.starts_with(b"true") => "true".to_owned(),
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
