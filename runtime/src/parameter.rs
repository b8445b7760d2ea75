//! What can stand in a URL, a header or a cookie, and in which forms.
//!
//! Takes values, gives plain text by its parts; encoding belongs to the place and happens in
//! `style`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::json::{Base64, Base64Url, Json, ToJson};
use crate::secret::Secret;
use crate::value::Value;

/// A type whose values can be parameters.
pub trait Parameter {
    /// The value as text, by its parts.
    fn parameter(&self) -> ParameterValue<'_>;
}

/// A parameter's value as text, not encoded yet.
#[derive(Clone, PartialEq, Eq)]
pub enum ParameterValue<'a> {
    /// One text.
    Text(Cow<'a, str>),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
    /// Names and texts.
    Object(Vec<(Cow<'a, str>, Cow<'a, str>)>),
}

impl<'a> ParameterValue<'a> {
    /// The value of a type that is described in JSON terms: objects and arrays by their parts,
    /// scalars as text. A null among the parts is left out, and what is nested deeper is JSON text.
    #[must_use]
    pub fn from_json<T: Json>(value: &T) -> Self {
        // What `Json` writes is JSON.
        let value = Value::of(value).unwrap_or_default();
        ParameterValue::from_value(&value).into_owned()
    }

    /// The value as one JSON text, for parameters with `content: application/json`.
    #[must_use]
    pub fn json(value: &(impl ToJson + ?Sized)) -> Self {
        Self::Text(String::from_utf8_lossy(&value.to_json_text()).into_owned().into())
    }

    /// The text, where there is exactly one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    fn from_value(value: &'a Value) -> Self {
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

    fn into_owned(self) -> ParameterValue<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Text(text) => ParameterValue::Text(owned(text)),
            Self::List(items) => ParameterValue::List(items.into_iter().map(owned).collect()),
            Self::Object(fields) => {
                let fields = fields.into_iter();
                ParameterValue::Object(fields.map(|(n, v)| (owned(n), owned(v))).collect())
            }
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
        }
    }
}

/// Names the form only: the text may be a secret.
impl std::fmt::Debug for ParameterValue<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::List(items) => write!(f, "List({} items)", items.len()),
            Self::Object(fields) => write!(f, "Object({} fields)", fields.len()),
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
            Self::Text(text) => ParameterValue::Text(Cow::Borrowed(text)),
            Self::List(items) => ParameterValue::List(items.iter().map(|item| Cow::Borrowed(item.as_ref())).collect()),
            Self::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| (Cow::Borrowed(&**name), Cow::Borrowed(&**value)));
                ParameterValue::Object(fields.collect())
            }
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
        ParameterValue::from_value(self)
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
    uuid::Uuid crate::value::Number jiff::Timestamp jiff::civil::Date jiff::civil::Time
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

impl<P: Parameter> Parameter for [P] {
    fn parameter(&self) -> ParameterValue<'_> {
        ParameterValue::List(self.iter().map(|item| item.parameter().into_part()).collect())
    }
}

impl<P: Parameter> Parameter for Vec<P> {
    fn parameter(&self) -> ParameterValue<'_> {
        self.as_slice().parameter()
    }
}

impl<P: Parameter> Parameter for BTreeMap<String, P> {
    fn parameter(&self) -> ParameterValue<'_> {
        let fields = self.iter();
        ParameterValue::Object(fields.map(|(name, value)| (name.into(), value.parameter().into_part())).collect())
    }
}
