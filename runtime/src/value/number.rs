//! A JSON number that keeps its digits.

use std::fmt;

use crate::json::{DecodeError, Json, Reader, Writer, integral};

/// A JSON number, as it was written: nothing is rounded on the way through.
///
/// Two numbers are equal when they are the same number, however they are written.
#[derive(Clone)]
pub struct Number(Box<str>);

impl Number {
    /// The number, unless it is infinite or not a number.
    #[must_use]
    pub fn from_f64(number: f64) -> Option<Self> {
        let mut writer = Writer::new();
        writer.float(number);
        let text = String::from_utf8(writer.into_bytes()).ok()?;
        number.is_finite().then(|| Self(text.into()))
    }

    /// The text of the number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The integer, if it has no fraction and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        integral(&self.0)?.try_into().ok()
    }

    /// The integer, if it has no fraction and fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        integral(&self.0)?.try_into().ok()
    }

    /// The nearest float.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        if self.0 == other.0 {
            return true;
        }
        match (integral(&self.0), integral(&other.0)) {
            (Some(ours), Some(theirs)) => ours == theirs,
            (None, None) => self.as_f64().total_cmp(&other.as_f64()).is_eq(),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

impl From<i32> for Number {
    fn from(number: i32) -> Self {
        Self(number.to_string().into())
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(number.to_string().into())
    }
}

impl From<u32> for Number {
    fn from(number: u32) -> Self {
        Self(number.to_string().into())
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self(number.to_string().into())
    }
}

impl Json for Number {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.number("a number").map(|text| Self(text.into()))
    }

    fn write(&self, writer: &mut Writer) {
        writer.raw(&self.0);
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
