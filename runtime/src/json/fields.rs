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

    /// Puts in what stands for absent ones, and says whether all are there then; the reader notes each that is not.
    ///
    /// It moves none: what is moved would have to be dropped wherever something after it may fail.
    fn complete(self, slots: &mut Self::Slots, reader: &mut Reader<'_>, names: &[&'static str]) -> bool;

    /// The values, if all are there.
    fn take(slots: Self::Slots) -> Option<T>;
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
            fn complete(self, slots: &mut Self::Slots, reader: &mut Reader<'_>, names: &[&'static str]) -> bool {
                let &[$($mode,)+] = names else { return false };
                // All are looked for before one is missed, so that the reader can note each.
                true $(& self.$index.complete(&mut slots.$index, reader, $mode))+
            }

            #[inline]
            fn take(slots: Self::Slots) -> Option<($($Type,)+)> {
                match ($($Mode::take(slots.$index),)+) {
                    ($(Some($value),)+) => Some(($($value,)+)),
                    _ => None,
                }
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
    fn complete(self, (): &mut Self::Slots, _: &mut Reader<'_>, _: &[&'static str]) -> bool {
        true
    }

    #[inline]
    fn take((): Self::Slots) -> Option<()> {
        Some(())
    }
}

/// Several groups of fields, or of their values: a tuple of two to eight. Pairs of pairs would be moved once more at each.
#[derive(Clone, Copy, Debug)]
pub struct Groups<G>(pub G);

macro_rules! groups {
    ($($index:tt $Group:ident $Type:ident $value:ident),+) => {
        impl<$($Type, $Group: Fields<$Type>),+> Fields<Groups<($($Type,)+)>> for Groups<($($Group,)+)> {
            type Slots = ($($Group::Slots,)+);

            const COUNT: usize = 0 $(+ $Group::COUNT)+;

            #[inline]
            fn read(slots: &mut Self::Slots, index: usize, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                let before = 0;
                $(
                    if index < before + $Group::COUNT {
                        return $Group::read(&mut slots.$index, index - before, reader);
                    }
                    let before = before + $Group::COUNT;
                )+
                let _ = before;
                reader.ignore()
            }

            #[inline]
            fn complete(self, slots: &mut Self::Slots, reader: &mut Reader<'_>, mut names: &[&'static str]) -> bool {
                true $(& {
                    let own = names.split_off(..$Group::COUNT).unwrap_or_default();
                    self.0.$index.complete(&mut slots.$index, reader, own)
                })+
            }

            #[inline]
            fn take(slots: Self::Slots) -> Option<Groups<($($Type,)+)>> {
                match ($($Group::take(slots.$index),)+) {
                    ($(Some($value),)+) => Some(Groups(($($value,)+))),
                    _ => None,
                }
            }
        }
    };
}

groups!(0 A U a, 1 B V b);
groups!(0 A U a, 1 B V b, 2 C W c);
groups!(0 A U a, 1 B V b, 2 C W c, 3 D X d);
groups!(0 A U a, 1 B V b, 2 C W c, 3 D X d, 4 E Y e);
groups!(0 A U a, 1 B V b, 2 C W c, 3 D X d, 4 E Y e, 5 F Z f);
groups!(0 A U a, 1 B V b, 2 C W c, 3 D X d, 4 E Y e, 5 F Z f, 6 G O g);
groups!(0 A U a, 1 B V b, 2 C W c, 3 D X d, 4 E Y e, 5 F Z f, 6 G O g, 7 H P h);

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

/// What makes a value of the type `O` out of the values of its fields, in the order of their table.
///
/// A codec gives it before the words of the fields. So the compiler knows the type of each field when it asks whether its
/// word fits it. Asked the other way round it keeps all these questions open until the last field is known, and goes
/// through them again at each: with a hundred fields that was most of what a codec cost. For the same reason it is no
/// type parameter: a closure of an unknown type is one more open question.
#[derive(Clone, Copy, Debug)]
pub struct Constructor<V, O>(pub fn(V) -> O);

impl<V, O> Constructor<V, O> {
    /// Reads an object: the values of the fields that have these names, in this order.
    ///
    /// # Errors
    ///
    /// When the text is no JSON object, one of the fields has another type, or one that must be there is missing.
    #[inline]
    pub fn read<F: Fields<V>>(
        self,
        reader: &mut Reader<'_>,
        names: &'static [&'static str],
        fields: F,
    ) -> Result<O, DecodeError> {
        let (values, Ignored) = reader.object(names, fields)?;
        Ok((self.0)(values))
    }
}

impl<V, R: Rest, O> Constructor<(V, R), O> {
    /// Reads an object like [`read`](Self::read), and all that it has besides these fields.
    ///
    /// # Errors
    ///
    /// As those of `read`, and when another property is not of the type of these.
    #[inline]
    pub fn read_with_rest<F: Fields<V>>(
        self,
        reader: &mut Reader<'_>,
        names: &'static [&'static str],
        fields: F,
    ) -> Result<O, DecodeError> {
        reader.object(names, fields).map(self.0)
    }
}

impl Reader<'_> {
    #[inline]
    fn object<V, R: Rest, F: Fields<V>>(
        &mut self,
        names: &'static [&'static str],
        fields: F,
    ) -> Result<(V, R), DecodeError> {
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
        if !fields.complete(&mut slots, self, names) {
            return Err(self.missing());
        }
        let values = F::take(slots).ok_or_else(|| self.missing())?;
        Ok((values, rest))
    }

    /// Reads an entry of a map: the value of a field that the table does not have.
    ///
    /// # Errors
    ///
    /// When the value is not of this type.
    pub fn entry<T: Json>(&mut self, entries: &mut BTreeMap<String, T>) -> Result<(), DecodeError> {
        let key = self.unknown_field();
        entries.insert(key, T::read(self)?);
        Ok(())
    }

    /// Gives the value of a required field, or the error that it is missing.
    ///
    /// # Errors
    ///
    /// When there is no value.
    pub fn required<T: Json>(&mut self, mut value: Option<T>, name: &'static str) -> Result<T, DecodeError> {
        if value.is_none() {
            self.fill(&mut value, name);
        }
        value.ok_or_else(|| self.missing())
    }
}
