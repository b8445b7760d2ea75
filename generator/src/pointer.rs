//! `Pointer`: the place of a node in a description, as `$ref` writes it.
//!
//! `#/components/schemas/Pet` is a place in the main document; `schemas/pet.yaml#/Pet` is one in another document,
//! named by its path from the main document's folder. Segments are escaped as JSON Pointer (RFC 6901) says.

use std::fmt;

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
        let segment = segment.to_string().replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{segment}", self.0))
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
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        let path = self.0.split_once('#').map_or("", |(_, path)| path);
        path.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
    }

    /// The key or index of the node in the one that contains it; empty at a document's root.
    #[must_use]
    pub fn last(&self) -> String {
        self.segments().last().unwrap_or_default()
    }

    /// The text, as `$ref` would write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
