//! resolve: takes the documents, gives the description with every reference followed and every node typed.
//!
//! References to schemas stay by name, since a schema becomes a type that is used by name. Nothing is named or judged
//! here: operations come out in the order of the paths, as they are declared.

use indexmap::IndexMap;
use openapiv3 as oas;
use serde_json::Value;

use crate::config::Filters;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Skipped, Tally};
use crate::load::{At, Documents, Typed};
use crate::pointer::Pointer;

mod incoming;
mod operations;
mod schemes;
mod selection;
mod tally;

pub(crate) use incoming::Incoming;
pub(crate) use operations::Operation;

/// A description, resolved.
#[derive(Debug)]
pub(crate) struct Spec {
    /// `info`; parts that are missing are empty.
    pub(crate) info: At<oas::Info>,
    /// `servers`.
    pub(crate) servers: Vec<At<oas::Server>>,
    /// `security`.
    pub(crate) security: Vec<oas::SecurityRequirement>,
    /// The descriptions of `tags`, by name.
    pub(crate) tags: IndexMap<String, String>,
    /// `components.securitySchemes`, by key.
    pub(crate) schemes: IndexMap<String, At<oas::SecurityScheme>>,
    /// The keys of those for which the HTTP client brings a certificate.
    pub(crate) certificates: Vec<String>,
    /// The schemas that have a name: all of `components.schemas`, then all that are referred to elsewhere.
    pub(crate) schemas: IndexMap<Pointer, Result<oas::Schema, Diagnostic>>,
    /// All operations that are generated.
    pub(crate) operations: Vec<Operation>,
    /// What the service sends unasked, unless filters say what is wanted.
    pub(crate) webhooks: Vec<Incoming>,
    /// All others.
    pub(crate) skipped: Vec<Skipped>,
    /// How many there are.
    pub(crate) tally: Tally,
}

/// Follows every reference.
#[must_use]
pub(crate) fn resolve(documents: &Documents, filters: &Filters, diagnostics: &mut Vec<Diagnostic>) -> Spec {
    let root = Pointer::root();
    let (operations, skipped) = operations::resolve(documents, filters, diagnostics);
    let webhooks = if filters.is_empty() { incoming::webhooks(documents, diagnostics) } else { Vec::new() };
    let (schemes, certificates) = schemes::resolve(documents, diagnostics);
    let spec = Spec {
        info: info(documents),
        servers: list(documents, &root.join("servers"), diagnostics),
        security: list(documents, &root.join("security"), diagnostics).into_iter().map(|item| item.node).collect(),
        tags: tags(documents),
        schemes,
        certificates,
        schemas: schemas(documents),
        operations,
        webhooks,
        skipped,
        tally: tally::count(documents, diagnostics),
    };
    diagnostics.extend(documents.take_repairs());
    spec
}

/// The description of itself, with empty texts where it says nothing: nobody's client depends on it.
fn info(documents: &Documents) -> At<oas::Info> {
    let at = Pointer::root().join("info");
    let text = |key: &str| match documents.node(&at).and_then(|info| info.get(key)) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => None,
    };
    let node = oas::Info {
        title: text("title").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        description: text("description"),
        ..oas::Info::default()
    };
    At { at, node }
}

/// Nobody's client depends on them: what is malformed is not heeded.
fn tags(documents: &Documents) -> IndexMap<String, String> {
    let tags = documents.node(&Pointer::root().join("tags")).and_then(Value::as_array).into_iter().flatten();
    let text = |tag: &Value, key: &str| Some(tag.get(key)?.as_str()?.to_owned());
    tags.filter_map(|tag| Some((text(tag, "name")?, text(tag, "description")?))).collect()
}

fn schemas(documents: &Documents) -> IndexMap<Pointer, Result<oas::Schema, Diagnostic>> {
    let components = Pointer::root().join_all(&["components", "schemas"]);
    let mut schemas = IndexMap::new();
    for key in keys(documents, &components) {
        let at = components.join(&key);
        schemas.insert(at.clone(), schema(documents, &at));
    }
    for reference in documents.targets() {
        let target = Pointer::parse(reference);
        if schemas.contains_key(&target) {
            continue;
        }
        let is_component = target.parent().and_then(|kind| kind.parent()).as_ref() == components.parent().as_ref();
        if !is_component && documents.node(&target).is_some() {
            schemas.insert(target.clone(), schema(documents, &target));
        }
    }
    schemas
}

/// A schema that has a name; one that is itself a reference to another becomes an `allOf` of it, and so an alias.
fn schema(documents: &Documents, at: &Pointer) -> Result<oas::Schema, Diagnostic> {
    match documents.node(at).and_then(|node| node.get("$ref")) {
        Some(Value::String(reference)) => {
            documents.follow(at)?;
            let all_of = vec![oas::ReferenceOr::ref_(reference)];
            Ok(oas::Schema { schema_data: oas::SchemaData::default(), schema_kind: oas::SchemaKind::AllOf { all_of } })
        }
        _ => documents.typed(at),
    }
}

/// The keys of the object at a place, in order; none where there is no object.
fn keys(documents: &Documents, at: &Pointer) -> Vec<String> {
    documents.node(at).and_then(Value::as_object).map(|entries| entries.keys().cloned().collect()).unwrap_or_default()
}

/// The typed node at the end of the references at a place.
fn followed<T: Typed>(documents: &Documents, at: &Pointer) -> Result<At<T>, Diagnostic> {
    documents.end(at).and_then(|end| typed(documents, end))
}

fn typed<T: Typed>(documents: &Documents, At { at, node }: At<&Value>) -> Result<At<T>, Diagnostic> {
    documents.typed_as(&at, node).map(|node| At { at, node })
}

/// The typed items of the list at a place; items that are malformed are reported and left out.
fn list<T: Typed>(documents: &Documents, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) -> Vec<At<T>> {
    list_of(documents, at, |_| true, diagnostics)
}

/// The same for the items that are wanted, each being at the end of its references.
fn list_of<T: Typed>(
    documents: &Documents,
    at: &Pointer,
    mut is_wanted: impl FnMut(&At<&Value>) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<At<T>> {
    let length = match documents.node(at) {
        None | Some(Value::Null) => 0,
        Some(Value::Array(items)) => items.len(),
        Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
            diagnostics.push(Diagnostic::at(at, Code::Malformed(format!("`{}` must be a list", at.last()))));
            0
        }
    };
    let items = (0..length).map(|index| documents.end(&at.join_index(index)));
    let items = items.filter(|item| item.as_ref().map_or(true, &mut is_wanted));
    let items = items.map(|item| item.and_then(|item| typed(documents, item)));
    items.filter_map(|item| item.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()).collect()
}
