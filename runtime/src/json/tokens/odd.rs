//! What is seldom in a JSON text, escapes and nesting that is passed over, and what is no JSON.

use crate::json::tokens::{Next, Tokens, special};

/// Why a text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) index: usize,
    pub(crate) expected: &'static str,
    /// What stood there, where that is not the character at the place: inside a string that may be a secret.
    pub(crate) found: Option<&'static str>,
}

pub(crate) type Syntax<T> = Result<T, Malformed>;

/// How deep values can be nested that nobody reads.
const DEPTH: usize = 200;

const VALUE: &str = "a JSON value";
const ITEM_END: &str = "`,` or `]`";
const FIELD_END: &str = "`,` or `}`";
const NAME: &str = "a field name in quotes";
const AFTER_COMMA: &str = "a value after the comma";
const STRING_END: &str = "the end of the string";
const ESCAPE: &str = "a JSON escape";

impl Malformed {
    pub(crate) fn new(index: usize, expected: &'static str) -> Self {
        Self { index, expected, found: None }
    }

    fn inside(index: usize, expected: &'static str, found: &'static str) -> Self {
        Self { index, expected, found: Some(found) }
    }
}

impl Tokens<'_> {
    /// That something else was expected here.
    #[cold]
    fn malformed<T>(&self, expected: &'static str) -> Syntax<T> {
        Err(Malformed::new(self.index, expected))
    }

    /// The next name where it is not plain: `read` gets it.
    #[cold]
    pub(crate) fn odd_name<T>(&mut self, is_first: bool, read: impl FnOnce(&str) -> T) -> Syntax<Option<T>> {
        if is_first {
            self.index += 1;
        }
        match self.peek() {
            Some(b'}') => {
                self.index += 1;
                return Ok(None);
            }
            Some(b'"') if is_first => {}
            Some(_) if is_first => return self.malformed(NAME),
            Some(b',') => {
                self.index += 1;
                match self.peek() {
                    Some(b'"') => {}
                    Some(b'}') => return self.malformed(AFTER_COMMA),
                    Some(_) => return self.malformed(NAME),
                    None => return self.malformed(VALUE),
                }
            }
            _ => return self.malformed(FIELD_END),
        }
        let mut name = String::new();
        self.string(&mut name)?;
        match self.peek() {
            Some(b':') => self.index += 1,
            Some(_) => return self.malformed("`:`"),
            None => return self.malformed(FIELD_END),
        }
        Ok(Some(read(&name)))
    }

    /// Whether there is another item, where what comes is not plain: there is none, or an error.
    #[cold]
    pub(crate) fn odd_item(&mut self, is_first: bool) -> Syntax<bool> {
        if is_first {
            self.index += 1;
        }
        match self.peek() {
            Some(b',') if !is_first => self.index += 1,
            _ => return self.malformed(ITEM_END),
        }
        let expected = if self.peek().is_some() { AFTER_COMMA } else { VALUE };
        self.malformed(expected)
    }

    /// That a value was expected, or a word of JSON.
    #[cold]
    pub(crate) fn odd_word<T>(&self, word: &str) -> Syntax<T> {
        let rest = self.text.as_bytes().get(self.index..).unwrap_or_default();
        let alike = rest.iter().zip(word.as_bytes()).take_while(|(byte, expected)| byte == expected).count();
        let expected = if alike == rest.len() { VALUE } else { "`true`, `false` or `null`" };
        Err(Malformed::new(self.index + alike, expected))
    }

    /// That no value begins here.
    #[cold]
    pub(crate) fn no_value<T>(&self) -> Syntax<T> {
        self.malformed(VALUE)
    }

    /// Where the number that comes next is none.
    #[cold]
    pub(crate) fn odd_number<T>(&self) -> Syntax<T> {
        let bytes = self.text.as_bytes();
        let digits = |from: usize| {
            let rest = bytes.get(from..).unwrap_or_default();
            from + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let start = self.index + usize::from(bytes.get(self.index) == Some(&b'-'));
        let mut at = digits(start);
        if bytes.get(start) == Some(&b'0') && at > start + 1 {
            at = start + 1;
        } else if at > start {
            if bytes.get(at) == Some(&b'.') && digits(at + 1) > at + 1 {
                at = digits(at + 1);
            }
            at += 1;
            // What is left is a point without digits, or an exponent without any.
            let is_exponent = matches!(bytes.get(at - 1), Some(b'e' | b'E'));
            at += usize::from(is_exponent && matches!(bytes.get(at), Some(b'+' | b'-')));
        }
        Err(Malformed::new(at, if bytes.get(at).is_some() { "a number" } else { VALUE }))
    }

    /// Decodes the string that comes next; gives the place after it.
    pub(crate) fn decode(&self, out: &mut String) -> Syntax<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.index + 1;
        let mut quote = special_from(bytes, at);
        while let Some(end) = quote.filter(|end| bytes.get(*end) == Some(&b'\\')) {
            quote = special_from(bytes, end + 2);
        }
        out.reserve(quote.map_or(0, |quote| quote - at));
        loop {
            let end = self.special(at)?;
            out.push_str(self.text.get(at..end).unwrap_or_default());
            if bytes.get(end) == Some(&b'"') {
                return Ok(end + 1);
            }
            let (c, next) = escape(bytes, end + 1)?;
            out.push(c);
            at = next;
        }
    }

    /// The place after the string that comes next.
    fn odd_string_end(&self) -> Syntax<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.index + 1;
        loop {
            let end = self.special(at)?;
            if bytes.get(end) == Some(&b'"') {
                return Ok(end + 1);
            }
            (_, at) = escape(bytes, end + 1)?;
        }
    }

    /// Where the next quote or backslash of a string is.
    fn special(&self, from: usize) -> Syntax<usize> {
        let bytes = self.text.as_bytes();
        match special_from(bytes, from) {
            None => Err(Malformed::new(bytes.len(), STRING_END)),
            Some(end) if matches!(bytes.get(end), Some(b'"' | b'\\')) => Ok(end),
            Some(end) => Err(Malformed::inside(end, "an escape in the string", "a control character")),
        }
    }

    /// Passes over a string with an escape, an array, an object, or what is no JSON.
    pub(crate) fn skip_odd(&mut self, depth: usize) -> Syntax<()> {
        match self.value()? {
            b'"' => self.index = self.odd_string_end()?,
            b'[' => self.skip_items(depth)?,
            b'{' => self.skip_fields(depth)?,
            b'-' | b'0'..=b'9' => return self.odd_number(),
            b't' => return self.odd_word("true"),
            b'f' => return self.odd_word("false"),
            b'n' => return self.odd_word("null"),
            _ => return self.no_value(),
        }
        Ok(())
    }

    fn skip_items(&mut self, depth: usize) -> Syntax<()> {
        let mut is_first = true;
        loop {
            match self.item(is_first) {
                Next::Found(()) => self.skip_nested(depth)?,
                Next::End => return Ok(()),
                Next::Other => return self.odd_item(is_first).map(drop),
            }
            is_first = false;
        }
    }

    fn skip_fields(&mut self, depth: usize) -> Syntax<()> {
        let mut is_first = true;
        loop {
            match self.name(is_first) {
                Next::End => return Ok(()),
                Next::Other if self.odd_name(is_first, |_| ())?.is_none() => return Ok(()),
                Next::Found(_) | Next::Other => {}
            }
            self.skip_nested(depth)?;
            is_first = false;
        }
    }

    fn skip_nested(&mut self, depth: usize) -> Syntax<()> {
        if depth < DEPTH {
            return self.skip_at(depth + 1);
        }
        Err(Malformed::inside(self.index, "less nesting", "too much of it"))
    }
}

