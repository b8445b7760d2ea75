//! Reading what departs from its description in a way that can be borne.
//!
//! By default a reader is strict. A lenient one goes on where something that had to be there is
//! missing or null and the type has a value for that: none, or empty. It notes each such place.

use crate::json::path::push_name;
use crate::json::tokens::Tokens;
use crate::json::{DecodeError, Json, Kind, Reader};

/// How many times the length of the text may be read in vain: unions within unions could otherwise take time without end.
const MOST_IN_VAIN: usize = 64;

/// A place to come back to.
pub(crate) struct Mark<'j> {
    tokens: Tokens<'j>,
    depth: usize,
    departures: Departures,
    /// The drifts, where the value is null: it is read strictly, so that no other value takes its place.
    kept: Option<Vec<DecodeError>>,
}

/// What a reader counts as it goes.
#[derive(Default)]
pub(crate) struct Tally {
    /// The values that are none of those that their types list.
    unlisted: usize,
    /// The fields that no type had.
    ignored: usize,
    /// The bytes that were read as a type that could not hold them.
    in_vain: usize,
}

/// How far a text departs from its description: the places where it breaks it, then the values that it does not list,
/// then the fields that it does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Departures {
    drifts: usize,
    unlisted: usize,
    ignored: usize,
}

impl Departures {
    /// Whether there was a field that no type had.
    pub(crate) fn ignores(&self) -> bool {
        self.ignored > 0
    }
}

impl<'j> Reader<'j> {
    /// Starts a reader that goes on where it can.
    pub(crate) fn lenient(text: &'j [u8]) -> Result<Self, DecodeError> {
        Ok(Self { drifts: Some(Vec::new()), ..Self::new(text)? })
    }

    /// The places where the text departs from its description.
    pub(crate) fn into_drifts(self) -> Vec<DecodeError> {
        self.drifts.unwrap_or_default()
    }

    /// Notes a departure that can be borne, or gives it back as an error.
    pub(crate) fn bear(&mut self, error: DecodeError) -> Result<(), DecodeError> {
        let Some(drifts) = &mut self.drifts else { return Err(error) };
        drifts.push(error);
        Ok(())
    }

    /// What stands for a null that was not announced.
    pub(crate) fn replace_null<T: Json>(&mut self, expected: &'static str) -> Result<T, DecodeError> {
        let error = self.mismatch(expected);
        let value = self.replace(error)?;
        self.null()?;
        Ok(value)
    }

    /// Puts in what stands for a required field that the object did not have; where there is nothing, this is noted.
    #[inline(never)]
    pub(crate) fn fill<T: Json>(&mut self, slot: &mut Option<T>, name: &'static str) -> bool {
        let value = T::absent();
        if value.is_none() || !self.bears_absence(name) {
            self.missing.get_or_insert(name);
            return false;
        }
        *slot = value;
        true
    }

    fn bears_absence(&mut self, name: &'static str) -> bool {
        let error = self.absence(name);
        self.bear(error).is_ok()
    }

    /// What stands for a value that is null, where a type has such a value.
    pub(crate) fn replace<T: Json>(&mut self, error: DecodeError) -> Result<T, DecodeError> {
        match T::absent() {
            Some(value) => self.bear(error).map(|()| value),
            None => Err(error),
        }
    }

    /// The error that the field that was noted first is missing.
    #[must_use]
    pub fn missing(&mut self) -> DecodeError {
        let name = self.missing.take().unwrap_or_default();
        self.absence(name)
    }

    fn absence(&self, name: &'static str) -> DecodeError {
        let mut path = self.path();
        push_name(&mut path, name);
        let offset = self.tokens.current_index();
        DecodeError::new(self.text.as_bytes(), offset, path, "a required field", "none").of_absence()
    }

    /// Reads a value that can be done without, where it is null or something in it is missing.
    pub(crate) fn optional<T: Json>(&mut self) -> Result<Option<T>, DecodeError> {
        let mark = self.mark()?;
        let value = T::read(self);
        let mark = self.resume(mark);
        match value {
            Ok(value) => Ok(Some(value)),
            Err(error) => self.forgive(mark, error).map(|()| None),
        }
    }

