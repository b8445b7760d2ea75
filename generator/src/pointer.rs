//! `Pointer`: the place of a node in a description, as `$ref` writes it.
//!
//! `#/components/schemas/Pet` is a place in the main document; `schemas/pet.yaml#/Pet` is one in another document,
//! named by its path from the main document's folder. Segments are escaped as JSON Pointer (RFC 6901) says.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use memchr::memchr2;

/// The place of a node in a description. See the [module documentation](self).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The root of the main document.
    #[must_use]
    pub fn root() -> Self {
        Self("#".to_owned())
    }

    /// The place that an absolute `$ref` names.
    #[must_use]
    pub fn parse(reference: &str) -> Self {
        if reference.contains('#') { Self(reference.to_owned()) } else { Self(format!("{reference}#")) }
    }

    /// The child under `segment`, a key or an index that is not yet escaped.
    #[must_use]
    pub fn join(&self, segment: impl fmt::Display) -> Self {
        let mut child = Self(String::with_capacity(self.0.len() + 24));
        child.0.push_str(&self.0);
        child.push(segment);
        child
    }

    fn push(&mut self, segment: impl fmt::Display) {
        self.0.push('/');
        // Writing to a string cannot fail.
        let _ = write!(Escaped(&mut self.0), "{segment}");
    }

    /// Does some work at the child under `index`, without a pointer of its own.
    pub(crate) fn at_index<T>(&mut self, index: usize, work: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.0.len();
        self.push(index);
        let done = work(self);
        self.0.truncate(length);
        done
    }

    /// The same for the child under `key`.
    pub(crate) fn at_key<T>(&mut self, key: &str, work: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.0.len();
        self.0.push('/');
        push_escaped(key, &mut self.0);
        let done = work(self);
        self.0.truncate(length);
        done
    }

    /// The child at the end of several segments.
    #[must_use]
    pub fn join_all(&self, segments: &[&str]) -> Self {
        segments.iter().fold(self.clone(), |at, segment| at.join(segment))
    }

    /// The node that contains this one; `None` at a document's root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (document, path) = self.0.split_once('#')?;
        let (path, _) = path.rsplit_once('/')?;
        Some(Self(format!("{document}#{path}")))
    }

    /// The document's path from the main document's folder; empty for the main document.
    #[must_use]
    pub fn document(&self) -> &str {
        self.0.split_once('#').map_or("", |(document, _)| document)
    }

    /// The unescaped keys and indices from the document's root to the node.
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let path = self.0.split_once('#').map_or("", |(_, path)| path);
        path.split('/').skip(1).map(unescaped)
    }

    /// The key or index of the node in the one that contains it; empty at a document's root.
    #[must_use]
    pub fn last(&self) -> String {
        let path = self.0.split_once('#').map_or("", |(_, path)| path);
        path.rsplit_once('/').map_or_else(String::new, |(_, last)| unescaped(last).into_owned())
    }

    /// The text, as `$ref` would write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn unescaped(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') { segment.replace("~1", "/").replace("~0", "~").into() } else { segment.into() }
}

/// Writes a segment with its escapes.
struct Escaped<'a>(&'a mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        push_escaped(text, self.0);
        Ok(())
    }
}

fn push_escaped(segment: &str, out: &mut String) {
    let mut rest = segment;
    while let Some((plain, special)) = memchr2(b'~', b'/', rest.as_bytes()).map(|index| rest.split_at(index)) {
        out.push_str(plain);
        out.push_str(if special.starts_with('~') { "~0" } else { "~1" });
        rest = special.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
