//! Parameters whose schema stands in themselves, and how lists are written.

use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostic};
use crate::load::swagger::{Converter, Entries, Kind};
use crate::pointer::Pointer;

/// What a parameter, a header or a field of a form says of its schema.
const KEYWORDS: &[&str] = &[
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "oneOf",
    "pattern",
    "properties",
    "title",
    "type",
    "uniqueItems",
    "x-nullable",
];

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Body,
    Form,
    Elsewhere,
}

pub(super) fn place(parameter: &Value) -> Place {
    match parameter.get("in").and_then(Value::as_str).map(str::to_ascii_lowercase).as_deref() {
        Some("body") => Place::Body,
        Some("formdata") => Place::Form,
        _ => Place::Elsewhere,
    }
}

/// How the items of a list are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// As 3.0 does it where nothing is said, or not at all.
    AsUsual,
    /// In a style, exploded or not.
    Styled(&'static str, bool),
    /// In a way that 3.0 has no words for.
    ByTheCaller,
}

impl<'a> Converter<'a> {
    /// A parameter of a path, a query, a header or a cookie.
    pub(super) fn parameter(&mut self, from: &Pointer, to: &Pointer, node: &'a Value) -> Value {
        self.origins.moved(from, to);
        let Some(entries) = node.as_object() else { return node.clone() };
        if let Some(Value::String(reference)) = entries.get("$ref") {
            self.refers(reference, Kind::Parameter);
            return node.clone();
        }
        let mut parameter = said(entries);
        if let Some(Value::String(place)) = parameter.get_mut("in") {
            place.make_ascii_lowercase();
        }
        let joined = self.joined(from, entries);
        if let Joined::Styled(style, explode) = joined {
            parameter.insert("style".to_owned(), json!(style));
            parameter.insert("explode".to_owned(), json!(explode));
        }
        if !entries.contains_key("content") {
            parameter.insert("schema".to_owned(), self.lifted(from, &to.join("schema"), entries, joined));
        }
        Value::Object(parameter)
    }

    /// The schema of a parameter, a header or a field: its `schema`, else what it says itself.
    pub(super) fn lifted(&mut self, from: &Pointer, to: &Pointer, entries: &Entries, joined: Joined) -> Value {
        if let Some(schema) = entries.get("schema").filter(|schema| schema.is_object()) {
            self.origins.moved(&from.join("schema"), to);
            return self.schema(schema);
        }
        self.origins.made(from, to);
        if joined == Joined::ByTheCaller {
            return json!({ "type": "string" });
        }
        if entries.contains_key("items") {
            self.origins.moved(&from.join("items"), &to.join("items"));
        }
        let keywords = entries.iter().filter(|(key, _)| KEYWORDS.contains(&key.as_str()));
        let keywords: Entries = keywords.map(|(key, value)| (key.clone(), value.clone())).collect();
        self.schema(&Value::Object(keywords))
    }

    /// How a list is written; what cannot be written by the client is reported.
    pub(super) fn joined(&mut self, from: &Pointer, entries: &Entries) -> Joined {
        let is_list = match entries.get("type") {
            Some(ty) => *ty == "array",
            None => entries.contains_key("items"),
        };
        if !is_list {
            return Joined::AsUsual;
        }
        let said = entries.get("collectionFormat").and_then(Value::as_str).unwrap_or("csv").to_ascii_lowercase();
        let location = entries.get("in").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
        let has_styles = location == "query" || location == "formdata";
        match said.as_str() {
            "csv" if has_styles => Joined::Styled("form", false),
            "csv" => Joined::AsUsual,
            "multi" if has_styles => Joined::Styled("form", true),
            "ssv" if has_styles => Joined::Styled("spaceDelimited", false),
            "pipes" if has_styles => Joined::Styled("pipeDelimited", false),
            "ssv" | "tsv" | "pipes" => {
                let message = "a list that is joined so is not written by the client: the caller gives its text";
                self.report(&from.join("collectionFormat"), Code::Unsupported(message.to_owned()));
                Joined::ByTheCaller
            }
            _ => {
                let message = format!("`{said}` is no way to join a list here; it is joined by commas");
                self.report(&from.join("collectionFormat"), Code::Repaired(message));
                if has_styles { Joined::Styled("form", false) } else { Joined::AsUsual }
            }
        }
    }

    pub(super) fn report(&mut self, at: &Pointer, code: Code) {
        self.diagnostics.push(Diagnostic::at(at, code));
    }
}

/// What remains of a parameter or a header without its schema.
pub(super) fn said(entries: &Entries) -> Entries {
    let rest = entries.iter().filter(|(key, _)| {
        let key = key.as_str();
        !KEYWORDS.contains(&key) && key != "schema" && key != "collectionFormat"
    });
    rest.map(|(key, value)| (key.clone(), value.clone())).collect()
}
