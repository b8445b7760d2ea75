//! Slots: what holds a field while its object is read, and says at the end whether it was there.
//!
//! Generated codecs name them by their functions, through [`object!`](crate::object). What they do is not inlined: in a struct
//! of a hundred fields, slots that are not referred to from outside are moved at each field, which was 300 KB of machine code.

use crate::json::{DecodeError, Json, Reader};
use crate::patch::Patch;
use crate::value::Value;

/// A field that must be there.
#[derive(Debug)]
pub struct Required<T>(Option<T>);

/// A field that may be absent.
#[derive(Debug)]
pub struct Optional<T>(Option<T>);

/// A field that may be absent or null.
#[derive(Debug)]
pub struct Nullish<T>(Option<T>);

/// A field that may be absent, and of which null is a value as any other.
#[derive(Debug)]
pub struct Any(Option<Value>);

/// A field of three states.
#[derive(Debug)]
pub struct ThreeStates<T>(Patch<T>);

/// A field that has a value where it is absent.
#[derive(Debug)]
pub struct Defaulted<T>(Option<T>);

/// A slot for a field that must be there.
#[must_use]
pub fn required<T>() -> Required<T> {
    Required(None)
}

/// A slot for a field that must be there, and may be null.
#[must_use]
pub fn nullable<T>() -> Required<Option<T>> {
    Required(None)
}

/// A slot for a field that may be absent, and is not null.
#[must_use]
pub fn optional<T>() -> Optional<T> {
    Optional(None)
}

/// A slot for a field that may be absent or null.
#[must_use]
pub fn nullish<T>() -> Nullish<T> {
    Nullish(None)
}

/// A slot for a field that may be absent, and of which null is a value as any other.
#[must_use]
pub fn any() -> Any {
    Any(None)
}

/// A slot for a field of three states.
#[must_use]
pub fn patch<T>() -> ThreeStates<T> {
    ThreeStates(Patch::Absent)
}

/// A slot for a field with a default.
#[must_use]
pub fn default<T>() -> Defaulted<T> {
    Defaulted(None)
}

impl<T: Json> Required<T> {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the value is not of this type.
    #[inline(never)]
    pub fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0 = Some(T::read(reader)?);
        Ok(())
    }

    /// The value, or what stands for it; the reader notes where there is neither.
    #[inline(never)]
    pub fn finish(self, reader: &mut Reader<'_>, name: &'static str) -> Option<T> {
        self.0.or_else(|| reader.absent(name))
    }
}

impl<T: Json> Optional<T> {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the value is not of this type.
    #[inline(never)]
    pub fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0 = reader.optional()?;
        Ok(())
    }

    /// The value, if there was one.
    #[inline]
    pub fn finish(self, _: &mut Reader<'_>, _: &'static str) -> Option<Option<T>> {
        Some(self.0)
    }
}

impl<T: Json> Nullish<T> {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the value is not of this type, and not null.
    #[inline(never)]
    pub fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0 = Option::read(reader)?;
        Ok(())
    }

    /// The value, if there was one.
    #[inline]
    pub fn finish(self, _: &mut Reader<'_>, _: &'static str) -> Option<Option<T>> {
        Some(self.0)
    }
}

impl Any {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the text is no JSON.
    pub fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0 = Some(Value::read(reader)?);
        Ok(())
    }

    /// The value, if there was one.
    #[must_use]
    pub fn finish(self, _: &mut Reader<'_>, _: &'static str) -> Option<Option<Value>> {
        Some(self.0)
    }
}

impl<T: Json> ThreeStates<T> {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the value is not of this type, and not null.
    #[inline(never)]
    pub fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0 = Patch::read(reader)?;
        Ok(())
    }

    /// The state.
    #[inline]
    pub fn finish(self, _: &mut Reader<'_>, _: &'static str) -> Option<Patch<T>> {
        Some(self.0)
    }
}

impl<T: Json> Defaulted<T> {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the value is not of this type.
    #[inline(never)]
    pub fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0 = reader.optional()?;
        Ok(())
    }

    /// The value, or the default.
    #[inline]
    pub fn finish(self, _: &mut Reader<'_>, _: &'static str, default: impl FnOnce() -> T) -> Option<T> {
        Some(self.0.unwrap_or_else(default))
    }
}
