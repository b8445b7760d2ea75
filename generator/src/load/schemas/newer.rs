//! What OpenAPI 3.1 and JSON Schema write otherwise.

use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostic};
use crate::load::schemas::Keywords;
use crate::load::schemas::values::type_of;
use crate::pointer::Pointer;

/// `true` allows everything, `false` nothing.
pub(super) fn boolean_schema(node: &mut Value, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    if *node == json!(false) {
        diagnostics.push(Diagnostic::at(at, Code::Untyped("no value is allowed here".to_owned())));
    }
    if node.is_boolean() {
        *node = json!({});
    }
}

/// In 3.0 nothing else counts beside a `$ref`; since 3.1 all of it does, and people have always written it so.
pub(super) fn reference_with_siblings(schema: &mut Keywords, _: &Pointer, _: &mut Vec<Diagnostic>) {
    if schema.len() > 1
        && let Some(reference) = schema.get("$ref").filter(|reference| reference.is_string()).cloned()
    {
        schema.shift_remove("$ref");
        let whole = json!({ "$ref": reference });
        match schema.get_mut("allOf") {
            Some(Value::Array(members)) => members.insert(0, whole),
            _ => drop(schema.insert("allOf".to_owned(), Value::Array(vec![whole]))),
        }
    }
}

/// A constant is a list of one value.
pub(super) fn constant(schema: &mut Keywords, _: &Pointer, _: &mut Vec<Diagnostic>) {
    if let Some(value) = schema.shift_remove("const") {
        schema.insert("enum".to_owned(), json!([value]));
    }
}

/// `exclusiveMinimum: 3` for `minimum: 3, exclusiveMinimum: true`; the tighter of two bounds counts.
pub(super) fn numeric_exclusive_bounds(schema: &mut Keywords, _: &Pointer, _: &mut Vec<Diagnostic>) {
    for (exclusive, inclusive, sign) in [("exclusiveMinimum", "minimum", 1.0), ("exclusiveMaximum", "maximum", -1.0)] {
        let Some(bound) = schema.get(exclusive).filter(|bound| bound.is_number()).cloned() else { continue };
        let tightness = |bound: &Value| bound.as_f64().map(|bound| bound * sign);
        let other = schema.get(inclusive).and_then(tightness);
        if other.is_none_or(|other| tightness(&bound).is_some_and(|bound| bound >= other)) {
            schema.insert(inclusive.to_owned(), bound);
            schema.insert(exclusive.to_owned(), json!(true));
        } else {
            schema.shift_remove(exclusive);
        }
    }
}

/// The first of several examples stands for them in the documentation.
pub(super) fn examples(schema: &mut Keywords, _: &Pointer, _: &mut Vec<Diagnostic>) {
    if let Some(Value::Array(examples)) = schema.shift_remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        schema.entry("example").or_insert(first);
    }
}

/// `contentEncoding: base64` is `format: byte`.
pub(super) fn content_encoding(schema: &mut Keywords, _: &Pointer, _: &mut Vec<Diagnostic>) {
    let encoding = schema.shift_remove("contentEncoding");
    let media_type = schema.shift_remove("contentMediaType");
    let format = match (encoding.as_ref().and_then(Value::as_str), media_type) {
        (Some("base64"), _) => "byte",
        (None, Some(_)) if encoding.is_none() => "binary",
        _ => return,
    };
    schema.entry("format").or_insert(json!(format));
    schema.entry("type").or_insert(json!("string"));
}

/// The whole query as one form (`in: querystring`) is an object whose properties are parameters each.
pub(super) fn query_string(parameter: &mut Keywords, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    if parameter.get("in") != Some(&json!("querystring")) {
        return;
    }
    let form = "application/x-www-form-urlencoded";
    let Some(content) = parameter.get("content").and_then(|content| content.get(form)) else { return };
    let Some(schema) = content.get("schema").cloned() else { return };
    if content.get("encoding").is_some() {
        let at = at.join_all(&["content", form, "encoding"]);
        diagnostics.push(Diagnostic::at(&at, Code::IgnoredKeyword("encoding".to_owned())));
    }
    parameter.shift_remove("content");
    let query = [("in", json!("query")), ("style", json!("form")), ("explode", json!(true)), ("schema", schema)];
    parameter.extend(query.map(|(keyword, value)| (keyword.to_owned(), value)));
}

/// A list with a schema for each place is a list of anything.
pub(super) fn tuple(schema: &mut Keywords, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    let has_list = schema.get("items").is_some_and(Value::is_array);
    let keyword = if schema.shift_remove("prefixItems").is_some() {
        "prefixItems"
    } else if has_list {
        "items"
    } else {
        return;
    };
    let why = "its items have a schema for each place".to_owned();
    diagnostics.push(Diagnostic::at(&at.join(keyword), Code::Untyped(why)));
    schema.insert("items".to_owned(), json!({}));
    schema.entry("type").or_insert(json!("array"));
}

