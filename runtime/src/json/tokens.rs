//! The tokens of a JSON text, one after the other.
//!
//! What is plain is read here, in one look at each byte: names and strings without escapes, numbers, words. All else,
//! and whatever is no JSON, is in `odd`, which starts at the token in question and knows what is wrong.

mod odd;

pub(crate) use self::odd::{Malformed, Syntax};

/// A place in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tokens<'j> {
    text: &'j str,
    index: usize,
}

/// What comes next in an object or array.
pub(crate) enum Next<T> {
    /// A name, or an item.
    Found(T),
    /// The closing bracket, which is behind now.
    End,
    /// Something that is not plain, and still ahead.
    Other,
}

impl<'j> Tokens<'j> {
    pub(crate) fn new(text: &'j str) -> Self {
        Self { text, index: 0 }
    }

    pub(crate) fn current_index(&self) -> usize {
        self.index
    }

    /// Goes to a place.
    pub(crate) fn go_to(&mut self, index: usize) {
        self.index = index;
    }

    /// The text from a place to this one.
    pub(crate) fn since(&self, start: usize) -> &'j str {
        self.text.get(start..self.index).unwrap_or_default()
    }

    /// The first byte of what comes next, which stays where it is; none at the end of the text.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.index).copied() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.index += 1,
                next => return next,
            }
        }
    }

    /// The first byte of the value that comes next.
    pub(crate) fn value(&mut self) -> Syntax<u8> {
        match self.peek() {
            Some(first) => Ok(first),
            None => self.no_value(),
        }
    }

    /// The next name of an object, with its colon; before the first one stands the opening bracket.
    #[inline]
    pub(crate) fn name(&mut self, is_first: bool) -> Next<&'j [u8]> {
        match self.rest() {
            [before, b'"', rest @ ..] if is_first || *before == b',' => {
                let name = special(rest).and_then(|end| rest.split_at_checked(end));
                if let Some((name, [b'"', b':', ..])) = name {
                    self.index += name.len() + 4;
                    return Next::Found(name);
                }
            }
            [b'}', rest @ ..] if !is_first => return self.end(rest),
            _ => {}
        }
        self.spaced_name(is_first)
    }

    /// The same where white space may stand around the name. It stands apart, since most texts have none.
    #[inline(never)]
    fn spaced_name(&mut self, is_first: bool) -> Next<&'j [u8]> {
        let rest = self.rest();
        let separated = match if is_first { rest } else { trimmed(rest) } {
            [_, rest @ ..] if is_first => rest,
            [b',', rest @ ..] => rest,
            [b'}', rest @ ..] => return self.end(rest),
            _ => return Next::Other,
        };
        let quoted = match trimmed(separated) {
            [b'"', rest @ ..] => rest,
            [b'}', rest @ ..] if is_first => return self.end(rest),
            _ => return Next::Other,
        };
        // Bytes, since to cut a text is to look for the borders of its signs.
        let Some((name, [b'"', rest @ ..])) = special(quoted).and_then(|end| quoted.split_at_checked(end)) else {
            return Next::Other;
        };
        let [b':', rest @ ..] = trimmed(rest) else { return Next::Other };
        self.index = self.text.len() - rest.len();
        Next::Found(name)
    }

    /// That the object is behind, and what comes next.
    #[inline]
    fn end<T>(&mut self, rest: &[u8]) -> Next<T> {
        self.index = self.text.len() - rest.len();
        Next::End
    }

    /// Goes to the next item of an array; before the first one stands the opening bracket.
    #[inline]
    pub(crate) fn item(&mut self, is_first: bool) -> Next<()> {
        let start = self.index;
        let is_separated = is_first || self.peek() == Some(b',');
        self.index += usize::from(is_separated);
        match self.peek() {
            Some(b']') if is_first || !is_separated => {
                self.index += 1;
                Next::End
            }
            Some(next) if is_separated && next != b']' => Next::Found(()),
            _ => {
                self.index = start;
                Next::Other
            }
        }
    }

    /// The string that comes next, if it has no escape.
    #[inline]
    pub(crate) fn plain_string(&mut self) -> Option<&'j str> {
        let end = self.string_end()?;
        let string = self.text.get(self.index + 1..end - 1)?;
        self.index = end;
        Some(string)
    }

    /// The place behind the closing quote of the string that comes next, if it has no escape.
    #[inline]
    fn string_end(&self) -> Option<usize> {
        let [b'"', rest @ ..] = self.rest() else { return None };
        let (string, [b'"', ..]) = rest.split_at_checked(special(rest)?)? else { return None };
        Some(self.index + string.len() + 2)
    }

    /// What comes next.
    #[inline]
    fn rest(&self) -> &'j [u8] {
        self.text.as_bytes().get(self.index..).unwrap_or_default()
    }

    /// Decodes the string that comes next.
    pub(crate) fn string(&mut self, out: &mut String) -> Syntax<()> {
        out.clear();
        self.index = self.decode(out)?;
        Ok(())
    }

    pub(crate) fn owned_string(&mut self) -> Syntax<String> {
        if let Some(string) = self.plain_string() {
            return Ok(string.to_owned());
        }
        let mut decoded = String::new();
        self.string(&mut decoded).map(|()| decoded)
    }

    /// The number that comes next, if it is a whole one of no more than 18 digits.
    #[inline]
    pub(crate) fn integer(&mut self) -> Option<i64> {
        let rest = self.text.as_bytes().get(self.index..)?;
        let digits = rest.strip_prefix(b"-").unwrap_or(rest);
        let mut value = 0;
        let mut length = 0;
        for digit in digits.iter().take(19).take_while(|byte| byte.is_ascii_digit()) {
            value = value * 10 + u64::from(digit - b'0');
            length += 1;
        }
        let goes_on = matches!(digits.get(length), Some(b'.' | b'e' | b'E'));
        if goes_on || !(1..=18).contains(&length) || (length > 1 && digits.first() == Some(&b'0')) {
            return None;
        }
        let is_negative = digits.len() < rest.len();
        self.index += length + usize::from(is_negative);
        let value = i64::try_from(value).ok()?;
        Some(if is_negative { -value } else { value })
    }

    /// The text of the number that comes next.
    pub(crate) fn number(&mut self) -> Syntax<&'j str> {
        let start = self.index;
        let Some(end) = self.number_end() else { return self.odd_number() };
        self.index = end;
        Ok(self.since(start))
    }

    fn number_end(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
        let digits = |from: usize| {
            let mut end = from;
            while byte(end).is_ascii_digit() {
                end += 1;
            }
            (end > from).then_some(end)
        };
        let start = self.index + usize::from(byte(self.index) == b'-');
        let mut end = digits(start)?;
        if byte(start) == b'0' && end > start + 1 {
            return None;
        }
        if byte(end) == b'.' {
            end = digits(end + 1)?;
        }
        if matches!(byte(end), b'e' | b'E') {
            end = digits(end + 1 + usize::from(matches!(byte(end + 1), b'+' | b'-')))?;
        }
        Some(end)
    }

    pub(crate) fn bool(&mut self) -> Syntax<bool> {
        if self.word("true") {
            return Ok(true);
        }
        if self.word("false") {
            return Ok(false);
        }
        let is_true = self.peek() == Some(b't');
        self.odd_word(if is_true { "true" } else { "false" })
    }

    pub(crate) fn null(&mut self) -> Syntax<()> {
        if self.word("null") { Ok(()) } else { self.odd_word("null") }
    }

    /// Whether a word comes next, which is behind then.
    #[inline]
    fn word(&mut self, word: &str) -> bool {
        let comes = self.text.as_bytes().get(self.index..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.index += if comes { word.len() } else { 0 };
        comes
    }

    /// Passes over a value.
    pub(crate) fn skip(&mut self) -> Syntax<()> {
        self.skip_at(0)
    }

    fn skip_at(&mut self, depth: usize) -> Syntax<()> {
        let end = match self.peek() {
            Some(b'"') => self.string_end(),
            Some(b'-' | b'0'..=b'9') => self.number_end(),
            _ => None,
        };
        match end {
            Some(end) => self.index = end,
            None if ["true", "false", "null"].iter().any(|word| self.word(word)) => {}
            None => return self.skip_odd(depth),
        }
        Ok(())
    }

    /// Ends the text: nothing but white space may follow.
    pub(crate) fn finish(&mut self) -> Syntax<()> {
        if self.peek().is_none() { Ok(()) } else { Err(Malformed::new(self.index, "the end of the text")) }
    }
}