fn special_from(bytes: &[u8], start: usize) -> Option<usize> {
    special(bytes.get(start..)?).map(|at| start + at)
}

/// The character of an escape, whose backslash is before `at`, and the place after it.
fn escape(bytes: &[u8], at: usize) -> Syntax<(char, usize)> {
    let c = match bytes.get(at) {
        Some(sign @ (b'"' | b'\\' | b'/')) => char::from(*sign),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(bytes, at),
        Some(_) => return Err(Malformed::inside(at, ESCAPE, "another one")),
        None => return Err(Malformed::new(at, STRING_END)),
    };
    Ok((c, at + 1))
}

/// Four digits.
fn unit(bytes: &[u8], at: usize) -> Syntax<u32> {
    let digits = bytes.get(at + 1..at + 5).ok_or(Malformed::new(bytes.len(), STRING_END))?;
    digits.iter().zip(at + 1..).try_fold(0, |unit, (digit, at)| {
        let digit = char::from(*digit).to_digit(16);
        digit.map(|digit| unit << 4 | digit).ok_or(Malformed::inside(at, ESCAPE, "another one"))
    })
}

/// A character outside the first plane has two escapes.
fn unicode(bytes: &[u8], at: usize) -> Syntax<(char, usize)> {
    const HALF: (&str, &str) = ("a Unicode character", "half of a surrogate pair");
    let first = unit(bytes, at)?;
    if let Some(c) = char::from_u32(first) {
        return Ok((c, at + 5));
    }
    if first >= 0xdc00 {
        return Err(Malformed::inside(at + 4, HALF.0, HALF.1));
    }
    match bytes.get(at + 5..).unwrap_or_default() {
        [b'\\', b'u', ..] => {}
        [] | [b'\\'] => return Err(Malformed::new(bytes.len(), STRING_END)),
        [sign, ..] => {
            let at = at + 5 + usize::from(*sign == b'\\');
            return Err(Malformed::inside(at, ESCAPE, "another one"));
        }
    }
    let second = unit(bytes, at + 6)?;
    let c = char::from_u32(0x1_0000 + ((first - 0xd800) << 10 | second.wrapping_sub(0xdc00) & 0x3ff));
    match c.filter(|_| (0xdc00..0xe000).contains(&second)) {
        Some(c) => Ok((c, at + 11)),
        None => Err(Malformed::inside(at + 10, HALF.0, HALF.1)),
    }
}

