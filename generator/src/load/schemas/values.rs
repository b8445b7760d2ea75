//! Listed values: what they say of the type, and those that are written as if they were of another one.

use serde_json::{Number, Value, json};

use crate::diagnostic::{Code, Diagnostic};
use crate::load::schemas::Keywords;
use crate::pointer::Pointer;

/// Values without a type are of the types that they have themselves, and null is null, whatever the type.
pub(super) fn type_of_values(schema: &mut Keywords, _: &Pointer, _: &mut Vec<Diagnostic>) {
    let Some(Value::Array(values)) = schema.get("enum") else { return };
    let is_null = !values.is_empty() && values.iter().all(Value::is_null);
    if !is_null && (schema.contains_key("type") || schema.contains_key("$ref") || values.is_empty()) {
        return;
    }
    let mut types: Vec<&str> = Vec::new();
    for value in values {
        let Some(ty) = type_of(value) else { return };
        if !types.contains(&ty) {
            types.push(ty);
        }
    }
    if types.contains(&"number") {
        types.retain(|ty| *ty != "integer");
    }
    let types = if let [only] = types.as_slice() { json!(only) } else { json!(types) };
    schema.insert("type".to_owned(), types);
}

pub(super) fn type_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => Some("null"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some("integer"),
        Value::Number(_) => Some("number"),
        Value::String(_) => Some("string"),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// `enum: [1.0, on]` of strings, as YAML reads it, or `enum: ["1", "2"]` of integers: what is meant is clear from the type.
pub(super) fn values_of_another_type(schema: &mut Keywords, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    let Some(ty) = schema.get("type").and_then(Value::as_str).map(str::to_owned) else { return };
    let Some(Value::Array(values)) = schema.get_mut("enum") else { return };
    let mut kept = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if value.is_null() || is_of(value, &ty) {
            kept.push(value.clone());
            continue;
        }
        let read = read_as(value, &ty);
        let what = match &read {
            Some(read) => format!("`{value}` is no {ty}; it is read as `{read}`"),
            None => format!("`{value}` is no {ty}; it is left out"),
        };
        diagnostics.push(Diagnostic::at(&at.join("enum").join_index(index), Code::Repaired(what)));
        kept.extend(read);
    }
    *values = kept;
}

/// Whether there are values that are texts, as the type says: neither pass finds anything to do.
pub(super) fn are_texts(schema: &Keywords) -> bool {
    let values = schema.get("enum").and_then(Value::as_array).filter(|values| !values.is_empty());
    values.is_some_and(|values| values.iter().all(Value::is_string))
        && schema.get("type").is_some_and(|ty| ty == "string")
}

fn is_of(value: &Value, ty: &str) -> bool {
    match ty {
        "boolean" => value.is_boolean(),
        "integer" => value.as_i64().is_some() || value.as_u64().is_some(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

fn read_as(value: &Value, ty: &str) -> Option<Value> {
    let text = value.as_str().map(str::trim);
    match ty {
        "string" if value.is_number() || value.is_boolean() => Some(Value::String(value.to_string())),
        "boolean" => text?.to_ascii_lowercase().parse().ok().map(Value::Bool),
        "integer" => {
            let float = value.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9e15);
            #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
            let whole = float.map(|float| float as i64);
            whole.or_else(|| text?.parse().ok()).map(Value::from)
        }
        "number" => text?
            .parse::<i64>()
            .ok()
            .map(Value::from)
            .or_else(|| Number::from_f64(text?.parse().ok()?).map(Value::Number)),
        _ => None,
    }
}
