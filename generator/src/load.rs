//! load: takes the sources, gives their trees in one form: OpenAPI 3.0, with absolute references.
//!
//! Knows nothing of what a node will become. Nodes get their type when they are reached ([`Documents::typed`]), so that
//! what is not used is not judged, and what is wrong has a place.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use crate::config::{Action, Override};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::{self, Keys, Sources};

mod blame;
mod media_types;
mod origins;
mod references;
mod schemas;
mod sequences;
mod swagger;
mod typing;

pub(crate) use origins::Origins;
pub(crate) use sequences::Sequence;
pub(crate) use typing::Typed;

/// The trees of a description's documents.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    trees: IndexMap<String, Value>,
    /// Which places are others than in the text.
    origins: Origins,
    /// The overrides that have replaced a node, by their numbers.
    replaced: BTreeSet<usize>,
    /// Findings at places of the text.
    findings: Vec<Diagnostic>,
    /// Where references end that were followed before.
    ends: RefCell<BTreeMap<Pointer, Pointer>>,
    /// What was left out of nodes so that they have a type.
    repairs: RefCell<Vec<Diagnostic>>,
}

/// A node with its place.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    /// The place.
    pub(crate) at: Pointer,
    /// The node.
    pub(crate) node: T,
}

/// Brings the sources into one form.
#[must_use]
pub(crate) fn load(sources: &Sources, overrides: &[Override], diagnostics: &mut Vec<Diagnostic>) -> Documents {
    let mut documents = Documents::default();
    for (document, source) in sources.iter() {
        let mut tree = source.own_tree();
        replace(&mut tree, document, overrides, &mut documents.replaced);
        references::make_absolute(&mut tree, document, sources);
        documents.trees.insert(document.to_owned(), tree);
    }
    media_types::convert(&mut documents.trees);
    documents.origins = swagger::convert(&mut documents.trees, &mut documents.findings);
    sequences::convert(&mut documents.trees, &mut documents.origins, &mut documents.findings);
    for (document, tree) in &mut documents.trees {
        schemas::normalize(tree, &Pointer::parse(document), diagnostics);
    }
    documents.straighten();
    check_version(sources.main().path(), &documents, diagnostics);
    documents
}

/// Corrects a document, as the configuration says.
fn replace(tree: &mut Value, document: &str, overrides: &[Override], replaced: &mut BTreeSet<usize>) {
    for (index, entry) in overrides.iter().enumerate() {
        let Action::Replace { at, with } = &entry.action else { continue };
        let at = Pointer::parse(at);
        let node = if at.document() == document { references::node_mut(tree, &at) } else { None };
        if let (Some(node), Ok(value)) = (node, serde_json::from_str(with)) {
            *node = value;
            replaced.insert(index);
        }
    }
}

fn check_version(path: &str, documents: &Documents, diagnostics: &mut Vec<Diagnostic>) {
    let root = documents.node(&Pointer::root());
    let version = ["openapi", "swagger"].into_iter().find_map(|key| Some((key, root?.get(key)?)));
    let found = match version {
        Some(("openapi", Value::String(version))) if is_understood(version) => return,
        Some((key, version)) => format!("`{key}` is {version}"),
        None => format!("`{path}` has no key `openapi`"),
    };
    let at = version.map_or_else(Pointer::root, |(key, _)| Pointer::root().join(key));
    diagnostics.push(Diagnostic::at(&at, Code::UnknownVersion(found)));
}

/// What a reference names, if a node is one.
fn reference(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()
}

fn is_understood(version: &str) -> bool {
    let mut numbers = version.split('.');
    numbers.next() == Some("3") && matches!(numbers.next(), Some("0" | "1" | "2"))
}

impl Documents {
    /// The node at a place.
    #[must_use]
    pub(crate) fn node(&self, at: &Pointer) -> Option<&Value> {
        source::node(self.trees.get(at.document())?, at)
    }

    /// Rewrites references whose way leads through other references to what they mean.
    fn straighten(&mut self) {
        let crooked = self.targets().into_iter().filter_map(|reference| {
            let target = Pointer::parse(reference);
            let straight = if self.node(&target).is_none() { self.straight(&target) } else { None };
            straight.map(|straight| (reference.to_owned(), straight.to_string()))
        });
        let crooked: BTreeMap<String, String> = crooked.collect();
        if crooked.is_empty() {
            return;
        }
        for tree in self.trees.values_mut() {
            references::rewrite(tree, &mut |reference| {
                if let Some(straight) = crooked.get(reference) {
                    reference.clone_from(straight);
                }
            });
        }
    }

    /// The place that a pointer leads to when each reference on its way is followed.
    fn straight(&self, target: &Pointer) -> Option<Pointer> {
        let mut here = Pointer::parse(target.document());
        for segment in target.segments() {
            if self.node(&here.join(&segment)).is_none() {
                here = self.follow(&here).ok()?;
            }
            here = here.join(&segment);
            self.node(&here)?;
        }
        Some(here)
    }

