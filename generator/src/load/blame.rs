//! Blame: finds the part of a malformed node that makes it malformed.
//!
//! The typed model says that a node does not fit, not where: its untagged enums forget. A part is to blame when the
//! node fits without it, so parts are left out, one at a time, ever deeper. That is slow, and only failures pay.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// The finding for a node that is no `T`, at the deepest part that is to blame.
pub(super) fn blame<T: DeserializeOwned>(at: &Pointer, node: &Value, error: &serde_json::Error) -> Diagnostic {
    let mut place = at.clone();
    let mut path: Vec<String> = Vec::new();
    while let Some(step) = culprit::<T>(node, &path) {
        place = place.join(&step);
        path.push(step);
    }
    if path.is_empty()
        && let Some(key) = tag(node, &error.to_string())
    {
        place = place.join(&key);
        path.push(key);
    }
    let part = path.iter().try_fold(node, |node, step| child(node, step)).unwrap_or(node);
    let message = match path.last() {
        Some(key) => format!("`{key}` cannot be {}", shown(part)),
        None => format!("the node has not the form that OpenAPI gives it: {error}"),
    };
    Diagnostic::at(&place, Code::Malformed(message))
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
        let part = path.iter().try_fold(&mut without, |node, step| child_mut(node, step));
        match part {
            Some(Value::Object(entries)) => drop(entries.shift_remove(step)),
            Some(Value::Array(items)) => {
                if let Some(index) = step.parse().ok().filter(|index| *index < items.len()) {
                    items.remove(index);
                }
            }
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {}
        }
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
