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

    /// Puts in what stands for a value that is absent; false where nothing does, which the reader notes.
    #[inline]
    fn complete(self, _slot: &mut Self::Slot, _reader: &mut Reader<'_>, _name: &'static str) -> bool
    where
        Self: Sized,
    {
        true
    }

    /// The value, if it is there.
    fn take(slot: Self::Slot) -> Option<T>;
}

impl<T: Json> Mode<T> for required {
    type Slot = Option<T>;

    #[inline(never)]
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *slot = Some(T::read(reader)?);
        Ok(())
    }

    #[inline]
    fn complete(self, slot: &mut Self::Slot, reader: &mut Reader<'_>, name: &'static str) -> bool {
        slot.is_some() || reader.fill(slot, name)
    }

    #[inline]
    fn take(slot: Self::Slot) -> Option<T> {
        slot
    }
}

impl<T: Json> Mode<Option<T>> for nullable {
    type Slot = Option<Option<T>>;

    #[inline]
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        required::read(slot, reader)
    }

    #[inline]
    fn complete(self, slot: &mut Self::Slot, reader: &mut Reader<'_>, name: &'static str) -> bool {
        required.complete(slot, reader, name)
    }

    #[inline]
    fn take(slot: Self::Slot) -> Option<Option<T>> {
        slot
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
    fn take(slot: Self::Slot) -> Option<Option<T>> {
        Some(slot)
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
    fn take(slot: Self::Slot) -> Option<Option<T>> {
        Some(slot)
    }
}

impl Mode<Option<Value>> for any {
    type Slot = Option<Value>;

    #[inline]
    fn read(slot: &mut Self::Slot, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        required::read(slot, reader)
    }

    #[inline]
    fn take(slot: Self::Slot) -> Option<Option<Value>> {
        Some(slot)
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
    fn take(slot: Self::Slot) -> Option<Patch<T>> {
        Some(slot)
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
    fn complete(self, slot: &mut Self::Slot, _: &mut Reader<'_>, _: &'static str) -> bool {
        slot.get_or_insert_with(self.0);
        true
    }

    #[inline]
    fn take(slot: Self::Slot) -> Option<T> {
        slot
    }
}
