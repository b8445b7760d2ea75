//! The pull reader that `Json::read` is made of.
//!
//! Takes a JSON text and gives its values one after the other, in place. It keeps the path as it
//! goes, so that generated code need not. It must not know any type of a description.

use std::borrow::Cow;
use std::fmt;

use crate::json::found::{describe, name_at, sign_at};
use crate::json::lenient::Tally;
use crate::json::path::{Path, Step};
use crate::json::seen::Seen;
use crate::json::tokens::{Malformed, Next, Tokens};
use crate::json::{DecodeError, Json, Kind};

/// Reads JSON values one after the other.
///
/// ```
/// use clientwright_runtime::{DecodeError, Reader};
///
/// fn name_and_age(reader: &mut Reader<'_>) -> Result<(String, Option<u8>), DecodeError> {
///     let mut name = None;
///     let mut age = None;
///     reader.begin_object()?;
///     while let Some(field) = reader.next_field(&["name", "age"])? {
///         match field {
///             0 => name = Some(reader.value()?),
///             1 => age = reader.value()?,
///             _ => reader.skip()?,
///         }
///     }
///     Ok((reader.required(name, "name")?, age))
/// }
///
/// let mut reader = Reader::new(br#"{"age": 36, "colour": "red", "name": "Ada"}"#)?;
/// assert_eq!(name_and_age(&mut reader)?, ("Ada".to_owned(), Some(36)));
/// # Ok::<(), DecodeError>(())
/// ```
///
/// After an error, what it gives next means nothing.
pub struct Reader<'j> {
    pub(crate) text: &'j str,
    pub(crate) tokens: Tokens<'j>,
    /// The string that was read last, where it has an escape.
    pub(crate) decoded: String,
    pub(crate) path: Path,
    /// Where the value that was looked at last begins.
    pub(crate) start: usize,
    /// Where the text departs from its description; none is noted by a strict reader.
    pub(crate) drifts: Option<Vec<DecodeError>>,
    /// The first required field that the object read last did not have.
    pub(crate) missing: Option<&'static str>,
    pub(crate) tally: Tally,
    pub(crate) seen: Seen<'j>,
}

impl<'j> Reader<'j> {
    /// Starts at the beginning of a text.
    ///
    /// # Errors
    ///
    /// When the text is not UTF-8.
    pub fn new(text: &'j [u8]) -> Result<Self, DecodeError> {
        // Once and for all: nothing looks inside what is skipped.
        let text = std::str::from_utf8(text)
            .map_err(|error| DecodeError::new(text, error.valid_up_to(), String::new(), "UTF-8", "another byte"))?;
        let tokens = Tokens::new(text);
        let (path, decoded, tally, seen) = (Path::new(), String::new(), Tally::default(), Seen::new());
        Ok(Self { text, tokens, decoded, path, start: 0, drifts: None, missing: None, tally, seen })
    }

    /// Reads a value of any type.
    ///
    /// # Errors
    ///
    /// When the value is not of this type.
    pub fn value<T: Json>(&mut self) -> Result<T, DecodeError> {
        T::read(self)
    }

    /// Enters an object.
    ///
    /// # Errors
    ///
    /// When the value is no object, or nested too deeply.
    pub fn begin_object(&mut self) -> Result<(), DecodeError> {
        self.expect(Kind::Object, "an object")?;
        self.enter()
    }

