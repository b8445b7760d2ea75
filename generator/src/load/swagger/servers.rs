//! Servers: made of `schemes`, `host` and `basePath`.

use serde_json::{Value, json};

use crate::load::swagger::Entries;

/// Those of a description. HTTPS comes first, wherever it stands: the first server is the one that calls go to.
pub(super) fn of_document(root: &Entries) -> Value {
    of_schemes(root, &schemes(root.get("schemes")))
}

/// Those of an operation with schemes of its own; `None` where they allow what the description says.
pub(super) fn of_operation(root: &Entries, own: &Value) -> Option<Value> {
    let (own, general) = (schemes(Some(own)), schemes(root.get("schemes")));
    let is_allowed = general.first().is_none_or(|first| own.is_empty() || own.contains(first));
    (!is_allowed).then(|| of_schemes(root, &own))
}

fn of_schemes(root: &Entries, schemes: &[String]) -> Value {
    let text = |key: &str| root.get(key).and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let path = text("basePath").trim_matches('/');
    let path = if path.is_empty() { String::new() } else { format!("/{path}") };
    // Some write a whole URL where only the host belongs.
    let host = text("host");
    let host = host.split_once("://").map_or(host, |(_, host)| host).trim_end_matches('/');
    if host.is_empty() {
        let path = if path.is_empty() { "/" } else { &path };
        return json!([{ "url": path }]);
    }
    let first = schemes.iter().map(String::as_str);
    let first: Vec<&str> = if schemes.is_empty() { vec!["https"] } else { first.collect() };
    first.into_iter().map(|scheme| json!({ "url": format!("{scheme}://{host}{path}") })).collect()
}

/// The schemes that a client for HTTP can use.
fn schemes(list: Option<&Value>) -> Vec<String> {
    let one = list.and_then(Value::as_str);
    let many = list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let said: Vec<String> = one.into_iter().chain(many).map(|scheme| scheme.trim().to_ascii_lowercase()).collect();
    ["https", "http"].into_iter().filter(|known| said.iter().any(|scheme| scheme == known)).map(str::to_owned).collect()
}
