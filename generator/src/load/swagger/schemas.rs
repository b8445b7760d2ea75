//! Schemas: what 2.0 writes otherwise. They stay in their places.

use serde_json::{Value, json};

use crate::load::swagger::{Converter, Entries, Kind};

impl Converter<'_> {
    pub(super) fn schema(&mut self, node: &Value) -> Value {
        let Some(entries) = node.as_object() else { return node.clone() };
        let mut schema = Entries::new();
        for (key, value) in entries {
            let value = match (key.as_str(), value) {
                ("$ref", Value::String(reference)) => {
                    self.refers(reference, Kind::Schema);
                    value.clone()
                }
                ("properties" | "patternProperties" | "definitions", Value::Object(named)) => {
                    named.iter().map(|(name, schema)| (name.clone(), self.schema(schema))).collect()
                }
                ("items" | "allOf" | "anyOf" | "oneOf", Value::Array(list)) => {
                    list.iter().map(|schema| self.schema(schema)).collect()
                }
                ("items" | "additionalProperties" | "not", Value::Object(_)) => self.schema(value),
                ("discriminator", Value::String(property)) => json!({ "propertyName": property }),
                _ => value.clone(),
            };
            match key.as_str() {
                "x-nullable" => drop(schema.entry("nullable").or_insert(value)),
                _ => drop(schema.insert(key.clone(), value)),
            }
        }
        if schema.get("type").is_some_and(|ty| *ty == "file") {
            schema.insert("type".to_owned(), json!("string"));
            schema.insert("format".to_owned(), json!("binary"));
        }
        Value::Object(schema)
    }
}
