//! Which of the declared operations are generated.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::config::{Candidate, Filter, Filters};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Method, Skipped};
use crate::load::Documents;
use crate::pointer::Pointer;
use crate::spelling::near;

/// An operation that a path item declares.
pub(super) struct Declared {
    pub(super) at: Pointer,
    /// The path item.
    pub(super) item: Pointer,
    pub(super) path: String,
    pub(super) method: Method,
}

/// Parts the operations that are generated from those that are not. What is left out is not judged.
pub(super) fn select(
    documents: &Documents,
    filters: &Filters,
    declared: Vec<Declared>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Declared>, Vec<Skipped>) {
    if filters.is_empty() {
        return (declared, Vec::new());
    }
    let all: Vec<Skipped> = declared.iter().map(|operation| described(documents, operation)).collect();
    let unused = filters.iter().filter(|filter| !all.iter().any(|operation| filter.selects(candidate(operation))));
    let unused: Vec<Diagnostic> = unused.map(|filter| report(filter, &all)).collect();
    let is_used = unused.is_empty();
    diagnostics.extend(unused);
    let (kept, skipped): (Vec<_>, Vec<_>) =
        declared.into_iter().zip(all).partition(|(_, operation)| filters.keep(candidate(operation)));
    if let (true, true, Some(last)) = (kept.is_empty(), is_used, filters.iter().last()) {
        diagnostics.push(Diagnostic { code: Code::NothingKept, at: last.at.clone() });
    }
    let kept = kept.into_iter().map(|(declared, _)| declared).collect();
    (kept, skipped.into_iter().map(|(_, operation)| operation).collect())
}

/// What an operation says of itself, as far as it is readable.
fn described(documents: &Documents, operation: &Declared) -> Skipped {
    let node = documents.node(&operation.at);
    let text = |key: &str| Some(node?.get(key)?.as_str()?.to_owned());
    let tags = node.and_then(|node| node.get("tags")).and_then(Value::as_array).into_iter().flatten();
    Skipped {
        id: text("operationId").filter(|id| !id.trim().is_empty()),
        method: operation.method,
        path: operation.path.clone(),
        tags: tags.filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
        origin: operation.at.clone(),
    }
}

fn candidate(operation: &Skipped) -> Candidate<'_> {
    Candidate {
        id: operation.id.as_deref(),
        method: operation.method.as_str(),
        path: &operation.path,
        tags: &operation.tags,
    }
}

fn report(filter: &Filter, operations: &[Skipped]) -> Diagnostic {
    // Every filter that would have selected something, by what is compared: a path's variables can have any names.
    let mut known = BTreeMap::new();
    for operation in operations {
        let route = format!("{} {}", operation.method.as_str(), operation.path);
        let any = format!("* {}", operation.path);
        let tags = operation.tags.iter().map(|tag| format!("tag:{tag}"));
        for text in operation.id.iter().cloned().chain([route, any]).chain(tags) {
            known.entry(blurred(&text)).or_insert(text);
        }
    }
    let wanted = blurred(&filter.to_string());
    let exact = [wanted.clone(), format!("tag:{wanted}"), format!("* {wanted}")];
    let exact: Vec<String> = exact.iter().filter_map(|text| known.get(text).cloned()).collect();
    let near = if exact.is_empty() {
        near(&wanted, known.keys().map(String::as_str))
            .into_iter()
            .filter_map(|text| known.get(text).cloned())
            .collect()
    } else {
        exact
    };
    Diagnostic { code: Code::UnusedFilter { filter: filter.to_string(), near }, at: filter.at.clone() }
}

/// A text in small letters, without the names of variables.
fn blurred(text: &str) -> String {
    let mut blurred = String::new();
    let mut is_name = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        is_name &= letter != '}';
        if !is_name {
            blurred.push(letter);
        }
        is_name |= letter == '{';
    }
    blurred
}
