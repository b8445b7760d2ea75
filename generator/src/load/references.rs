//! References: made absolute, and collected.

use indexmap::IndexSet;
use serde_json::Value;

#[cfg(feature = "cli")]
use crate::load::At;
use crate::pointer::Pointer;
use crate::source::{Keys, Sources, own_uri, path_to, percent_decoded};

/// Writes every `$ref` of a document as the place that it means: `#/…` in the main document, `path#/…` in another.
pub(super) fn make_absolute(tree: &mut Value, document: &str, sources: &Sources) {
    let own = own_uri(tree).map(str::to_owned);
    rewrite(tree, &mut |reference| *reference = absolute(reference, document, own.as_deref(), sources));
}

/// Writes every `$ref` anew.
pub(super) fn rewrite(tree: &mut Value, change: &mut impl FnMut(&mut String)) {
    rewrite_below(tree, Keys::Keywords, change);
}

fn rewrite_below(node: &mut Value, keys: Keys, change: &mut impl FnMut(&mut String)) {
    match node {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get_mut("$ref") {
                change(reference);
            }
            for (key, child) in entries.iter_mut().filter(|(_, child)| child.is_object() || child.is_array()) {
                if let Some(keys) = keys.below(key) {
                    rewrite_below(child, keys, change);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite_below(item, Keys::Keywords, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// How many nodes a tree has.
pub(super) fn count(tree: &Value) -> usize {
    match tree {
        Value::Object(entries) => 1 + entries.values().map(count).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

/// The node at a place of a tree, to change it.
pub(super) fn node_mut<'a>(tree: &'a mut Value, at: &Pointer) -> Option<&'a mut Value> {
    at.segments().try_fold(tree, |node, segment| match node {
        Value::Object(entries) => entries.get_mut(&*segment),
        Value::Array(items) => items.get_mut(segment.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// Adds what each `$ref` below a node names.
pub(super) fn targets<'a>(node: &'a Value, keys: Keys, found: &mut IndexSet<&'a str>) {
    match node {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get("$ref") {
                found.insert(reference);
            }
            for (_, child, keys) in keys.children(entries) {
                targets(child, keys, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| targets(item, Keys::Keywords, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Adds every `$ref` below `at` to `found`.
#[cfg(feature = "cli")]
pub(super) fn collect(tree: &Value, at: &Pointer, found: &mut Vec<At<String>>) {
    collect_below(tree, &mut at.clone(), Keys::Keywords, found);
}

#[cfg(feature = "cli")]
fn collect_below(node: &Value, at: &mut Pointer, keys: Keys, found: &mut Vec<At<String>>) {
    match node {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get("$ref") {
                found.push(At { at: at.join("$ref"), node: reference.clone() });
            }
            for (key, child, keys) in keys.children(entries) {
                at.at_key(key, |at| collect_below(child, at, keys, found));
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

fn absolute(reference: &str, document: &str, own: Option<&str>, sources: &Sources) -> String {
    let (target, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let fragment = percent_decoded(fragment);
    format!("{}#{fragment}", sources.resolve_document(document, &path_to(target, own)))
}
