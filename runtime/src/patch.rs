//! A field of three states, for requests that change a part of something.

use crate::secret::Secret;

/// A field that can be left out, set to null, or set to a value.
///
/// Where a request changes a part of something, these three mean three things: leave it as it is,
/// clear it, set it. Setters take `impl Into<Patch<T>>`, so that a value, an `Option` (`None` is
/// null) and a `Patch` are all fine.
///
/// ```
/// use clientwright_runtime::Patch;
///
/// let name: Patch<String> = "Ada".into();
/// assert_eq!(name.value().map(String::as_str), Some("Ada"));
/// assert!(Patch::<String>::default().is_absent());
/// assert_eq!(Patch::<u8>::from(None), Patch::Null);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Patch<T> {
    /// The field is left out.
    #[default]
    Absent,
    /// The field is null.
    Null,
    /// The field has a value.
    Value(T),
}

impl<T> Patch<T> {
    /// Whether the field is left out.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the field is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Borrows the value.
    #[must_use]
    pub fn as_ref(&self) -> Patch<&T> {
        match self {
            Self::Absent => Patch::Absent,
            Self::Null => Patch::Null,
            Self::Value(value) => Patch::Value(value),
        }
    }

    /// The value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value itself, if there is one.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Patch<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

impl From<&str> for Patch<Secret> {
    fn from(text: &str) -> Self {
        Self::Value(text.into())
    }
}
