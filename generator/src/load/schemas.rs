//! Schemas: every schema of a document in one form, OpenAPI 3.0's.
//!
//! The walk knows where schemas stand, so that a property called `type` is no keyword. On each schema the passes run in
//! the order of the table: first what newer versions and JSON Schema write otherwise, then what is written wrongly.

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

mod newer;
mod repairs;
mod values;

/// The keywords of a schema.
pub(super) type Keywords = Map<String, Value>;

/// What a pass works with: the schema, its place, and where findings go.
type Pass = fn(&mut Keywords, &Pointer, &mut Vec<Diagnostic>);

const PASSES: &[Pass] = &[
    newer::reference_with_siblings,
    newer::constant,
    newer::numeric_exclusive_bounds,
    newer::examples,
    newer::content_encoding,
    newer::tuple,
    newer::pattern_properties,
    values::type_of_values,
    newer::several_types,
    newer::unknown_keywords,
    repairs::wrong_kinds,
    values::values_of_another_type,
];

/// What stands at a place of the tree.
#[derive(Clone, Copy)]
enum Place {
    Schema,
    /// Names, each with a schema.
    Schemas,
    /// Names, each with something in which schemas can stand.
    Named,
    /// Servers.
    Servers,
    Other,
}

/// Brings every schema below `node` into one form.
pub(super) fn normalize(node: &mut Value, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    walk(node, &mut at.clone(), Place::Other, diagnostics);
}

fn walk(node: &mut Value, at: &mut Pointer, place: Place, diagnostics: &mut Vec<Diagnostic>) {
    if matches!(place, Place::Schema) {
        newer::boolean_schema(node, at, diagnostics);
    }
    match node {
        Value::Object(entries) => {
            if matches!(place, Place::Schema) && !is_plain(entries) {
                for pass in PASSES {
                    pass(entries, at, diagnostics);
                }
            }
            if matches!(place, Place::Other) {
                newer::query_string(entries, at, diagnostics);
            }
            if matches!(place, Place::Servers) {
                repairs::server_variables(entries, at, diagnostics);
            }
            for (key, child) in entries.iter_mut().filter(|(_, child)| can_hold_schemas(child)) {
                if let Some(inner) = child_place(place, key, child) {
                    at.at_key(key, |at| walk(child, at, inner, diagnostics));
                }
            }
        }
        Value::Array(items) => {
            // `parameters` has names in `components`, and none in an operation.
            let place = if matches!(place, Place::Named) { Place::Other } else { place };
            for (index, item) in items.iter_mut().enumerate() {
                at.at_index(index, |at| walk(item, at, place, diagnostics));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether a node can be a schema, or have one in it.
fn can_hold_schemas(node: &Value) -> bool {
    match node {
        Value::Object(_) | Value::Array(_) | Value::Bool(_) => true,
        Value::Null | Value::Number(_) | Value::String(_) => false,
    }
}

/// Whether no pass finds anything to do, as in most schemas: each looks for keywords of its own.
fn is_plain(schema: &Keywords) -> bool {
    schema.iter().all(|(key, value)| match key.as_str() {
        "$ref" => schema.len() == 1,
        "discriminator" => false,
        "enum" => values::are_texts(schema),
        "example" => true,
        _ => key.starts_with("x-") || repairs::is_right(key, value),
    })
}

/// What stands under a key; `None` for what holds no schemas.
fn child_place(place: Place, key: &str, child: &Value) -> Option<Place> {
    match place {
        Place::Schema => match key {
            "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => Some(Place::Schemas),
            "items" | "not" | "allOf" | "oneOf" | "anyOf" | "prefixItems" => Some(Place::Schema),
            "additionalProperties" if child.is_object() => Some(Place::Schema),
            _ => None,
        },
        Place::Schemas => Some(Place::Schema),
        Place::Named => Some(Place::Other),
        Place::Servers => None,
        Place::Other => match key {
            "schema" => Some(Place::Schema),
            "schemas" | "definitions" => Some(Place::Schemas),
            "paths" | "webhooks" | "callbacks" | "content" | "headers" | "responses" | "requestBodies"
            | "mediaTypes" | "pathItems" | "parameters" | "securitySchemes" | "links" => Some(Place::Named),
            "servers" => Some(Place::Servers),
            "example" | "examples" | "default" | "enum" => None,
            _ => Some(Place::Other),
        },
    }
}
