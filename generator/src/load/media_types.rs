//! Media types by reference, which OpenAPI 3.2 has: in the view they stand where they are referred to, with a reference to
//! their schema.

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::load::references;
use crate::pointer::Pointer;
use crate::source::{self, Keys};

type Trees = IndexMap<String, Value>;

/// More references in a row are a circle.
const LONGEST_WAY: usize = 64;

/// Puts media types where they are referred to. A reference that leads nowhere stays.
pub(super) fn convert(trees: &mut Trees) {
    let found = collect(trees).into_iter().filter(|(_, media)| media.get("$ref").is_some()).map(|(at, _)| at);
    let meant: Vec<_> = found.filter_map(|at| Some((meant(trees, &at)?, at))).collect();
    for (node, at) in meant {
        let tree = trees.get_mut(at.document());
        if let Some(place) = tree.and_then(|tree| references::node_mut(tree, &at)) {
            *place = node;
        }
    }
}

/// Every media type of every document.
pub(super) fn collect(trees: &Trees) -> Vec<(Pointer, &Value)> {
    let mut found = Vec::new();
    for (document, tree) in trees {
        collect_below(tree, &mut Pointer::parse(document), Keys::Keywords, &mut found);
    }
    found
}

/// Adds every media type below a node.
fn collect_below<'a>(node: &'a Value, at: &mut Pointer, keys: Keys, found: &mut Vec<(Pointer, &'a Value)>) {
    match node {
        Value::Object(entries) => {
            let children = keys.children(entries);
            for (key, child, below) in children.filter(|(key, ..)| keys == Keys::Names || !is_of_schemas(key)) {
                at.at_key(key, |at| {
                    if let (Keys::Keywords, "content", Value::Object(media_types)) = (keys, key.as_str(), child) {
                        found.extend(media_types.iter().map(|(name, media)| (at.join(name), media)));
                    }
                    collect_below(child, at, below, found);
                });
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                at.at_index(index, |at| collect_below(item, at, Keys::Keywords, found));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether there are only schemas under a keyword.
fn is_of_schemas(keyword: &str) -> bool {
    matches!(keyword, "schema" | "schemas" | "itemSchema" | "definitions")
}

/// The media type at the end of the references at a place.
fn meant(trees: &Trees, at: &Pointer) -> Option<Value> {
    let mut here = at.clone();
    for _ in 0..LONGEST_WAY {
        let node = source::node(trees.get(here.document())?, &here)?;
        let Some(reference) = node.get("$ref") else {
            let mut node = node.clone();
            for keyword in ["schema", "itemSchema"] {
                if let Some(schema) = node.get_mut(keyword).filter(|schema| schema.get("$ref").is_none()) {
                    *schema = json!({ "$ref": here.join(keyword).to_string() });
                }
            }
            return Some(node);
        };
        here = Pointer::parse(reference.as_str()?);
    }
    None
}
