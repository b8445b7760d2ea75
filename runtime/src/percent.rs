//! Percent-encoding (RFC 3986).
//!
//! Takes any text and gives the bytes that a URL may hold at one place. What is encoded here must
//! come out of every URL parser as it went in, so no set is larger than it must be.

use std::fmt::Write;

/// What stays as it is in a segment of a path: `pchar`.
#[inline]
pub(crate) fn in_segment(byte: u8) -> bool {
    SEGMENT.get(usize::from(byte)).is_some_and(|stays| *stays)
}

/// Whether a text is a segment of a path as it is.
pub(crate) fn is_segment(text: &str) -> bool {
    !text.is_empty() && is_plain(text, in_segment)
}

/// Looked up, since this is asked of each byte of each path.
static SEGMENT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        #[allow(clippy::indexing_slicing, reason = "a constant, which would not compile")]
        {
            table[byte as usize] =
                is_unreserved(byte) || matches!(byte, b'!' | b'$' | b'&'..=b',' | b';' | b'=' | b':' | b'@');
        }
        byte += 1;
    }
    table
};

/// What stays as it is in a query's value where reserved characters may: all but what ends it, stands for a space, or is
/// encoded by URL parsers.
pub(crate) fn in_query_value(byte: u8) -> bool {
    in_segment(byte) && !b"&+'".contains(&byte) || b"/?".contains(&byte)
}

/// What stays as it is everywhere.
#[inline]
pub(crate) const fn is_unreserved(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~')
}

/// What stays as it is in a cookie's value (`cookie-octet`, RFC 6265), but `%`.
pub(crate) fn in_cookie(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\%".contains(&byte)
}

/// Whether all bytes stay as they are. Most texts are such, so that it does not pay to stop at the first other one.
#[inline]
fn is_plain(text: &str, plain: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(true, |all, byte| all & plain(byte))
}

/// Adds the text, with every other byte than `plain` ones encoded.
#[inline]
pub(crate) fn push_encoded(out: &mut String, text: &str, plain: impl Fn(u8) -> bool) {
    if is_plain(text, &plain) {
        return out.push_str(text);
    }
    for byte in text.bytes() {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            push_byte(out, byte);
        }
    }
}

pub(crate) fn encode(text: &str, plain: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    push_encoded(&mut out, text, plain);
    out
}

/// Adds text that a person wrote as part of a URL: escapes in it stay, and only what is not
/// allowed is encoded.
pub(crate) fn push_repaired(out: &mut String, text: &str, plain: impl Fn(u8) -> bool) {
    if is_plain(text, &plain) {
        return out.push_str(text);
    }
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let escape = || {
            let digits = bytes.get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        if plain(*byte) || (*byte == b'%' && escape()) {
            out.push(char::from(*byte));
        } else {
            push_byte(out, *byte);
        }
    }
}

/// Decodes escapes until none is left, those made by decoding too (`%252e` is `.`).
pub(crate) fn decode_fully(text: &str) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        out.push(byte);
        // Each round takes two bytes away, so all rounds together are linear.
        while let Some([b'%', high, low]) = out.last_chunk() {
            let (Some(high), Some(low)) = (hex(*high), hex(*low)) else {
                break;
            };
            out.truncate(out.len() - 3);
            out.push(high << 4 | low);
        }
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| value.try_into().ok())
}

fn push_byte(out: &mut String, byte: u8) {
    // Writing to a string cannot fail.
    let _ = write!(out, "%{byte:02X}");
}
