//! References: made absolute, and collected.

use serde_json::Value;

use crate::load::At;
use crate::pointer::Pointer;
use crate::source::Sources;

/// Keys whose values are data of the API's user, in which a `$ref` is no reference.
const DATA: &[&str] = &["default", "enum", "example", "examples", "value"];

/// Writes every `$ref` of a document as the place that it means: `#/…` in the main document, `path#/…` in another.
pub(super) fn make_absolute(tree: &mut Value, document: &str, sources: &Sources) {
    match tree {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get_mut("$ref") {
                *reference = absolute(reference, document, sources);
            }
            for (key, child) in entries.iter_mut() {
                if !DATA.contains(&key.as_str()) {
                    make_absolute(child, document, sources);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| make_absolute(item, document, sources)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Adds every `$ref` below `at` to `found`.
pub(super) fn collect(tree: &Value, at: &Pointer, found: &mut Vec<At<String>>) {
    match tree {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get("$ref") {
                found.push(At { at: at.join("$ref"), node: reference.clone() });
            }
            for (key, child) in entries {
                if !DATA.contains(&key.as_str()) {
                    collect(child, &at.join(key), found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &at.join(index), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn absolute(reference: &str, document: &str, sources: &Sources) -> String {
    let (target, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let fragment = percent_decoded(fragment);
    format!("{}#{fragment}", sources.resolve_document(document, &percent_decoded(target)))
}

fn percent_decoded(text: &str) -> String {
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
