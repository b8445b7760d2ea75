//! Where references can stand: everywhere but in data of the API's users.

use serde_json::{Map, Value};

use crate::pointer::Pointer;
use crate::source::ExternalReference;

/// What the keys of an object are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
    /// The format's own.
    Keywords,
    /// Names that the description's author chose, each with a node.
    Names,
}

/// Keywords whose values are data, in which a `$ref` is no reference.
const DATA: &[&str] = &["default", "enum", "example", "examples", "value"];

/// Keywords whose value is an object with names as its keys.
const OF_NAMES: &[&str] = &[
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "headers",
    "links",
    "mediaTypes",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securityDefinitions",
    "securitySchemes",
    "webhooks",
];

impl Keys {
    /// What the keys of the objects under a key are; `None` where there is only data.
    pub(crate) fn below(self, key: &str) -> Option<Self> {
        match self {
            Self::Keywords if DATA.contains(&key) => None,
            Self::Keywords if OF_NAMES.contains(&key) => Some(Self::Names),
            Self::Names | Self::Keywords => Some(Self::Keywords),
        }
    }

    /// The children of an object that can hold references, with what their own keys are.
    pub(crate) fn children(self, entries: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value, Self)> {
        let entries = entries.iter().filter(|(_, child)| child.is_object() || child.is_array());
        entries.filter_map(move |(key, child)| Some((key, child, self.below(key)?)))
    }
}

/// The URI that a document has by its own account.
pub(crate) fn own_uri(tree: &Value) -> Option<&str> {
    tree.get("$self")?.as_str()
}

/// The path to the document that a reference names by its part before `#`, from the document that holds it and has the
/// URI `own`: empty for itself.
pub(crate) fn path_to(target: &str, own: Option<&str>) -> String {
    let own = own.map(|own| own.split('#').next().unwrap_or_default()).unwrap_or_default();
    if target == own {
        return String::new();
    }
    let folder = own.rfind('/').and_then(|end| own.get(..=end));
    percent_decoded(folder.and_then(|folder| target.strip_prefix(folder)).unwrap_or(target))
}

pub(crate) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Adds the documents that references below a node name, each once.
pub(super) fn collect(tree: &Value, at: &mut Pointer, found: &mut Vec<ExternalReference>) {
    let own = own_uri(tree);
    collect_below(tree, at, Keys::Keywords, own, found);
}

fn collect_below(node: &Value, at: &mut Pointer, keys: Keys, own: Option<&str>, found: &mut Vec<ExternalReference>) {
    match node {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get("$ref") {
                let document = path_to(reference.split('#').next().unwrap_or_default(), own);
                if !document.is_empty() && !found.iter().any(|earlier| earlier.document == document) {
                    found.push(ExternalReference { at: at.clone(), document });
                }
            }
            for (key, child, keys) in keys.children(entries) {
                at.at_key(key, |at| collect_below(child, at, keys, own, found));
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                at.at_index(index, |at| collect_below(child, at, Keys::Keywords, own, found));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
