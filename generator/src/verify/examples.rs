//! The examples that a description gives of a place's values.

use serde_json::Value;

use crate::load::Documents;
use crate::pointer::Pointer;
use crate::source::Sources;

/// The examples at a schema or media type, each with its place.
///
/// They are read from the sources, since the documents' schemas keep but one.
pub(super) fn find(sources: &Sources, documents: &Documents, at: &Pointer) -> Vec<(Pointer, Value)> {
    let text = documents.origins().source(at);
    let Some(node) = sources.node(&text) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(example) = node.get("example") {
        found.push((text.join("example"), example.clone()));
    }
    let all = text.join("examples");
    match node.get("examples") {
        Some(Value::Array(examples)) => {
            found.extend(examples.iter().enumerate().map(|(index, value)| (all.join_index(index), value.clone())));
        }
        Some(Value::Object(examples)) => {
            found.extend(examples.keys().filter_map(|name| named(documents, &at.join_all(&["examples", name]))));
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {}
    }
    found
}

/// The value of an example with a name; that of one that is elsewhere is not fetched.
fn named(documents: &Documents, at: &Pointer) -> Option<(Pointer, Value)> {
    let at = documents.follow(at).ok()?;
    let value = documents.node(&at)?.get("value")?;
    Some((at.join("value"), value.clone()))
}
