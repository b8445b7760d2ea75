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
        entries.iter().filter_map(move |(key, child)| Some((key, child, self.below(key)?)))
    }
}

/// Adds the documents that references below a node name, each once.
pub(super) fn collect(node: &Value, at: &mut Pointer, keys: Keys, found: &mut Vec<ExternalReference>) {
    match node {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get("$ref") {
                let document = reference.split('#').next().unwrap_or_default();
                if !document.is_empty() && !found.iter().any(|earlier| earlier.document == document) {
                    found.push(ExternalReference { at: at.clone(), document: document.to_owned() });
                }
            }
            for (key, child, keys) in keys.children(entries) {
                at.at_child(key, |at| collect(child, at, keys, found));
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                at.at_child(index, |at| collect(child, at, Keys::Keywords, found));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