    /// Where nodes stand in the text.
    #[must_use]
    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }

    /// The overrides that have replaced a node, by their numbers.
    #[must_use]
    pub(crate) fn replaced(&self) -> &BTreeSet<usize> {
        &self.replaced
    }

    /// All findings at their places in the text, those of later stages being `found`.
    pub(crate) fn told(self, found: Vec<Diagnostic>) -> impl Iterator<Item = Diagnostic> {
        let Self { origins, findings, .. } = self;
        findings.into_iter().chain(found.into_iter().map(move |diagnostic| origins.told(diagnostic)))
    }

    /// The node at a place with its type. Parts that are malformed are left out, and reported.
    ///
    /// # Errors
    ///
    /// When there is no node, or it has not the form of a `T` whatever is left out.
    pub(crate) fn typed<T: Typed>(&self, at: &Pointer) -> Result<T, Diagnostic> {
        self.typed_as(at, self.existing(at)?)
    }

    fn existing(&self, at: &Pointer) -> Result<&Value, Diagnostic> {
        self.node(at).ok_or_else(|| Diagnostic::at(at, Code::UnresolvedReference(at.to_string())))
    }

    /// The same for a part of the node at a place.
    ///
    /// # Errors
    ///
    /// When it has not the form of a `T` whatever is left out.
    pub(crate) fn typed_as<T: Typed>(&self, at: &Pointer, node: &Value) -> Result<T, Diagnostic> {
        if let Some(typed) = T::read(node) {
            return Ok(typed);
        }
        T::deserialize(node).or_else(|error| {
            let (typed, repairs) = blame::repaired(at, node, &error)?;
            self.repairs.borrow_mut().extend(repairs);
            Ok(typed)
        })
    }

    /// What was left out so far.
    pub(crate) fn take_repairs(&self) -> Vec<Diagnostic> {
        self.repairs.take()
    }

    /// Follows the references that stand at a place in a node's stead, to the node itself.
    ///
    /// # Errors
    ///
    /// When a reference leads nowhere, or in a circle.
    pub(crate) fn follow(&self, at: &Pointer) -> Result<Pointer, Diagnostic> {
        if self.node(at).and_then(reference).is_none() {
            return Ok(at.clone());
        }
        let mut way = vec![at.clone()];
        let mut seen = BTreeSet::from([at.clone()]);
        let end = loop {
            let here = way.last().cloned().unwrap_or_else(Pointer::root);
            if let Some(end) = self.ends.borrow().get(&here) {
                break end.clone();
            }
            let Some(reference) = self.node(&here).and_then(reference) else { break here };
            let target = Pointer::parse(reference);
            if self.node(&target).is_none() {
                let at = here.join("$ref");
                return Err(Diagnostic::at(&at, Code::UnresolvedReference(reference.to_owned())));
            }
            if !seen.insert(target.clone()) {
                let circle = way.into_iter().skip_while(|place| *place != target).collect();
                return Err(Diagnostic::at(&here.join("$ref"), Code::ReferenceCycle(circle)));
            }
            way.push(target);
        };
        self.ends.borrow_mut().extend(way.into_iter().map(|place| (place, end.clone())));
        Ok(end)
    }

    /// The node at the end of the references that stand at a place in its stead.
    ///
    /// # Errors
    ///
    /// When there is none, or they lead in a circle.
    pub(crate) fn end(&self, at: &Pointer) -> Result<At<&Value>, Diagnostic> {
        match self.node(at) {
            Some(node) if reference(node).is_none() => Ok(At { at: at.clone(), node }),
            Some(_) | None => {
                let at = self.follow(at)?;
                Ok(At { node: self.existing(&at)?, at })
            }
        }
    }

    /// How many nodes there are.
    #[must_use]
    pub(crate) fn size(&self) -> usize {
        self.trees.values().map(references::count).sum()
    }

    /// What the references of all documents name, in order.
    #[must_use]
    pub(crate) fn targets(&self) -> IndexSet<&str> {
        let mut found = IndexSet::new();
        for tree in self.trees.values() {
            references::targets(tree, Keys::Keywords, &mut found);
        }
        found
    }

    /// Every reference of every document, with its place, in order.
    #[cfg(feature = "cli")]
    #[must_use]
    pub(crate) fn references(&self) -> Vec<At<String>> {
        let mut found = Vec::new();
        for (document, tree) in &self.trees {
            references::collect(tree, &Pointer::parse(document), &mut found);
        }
        found
    }

    /// Where a node stands among all others, in the order of the documents' text.
    #[must_use]
    pub(crate) fn position(&self, at: &Pointer) -> Vec<usize> {
        let mut position = Vec::new();
        let Some((index, _, mut node)) = self.trees.get_full(at.document()) else {
            return position;
        };
        position.push(index);
        for segment in at.segments() {
            let next = match node {
                Value::Object(entries) => {
                    entries.iter().position(|(key, _)| *key == segment).zip(entries.get(&*segment))
                }
                Value::Array(items) => segment.parse().ok().and_then(|index: usize| Some((index, items.get(index)?))),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
            };
            let Some((index, child)) = next else { break };
            position.push(index);
            node = child;
        }
        position
    }
}
