//! Security schemes, as far as a client needs them: what is not needed is not judged.

use indexmap::IndexMap;
use openapiv3 as oas;
use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostic};
use crate::load::{At, Documents};
use crate::pointer::Pointer;
use crate::resolve::keys;

/// The schemes by their keys, and the keys of those that are certificates.
pub(super) fn resolve(
    documents: &Documents,
    diagnostics: &mut Vec<Diagnostic>,
) -> (IndexMap<String, At<oas::SecurityScheme>>, Vec<String>) {
    let all = Pointer::root().join_all(&["components", "securitySchemes"]);
    let (mut schemes, mut certificates) = (IndexMap::new(), Vec::new());
    for key in keys(documents, &all) {
        match documents.follow(&all.join(&key)) {
            Ok(at) if is_certificate(documents, &at) => {
                let why = "the HTTP client must bring the certificate that is asked for".to_owned();
                diagnostics.push(Diagnostic::at(&at, Code::Unsupported(why)));
                certificates.push(key);
            }
            Ok(at) => match scheme(documents, &at) {
                Ok(node) => {
                    if documents.node(&at.join("deprecated")) == Some(&json!(true)) {
                        let ignored = Code::IgnoredKeyword("deprecated".to_owned());
                        diagnostics.push(Diagnostic::at(&at.join("deprecated"), ignored));
                    }
                    schemes.insert(key, At { at, node });
                }
                Err(diagnostic) => diagnostics.push(diagnostic),
            },
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (schemes, certificates)
}

fn is_certificate(documents: &Documents, at: &Pointer) -> bool {
    documents.node(at).and_then(|node| node.get("type")) == Some(&json!("mutualTLS"))
}

fn scheme(documents: &Documents, at: &Pointer) -> Result<oas::SecurityScheme, Diagnostic> {
    let Some(Value::Object(entries)) = documents.node(at) else { return documents.typed(at) };
    let mut entries = entries.clone();
    match entries.get("type").and_then(Value::as_str) {
        Some("oauth2") => {
            let flows = token_flow(entries.get("flows"));
            entries.insert("flows".to_owned(), flows);
        }
        Some("openIdConnect") => drop(entries.insert("openIdConnectUrl".to_owned(), json!(""))),
        Some(_) | None => {}
    }
    documents.typed_as(at, &Value::Object(entries))
}

/// Of all flows, the one that needs no person.
fn token_flow(flows: Option<&Value>) -> Value {
    let url = flows.and_then(|flows| flows.get("clientCredentials")?.get("tokenUrl")).filter(|url| url.is_string());
    let flow = url.map(|url| ("clientCredentials".to_owned(), json!({ "tokenUrl": url, "scopes": {} })));
    Value::Object(flow.into_iter().collect::<Map<_, _>>())
}
