//! What is written wrongly: keywords whose value is of another kind than it must be.
//!
//! Where the value says what is meant (`minLength: "3"`), it is read so; else the keyword is left out. Either is
//! reported, and neither stops a run: nobody's client should fail over a number in quotes.

use serde_json::{Number, Value};

use crate::diagnostic::{Code, Diagnostic};
use crate::load::schemas::Keywords;
use crate::pointer::Pointer;

/// What the value of a keyword must be.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Flag,
    Count,
    Number,
    Names,
    List,
    Object,
    Schema,
    FlagOrSchema,
}

/// By keyword, in order.
const KINDS: &[(&str, Kind)] = &[
    ("additionalProperties", Kind::FlagOrSchema),
    ("allOf", Kind::List),
    ("anyOf", Kind::List),
    ("deprecated", Kind::Flag),
    ("description", Kind::Text),
    ("discriminator", Kind::Object),
    ("enum", Kind::List),
    ("exclusiveMaximum", Kind::Flag),
    ("exclusiveMinimum", Kind::Flag),
    ("externalDocs", Kind::Object),
    ("format", Kind::Text),
    ("items", Kind::Schema),
    ("maxItems", Kind::Count),
    ("maxLength", Kind::Count),
    ("maxProperties", Kind::Count),
    ("maximum", Kind::Number),
    ("minItems", Kind::Count),
    ("minLength", Kind::Count),
    ("minProperties", Kind::Count),
    ("minimum", Kind::Number),
    ("multipleOf", Kind::Number),
    ("not", Kind::Schema),
    ("nullable", Kind::Flag),
    ("oneOf", Kind::List),
    ("pattern", Kind::Text),
    ("properties", Kind::Object),
    ("readOnly", Kind::Flag),
    ("required", Kind::Names),
    ("title", Kind::Text),
    ("type", Kind::Text),
    ("uniqueItems", Kind::Flag),
    ("writeOnly", Kind::Flag),
];

/// Whether a key is a keyword of OpenAPI 3.0, and its value of the kind that it must be.
pub(super) fn is_right(key: &str, value: &Value) -> bool {
    let kind = KINDS.binary_search_by_key(&key, |(keyword, _)| *keyword).ok().and_then(|index| KINDS.get(index));
    kind.is_some_and(|(_, kind)| is_of(value, *kind))
}

pub(super) fn wrong_kinds(schema: &mut Keywords, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    for (keyword, kind) in KINDS {
        let Some(value) = schema.get_mut(*keyword) else { continue };
        if is_of(value, *kind) {
            continue;
        }
        let meant = read_as(value, *kind);
        let what = match &meant {
            Some(meant) => format!("`{keyword}` is {}; it is read as `{meant}`", shown(value)),
            None => format!("`{keyword}` cannot be {}; it is left out", shown(value)),
        };
        // A null says nothing, as an absent keyword does.
        if !value.is_null() {
            diagnostics.push(Diagnostic::at(&at.join(keyword), Code::Repaired(what)));
        }
        match meant {
            Some(meant) => *value = meant,
            None => drop(schema.shift_remove(*keyword)),
        }
    }
}

fn is_of(value: &Value, kind: Kind) -> bool {
    match kind {
        Kind::Text => value.is_string(),
        Kind::Flag => value.is_boolean(),
        Kind::Count => value.as_u64().is_some_and(|count| usize::try_from(count).is_ok()),
        Kind::Number => value.as_f64().is_some_and(f64::is_finite),
        Kind::Names => value.as_array().is_some_and(|names| names.iter().all(Value::is_string)),
        Kind::List => value.is_array(),
        Kind::Object => value.is_object(),
        Kind::Schema | Kind::FlagOrSchema => value.is_boolean() || value.is_object(),
    }
}

/// What a value of another kind means, if that is clear.
fn read_as(value: &Value, kind: Kind) -> Option<Value> {
    let text = value.as_str().map(str::trim);
    match kind {
        Kind::Text => match value {
            Value::Bool(_) | Value::Number(_) => Some(Value::String(value.to_string())),
            Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
        },
        Kind::Flag | Kind::FlagOrSchema => match text?.to_ascii_lowercase().as_str() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        Kind::Count => {
            let number = value.as_f64().or_else(|| text?.parse().ok())?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
            let count = (number.fract() == 0.0 && (0.0..9e15).contains(&number)).then_some(number as u64)?;
            Some(Value::from(count))
        }
        Kind::Number => Number::from_f64(text?.parse().ok()?).map(Value::Number),
        Kind::Names => {
            let names = value.as_array()?.iter().filter(|name| name.is_string()).cloned();
            Some(Value::Array(names.collect()))
        }
        Kind::List | Kind::Object | Kind::Schema => None,
    }
}

/// The values of a server's variables are texts, also those that look like numbers (`default: 443`), and without a
/// default the first one stands for it.
pub(super) fn server_variables(server: &mut Keywords, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) {
    let Some(Value::Object(variables)) = server.get_mut("variables") else { return };
    let at = at.join("variables");
    for (name, variable) in variables {
        let Value::Object(variable) = variable else { continue };
        let values = variable.get_mut("enum").and_then(Value::as_array_mut).into_iter().flatten();
        values.for_each(as_text);
        if let Some(default) = variable.get_mut("default") {
            as_text(default);
        }
        if !variable.get("default").is_some_and(Value::is_string) {
            let first = variable.get("enum").and_then(|values| values.get(0)).filter(|value| value.is_string());
            let first = first.cloned().unwrap_or_else(|| Value::String(String::new()));
            let what = format!("a server's variable must have a `default`; it is taken to be `{first}`");
            diagnostics.push(Diagnostic::at(&at.join(name), Code::Repaired(what)));
            variable.insert("default".to_owned(), first);
        }
    }
}

fn as_text(value: &mut Value) {
    if let Some(text) = read_as(value, Kind::Text) {
        *value = text;
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) => format!("the text {:?}", text.chars().take(40).collect::<String>()),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::KINDS;

    #[test]
    fn keywords_are_in_order() {
        assert!(KINDS.is_sorted_by_key(|(keyword, _)| *keyword));
    }
}
