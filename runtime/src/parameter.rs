//! What can stand in a URL, a header or a cookie, and in which forms.
//!
//! Takes values, gives plain text by its parts; encoding belongs to the place and happens in
//! `style`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::json::{Base64, Base64Url, Json, ToJson, instant};
use crate::secret::Secret;
use crate::value::Value;

/// A type whose values can be parameters.
pub trait Parameter {
    /// The value as text, by its parts.
    fn parameter(&self) -> ParameterValue<'_>;
}

/// A parameter's value as text, not encoded yet.
#[derive(Clone, PartialEq)]
pub enum ParameterValue<'a> {
    /// One text.
    Text(Cow<'a, str>),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
    /// Names and texts.
    Object(Vec<(Cow<'a, str>, Cow<'a, str>)>),
    /// Something in JSON terms, which a style takes apart as deep as it goes.
    Json(Cow<'a, Value>),
}

impl<'a> ParameterValue<'a> {
    /// The value of a type that is described in JSON terms: objects and arrays by their parts,
    /// scalars as text. A null among the parts is left out, and what is nested deeper is JSON text.
    #[must_use]
    pub fn from_json<T: Json>(value: &T) -> Self {
        // What `Json` writes is JSON.
        Self::Json(Cow::Owned(Value::of(value).unwrap_or_default()))
    }

    /// The value as one JSON text, for parameters with `content: application/json`.
    #[must_use]
    pub fn json(value: &(impl ToJson + ?Sized)) -> Self {
        Self::Text(String::from_utf8_lossy(&value.to_json_text()).into_owned().into())
    }

    /// The text, where there is exactly one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Json(value) => value.as_str(),
            Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The value by its parts, without anything deeper.
    pub(crate) fn flat(&self) -> Flat<'_> {
        match self {
            Self::Text(text) => Flat::Text(Cow::Borrowed(text)),
            Self::List(items) => Flat::List(items.iter().map(|item| Cow::Borrowed(&**item)).collect()),
            Self::Object(fields) => Flat::Object(borrowed(fields)),
            Self::Json(value) => Flat::of(value),
        }
    }

    /// Whether it has parts of its own that a style may want.
    fn is_deep(&self) -> bool {
        matches!(self, Self::Json(value) if matches!(**value, Value::Array(_) | Value::Object(_)))
    }

    fn is_null(&self) -> bool {
        matches!(self, Self::Json(value) if **value == Value::Null)
    }

    fn into_value(self) -> Value {
        match self {
            Self::Json(value) => value.into_owned(),
            Self::Text(_) | Self::List(_) | Self::Object(_) => Value::String(self.into_part().into_owned()),
        }
    }

    /// One text for this value where it stands inside another.
    fn into_part(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => text,
            Self::List(items) => items.join(",").into(),
            Self::Object(fields) => {
                let fields: Vec<_> = fields.iter().map(|(name, v)| format!("{name},{v}")).collect();
                fields.join(",").into()
            }
            Self::Json(value) => part(&value).unwrap_or_default().into_owned().into(),
        }
    }
}

/// What a style without depth puts together.
pub(crate) enum Flat<'a> {
    Text(Cow<'a, str>),
    List(Vec<Cow<'a, str>>),
    Object(Pairs<'a>),
}

type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

impl<'a> Flat<'a> {
    fn of(value: &'a Value) -> Self {
        match value {
            Value::Array(items) => Self::List(items.iter().filter_map(part).collect()),
            Value::Object(object) => {
                let part = |(name, value)| Some((Cow::Borrowed(name), part(value)?));
                Self::Object(object.iter().filter_map(part).collect())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                Self::Text(part(value).unwrap_or_default())
            }
        }
    }
}

fn borrowed<'a>(fields: &'a Pairs<'_>) -> Pairs<'a> {
    fields.iter().map(|(name, value)| (Cow::Borrowed(&**name), Cow::Borrowed(&**value))).collect()
}

/// Names the form only: the text may be a secret.
impl std::fmt::Debug for ParameterValue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::List(items) => write!(f, "List({} items)", items.len()),
            Self::Object(fields) => write!(f, "Object({} fields)", fields.len()),
            Self::Json(value) => write!(f, "Json({:?})", value.kind()),
        }
    }
}

