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
    let mut found = Vec::new();
    for (document, tree) in &*trees {
        collect(tree, &mut Pointer::parse(document), Keys::Keywords, &mut found);
    }
    let meant: Vec<_> = found.into_iter().filter_map(|at| Some((meant(trees, &at)?, at))).collect();
    for (node, at) in meant {
        let tree = trees.get_mut(at.document());
        if let Some(place) = tree.and_then(|tree| references::node_mut(tree, &at)) {
            *place = node;
        }
    }
}

/// Adds the places of the media types that are references.
fn collect(node: &Value, at: &mut Pointer, keys: Keys, found: &mut Vec<Pointer>) {
    match node {
        Value::Object(entries) => {
            let content = entries.get("content").filter(|_| keys == Keys::Keywords).and_then(Value::as_object);
            let media_types = content.into_iter().flatten().filter(|(_, node)| node.get("$ref").is_some());
            found.extend(media_types.map(|(media_type, _)| at.join_all(&["content", media_type])));
            for (key, child, keys) in keys.children(entries) {
                at.at_key(key, |at| collect(child, at, keys, found));
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                at.at_index(index, |at| collect(child, at, Keys::Keywords, found));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
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