    /// Goes to the next field and gives its index in `table`, or any other index for a field that
    /// the table does not have; leaves the object and gives `None` after the last.
    ///
    /// Fields in the order of the table are found at once.
    ///
    /// # Errors
    ///
    /// When the text is no JSON.
    pub fn next_field(&mut self, table: &'static [&'static str]) -> Result<Option<usize>, DecodeError> {
        let offset = self.tokens.current_index();
        let Self { tokens, path, seen, .. } = self;
        let Some(frame) = path.last_mut() else { return Ok(None) };
        let next = match seen.advance(offset) {
            Some(field) => {
                tokens.go_to(field.start);
                Next::Found(&*field.name)
            }
            None => tokens.name(matches!(frame.step, Step::Start)),
        };
        match next {
            Next::Found(name) => Ok(Some(frame.enter_field(table, name, offset))),
            Next::End => {
                path.leave();
                Ok(None)
            }
            Next::Other => self.next_odd_field(table),
        }
    }

    #[cold]
    fn next_odd_field(&mut self, table: &'static [&'static str]) -> Result<Option<usize>, DecodeError> {
        let offset = self.tokens.current_index();
        let Self { tokens, path, text, .. } = self;
        let Some(frame) = path.last_mut() else { return Ok(None) };
        let is_first = matches!(frame.step, Step::Start);
        match tokens.odd_name(is_first, |name| frame.enter_field(table, name.as_bytes(), offset)) {
            Ok(Some(index)) => Ok(Some(index)),
            Ok(None) => {
                path.leave();
                Ok(None)
            }
            Err(error) => Err(syntax(text, path, &error)),
        }
    }

    /// Goes to the next entry of an object that is read as a map, and gives its name.
    ///
    /// # Errors
    ///
    /// When the text is no JSON.
    pub fn next_key(&mut self) -> Result<Option<String>, DecodeError> {
        let field = self.next_field(&[])?;
        Ok(field.map(|_| self.unknown_field()))
    }

    /// The name of the field that [`next_field`](Self::next_field) has entered last.
    #[must_use]
    pub fn unknown_field(&self) -> String {
        match self.path.last().map(|frame| frame.step) {
            Some(Step::Known(name)) => name.to_owned(),
            Some(Step::Unknown(offset)) => name_at(self.text, offset),
            Some(Step::Start | Step::Item(_)) | None => String::new(),
        }
    }

    /// Passes over a value.
    ///
    /// # Errors
    ///
    /// When the text is no JSON.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        let Self { tokens, path, text, .. } = self;
        tokens.skip().map_err(|error| syntax(text, path, &error))
    }

    /// Passes over a value and gives its text.
    ///
    /// # Errors
    ///
    /// When the text is no JSON.
    pub fn raw(&mut self) -> Result<&'j [u8], DecodeError> {
        self.peek_kind()?;
        let start = self.start;
        self.skip()?;
        Ok(self.tokens.since(start).as_bytes())
    }

    /// Enters an array.
    ///
    /// # Errors
    ///
    /// When the value is no array, or nested too deeply.
    pub fn begin_array(&mut self) -> Result<(), DecodeError> {
        self.expect(Kind::Array, "an array")?;
        self.enter()
    }

    /// Goes to the next item; leaves the array and gives false after the last.
    ///
    /// # Errors
    ///
    /// When the text is no JSON.
    pub fn next_item(&mut self) -> Result<bool, DecodeError> {
        let Self { tokens, path, text, .. } = self;
        let Some(frame) = path.last_mut() else { return Ok(false) };
        let index = if let Step::Item(index) = frame.step { Some(index) } else { None };
        let has_item = match tokens.item(index.is_none()) {
            Next::Found(()) => true,
            Next::End => false,
            Next::Other => match tokens.odd_item(index.is_none()) {
                Ok(has_item) => has_item,
                Err(error) => return Err(syntax(text, path, &error)),
            },
        };
        if has_item {
            frame.step = Step::Item(index.map_or(0, |index| index + 1));
        } else {
            path.leave();
        }
        Ok(has_item)
    }

    /// Reads a string, borrowed until the next call.
    ///
    /// # Errors
    ///
    /// When the value is no string.
    pub fn str(&mut self) -> Result<&str, DecodeError> {
        self.str_as("a string")
    }

    /// Reads a string.
    ///
    /// # Errors
    ///
    /// When the value is no string.
    pub fn string(&mut self) -> Result<String, DecodeError> {
        match self.plain_string("a string")? {
            Some(string) => Ok(string.to_owned()),
            None => self.tokens.owned_string().map_err(|error| syntax(self.text, &self.path, &error)),
        }
    }

    /// Reads a string of a certain form; `expected` names the form with its article.
    ///
    /// # Errors
    ///
    /// When the value is no string, or `parse` gives `None`.
    pub fn parse<T>(
        &mut self,
        expected: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, DecodeError> {
        let parsed = parse(self.str_as(expected)?);
        parsed.ok_or_else(|| self.mismatch(expected))
    }

    /// Reads a string whose text no error may show.
    pub(crate) fn secret_str(&mut self) -> Result<&str, DecodeError> {
        let kind = self.peek_kind()?;
        if kind != Kind::String {
            return Err(self.mismatch_redacted("a secret string"));
        }
        self.str()
    }

    /// Reads a number and gives its text.
    pub(crate) fn number(&mut self, expected: &'static str) -> Result<&'j str, DecodeError> {
        self.expect(Kind::Number, expected)?;
        self.tokens.number().map_err(|error| syntax(self.text, &self.path, &error))
    }

    /// Reads a number if it is a whole one of no more than 18 digits; any other stays where it is.
    pub(crate) fn integer(&mut self, expected: &'static str) -> Result<Option<i64>, DecodeError> {
        self.expect(Kind::Number, expected)?;
        Ok(self.tokens.integer())
    }

    pub(crate) fn bool(&mut self) -> Result<bool, DecodeError> {
        self.expect(Kind::Bool, "a boolean")?;
        self.tokens.bool().map_err(|error| syntax(self.text, &self.path, &error))
    }

    pub(crate) fn null(&mut self) -> Result<(), DecodeError> {
        self.expect(Kind::Null, "null")?;
        self.tokens.null().map_err(|error| syntax(self.text, &self.path, &error))
    }

    /// The kind of the next value, which stays where it is.
    ///
    /// # Errors
    ///
    /// When there is no value.
    pub fn peek_kind(&mut self) -> Result<Kind, DecodeError> {
        let Self { tokens, path, text, start, .. } = self;
        let first = tokens.value().map_err(|error| syntax(text, path, &error))?;
        *start = tokens.current_index();
        Kind::of(first).ok_or_else(|| {
            let found = sign_at(text, *start);
            DecodeError::new(text.as_bytes(), *start, render(text, path), "a JSON value", found)
        })
    }

    /// The error that the value read or looked at last is not what the description says.
    ///
    /// It shows a scalar; use [`mismatch_redacted`](Self::mismatch_redacted) where that may be a
    /// secret.
    #[must_use]
    pub fn mismatch(&self, expected: impl Into<Cow<'static, str>>) -> DecodeError {
        let found = describe(self.text, self.start);
        let error = DecodeError::new(self.text.as_bytes(), self.start, self.path(), expected, found);
        if self.text.as_bytes().get(self.start) == Some(&b'n') { error.of_absence() } else { error }
    }

    /// Like [`mismatch`](Self::mismatch), where one of several values was expected, as JSON has them.
    #[must_use]
    pub fn mismatch_among(&self, expected: &[&str]) -> DecodeError {
        self.mismatch(format!("one of {}", expected.join(", ")))
    }

    /// Like [`mismatch`](Self::mismatch), but names only the kind of what was found.
    #[must_use]
    pub fn mismatch_redacted(&self, expected: impl Into<Cow<'static, str>>) -> DecodeError {
        let kind = self.text.as_bytes().get(self.start).copied().and_then(Kind::of);
        let found = kind.map_or("something else", Kind::name);
        let error = DecodeError::new(self.text.as_bytes(), self.start, self.path(), expected, found);
        if kind == Some(Kind::Null) { error.of_absence() } else { error }
    }

    /// The path of the value that is being read, such as `items[3].name`.
    #[must_use]
    pub fn path(&self) -> String {
        render(self.text, &self.path)
    }

    /// Ends reading: nothing but white space may follow.
    ///
    /// # Errors
    ///
    /// When something else follows.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        let Self { tokens, path, text, .. } = self;
        tokens.finish().map_err(|error| syntax(text, path, &error))
    }

    #[inline]
    fn expect(&mut self, kind: Kind, expected: &'static str) -> Result<(), DecodeError> {
        if self.tokens.peek().and_then(Kind::of) == Some(kind) {
            self.start = self.tokens.current_index();
            return Ok(());
        }
        self.peek_kind()?;
        Err(self.mismatch(expected))
    }

    /// Reads a string if it has no escape; any other stays where it is.
    #[inline]
    fn plain_string(&mut self, expected: &'static str) -> Result<Option<&'j str>, DecodeError> {
        let place = self.tokens.current_index();
        if let Some(string) = self.seen.string_at(place) {
            self.start = place;
            self.tokens.go_to(place + string.len() + 2);
            return Ok(Some(string));
        }
        self.expect(Kind::String, expected)?;
        Ok(self.tokens.plain_string())
    }

    fn enter(&mut self) -> Result<(), DecodeError> {
        if self.path.enter() { Ok(()) } else { Err(self.mismatch_redacted("no deeper nesting than 128 levels")) }
    }

    fn str_as(&mut self, expected: &'static str) -> Result<&str, DecodeError> {
        if let Some(string) = self.plain_string(expected)? {
            return Ok(string);
        }
        let Self { tokens, path, text, decoded, .. } = self;
        tokens.string(decoded).map_err(|error| syntax(text, path, &error))?;
        Ok(decoded)
    }
}

/// Shows where it stands, and nothing of the text.
impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("path", &self.path())
            .field("offset", &self.tokens.current_index())
            .finish_non_exhaustive()
    }
}

fn render(text: &str, path: &Path) -> String {
    path.render(|offset| name_at(text, offset))
}

/// Inside a string no character is shown, for the string may be a secret.
fn syntax(text: &str, path: &Path, error: &Malformed) -> DecodeError {
    let found = error.found.map_or_else(|| sign_at(text, error.index), str::to_owned);
    DecodeError::new(text.as_bytes(), error.index, render(text, path), error.expected, found)
}