/// What comes after white space.
#[inline]
fn trimmed(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\n' | b'\r' | b'\t', rest @ ..] = bytes {
        bytes = rest;
        // A line's indent goes by four at once.
        while let Some((spaces, rest)) = bytes.split_first_chunk()
            && *spaces == [b' '; 4]
        {
            bytes = rest;
        }
    }
    bytes
}

/// Where the next quote, backslash or control character is. It looks at eight bytes at once: the highest bit of each that
/// is one of these is set, and perhaps of some after the first one.
#[inline(never)]
fn special(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    let mut rest = bytes;
    while let Some((word, further)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*word);
        let slashes = (word ^ (ONES * 0x5c)).wrapping_sub(ONES);
        // With the second bit the other way, a quote is next to the control characters.
        let others = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
        let found = (slashes | others) & !word & HIGHS;
        if found != 0 {
            return Some(bytes.len() - rest.len() + (found.trailing_zeros() / 8) as usize);
        }
        rest = further;
    }
    special_in_few(bytes, rest)
}

/// The same for the last bytes, less than eight. It stands apart, since few strings end there.
#[inline(never)]
fn special_in_few(bytes: &[u8], last: &[u8]) -> Option<usize> {
    let at = last.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20))?;
    Some(bytes.len() - last.len() + at)
}

