//! Letters and signs: what of a text can be in an identifier, and how the rest is spelled.

use std::borrow::Cow;

use unicode_security::GeneralSecurityProfile as _;

use crate::naming::words;

/// Spells letters in ASCII that the compiler would warn of in an identifier, such as those that are for phonetics.
fn common(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    let mut common = String::with_capacity(text.len());
    for c in text.chars() {
        if unicode_ident::is_xid_continue(c) && !c.identifier_allowed() {
            let spelled = deunicode::deunicode_char(c).unwrap_or_default();
            common.extend(spelled.chars().filter(char::is_ascii_alphanumeric));
        } else {
            common.push(c);
        }
    }
    common.into()
}

/// Separates words by what no identifier may contain, and spells signs out where they are all there is.
pub(super) fn spelled(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if text.bytes().all(is_plain) && text.bytes().any(|byte| byte != b'_') {
        return text.to_owned();
    }
    let text: &str = &common(text);
    let letters: String = text.chars().map(|c| if unicode_ident::is_xid_continue(c) { c } else { ' ' }).collect();
    let signed = text.trim_start().starts_with(['+', '-']) && letters.trim_start().starts_with(char::is_numeric);
    let bare = letters.chars().all(|c| c == ' ' || c == '_');
    if !signed && !bare {
        return letters;
    }
    let sign = |c: char| words::SIGNS.iter().find(|(sign, _)| *sign == c).map(|(_, word)| format!(" {word} "));
    let mut spelled = String::new();
    for (index, c) in text.trim().char_indices() {
        match sign(c).filter(|_| bare || index == 0) {
            Some(word) => spelled.push_str(&word),
            None if unicode_ident::is_xid_continue(c) && c != '_' => spelled.push(c),
            None => spelled.push(' '),
        }
    }
    spelled
}
