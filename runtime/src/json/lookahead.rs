//! Looking at a value in place, for unions: which candidate it is, without reading it twice.
//!
//! Takes a decision table that was computed at generation; gives the index of a candidate. Nothing
//! is buffered but the names and the plain strings in the object, borrowed from the text, by which it is read then.

use std::borrow::Cow;
use std::iter;

use crate::json::lenient::Departures;
use crate::json::seen::Field;
use crate::json::tokens::{Next, Syntax, Tokens};
use crate::json::{DecodeError, Json, Reader};

/// The kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number, integral or not.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The kind of the value that begins with this byte.
    pub(crate) fn of(first: u8) -> Option<Self> {
        Some(match first {
            b'n' => Self::Null,
            b't' | b'f' => Self::Bool,
            b'-' | b'0'..=b'9' => Self::Number,
            b'"' => Self::String,
            b'[' => Self::Array,
            b'{' => Self::Object,
            _ => return None,
        })
    }

    /// The name of the kind, with its article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// What a value of one candidate of a union looks like from outside.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The kinds that it can have.
    pub kinds: &'static [Kind],
    /// Fields that must be there.
    pub required: &'static [&'static str],
    /// Fields that have one value only, where they are there: the text of a string, or the JSON
    /// text of a number or boolean.
    pub constants: &'static [(&'static str, &'static str)],
    /// All fields that it knows, the required ones too.
    pub known: &'static [&'static str],
    /// The kinds that the items of an array can have; any if there are none.
    pub items: &'static [Kind],
    /// The bits of the required fields.
    needs: u64,
}

/// A bit of a name: a shape one of whose bits no field of an object has does not fit it, whatever the names are.
const fn bit(name: &[u8]) -> u64 {
    let sum = match name {
        [] => 0,
        [only] => *only as u64,
        [first, .., last] => (*first as u64) << 16 | (*last as u64) << 8 | (name.len() as u64),
    };
    1 << (sum.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58)
}

impl Shape {
    /// Null.
    pub const NULL: Self = Self::of(&[Kind::Null]);
    /// A boolean.
    pub const BOOL: Self = Self::of(&[Kind::Bool]);
    /// A number.
    pub const NUMBER: Self = Self::of(&[Kind::Number]);
    /// A string.
    pub const STRING: Self = Self::of(&[Kind::String]);
    /// An array.
    pub const ARRAY: Self = Self::of(&[Kind::Array]);

    /// Any of several kinds.
    #[must_use]
    pub const fn of(kinds: &'static [Kind]) -> Self {
        Self { kinds, required: &[], constants: &[], known: &[], items: &[], needs: 0 }
    }

    /// An object that knows these fields.
    #[must_use]
    pub const fn object(known: &'static [&'static str]) -> Self {
        Self { kinds: &[Kind::Object], required: &[], constants: &[], known, items: &[], needs: 0 }
    }

    /// Where these fields must be there.
    #[must_use]
    pub const fn required(mut self, required: &'static [&'static str]) -> Self {
        self.required = required;
        let mut rest = required;
        while let [name, others @ ..] = rest {
            self.needs |= bit(name.as_bytes());
            rest = others;
        }
        self
    }

    /// Where these fields have one value only.
    #[must_use]
    pub const fn constants(mut self, constants: &'static [(&'static str, &'static str)]) -> Self {
        self.constants = constants;
        self
    }

    /// Where the items of an array are of these kinds.
    #[must_use]
    pub const fn items(mut self, items: &'static [Kind]) -> Self {
        self.items = items;
        self
    }

    /// Where any of several kinds can be.
    #[must_use]
    pub const fn kinds(mut self, kinds: &'static [Kind]) -> Self {
        self.kinds = kinds;
        self
    }
}

/// The shapes that fit.
enum Fitting {
    /// One, or the number of all where there is none.
    One(usize),
    /// Several, each with the number of fields that it knows, the best first.
    Several(Vec<(usize, usize)>),
}