/// What matches a pattern is what is not declared: the patterns are not looked at.
pub(super) fn pattern_properties(schema: &mut Keywords, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    let Some(Value::Object(patterns)) = schema.shift_remove("patternProperties") else { return };
    let others = schema.get("additionalProperties").filter(|others| others.is_object() || **others == json!(true));
    let mut schemas: Vec<&Value> = patterns.values().chain(others).collect();
    schemas.dedup();
    let all = match schemas.as_slice() {
        [] => return,
        [only] => (*only).clone(),
        _ => {
            let why = "its properties have a schema for each pattern of their names".to_owned();
            diagnostics.push(Diagnostic::at(&at.join("patternProperties"), Code::Untyped(why)));
            json!(true)
        }
    };
    schema.insert("additionalProperties".to_owned(), all);
    schema.entry("type").or_insert(json!("object"));
}

/// Keywords that say something about values of one type.
const OF_TYPE: &[(&str, &[&str])] = &[
    ("string", &["format", "maxLength", "minLength", "pattern"]),
    ("number", &["exclusiveMaximum", "exclusiveMinimum", "format", "maximum", "minimum", "multipleOf"]),
    ("integer", &["exclusiveMaximum", "exclusiveMinimum", "format", "maximum", "minimum", "multipleOf"]),
    ("array", &["items", "maxItems", "minItems", "uniqueItems"]),
    ("object", &["additionalProperties", "maxProperties", "minProperties", "properties", "required"]),
];

/// `type: [string, null]` is a nullable string; several other types are a union.
pub(super) fn several_types(schema: &mut Keywords, _: &Pointer, _: &mut Vec<Diagnostic>) {
    let Some(Value::Array(types)) = schema.get("type") else { return };
    let mut types: Vec<String> = types.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let has_null = types.iter().any(|ty| ty == "null");
    types.retain(|ty| ty != "null");
    types.dedup();
    schema.shift_remove("type");
    if has_null && !types.is_empty() {
        schema.insert("nullable".to_owned(), json!(true));
    }
    match types.as_slice() {
        [] if has_null => drop(schema.insert("type".to_owned(), json!("null"))),
        [] => {}
        [only] => drop(schema.insert("type".to_owned(), json!(only))),
        several => {
            let branches = several.iter().map(|ty| branch(schema, ty)).collect();
            let known = OF_TYPE.iter().flat_map(|(_, keywords)| *keywords).chain(&["enum"]);
            known.for_each(|keyword| drop(schema.shift_remove(*keyword)));
            let keyword = if schema.contains_key("anyOf") { "oneOf" } else { "anyOf" };
            schema.insert(keyword.to_owned(), Value::Array(branches));
        }
    }
}

/// What a schema of several types says of one of them.
fn branch(schema: &Keywords, ty: &str) -> Value {
    let keywords = OF_TYPE.iter().find(|(of, _)| *of == ty).map_or(&[][..], |(_, keywords)| *keywords);
    let mut branch = Keywords::new();
    branch.insert("type".to_owned(), json!(ty));
    for keyword in keywords {
        if let Some(value) = schema.get(*keyword) {
            branch.insert((*keyword).to_owned(), value.clone());
        }
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        let fits = |value: &&Value| type_of(value).is_some_and(|of| of == ty || (of == "integer" && ty == "number"));
        let values: Vec<Value> = values.iter().filter(fits).cloned().collect();
        if !values.is_empty() {
            branch.insert("enum".to_owned(), Value::Array(values));
        }
    }
    Value::Object(branch)
}

/// Keywords of JSON Schema that no type can hold.
const WITHOUT_EFFECT: &[&str] = &[
    "contains",
    "contentSchema",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

pub(super) fn unknown_keywords(schema: &mut Keywords, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    for keyword in WITHOUT_EFFECT {
        if schema.shift_remove(*keyword).is_some() {
            diagnostics.push(Diagnostic::at(&at.join(keyword), Code::IgnoredKeyword((*keyword).to_owned())));
        }
    }
    // What no value of the mapping says is kept as it came.
    if schema.get("discriminator").is_some_and(|discriminator| discriminator.get("defaultMapping").is_some()) {
        let at = at.join_all(&["discriminator", "defaultMapping"]);
        diagnostics.push(Diagnostic::at(&at, Code::IgnoredKeyword("defaultMapping".to_owned())));
    }
}
