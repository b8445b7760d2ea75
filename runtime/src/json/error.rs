//! Why a JSON text could not be read: where, what was expected, what stood there.
//!
//! It never holds more of the text than the one scalar at the place, cut short, so that an error
//! can be logged; a secret is named by its kind only.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// Why a JSON text could not be read.
///
/// ```
/// use clientwright_runtime::{Json, uuid::Uuid};
///
/// let error = Vec::<Uuid>::from_json(br#"["abc"]"#).unwrap_err();
/// assert_eq!(error.path(), "[0]");
/// assert_eq!(error.to_string(), r#"at `[0]`: expected a UUID, found "abc" (line 1, column 2)"#);
/// ```
pub struct DecodeError(Box<Details>);

struct Details {
    path: String,
    expected: Cow<'static, str>,
    found: String,
    offset: usize,
    line: usize,
    column: usize,
    /// Something is missing or null, and nothing is of the wrong type.
    absence: bool,
}

impl DecodeError {
    pub(crate) fn new(
        text: &[u8],
        offset: usize,
        path: String,
        expected: impl Into<Cow<'static, str>>,
        found: impl Into<String>,
    ) -> Self {
        let (line, column) = position(text, offset);
        Self(Box::new(Details {
            path,
            expected: expected.into(),
            found: found.into(),
            offset,
            line,
            column,
            absence: false,
        }))
    }

    pub(crate) fn of_absence(mut self) -> Self {
        self.0.absence = true;
        self
    }

    pub(crate) fn is_absence(&self) -> bool {
        self.0.absence
    }

    /// The path of the value, such as `items[3].name`; empty for the whole text.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What the description says, with its article: `a UUID`.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// What stood there: the scalar, cut short, or the kind of a larger value.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.0.found
    }

    /// The offset in the text, in bytes from 0.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The line in the text, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column in the line, in characters from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { path, expected, found, line, column, .. } = &*self.0;
        if !path.is_empty() {
            write!(f, "at `{path}`: ")?;
        }
        write!(f, "expected {expected}, found {found} (line {line}, column {column})")
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("path", &self.0.path)
            .field("expected", &self.0.expected)
            .field("found", &self.0.found)
            .field("offset", &self.0.offset)
            .finish()
    }
}

impl Error for DecodeError {}

fn position(text: &[u8], offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let line = before.split(|byte| *byte == b'\n').count();
    let in_line = before.get(line_start..).unwrap_or_default();
    (line, String::from_utf8_lossy(in_line).chars().count() + 1)
}