impl Reader<'_> {
    /// The text of a property of the object that comes next, which stays where it is; `None` where
    /// the object does not have it as a string, number or boolean.
    ///
    /// An error made by [`mismatch`](Self::mismatch) right after it is about that property.
    ///
    /// # Errors
    ///
    /// When the value is no object, or no JSON.
    pub fn discriminator(&mut self, name: &'static str) -> Result<Option<String>, DecodeError> {
        if self.peek_kind()? != Kind::Object {
            return Err(self.mismatch("an object"));
        }
        let text = self.text;
        let mut found = None;
        let mut place = self.start;
        let look = fields(self.tokens, |field| {
            // The last of several counts, as in reading.
            if field.is(name) {
                place = field.start;
                found = field.scalar(text).map(Cow::into_owned);
            }
        });
        // A broken text is told by reading it, which knows the path of the place.
        if look.is_err() {
            return self.skip().map(|()| None);
        }
        self.start = place;
        Ok(found)
    }

    /// Reads the value that comes next by the shape that fits; `read` gets its index, or the number
    /// of shapes where none fits.
    ///
    /// A shape fits when the kind is one of its kinds, no constant disagrees and all required
    /// fields are there, or the first item of an array is of one of the items' kinds. Among
    /// several, those that know more of the fields come first, and one that knows none only where
    /// no other knows any. The first is taken that can be read; of those that know as many, one
    /// without a departure from its description, a value that is not listed or a field that it
    /// does not have, if there is one, else the one with the fewest. Where that one would lose a field
    /// that another of them knows, none fits.
    ///
    /// What is read in vain is bounded, in relation to the whole text: past that, the first shape
    /// is taken without a second try.
    ///
    /// # Errors
    ///
    /// That of the first shape that fits, where none can be read.
    pub fn one_of<T>(
        &mut self,
        shapes: &'static [Shape],
        read: fn(&mut Self, usize) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let candidates = match self.candidates(shapes) {
            Fitting::One(index) => return read(self, index),
            Fitting::Several(candidates) => candidates,
        };
        let &[(first, most), _, ..] = candidates.as_slice() else {
            return read(self, candidates.first().map_or(shapes.len(), |(index, _)| *index));
        };
        let here = self.place();
        let mut best: Option<(usize, Departures)> = None;
        let mut refusal = None;
        let mut known = most;
        for &(candidate, knows) in &candidates {
            if self.is_out_of_tries() || (knows < known && best.is_some()) {
                break;
            }
            known = knows;
            let value = read(self, candidate);
            let departures = self.departures_since(&here);
            match value {
                Ok(value) if departures == Departures::default() => return Ok(value),
                Ok(_) if best.is_none_or(|(_, least)| departures < least) => best = Some((candidate, departures)),
                Ok(_) => {}
                Err(error) => drop(refusal.get_or_insert(error)),
            }
            self.retry_from(&here);
        }
        match (best, refusal) {
            (Some((best, departures)), _) if departures.ignores() && self.loses(best, shapes, &candidates) => {
                let kept = read(self, shapes.len());
                kept.or_else(|_| {
                    self.retry_from(&here);
                    read(self, best)
                })
            }
            (Some((best, _)), _) => read(self, best),
            (None, Some(refusal)) => Err(refusal),
            (None, None) => read(self, first),
        }
    }

    /// Whether the object that comes next has a field that a shape does not know and one of the candidates does.
    fn loses(&self, shape: usize, shapes: &[Shape], candidates: &[(usize, usize)]) -> bool {
        let knows = |index: usize, name: &[u8]| shapes.get(index).is_some_and(|shape| shape.knows(name));
        let mut loses = false;
        // A broken text is told by reading it.
        let _ = fields(self.tokens, |field| {
            let name: &[u8] = &field.name;
            loses |= !knows(shape, name) && candidates.iter().any(|(index, _)| knows(*index, name));
        });
        loses
    }

    /// Reads a variant of a union. A function of its own, so that a union of hundreds of variants has room for one of
    /// them on the stack, and not for all at once.
    #[doc(hidden)]
    pub fn variant<T: Json, U>(&mut self, wrap: fn(T) -> U) -> Result<U, DecodeError> {
        T::read(self).map(wrap)
    }

    fn candidates(&mut self, shapes: &[Shape]) -> Fitting {
        let kind = self.tokens.peek().and_then(Kind::of);
        self.start = self.tokens.current_index();
        // Reading any of them will tell what is wrong with a broken text.
        let Some(kind) = kind else { return Fitting::One(0) };
        if kind == Kind::Object {
            return self.object_candidates(shapes);
        }
        let item = if kind == Kind::Array { self.first_item() } else { None };
        let may_be = |shape: &Shape| shape.kinds.contains(&kind) && shape.can_begin_with(item);
        let of_kind = shapes.iter().enumerate().filter(|(_, shape)| may_be(shape));
        Fitting::Several(of_kind.map(|(index, _)| (index, 0)).collect())
    }

    fn object_candidates(&mut self, shapes: &[Shape]) -> Fitting {
        let Self { tokens, seen, text, .. } = self;
        let seen = seen.anew();
        let mut bits = 0;
        let look = fields(*tokens, |field| {
            bits |= bit(&field.name);
            seen.push(field);
        });
        // Most shapes do not get past their bits, so these come first.
        let can_be =
            |shape: &Shape| shape.needs & !bits == 0 && shape.kinds.contains(&Kind::Object) && shape.fits(seen, text);
        let (mut first, mut others) = (None, Vec::new());
        for (index, _) in shapes.iter().enumerate().filter(|(_, shape)| can_be(shape)) {
            match first {
                None => first = Some(index),
                Some(_) => others.push(index),
            }
        }
        match first {
            Some(only) if others.is_empty() => Fitting::One(only),
            Some(first) => Fitting::Several(ranked(iter::once(first).chain(others), shapes, seen)),
            // As above: any that is an object.
            None if look.is_err() => {
                let object = shapes.iter().position(|shape| shape.kinds.contains(&Kind::Object));
                Fitting::One(object.unwrap_or(shapes.len()))
            }
            None => Fitting::One(shapes.len()),
        }
    }

    /// The kind of the first item of the array that comes next.
    fn first_item(&self) -> Option<Kind> {
        let mut tokens = self.tokens;
        if let Next::Found(()) = tokens.item(true) { Kind::of(tokens.peek()?) } else { None }
    }
}

