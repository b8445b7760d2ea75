//! Sources: the documents of a description, as text and as trees.
//!
//! Takes texts with their paths; gives trees, and for a place in a tree its line and column. YAML and JSON are told
//! apart by content, whatever the file is called, and look the same from here on. Must not know what OpenAPI is, and
//! must not read files: `sync` does.

mod excerpts;
mod places;
mod references;
mod scan;
mod spare;
mod syntax;
mod tree;

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::pointer::Pointer;

pub(crate) use references::{Keys, own_uri, path_to, percent_decoded};
use spare::Spare;

/// One document.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: String,
    tree: Spare,
    format: Format,
}

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
}

/// Where a node stands in its document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters, from 1.
    pub column: usize,
    /// The bytes of the node's key, or of an item's start.
    pub span: Range<usize>,
}

/// A `$ref` to another document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalReference {
    /// The node that holds the `$ref`.
    pub at: Pointer,
    /// The path to the other document, as the `$ref` has it, without the part from `#` on and percent-decoded. What begins
    /// as the `$self` of this document is from its folder.
    pub document: String,
}

impl ExternalReference {
    /// Whether the document is named by a URL or an absolute path, and so cannot lie beside the one that names it.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        self.document.starts_with(['/', '\\']) || self.document.contains(':')
    }
}

impl Source {
    /// Reads a document. `path` is what diagnostics show.
    ///
    /// The last of several entries with one key wins, YAML's merge keys are applied, its tags are dropped, and its keys
    /// become text as they are written (`200`, `true`).
    ///
    /// # Errors
    ///
    /// A [`Code::Syntax`] where the text is neither YAML nor JSON, is nested too deeply, or grows beyond measure by its
    /// aliases.
    pub fn parse(path: impl Into<String>, text: impl Into<String>) -> Result<Self, Diagnostic> {
        let (source, problem) = Self::understood(path, text);
        problem.map_or(Ok(source), Err)
    }

    /// The same; a text that is not understood is kept to be shown.
    pub(crate) fn understood(path: impl Into<String>, text: impl Into<String>) -> (Self, Option<Diagnostic>) {
        let mut source = Self::unparsed(path, text);
        match tree::parse_tree(&source.text) {
            Ok((tree, format)) => {
                // To say where something stands in YAML takes the tree.
                source.tree = if format == Format::Json { Spare::lent(tree) } else { Spare::kept(tree) };
                source.format = format;
                (source, None)
            }
            Err(error) => {
                let at = Place::Text { path: source.path.clone(), line: error.line, column: error.column };
                (source, Some(Diagnostic { code: Code::Syntax(error.message), at }))
            }
        }
    }

    /// A document whose text is there to be shown, but whose tree is empty.
    #[must_use]
    pub fn unparsed(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        // A byte order mark is no part of the text, and would count as a column.
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Self { path: path.into(), text, tree: Spare::kept(Value::Null), format: Format::Yaml }
    }

    /// The path that diagnostics show.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree.
    #[must_use]
    pub fn tree(&self) -> &Value {
        self.tree.get(&self.text)
    }

    /// A tree to change: the one that was read, if nobody has asked for it yet.
    pub(crate) fn own_tree(&self) -> Value {
        self.tree.take(&self.text)
    }

    /// The node at a place, whichever document the place is in.
    #[must_use]
    pub fn node(&self, pointer: &Pointer) -> Option<&Value> {
        node(self.tree(), pointer)
    }

    /// Where a node stands in the text, or else the nearest node around it.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Location {
        self.locate_all([pointer]).pop().unwrap_or(Location { line: 1, column: 1, span: 0..0 })
    }

    /// The same for many places at once: the text is gone through a single time.
    #[must_use]
    pub fn locate_all<'p>(&self, pointers: impl IntoIterator<Item = &'p Pointer>) -> Vec<Location> {
        places::locate_all(self, pointers)
    }

    /// The text of a whole node with its key, moved to the left; that of the nearest node around it if it is nowhere.
    #[must_use]
    pub fn excerpt(&self, pointer: &Pointer) -> String {
        excerpts::cut_excerpt(self, pointer)
    }

    /// Each document that a `$ref` in this one names, in order. `document` is this one's own name in [`Sources`].
    ///
    /// What stands in an example or another piece of data is no reference.
    #[must_use]
    pub fn external_references(&self, document: &str) -> Vec<ExternalReference> {
        let mut found = Vec::new();
        let at = &mut Pointer::parse(document);
        self.tree.look(&self.text, |tree| references::collect(tree, at, &mut found));
        found
    }
}

/// All documents of a description: the main one, and those that it names, by their paths from its folder.
#[derive(Clone, Debug)]
pub struct Sources {
    main: Source,
    others: BTreeMap<String, Source>,
}

impl Sources {
    /// A description in a single document.
    #[must_use]
    pub fn new(main: Source) -> Self {
        Self { main, others: BTreeMap::new() }
    }

    /// Adds a document under its path from the main document's folder, as [`resolve_document`](Self::resolve_document)
    /// gives it.
    pub fn insert(&mut self, document: impl Into<String>, source: Source) {
        self.others.insert(document.into(), source);
    }

    /// The main document.
    #[must_use]
    pub fn main(&self) -> &Source {
        &self.main
    }

    /// A document by its path from the main document's folder; the empty path is the main document.
    #[must_use]
    pub fn get(&self, document: &str) -> Option<&Source> {
        if document.is_empty() { Some(&self.main) } else { self.others.get(document) }
    }

    /// All documents with their paths from the main document's folder, the main one first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Source)> {
        let others = self.others.iter().map(|(document, source)| (document.as_str(), source));
        std::iter::once(("", &self.main)).chain(others)
    }

    /// The node at a place. A pointer out of a URI's fragment must be percent-decoded before.
    #[must_use]
    pub fn node(&self, pointer: &Pointer) -> Option<&Value> {
        self.get(pointer.document())?.node(pointer)
    }

    /// The document of a place and where in it the node stands; `None` where there is no such document.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Option<(&Source, Location)> {
        let source = self.get(pointer.document())?;
        Some((source, source.locate(pointer)))
    }

    /// The name in these sources of the document that a `$ref` names: `reference` is its part before `#`, `from` the
    /// name of the document that holds it.
    ///
    /// Gives the empty name for the main document, also where it is named by its file name.
    #[must_use]
    pub fn resolve_document(&self, from: &str, reference: &str) -> String {
        if reference.is_empty() {
            return from.to_owned();
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = Vec::new();
        for part in folder.split('/').chain(reference.split('/')) {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                _ => parts.push(part),
            }
        }
        let document = parts.join("/");
        let main_name = self.main.path.rsplit(['/', '\\']).next().unwrap_or_default();
        if document == main_name { String::new() } else { document }
    }
}

/// The node at a place of a tree.
pub(crate) fn node<'a>(tree: &'a Value, at: &Pointer) -> Option<&'a Value> {
    at.segments().try_fold(tree, |node, segment| match node {
        Value::Object(entries) => entries.get(&*segment),
        Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}