#[cfg(test)]
mod tests {
    use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType};

    use super::*;

    #[rustfmt::skip]
    const TOKENS: &[&str] = &[
        "", "{", "}", "[", "]", ",", ":", "\"a\"", "\"\\n\\u0061\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ud83d\\",
        "\"\\ud83d\\n", "\"\\ud83d\\u0061", "\"\\ude00", "\"\\u00g0", "\"\\u00", "\"\\q\"", "\"a\n\"", "\"", "\\", "0", "-0",
        "01", "-", "1.5", "-1e5", "1E+2", "1.", "1.x", "1e", "1e-x", "1.5e+", "-x", "true", "nul", "fals\"", " ", "\u{e9}",
    ];

    fn by_jiter(text: &str) -> Result<usize, (usize, &'static str)> {
        let mut tokens = Jiter::new(text.as_bytes());
        tokens.next_skip().map_err(|error| (error.index, expected(&error)))?;
        Ok(tokens.current_index())
    }

    fn expected(error: &JiterError) -> &'static str {
        let JiterErrorType::JsonError(kind) = &error.error_type else { return VALUE };
        match kind {
            JsonErrorType::EofWhileParsingList | JsonErrorType::ExpectedListCommaOrEnd => ITEM_END,
            JsonErrorType::EofWhileParsingObject | JsonErrorType::ExpectedObjectCommaOrEnd => FIELD_END,
            JsonErrorType::EofWhileParsingString => STRING_END,
            JsonErrorType::ExpectedColon => "`:`",
            JsonErrorType::ExpectedSomeIdent => "`true`, `false` or `null`",
            JsonErrorType::InvalidEscape | JsonErrorType::UnexpectedEndOfHexEscape => "a JSON escape",
            JsonErrorType::LoneLeadingSurrogateInHexEscape => "a Unicode character",
            JsonErrorType::ControlCharacterWhileParsingString => "an escape in the string",
            JsonErrorType::InvalidNumber => "a number",
            JsonErrorType::KeyMustBeAString => NAME,
            JsonErrorType::TrailingComma => AFTER_COMMA,
            JsonErrorType::RecursionLimitExceeded => "less nesting",
            JsonErrorType::FloatExpectingInt
            | JsonErrorType::DuplicateKey(_)
            | JsonErrorType::InternalError(_)
            | JsonErrorType::EofWhileParsingValue
            | JsonErrorType::ExpectedSomeValue
            | JsonErrorType::NumberOutOfRange
            | JsonErrorType::InvalidUnicodeCodePoint
            | JsonErrorType::TrailingCharacters => VALUE,
        }
    }

    #[test]
    fn what_is_no_json_is_blamed_as_jiter_does() {
        for before in ["", "[", "[1,", "{", "{\"a\":", "{\"a\":1,"] {
            for (first, second) in TOKENS.iter().flat_map(|first| TOKENS.iter().map(move |second| (first, second))) {
                for third in TOKENS {
                    let text = [before, first, second, third].concat();
                    let mut tokens = Tokens::new(&text);
                    let skipped = tokens.skip().map(|()| tokens.current_index());
                    assert_eq!(skipped.map_err(|error| (error.index, error.expected)), by_jiter(&text), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_passed_over_is_nested_as_deep_as_by_jiter() {
        for (depth, open, close) in [(200, "[", "]"), (201, "[", "]"), (200, "{\"a\":", "}"), (201, "{\"a\":", "}")] {
            let text = [open.repeat(depth), "1".to_owned(), close.repeat(depth)].concat();
            assert_eq!(Tokens::new(&text).skip().is_ok(), by_jiter(&text).is_ok(), "{depth}");
        }
    }
}