fn part(value: &Value) -> Option<Cow<'_, str>> {
    Some(match value {
        Value::Null => return None,
        Value::String(text) => Cow::Borrowed(text),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Cow::Owned(value.to_string()),
    })
}

/// What is put together already, such as a JSON document.
impl Parameter for ParameterValue<'_> {
    fn parameter(&self) -> ParameterValue<'_> {
        match self {
            Self::Json(value) => ParameterValue::Json(Cow::Borrowed(value)),
            Self::Text(text) => ParameterValue::Text(Cow::Borrowed(text)),
            Self::List(items) => ParameterValue::List(items.iter().map(|item| Cow::Borrowed(&**item)).collect()),
            Self::Object(fields) => ParameterValue::Object(borrowed(fields)),
        }
    }
}

impl Parameter for str {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::Text(self.into())
    }
}

impl Parameter for String {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::Text(self.into())
    }
}

impl Parameter for Secret {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::Text(self.expose().into())
    }
}

impl Parameter for Value {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::Json(Cow::Borrowed(self))
    }
}

impl Parameter for Base64 {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::Text(self.encode().into())
    }
}

impl Parameter for Base64Url {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::Text(self.encode().into())
    }
}

/// Types whose `Display` is their text.
macro_rules! displayed {
    ($($ty:ty)*) => {$(
        impl Parameter for $ty {
            fn parameter(&self) -> ParameterValue<'_> {
                ParameterValue::Text(self.to_string().into())
            }
        }
    )*};
}

displayed! {
    bool i8 i16 i32 i64 u8 u16 u32 u64
    uuid::Uuid crate::value::Number jiff::civil::Date jiff::civil::Time
}

impl Parameter for jiff::Timestamp {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::Text(instant(self))
    }
}

/// As in JSON, so that a whole float has no `.0`.
macro_rules! floats {
    ($($ty:ty)*) => {$(
        impl Parameter for $ty {
            fn parameter(&self) -> ParameterValue<'_> {
                ParameterValue::json(self)
            }
        }
    )*};
}

floats! { f32 f64 }

impl<P: Parameter + ?Sized> Parameter for &P {
    fn parameter(&self) -> ParameterValue<'_> {
        P::parameter(self)
    }
}

impl<P: Parameter + ?Sized> Parameter for Box<P> {
    fn parameter(&self) -> ParameterValue<'_> {
        P::parameter(self)
    }
}

/// A null among the parts of a list or an object, which is left out there.
impl<P: Parameter> Parameter for Option<P> {
    fn parameter(&self) -> ParameterValue<'_> {
        self.as_ref().map_or(ParameterValue::Json(Cow::Owned(Value::Null)), P::parameter)
    }
}

impl<P: Parameter> Parameter for [P] {
    fn parameter(&self) -> ParameterValue<'_> {
        let items: Vec<ParameterValue<'_>> =
            self.iter().map(Parameter::parameter).filter(|item| !item.is_null()).collect();
        if items.iter().any(ParameterValue::is_deep) {
            let items = items.into_iter().map(ParameterValue::into_value);
            return ParameterValue::Json(Cow::Owned(Value::Array(items.collect())));
        }
        ParameterValue::List(items.into_iter().map(ParameterValue::into_part).collect())
    }
}

impl<P: Parameter> Parameter for Vec<P> {
    fn parameter(&self) -> ParameterValue<'_> {
        self.as_slice().parameter()
    }
}

impl<P: Parameter> Parameter for BTreeMap<String, P> {
    fn parameter(&self) -> ParameterValue<'_> {
        let fields = self.iter().map(|(name, value)| (name, value.parameter())).filter(|(_, value)| !value.is_null());
        ParameterValue::Object(fields.map(|(name, value)| (name.into(), value.into_part())).collect())
    }
}
