//! How the fields of an object are read together: a tuple of words, eight at most, gives a tuple of values.
//!
//! It is generic, so that it is checked here once. A codec that names each field in a branch of its own costs the
//! compiler ten times as much, for each of thousands of types.

use std::collections::BTreeMap;

use crate::json::slot::Mode;
use crate::json::{DecodeError, Json, Reader};

/// How fields of the types `T` are read.
pub trait Fields<T> {
    /// What holds their values until all are there.
    type Slots: Default;

    /// How many they are.
    const COUNT: usize;

    /// Reads the value of one of them.
    ///
    /// # Errors
    ///
    /// When the value is not of its type.
    fn read(slots: &mut Self::Slots, index: usize, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// The values, unless one is missing.
    fn finish(self, slots: &mut Self::Slots, reader: &mut Reader<'_>, names: &[&'static str]) -> Option<T>;
}

macro_rules! fields {
    ($count:literal $($index:tt $Mode:ident $Type:ident $mode:ident $value:ident),+) => {
        impl<$($Type, $Mode: Mode<$Type>),+> Fields<($($Type,)+)> for ($($Mode,)+) {
            type Slots = ($($Mode::Slot,)+);

            const COUNT: usize = $count;

            #[inline]
            fn read(slots: &mut Self::Slots, index: usize, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                match index {
                    $($index => $Mode::read(&mut slots.$index, reader),)+
                    _ => reader.ignore(),
                }
            }

            #[inline]
            fn finish(
                self,
                slots: &mut Self::Slots,
                reader: &mut Reader<'_>,
                names: &[&'static str],
            ) -> Option<($($Type,)+)> {
                let &[$($mode,)+] = names else { return None };
                // All are looked for before one is missed, so that the reader can note each.
                $(let $value = self.$index.finish(&mut slots.$index, reader, $mode);)+
                Some(($($value?,)+))
            }
        }
    };
}

fields!(1 0 A U a u);
fields!(2 0 A U a u, 1 B V b v);
fields!(3 0 A U a u, 1 B V b v, 2 C W c w);
fields!(4 0 A U a u, 1 B V b v, 2 C W c w, 3 D X d x);
fields!(5 0 A U a u, 1 B V b v, 2 C W c w, 3 D X d x, 4 E Y e y);
fields!(6 0 A U a u, 1 B V b v, 2 C W c w, 3 D X d x, 4 E Y e y, 5 F Z f z);
fields!(7 0 A U a u, 1 B V b v, 2 C W c w, 3 D X d x, 4 E Y e y, 5 F Z f z, 6 G O g o);
fields!(8 0 A U a u, 1 B V b v, 2 C W c w, 3 D X d x, 4 E Y e y, 5 F Z f z, 6 G O g o, 7 H P h p);

impl Fields<()> for () {
    type Slots = ();

    const COUNT: usize = 0;

    #[inline]
    fn read((): &mut Self::Slots, _: usize, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.ignore()
    }

    #[inline]
    fn finish(self, (): &mut Self::Slots, _: &mut Reader<'_>, _: &[&'static str]) -> Option<()> {
        Some(())
    }
}

/// Fields and further ones, or their values.
#[derive(Clone, Copy, Debug)]
pub struct Also<A, B>(pub A, pub B);

impl<T, U, A: Fields<T>, B: Fields<U>> Fields<Also<T, U>> for Also<A, B> {
    type Slots = (A::Slots, B::Slots);

    const COUNT: usize = A::COUNT + B::COUNT;

    #[inline]
    fn read((first, further): &mut Self::Slots, index: usize, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        match index.checked_sub(A::COUNT) {
            None => A::read(first, index, reader),
            Some(index) => B::read(further, index, reader),
        }
    }

    #[inline]
    fn finish(
        self,
        (first, further): &mut Self::Slots,
        reader: &mut Reader<'_>,
        names: &[&'static str],
    ) -> Option<Also<T, U>> {
        let (names, further_names) = names.split_at_checked(A::COUNT)?;
        let first = self.0.finish(first, reader, names);
        let further = self.1.finish(further, reader, further_names);
        Some(Also(first?, further?))
    }
}

/// What becomes of properties that are none of these fields.
pub trait Rest: Default {
    /// Reads such a property.
    ///
    /// # Errors
    ///
    /// When its value has another type.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;
}

/// They are passed over.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ignored;

impl Rest for Ignored {
    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.ignore()
    }
}

impl<T: Json> Rest for BTreeMap<String, T> {
    #[inline]
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.entry(self)
    }
}

impl Reader<'_> {
    /// Reads an object: the values of the fields that have these names, in this order.
    ///
    /// # Errors
    ///
    /// When the text is no JSON object, one of the fields has another type, or one that must be there is missing.
    #[inline]
    pub fn object<T, F: Fields<T>>(&mut self, names: &'static [&'static str], fields: F) -> Result<T, DecodeError> {
        let (values, Ignored) = self.object_and_rest(names, fields)?;
        Ok(values)
    }

    /// Reads an object like [`object`](Self::object), and all that it has besides these fields.
    ///
    /// # Errors
    ///
    /// As those of `object`, and when another property is not of the type of these.
    #[inline]
    pub fn object_and_rest<T, R: Rest, F: Fields<T>>(
        &mut self,
        names: &'static [&'static str],
        fields: F,
    ) -> Result<(T, R), DecodeError> {
        let mut slots = F::Slots::default();
        let mut rest = R::default();
        self.begin_object()?;
        while let Some(index) = self.next_field(names)? {
            if index < names.len() {
                F::read(&mut slots, index, self)?;
            } else {
                rest.read(self)?;
            }
        }
        let values = fields.finish(&mut slots, self, names).ok_or_else(|| self.missing())?;
        Ok((values, rest))
    }
}
