//! Security definitions.

use serde_json::{Value, json};

use crate::load::swagger::Entries;

/// The flows of OAuth 2, and what they are called since.
const FLOWS: &[(&str, &str)] = &[
    ("accessCode", "authorizationCode"),
    ("application", "clientCredentials"),
    ("implicit", "implicit"),
    ("password", "password"),
];

pub(super) fn scheme(definition: &Value) -> Value {
    let Some(entries) = definition.as_object() else { return definition.clone() };
    let mut scheme = entries.clone();
    match entries.get("type").and_then(Value::as_str) {
        Some("basic") => {
            scheme.insert("type".to_owned(), json!("http"));
            scheme.insert("scheme".to_owned(), json!("basic"));
        }
        Some("oauth2") if !entries.contains_key("flows") => {
            scheme.insert("flows".to_owned(), flows(entries));
        }
        _ => {}
    }
    Value::Object(scheme)
}

fn flows(entries: &Entries) -> Value {
    let said = entries.get("flow").and_then(Value::as_str).unwrap_or_default();
    let Some((_, name)) = FLOWS.iter().find(|(old, new)| *old == said || *new == said) else { return json!({}) };
    let mut flow = Entries::new();
    for key in ["authorizationUrl", "tokenUrl"] {
        let is_needed = match *name {
            "implicit" => key == "authorizationUrl",
            "authorizationCode" => true,
            _ => key == "tokenUrl",
        };
        if is_needed {
            flow.insert(key.to_owned(), entries.get(key).cloned().unwrap_or_else(|| json!("")));
        }
    }
    let scopes = entries.get("scopes").filter(|scopes| scopes.is_object());
    flow.insert("scopes".to_owned(), scopes.cloned().unwrap_or_else(|| json!({})));
    json!({ *name: flow })
}
