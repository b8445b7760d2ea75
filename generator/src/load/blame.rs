//! Blame: finds the part of a malformed node that makes it malformed.
//!
//! The typed model says that a node does not fit, not where: its untagged enums forget. A part is to blame when the
//! node fits without it, so parts are left out, one at a time, ever deeper. That is slow, and only failures pay.
//! What is to blame is left out for good, and reported: no run should stop over a part that may never be needed.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// How many parts of one node are left out before it is given up.
const MOST_REPAIRS: usize = 16;

/// What must be there for the model's sake, and says nothing where it is not.
const EMPTY: &[Empty] = &[
    Empty { error: "missing field `description`", key: "description", value: || json!("") },
    Empty { error: "ParameterSchemaOrContent", key: "schema", value: || json!({}) },
];

struct Empty {
    /// What the error says where the key is missing.
    error: &'static str,
    key: &'static str,
    value: fn() -> Value,
}

/// The node without the parts that are to blame, and what there is to say about these.
pub(super) fn repaired<T: DeserializeOwned>(
    at: &Pointer,
    node: &Value,
    error: &serde_json::Error,
) -> Result<(T, Vec<Diagnostic>), Diagnostic> {
    let mut node = node.clone();
    let mut error = error.to_string();
    let mut repairs = Vec::new();
    for _ in 0..MOST_REPAIRS {
        let missing = EMPTY.iter().find(|empty| error.contains(empty.error));
        let path = culprits::<T>(&node);
        match (missing, node.as_object_mut()) {
            (Some(empty), Some(entries)) if !entries.contains_key(empty.key) => {
                entries.insert(empty.key.to_owned(), (empty.value)());
            }
            _ if !path.is_empty() => {
                repairs.push(left_out(at, &node, &path));
                remove(&mut node, &path);
            }
            _ => break,
        }
        match T::deserialize(&node) {
            Ok(typed) => return Ok((typed, repairs)),
            Err(next) => error = next.to_string(),
        }
    }
    Err(match tag(&node, &error) {
        Some(key) => {
            let message = format!("`{key}` cannot be {}: {error}", shown(node.get(&key).unwrap_or(&Value::Null)));
            Diagnostic::at(&at.join(key), Code::Malformed(message))
        }
        None => {
            Diagnostic::at(at, Code::Malformed(format!("the node has not the form that OpenAPI gives it: {error}")))
        }
    })
}

/// The finding for a part that is left out.
fn left_out(at: &Pointer, node: &Value, path: &[String]) -> Diagnostic {
    let place = path.iter().fold(at.clone(), |place, step| place.join(step));
    let part = path.iter().try_fold(node, |node, step| child(node, step)).unwrap_or(node);
    let key = path.last().map_or("", String::as_str);
    Diagnostic::at(&place, Code::Repaired(format!("`{key}` cannot be {}; it is left out", shown(part))))
}

/// The way to the deepest part without which the node is a `T`.
fn culprits<T: DeserializeOwned>(node: &Value) -> Vec<String> {
    let mut path = Vec::new();
    while let Some(step) = culprit::<T>(node, &path) {
        path.push(step);
    }
    path
}

fn remove(node: &mut Value, path: &[String]) {
    let Some((last, way)) = path.split_last() else { return };
    match way.iter().try_fold(node, |node, step| child_mut(node, step)) {
        Some(Value::Object(entries)) => drop(entries.shift_remove(last)),
        Some(Value::Array(items)) => {
            if let Some(index) = last.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {}
    }
}

/// The key whose text the error complains of: the tag of a tagged enum cannot be left out.
fn tag(node: &Value, error: &str) -> Option<String> {
    let named = error.split('`').nth(1)?;
    let entries = node.as_object()?;
    entries.iter().find(|(_, value)| value.as_str() == Some(named)).map(|(key, _)| key.clone())
}

/// The child of the part at `path` without which `node` is a `T`.
fn culprit<T: DeserializeOwned>(node: &Value, path: &[String]) -> Option<String> {
    let part = path.iter().try_fold(node, |node, step| child(node, step))?;
    let steps: Vec<String> = match part {
        Value::Object(entries) => entries.keys().cloned().collect(),
        Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    };
    steps.into_iter().find(|step| {
        let mut without = node.clone();
        let way: Vec<String> = path.iter().chain([step]).cloned().collect();
        remove(&mut without, &way);
        T::deserialize(&without).is_ok()
    })
}

fn child<'a>(node: &'a Value, step: &str) -> Option<&'a Value> {
    match node {
        Value::Object(entries) => entries.get(step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn child_mut<'a>(node: &'a mut Value, step: &str) -> Option<&'a mut Value> {
    match node {
        Value::Object(entries) => entries.get_mut(step),
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// A value as it is named in a message.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("the Boolean `{value}`"),
        Value::Number(value) => format!("the number `{value}`"),
        Value::String(value) => format!("the text `{}`", value.chars().take(60).collect::<String>()),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object of this form".to_owned(),
    }
}
