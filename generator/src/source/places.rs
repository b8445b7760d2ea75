//! Places: where the nodes of a document stand in its text.
//!
//! Takes a document and pointers; gives lines, columns and bytes. Neither parser says where a node stands, but both
//! lend out the keys that they read, and a key that is lent out lies in the text. So YAML is deserialized again, along
//! the wanted pointers only; JSON, whose keys are often escaped (`"\/pets"`) and then not lent out, is scanned.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use memchr::memchr_iter;
use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::Value;

use crate::pointer::Pointer;
use crate::source::{Format, Location, Source, scan};

pub(super) fn locate_all<'p>(source: &Source, pointers: impl IntoIterator<Item = &'p Pointer>) -> Vec<Location> {
    let mut wanted = Wanted::new();
    let nodes: Vec<usize> = pointers.into_iter().map(|pointer| wanted.insert(pointer)).collect();
    match source.format {
        Format::Json => scan::scan(&source.text, &mut wanted),
        // The tree is misleading where an entry of another form was replaced by one with the same key.
        Format::Yaml => {
            if !walk_yaml(source, Some(source.tree()), &mut wanted) {
                walk_yaml(source, None, &mut wanted);
            }
        }
    }
    let spans: Vec<Range<usize>> = nodes.into_iter().map(|node| wanted.span(node)).collect();
    count_lines(&source.text, spans)
}

/// Whether the walk came to the text's end.
fn walk_yaml(source: &Source, tree: Option<&Value>, wanted: &mut Wanted) -> bool {
    let mut yaml = Yaml { text: &source.text, wanted: &mut *wanted };
    let walk = Walk { yaml: &mut yaml, at: Some(Wanted::ROOT), node: tree, merged: false };
    let Ok(start) = walk.deserialize(serde_yaml::Deserializer::from_str(&source.text)) else {
        return false;
    };
    if let Some(start) = start {
        wanted.mark(Wanted::ROOT, start);
    }
    true
}

/// Lines and columns, in one pass: a document can be a single line of some megabytes.
fn count_lines(text: &str, spans: Vec<Range<usize>>) -> Vec<Location> {
    let mut counted: BTreeMap<usize, (usize, usize)> = spans.iter().map(|span| (span.start, (1, 1))).collect();
    let (mut offset, mut line, mut column) = (0, 1, 1);
    for (&start, place) in &mut counted {
        let passed = text.get(offset..start).unwrap_or_default();
        line += memchr_iter(b'\n', passed.as_bytes()).count();
        column = match passed.rsplit_once('\n') {
            Some((_, rest)) => 1 + rest.chars().count(),
            None => column + passed.chars().count(),
        };
        offset = start;
        *place = (line, column);
    }
    let locate = |span: Range<usize>| {
        let (line, column) = counted.get(&span.start).copied().unwrap_or((1, 1));
        Location { line, column, span }
    };
    spans.into_iter().map(locate).collect()
}

/// The wanted nodes with those around them, and where they were found.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    parent: usize,
    children: BTreeMap<String, usize>,
    span: Option<Range<usize>>,
}

impl Wanted {
    pub(super) const ROOT: usize = 0;

    fn new() -> Self {
        Self { nodes: vec![Node::default()] }
    }

    fn insert(&mut self, pointer: &Pointer) -> usize {
        pointer.segments().fold(Self::ROOT, |parent, segment| {
            let next = self.nodes.len();
            let Some(node) = self.nodes.get_mut(parent) else {
                return parent;
            };
            let child = *node.children.entry(segment.into_owned()).or_insert(next);
            if child == next {
                self.nodes.push(Node { parent, ..Node::default() });
            }
            child
        })
    }

    pub(super) fn child(&self, at: usize, segment: &str) -> Option<usize> {
        self.nodes.get(at)?.children.get(segment).copied()
    }

    pub(super) fn mark(&mut self, at: usize, span: Range<usize>) {
        if let Some(node) = self.nodes.get_mut(at) {
            node.span = Some(span);
        }
    }

    fn is_marked(&self, at: usize) -> bool {
        self.nodes.get(at).is_some_and(|node| node.span.is_some())
    }

    /// Where a node or else the nearest one around it was found.
    fn span(&self, at: usize) -> Range<usize> {
        match self.nodes.get(at) {
            Some(Node { span: Some(span), .. }) => span.clone(),
            Some(node) if at != Self::ROOT => self.span(node.parent),
            Some(_) | None => 0..0,
        }
    }
}

