//! Where in a JSON text a reader stands: the stack of open objects and arrays.
//!
//! Takes a step per field and item, cheap enough for every one of them; gives `items[3].name`, made
//! only when an error asks for it. It must not know the tokenizer.

use std::fmt::Write;

use crate::few::Few;

/// Nesting beyond this is an error, long before the call stack ends.
const DEPTH_LIMIT: usize = 128;

/// How many characters of a name that the description does not have are shown.
const NAME_LIMIT: usize = 60;

/// What a reader has entered last in one object or array.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// Nothing yet: the opening bracket is still ahead.
    Start,
    /// A field of the table that generated code passes.
    Known(&'static str),
    /// Any other field: the offset before its name, which is decoded only when asked for.
    Unknown(usize),
    /// An item of an array.
    Item(usize),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) step: Step,
    /// The index in the table of the field that is expected next.
    pub(crate) expected: usize,
}

impl Frame {
    const START: Self = Self { step: Step::Start, expected: 0 };

    /// Enters the field of this name, before which is an offset; gives its index in a table, or the table's length where it
    /// is not there.
    #[inline]
    pub(crate) fn enter_field(&mut self, table: &[&'static str], name: &[u8], offset: usize) -> usize {
        let index = self.find(table, name);
        self.step = match table.get(index) {
            Some(name) => {
                self.expected = index + 1;
                Step::Known(name)
            }
            None => Step::Unknown(offset),
        };
        index
    }

    #[inline]
    fn find(&self, table: &[&str], key: &[u8]) -> usize {
        if table.get(self.expected).is_some_and(|name| same(name.as_bytes(), key)) {
            return self.expected;
        }
        table.iter().position(|name| name.as_bytes() == key).unwrap_or(table.len())
    }
}

/// Most answers are nested no deeper than the bound, and need no memory for it.
#[derive(Debug)]
pub(crate) struct Path(Few<Frame, 6>);

impl Path {
    pub(crate) fn new() -> Self {
        Self(Few::new(Frame::START))
    }

    /// Enters an object or array; false when that would be too deep.
    pub(crate) fn enter(&mut self) -> bool {
        let fits = self.0.len() < DEPTH_LIMIT;
        if fits {
            self.0.push(Frame::START);
        }
        fits
    }

    pub(crate) fn leave(&mut self) {
        self.0.truncate(self.0.len().saturating_sub(1));
    }

    pub(crate) fn depth(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn leave_to(&mut self, depth: usize) {
        self.0.truncate(depth);
    }

    pub(crate) fn last(&self) -> Option<&Frame> {
        self.0.last()
    }

    pub(crate) fn last_mut(&mut self) -> Option<&mut Frame> {
        self.0.last_mut()
    }

    /// The path as text; `name_at` decodes the name that stands after an offset.
    pub(crate) fn render(&self, name_at: impl Fn(usize) -> String) -> String {
        let mut path = String::new();
        for frame in self.0.iter() {
            match frame.step {
                Step::Start => {}
                Step::Known(name) => push_name(&mut path, name),
                Step::Unknown(offset) => push_name(&mut path, &name_at(offset)),
                Step::Item(index) => {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "[{index}]");
                }
            }
        }
        path
    }
}

/// Whether two names are the same. Most are short: to call what compares memory takes longer than to compare them.
#[inline]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match one.len() {
        0..4 => one.iter().eq(other),
        4..8 => one.first_chunk::<4>() == other.first_chunk() && one.last_chunk::<4>() == other.last_chunk(),
        8..=16 => one.first_chunk::<8>() == other.first_chunk() && one.last_chunk::<8>() == other.last_chunk(),
        _ => one == other,
    }
}

/// Adds `.name`, or `["odd name"]` where the name would be misread with a dot.
pub(crate) fn push_name(path: &mut String, name: &str) {
    let plain = !name.is_empty()
        && name.len() <= NAME_LIMIT
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-$@".contains(&byte));
    if plain {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
    } else {
        let short: String = name.chars().take(NAME_LIMIT).collect();
        let _ = write!(path, "[{short:?}]");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_length_differ_by_each_of_their_bytes() {
        for length in 0..40 {
            let name: Vec<_> = (0..length).collect();
            assert!(same(&name, &name.clone()));
            assert!(!same(&name, &[&name[..], &[0]].concat()));
            for at in 0..name.len() {
                let mut other = name.clone();
                other[at] ^= 1;
                assert!(!same(&name, &other), "{length}, {at}");
            }
        }
    }
}
