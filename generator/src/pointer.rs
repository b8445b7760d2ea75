//! `Pointer`: the place of a node in a description, as `$ref` writes it.
//!
//! `#/components/schemas/Pet` is a place in the main document; `schemas/pet.yaml#/Pet` is one in another document,
//! named by its path from the main document's folder. Segments are escaped as JSON Pointer (RFC 6901) says.

use std::borrow::Cow;
use std::fmt;

use memchr::{memchr, memchr2};

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

    /// The child under `key`, which is not yet escaped.
    #[must_use]
    pub fn join(&self, key: impl AsRef<str>) -> Self {
        let key = key.as_ref();
        let mut child = Self(String::with_capacity(self.0.len() + key.len() + 8));
        child.0.push_str(&self.0);
        child.push(key);
        child
    }

    /// The child under `index`.
    #[must_use]
    pub fn join_index(&self, index: usize) -> Self {
        self.join(index.to_string())
    }

    fn push(&mut self, key: &str) {
        self.0.push('/');
        let mut rest = key;
        while let Some((plain, special)) = memchr2(b'~', b'/', rest.as_bytes()).map(|index| rest.split_at(index)) {
            self.0.push_str(plain);
            self.0.push_str(if special.starts_with('~') { "~0" } else { "~1" });
            rest = special.get(1..).unwrap_or_default();
        }
        self.0.push_str(rest);
    }

    /// Does some work at the child under `index`, without a pointer of its own.
    pub(crate) fn at_index<T>(&mut self, index: usize, work: impl FnOnce(&mut Self) -> T) -> T {
        self.at_key(&index.to_string(), work)
    }

    /// The same for the child under `key`.
    pub(crate) fn at_key<T>(&mut self, key: &str, work: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.0.len();
        self.push(key);
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
        self.0.get(..document.len() + 1 + path.len()).map(|parent| Self(parent.to_owned()))
    }

    /// Whether it is a place inside another one.
    #[must_use]
    pub fn is_within(&self, outer: &Self) -> bool {
        self.0.strip_prefix(&outer.0).is_some_and(|way| way.starts_with('/'))
    }

    /// The document's path from the main document's folder; empty for the main document.
    #[must_use]
    pub fn document(&self) -> &str {
        self.0.split_once('#').map_or("", |(document, _)| document)
    }

    /// The unescaped keys and indices from the document's root to the node.
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let path = self.0.split_once('#').map_or("", |(_, path)| path);
        let mut rest = path.split_once('/').map(|(_, path)| path);
        std::iter::from_fn(move || {
            let (segment, behind) = match memchr(b'/', rest?.as_bytes()).and_then(|end| rest?.split_at_checked(end)) {
                Some((segment, behind)) => (segment, behind.get(1..)),
                None => (rest?, None),
            };
            rest = behind;
            Some(unescaped(segment))
        })
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
    if !segment.bytes().any(|byte| byte == b'~') {
        return segment.into();
    }
    let (plain, escaped) = segment.split_once('~').unwrap_or_default();
    let mut text = String::with_capacity(segment.len());
    text.push_str(plain);
    for part in escaped.split('~') {
        let (sign, rest) = match (part.strip_prefix('0'), part.strip_prefix('1')) {
            (Some(rest), _) => ('~', rest),
            (None, Some(rest)) => ('/', rest),
            (None, None) => ('~', part),
        };
        text.push(sign);
        text.push_str(rest);
    }
    text.into()
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn escapes_are_read_as_they_are_written() {
        for (segment, escaped) in [("a", "a"), ("/", "~1"), ("~1", "~01"), ("/~/", "~1~0~1")] {
            let at = Pointer::root().join(segment);
            assert_eq!((at.as_str(), at.last().as_str()), (format!("#/{escaped}").as_str(), segment));
        }
        // What is no escape stands for itself.
        assert_eq!(Pointer::parse("#/~2~~1~").last(), "~2~/~");
    }

    #[test]
    fn a_parent_is_in_the_same_document() {
        let parent = |place: &str| Pointer::parse(place).parent().map(|parent| parent.to_string());
        assert_eq!(parent("a/b.yaml#/c/d").as_deref(), Some("a/b.yaml#/c"));
        assert_eq!(parent("a/b.yaml#/c").as_deref(), Some("a/b.yaml#"));
        assert_eq!(parent("a/b.yaml#"), None);
    }
}