#[cfg(test)]
mod tests {
    use jiter::Jiter;

    use super::*;

    /// What a text holds, as jiter says: the string, and where it ends.
    fn by_jiter(text: &str) -> Option<(String, usize)> {
        let mut tokens = Jiter::new(text.as_bytes());
        let string = tokens.next_str().ok()?.to_owned();
        Some((string, tokens.current_index()))
    }

    #[test]
    fn strings_are_those_of_jiter_wherever_a_sign_stands_in_a_word() {
        let signs = [
            "",
            "\"",
            "\\\"",
            "\\n",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\\x",
            "\u{1f}",
            "\u{7f}",
            "é",
            "😀",
            " ",
        ];
        for (before, after) in (0..20).flat_map(|before| [0, 1, 9].map(|after| (before, after))) {
            for (sign, end) in signs.iter().flat_map(|sign| ["\"", "\" ,", ""].map(|end| (sign, end))) {
                let text = format!("\"{}{sign}{}{end}", "a".repeat(before), "b".repeat(after));
                let mut tokens = Tokens::new(&text);
                let mut decoded = String::new();
                let string = match tokens.plain_string() {
                    Some(string) => Some(string.to_owned()),
                    None => tokens.string(&mut decoded).ok().map(|()| decoded.clone()),
                };
                assert_eq!(string.map(|string| (string, tokens.current_index())), by_jiter(&text), "{text}");
            }
        }
    }

    #[test]
    fn names_are_found_whatever_white_space_is_around_them() {
        let spaces = ["", " ", "\n", "\t\r\n", "\n   ", "\n    ", "\n     ", "         \n\n        "];
        for (before, between) in spaces.iter().flat_map(|before| spaces.map(|between| (before, between))) {
            for (is_first, mark, first) in [(true, "{", ""), (false, ",", before)] {
                let text = format!("{first}{mark}{before}\"né\"{between}:{before}1");
                let mut tokens = Tokens::new(&text);
                assert!(matches!(tokens.name(is_first), Next::Found(name) if name == "né".as_bytes()), "{text}");
                assert_eq!(tokens.value(), Ok(b'1'), "{text}");
            }
            for (is_first, mark) in [(true, "{"), (false, "")] {
                let text = format!("{mark}{before}}}{between}");
                let mut tokens = Tokens::new(&text);
                assert!(matches!(tokens.name(is_first), Next::End), "{text}");
                assert_eq!(tokens.since(0).len() + between.len(), text.len());
            }
            for other in ["{,\"a\":1", "{\"a\" 1", "{a", "{", "{\"a\\\\\":1"] {
                let text = other.replace('{', &format!("{{{before}"));
                let mut tokens = Tokens::new(&text);
                assert!(matches!(tokens.name(true), Next::Other), "{text}");
                assert_eq!(tokens.current_index(), 0);
            }
        }
    }

    #[test]
    fn whole_numbers_are_read_as_far_as_they_are_exact() {
        let whole = |text| {
            let mut tokens = Tokens::new(text);
            tokens.integer().map(|integer| (integer, tokens.current_index()))
        };
        assert_eq!(whole("0"), Some((0, 1)));
        assert_eq!(whole("-0,"), Some((0, 2)));
        assert_eq!(whole("-999999999999999999]"), Some((-999_999_999_999_999_999, 19)));
        for other in ["", "-", "01", "1.0", "1e2", "1E2", "1000000000000000000", "x", "+1"] {
            assert_eq!(whole(other), None, "{other}");
        }
    }
}