    /// The place before a value that can be done without; none where nothing can be missing, and for a strict reader.
    fn mark(&mut self) -> Result<Option<Mark<'j>>, DecodeError> {
        let kind = self.peek_kind()?;
        if self.drifts.is_none() || matches!(kind, Kind::Bool | Kind::Number | Kind::String) {
            return Ok(None);
        }
        let mut mark = self.place();
        if kind == Kind::Null {
            mark.kept = self.drifts.take();
        }
        Ok(Some(mark))
    }

    fn resume(&mut self, mut mark: Option<Mark<'j>>) -> Option<Mark<'j>> {
        if let Some(kept) = mark.as_mut().and_then(|mark| mark.kept.take()) {
            self.drifts = Some(kept);
        }
        mark
    }

    /// The place before a value.
    pub(crate) fn place(&self) -> Mark<'j> {
        Mark { tokens: self.tokens, depth: self.path.depth(), departures: self.departures(), kept: None }
    }

    fn departures(&self) -> Departures {
        let drifts = self.drifts.as_ref().map_or(0, Vec::len);
        Departures { drifts, unlisted: self.tally.unlisted, ignored: self.tally.ignored }
    }

    /// The departures that were noted since.
    pub(crate) fn departures_since(&self, mark: &Mark<'j>) -> Departures {
        let (now, then) = (self.departures(), mark.departures);
        Departures {
            drifts: now.drifts.saturating_sub(then.drifts),
            unlisted: now.unlisted.saturating_sub(then.unlisted),
            ignored: now.ignored.saturating_sub(then.ignored),
        }
    }

    /// Gives back a value that is none of those that its type lists, and remembers that there was one.
    #[doc(hidden)]
    pub fn unlisted<T>(&mut self, value: T) -> T {
        self.tally.unlisted = self.tally.unlisted.saturating_add(1);
        value
    }

    /// Reads a variant of a union that stands for all that is not listed.
    #[doc(hidden)]
    pub fn unknown<T: Json, U>(&mut self, wrap: fn(T) -> U) -> Result<U, DecodeError> {
        let value = self.variant(wrap)?;
        Ok(self.unlisted(value))
    }

    /// Passes over a field that the type does not have, and remembers that there was one.
    #[doc(hidden)]
    pub fn ignore(&mut self) -> Result<(), DecodeError> {
        self.tally.ignored = self.tally.ignored.saturating_add(1);
        self.skip()
    }

    /// Goes back to a place, as if nothing had been read since.
    pub(crate) fn return_to(&mut self, mark: &Mark<'j>) {
        self.tokens = mark.tokens;
        self.seen.rewind();
        self.path.leave_to(mark.depth);
        (self.tally.unlisted, self.tally.ignored) = (mark.departures.unlisted, mark.departures.ignored);
        if let Some(drifts) = &mut self.drifts {
            drifts.truncate(mark.departures.drifts);
        }
    }

    /// Goes back to a place, to read the value there as another type.
    pub(crate) fn retry_from(&mut self, mark: &Mark<'j>) {
        let begin = mark.tokens.current_index();
        self.tally.in_vain = self.tally.in_vain.saturating_add(self.tokens.current_index().saturating_sub(begin));
        self.return_to(mark);
    }

    /// Whether as much was read in vain as may be.
    pub(crate) fn is_out_of_tries(&self) -> bool {
        self.tally.in_vain / MOST_IN_VAIN > self.text.len()
    }

    /// Passes over a value that could not be read because something in it is missing.
    fn forgive(&mut self, mark: Option<Mark<'j>>, error: DecodeError) -> Result<(), DecodeError> {
        let Some(mark) = mark.filter(|_| error.is_absence()) else { return Err(error) };
        self.return_to(&mark);
        self.skip()?;
        self.bear(error)
    }
}
