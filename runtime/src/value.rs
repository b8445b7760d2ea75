//! Any JSON value, for what a description leaves open.
//!
//! Takes and gives JSON text, unchanged where that matters: numbers keep their digits and objects
//! their order.

mod number;
mod object;

use std::fmt;

pub use self::number::Number;
pub use self::object::Object;
use crate::json::{DecodeError, Json, Kind, Reader, Writer};

/// Any JSON value.
///
/// ```
/// use clientwright_runtime::{Json, Value};
///
/// let value = Value::from_json(br#"{"error": {"code": 7003, "tags": ["a"]}}"#)?;
/// assert_eq!(value.pointer("/error/code").and_then(Value::as_i64), Some(7003));
/// assert_eq!(value.to_string(), r#"{"error":{"code":7003,"tags":["a"]}}"#);
/// # Ok::<(), clientwright_runtime::DecodeError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, with its digits as they came.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Self>),
    /// An object, in its order.
    Object(Object),
}

impl Value {
    /// The value as any type has it in JSON.
    ///
    /// # Errors
    ///
    /// When what the type writes is no JSON, which no type of this crate does.
    pub fn of(value: &impl Json) -> Result<Self, DecodeError> {
        Self::from_json(&value.to_json())
    }

    /// Reads the value as another type.
    ///
    /// # Errors
    ///
    /// When the value is not of that type.
    pub fn to<T: Json>(&self) -> Result<T, DecodeError> {
        T::from_json(&self.to_json())
    }

    /// The kind of the value.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The integer, if it is a number without fraction that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number().and_then(Number::as_i64)
    }

    /// The integer, if it is a number without fraction that fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number().and_then(Number::as_u64)
    }

    /// The nearest float, if it is a number.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// The text, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The items, if it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The object, if it is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// The value of a field, if it is an object that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// The value at a JSON pointer (RFC 6901), such as `/items/0/name`.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |value, token| match value {
            Self::Object(object) => object.get(&token.replace("~1", "/").replace("~0", "~")),
            Self::Array(items) => items.get(token.parse::<usize>().ok()?),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => None,
        })
    }
}

impl Json for Value {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match reader.peek_kind()? {
            Kind::Null => {
                reader.null()?;
                Self::Null
            }
            Kind::Bool => Self::Bool(reader.bool()?),
            Kind::Number => Self::Number(Number::read(reader)?),
            Kind::String => Self::String(reader.string()?),
            Kind::Array => Self::Array(Vec::read(reader)?),
            Kind::Object => Self::Object(Object::read(reader)?),
        })
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.bool(*value),
            Self::Number(number) => number.write(writer),
            Self::String(text) => writer.string(text),
            Self::Array(items) => items.write(writer),
            Self::Object(object) => object.write(writer),
        }
    }
}

/// The JSON text.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.to_json()))
    }
}

/// One line per type that becomes a value: the type, and the variant that holds it.
macro_rules! conversions {
    ($($from:ty, $variant:ident;)*) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

conversions! {
    bool, Bool;
    Number, Number;
    i32, Number;
    i64, Number;
    u32, Number;
    u64, Number;
    &str, String;
    String, String;
    Vec<Value>, Array;
    Object, Object;
}

/// What JSON cannot say (infinities, not a number) is null.
impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Number::from_f64(number).map_or(Self::Null, Self::Number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