impl Shape {
    /// Whether this can be the first item of an array; an empty one has none.
    fn can_begin_with(&self, item: Option<Kind>) -> bool {
        self.items.is_empty() || item.is_none_or(|item| self.items.contains(&item))
    }

    fn knows(&self, name: &[u8]) -> bool {
        self.known.iter().any(|known| known.as_bytes() == name)
    }

    /// Whether an object with these fields can be of this shape. It stands apart, since it is asked of few shapes.
    #[inline(never)]
    fn fits<'j>(&self, seen: &[Field<'j>], text: &'j str) -> bool {
        let agrees = |(name, value): &(&str, &str)| {
            let last = seen.iter().rev().find(|field| field.is(name));
            last.is_none_or(|field| field.scalar(text).as_deref() == Some(value))
        };
        self.required.iter().enumerate().all(|(at, name)| has(seen, at, name)) && self.constants.iter().all(agrees)
    }
}

/// Whether one of the fields has a name: most come in the order of the description.
fn has(seen: &[Field<'_>], at: usize, name: &str) -> bool {
    seen.get(at).is_some_and(|field| field.is(name)) || seen.iter().any(|field| field.is(name))
}

/// The shapes, those that know more of the fields first.
fn ranked(fitting: impl Iterator<Item = usize>, shapes: &[Shape], seen: &[Field<'_>]) -> Vec<(usize, usize)> {
    let known_of = |index: usize| shapes.get(index).map_or(&[][..], |shape| shape.known);
    let count = |index: usize| known_of(index).iter().enumerate().filter(|(at, name)| has(seen, *at, name)).count();
    let mut ranked: Vec<_> = fitting.map(|index| (index, count(index))).collect();
    ranked.sort_by_key(|(_, known)| std::cmp::Reverse(*known));
    let most = ranked.first().map_or(0, |(_, known)| *known);
    // To read it as what has none of its fields would lose all of them.
    ranked.retain(|(index, known)| most == 0 || *known > 0 || known_of(*index).is_empty());
    ranked
}

/// Walks the object that comes next.
fn fields<'j>(mut tokens: Tokens<'j>, mut each: impl FnMut(Field<'j>)) -> Syntax<()> {
    let mut is_first = true;
    loop {
        let before = tokens.current_index();
        let name = match tokens.name(is_first) {
            Next::Found(name) => Cow::Borrowed(name),
            Next::End => return Ok(()),
            Next::Other => match tokens.odd_name(is_first, |name| name.as_bytes().to_vec())? {
                Some(name) => Cow::Owned(name),
                None => return Ok(()),
            },
        };
        is_first = false;
        tokens.value()?;
        let start = tokens.current_index();
        let string = tokens.plain_string();
        if string.is_none() {
            tokens.skip()?;
        }
        each(Field { before, name, start, end: tokens.current_index(), string });
    }
}
