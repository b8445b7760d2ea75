//! Names are stable: what is added to a description renames nothing that was there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clientwright::config::Config;
use clientwright::ir::{Api, Operation, TypeDef, TypeKind};
use clientwright::source::{Source, Sources};
use serde_json::{Map, Value, json};

/// What is there, by kind and place, with all its names.
type Names = BTreeMap<(&'static str, String), Vec<String>>;

/// A change, and whether there was anything to change.
type Change = fn(&mut Value) -> bool;

const CHANGES: &[(&str, Change)] = &[
    ("a schema", add_schema),
    ("a property", |tree| schemas(tree).is_some_and(|schemas| schemas.values_mut().any(add_properties))),
    ("an operation", add_operation),
];

#[test]
fn additions_rename_nothing() {
    let mut added = BTreeMap::new();
    for case in super::all() {
        check(&case.name, case.document(), |document| case.input_of(document), &mut added);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let spec = fs::read_to_string(root.join("spec/participant.openapi.yaml")).unwrap();
    let config = fs::read_to_string(root.join("clientwright.toml")).unwrap();
    let input = |document: &str| {
        let path = "spec/participant.openapi.yaml";
        (Sources::new(Source::parse(path, document).unwrap()), Config::parse(&config).unwrap())
    };
    check("realtimekit", &spec, input, &mut added);
    for (what, _) in CHANGES {
        assert!(added[what] > 100, "{what} was added to {} descriptions only", added[what]);
    }
}

fn check(
    name: &str,
    document: &str,
    input: impl Fn(&str) -> (Sources, Config),
    added: &mut BTreeMap<&'static str, usize>,
) {
    let Some(before) = names(&input(document)) else { return };
    let tree = Source::parse("case.yaml", document).unwrap().tree().clone();
    for (what, change) in CHANGES {
        let mut tree = tree.clone();
        if !change(&mut tree) {
            continue;
        }
        let after = names(&input(&tree.to_string())).unwrap_or_else(|| panic!("{name}: {what} is an error"));
        for (place, names) in &before {
            let now = after.get(place);
            let is_same = now.is_some_and(|now| names.iter().all(|name| now.contains(name)));
            assert!(is_same, "{name}: with {what} added, {place:?} is {now:?} and was {names:?}");
        }
        *added.entry(what).or_default() += 1;
    }
}

/// All names; none where there is no client.
fn names((sources, config): &(Sources, Config)) -> Option<Names> {
    if clientwright::generate(sources, config).has_errors() {
        return None;
    }
    let api: Api = clientwright::understand(sources, config, &mut Vec::new());
    let mut names = Names::new();
    for def in &api.types.list {
        // A body of parts gets another name where its schema becomes a JSON document too.
        if !matches!(def.kind, TypeKind::Multipart(_)) {
            add(&mut names, "type", &def.origin, &def.name);
        }
        add_parts(&mut names, def);
    }
    for operation in &api.operations {
        add_operation_names(&mut names, operation);
    }
    for scheme in &api.schemes {
        add(&mut names, "scheme", &scheme.origin, &scheme.setter);
    }
    for header in &api.headers {
        add(&mut names, "header", &header.wire, &header.name);
    }
    Some(names)
}

fn add_parts(names: &mut Names, def: &TypeDef) {
    match &def.kind {
        TypeKind::Struct(strukt) => {
            strukt.fields.iter().for_each(|field| add(names, "field", &field.origin, &field.name));
        }
        TypeKind::Multipart(multipart) => {
            multipart.strukt.fields.iter().for_each(|field| add(names, "part", &field.origin, &field.name));
        }
        TypeKind::Enum(enum_) => {
            enum_.variants.iter().for_each(|variant| add(names, "value", &variant.origin, &variant.name));
        }
        TypeKind::Union(union) => {
            union.variants.iter().for_each(|variant| add(names, "variant", &variant.origin, &variant.name));
        }
        TypeKind::Answers(cases) => cases.iter().for_each(|case| add(names, "answer", &case.origin, &case.name)),
        TypeKind::Choice(choices) => {
            for choice in choices {
                add(names, "choice", &format!("{} {}", def.origin, choice.media_type), &choice.name);
            }
        }
        TypeKind::Newtype(_) | TypeKind::Alias(_) => {}
    }
}

fn add_operation_names(names: &mut Names, operation: &Operation) {
    add(names, "operation", &operation.origin, &operation.name);
    add(names, "marker", &operation.origin, &operation.marker);
    for param in &operation.params {
        add(names, "parameter", &format!("{} {}", operation.origin, param.origin), &param.name);
    }
}

fn add(names: &mut Names, kind: &'static str, place: &impl ToString, name: &impl ToString) {
    names.entry((kind, place.to_string())).or_default().push(name.to_string());
}

/// The schemas, in the words of either version.
fn schemas(tree: &mut Value) -> Option<&mut Map<String, Value>> {
    let key = if tree.get("swagger").is_some() { "/definitions" } else { "/components/schemas" };
    tree.pointer_mut(key)?.as_object_mut().filter(|schemas| !schemas.is_empty())
}

/// Puts an entry before all others.
fn put_first(entries: &mut Map<String, Value>, key: &str, value: Value) {
    let others = std::mem::take(entries);
    entries.insert(key.to_owned(), value);
    entries.extend(others);
}

/// With inline types of its own.
fn object() -> Value {
    json!({ "type": "object", "properties": {
        "addedState": { "type": "string", "enum": ["added"] },
        "addedPart": { "type": "object", "properties": { "addedId": { "type": "string" } } },
    } })
}

fn add_schema(tree: &mut Value) -> bool {
    schemas(tree).is_some_and(|schemas| {
        put_first(schemas, "AddedSchema", object());
        true
    })
}

/// To a schema, and to all within it; whether there are properties to add to.
fn add_properties(schema: &mut Value) -> bool {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return false };
    for property in properties.values_mut() {
        add_properties(property);
    }
    put_first(properties, "addedProperty", object());
    true
}

/// On a schema that is there, and with types of its own.
fn add_operation(tree: &mut Value) -> bool {
    if tree.get("openapi").is_none() {
        return false;
    }
    let first = schemas(tree).and_then(|schemas| schemas.keys().next().cloned());
    let Some(Value::Object(paths)) = tree.get_mut("paths") else { return false };
    let schema = first.map_or_else(
        object,
        |first| json!({ "$ref": format!("#/components/schemas/{}", first.replace('~', "~0").replace('/', "~1")) }),
    );
    let content = |schema: &Value| json!({ "application/json": { "schema": schema } });
    let operation = json!({
        "operationId": "addedOperation",
        "tags": ["added"],
        "parameters": [{ "name": "addedParameter", "in": "query", "schema": { "type": "string", "enum": ["added"] } }],
        "requestBody": { "required": true, "content": content(&object()) },
        "responses": { "200": { "description": "It.", "content": content(&schema) }, "404": { "description": "No.", "content": content(&object()) } },
    });
    put_first(paths, "/added", json!({ "post": operation }));
    true
}
