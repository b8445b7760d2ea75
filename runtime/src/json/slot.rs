//! What becomes of the fields of an object, each of which has a word in the tables of generated codecs.
//!
//! Generated codecs name the words through [`object!`](crate::object). What reads is not inlined: in a struct of a hundred
//! fields, slots that are not referred to from outside are moved at each field, which was 300 KB of machine code.
#![allow(non_camel_case_types, reason = "they are words of tables")]

use crate::json::{DecodeError, Json, Reader};
use crate::patch::Patch;
use crate::value::Value;

/// A field that must be there.
#[derive(Clone, Copy, Debug)]
pub struct required;

/// A field that must be there, and may be null.
#[derive(Clone, Copy, Debug)]
pub struct nullable;

/// A field that may be absent, and is not null.
#[derive(Clone, Copy, Debug)]
pub struct optional;

/// A field that may be absent or null.
#[derive(Clone, Copy, Debug)]
pub struct nullish;

/// A field that may be absent, and of which null is a value as any other.
#[derive(Clone, Copy, Debug)]
pub struct any;

/// A field of three states.
#[derive(Clone, Copy, Debug)]
pub struct patch;

/// A field that has a value where it is absent.
#[derive(Clone, Copy, Debug)]
pub struct default<F>(pub F);

/// How a field of the type `T` is read. While its object is read, a slot holds what was found.
pub trait Mode<T> {
    /// What is held.
    type Slot: Default;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the value is not of this type.
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// The value, or what stands for it; the reader notes where there is neither.
    fn finish(self, slot: &mut Self::Slot, reader: &mut Reader<'_>, name: &'static str) -> Option<T>;
}

impl<T: Json> Mode<T> for required {
    type Slot = Option<T>;

    #[inline(never)]
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *slot = Some(T::read(reader)?);
        Ok(())
    }

    #[inline(never)]
    fn finish(self, slot: &mut Self::Slot, reader: &mut Reader<'_>, name: &'static str) -> Option<T> {
        slot.take().or_else(|| reader.absent(name))
    }
}

impl<T: Json> Mode<Option<T>> for nullable {
    type Slot = Option<Option<T>>;

    #[inline]
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        required::read(slot, reader)
    }

    #[inline]
    fn finish(self, slot: &mut Self::Slot, reader: &mut Reader<'_>, name: &'static str) -> Option<Option<T>> {
        required.finish(slot, reader, name)
    }
}

impl<T: Json> Mode<Option<T>> for optional {
    type Slot = Option<T>;

    #[inline(never)]
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *slot = reader.optional()?;
        Ok(())
    }

    #[inline]
    fn finish(self, slot: &mut Self::Slot, _: &mut Reader<'_>, _: &'static str) -> Option<Option<T>> {
        Some(slot.take())
    }
}

impl<T: Json> Mode<Option<T>> for nullish {
    type Slot = Option<T>;

    #[inline(never)]
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *slot = Option::read(reader)?;
        Ok(())
    }

    #[inline]
    fn finish(self, slot: &mut Self::Slot, reader: &mut Reader<'_>, name: &'static str) -> Option<Option<T>> {
        optional.finish(slot, reader, name)
    }
}

impl Mode<Option<Value>> for any {
    type Slot = Option<Value>;

    #[inline]
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        required::read(slot, reader)
    }

    #[inline]
    fn finish(self, slot: &mut Self::Slot, reader: &mut Reader<'_>, name: &'static str) -> Option<Option<Value>> {
        optional.finish(slot, reader, name)
    }
}

impl<T: Json> Mode<Patch<T>> for patch {
    type Slot = Patch<T>;

    #[inline(never)]
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *slot = Patch::read(reader)?;
        Ok(())
    }

    #[inline]
    fn finish(self, slot: &mut Self::Slot, _: &mut Reader<'_>, _: &'static str) -> Option<Patch<T>> {
        Some(std::mem::take(slot))
    }
}

impl<T: Json, F: FnOnce() -> T> Mode<T> for default<F> {
    type Slot = Option<T>;

    #[inline(never)]
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *slot = reader.optional()?;
        Ok(())
    }

    #[inline]
    fn finish(self, slot: &mut Self::Slot, _: &mut Reader<'_>, _: &'static str) -> Option<T> {
        Some(slot.take().unwrap_or_else(self.0))
    }
}