/// What all steps of a walk through a YAML text share.
struct Yaml<'t, 'w> {
    text: &'t str,
    wanted: &'w mut Wanted,
}

impl Yaml<'_, '_> {
    /// The bytes of a text that lies within the document, with its quotes.
    fn span_of(&self, part: &str) -> Option<Range<usize>> {
        let start = part.as_ptr().addr().checked_sub(self.text.as_ptr().addr())?;
        let end = start + part.len();
        let before = self.text.get(..start)?.chars().next_back();
        let after = self.text.get(end..)?.chars().next();
        let quoted = before == after && before.is_some_and(|quote| quote == '"' || quote == '\'');
        Some(if quoted { start - 1..end + 1 } else { start..end })
    }

    /// The start of an item whose first key or item is `first`.
    fn start_of_item(&self, first: Range<usize>) -> Range<usize> {
        let before = self.text.get(..first.start).unwrap_or_default().trim_end();
        if before.ends_with(['{', '[']) { before.len() - 1..before.len() } else { first }
    }
}

/// Goes through a value and marks the wanted nodes in it. Gives the place of the first text that the value begins with.
struct Walk<'y, 't, 'w, 'n> {
    yaml: &'y mut Yaml<'t, 'w>,
    /// The wanted node that this value is, if it is one.
    at: Option<usize>,
    /// This value in the tree, where it is known to be this one.
    node: Option<&'n Value>,
    /// Whether the value stands under a merge key, so that it must not replace what was found elsewhere.
    merged: bool,
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_, '_, '_> {
    type Value = Option<Range<usize>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self.node {
            // Asked for text, the parser lends out every scalar, also numbers.
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
                deserializer.deserialize_str(self)
            }
            Some(Value::Array(_) | Value::Object(_)) | None => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_, '_, '_> {
    type Value = Option<Range<usize>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(self.yaml.span_of(text))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Self::Value, A::Error> {
        let (_tag, value) = tagged.variant::<IgnoredAny>()?;
        value.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let Self { yaml, at, node, merged } = self;
        let mut first = None;
        for index in 0.. {
            // A merge key's list stands for one mapping; else an item is a node.
            let (at, node) = if merged {
                (at, None)
            } else {
                (at.and_then(|at| yaml.wanted.child(at, &index.to_string())), node.and_then(|node| node.get(index)))
            };
            if at.is_none() && index > 0 {
                if items.next_element::<IgnoredAny>()?.is_none() {
                    break;
                }
                continue;
            }
            let Some(start) = items.next_element_seed(Walk { yaml: &mut *yaml, at, node, merged })? else {
                break;
            };
            let start = match node {
                Some(Value::Object(_) | Value::Array(_)) => start.map(|start| yaml.start_of_item(start)),
                _ => start,
            };
            if let (Some(at), Some(start), false) = (at, &start, merged) {
                yaml.wanted.mark(at, start.clone());
            }
            if index == 0 {
                first = start;
            }
        }
        Ok(first)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let Self { yaml, at, node, merged } = self;
        let mut first = None;
        let mut index = 0_usize;
        while let Some((key, span)) = entries.next_key_seed(Key { yaml: &*yaml })? {
            if index == 0 {
                first.clone_from(&span);
            }
            index += 1;
            let child = at.and_then(|at| yaml.wanted.child(at, &key));
            if key == "<<" && at.is_some() {
                entries.next_value_seed(Walk { yaml: &mut *yaml, at, node: None, merged: true })?;
            } else if let Some(child) = child.filter(|child| !(merged && yaml.wanted.is_marked(*child))) {
                if let Some(span) = span {
                    yaml.wanted.mark(child, span);
                }
                let node = node.and_then(|node| node.get(&key));
                entries.next_value_seed(Walk { yaml: &mut *yaml, at: Some(child), node, merged: false })?;
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(first)
    }
}

/// Reads a key, and where it stands if it is lent out.
struct Key<'y, 't, 'w> {
    yaml: &'y Yaml<'t, 'w>,
}

impl<'de> DeserializeSeed<'de> for Key<'_, '_, '_> {
    type Value = (String, Option<Range<usize>>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_, '_, '_> {
    type Value = (String, Option<Range<usize>>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok((key.to_owned(), self.yaml.span_of(key)))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok((key.to_owned(), None))
    }
}
