//! Operations with their parameters, bodies and answers, all references followed.

use openapiv3 as oas;
use serde_json::Value;

use crate::config::Filters;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Method, Skipped, Status};
use crate::load::{At, Documents};
use crate::pointer::Pointer;
use crate::resolve::incoming::{self, Incoming};
use crate::resolve::selection::{self, Declared};
use crate::resolve::{followed, keys, list, list_of};

/// The methods, in the order in which a path's operations come out, whatever the order in the text.
const METHODS: &[(&str, Method)] = &[
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("options", Method::Options),
    ("head", Method::Head),
    ("patch", Method::Patch),
    ("trace", Method::Trace),
    ("query", Method::Query),
];

/// An operation, resolved.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its place.
    pub(crate) at: Pointer,
    /// Its method.
    pub(crate) method: Method,
    /// The key of its path item: the path template.
    pub(crate) path: String,
    /// What it says itself, without parameters, body, answers and callbacks.
    pub(crate) node: oas::Operation,
    /// Its parameters and those of its path item that it does not override, these first.
    pub(crate) parameters: Vec<At<oas::Parameter>>,
    /// Its body.
    pub(crate) body: Option<At<oas::RequestBody>>,
    /// Its answers.
    pub(crate) responses: Vec<(Status, At<oas::Response>)>,
    /// The headers of its answers, by name.
    pub(crate) headers: Vec<(String, At<oas::Header>)>,
    /// The servers that replace the document's.
    pub(crate) servers: Vec<At<oas::Server>>,
    /// What the service sends because of it.
    pub(crate) callbacks: Vec<Incoming>,
}

/// The operations that are generated, and those that the filters leave out.
pub(super) fn resolve(
    documents: &Documents,
    filters: &Filters,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Operation>, Vec<Skipped>) {
    let declared = declared(documents, diagnostics);
    let (kept, skipped) = selection::select(documents, filters, declared, diagnostics);
    let mut operations = Vec::new();
    for operations_of_item in kept.chunk_by(|first, second| first.item == second.item) {
        let item = operations_of_item.first().map(|declared| declared.item.join("parameters"));
        let shared = item.map(|at| parameters(documents, &at, diagnostics)).unwrap_or_default();
        for declared in operations_of_item {
            match operation(documents, declared, &shared, diagnostics) {
                Ok(operation) => operations.push(operation),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
    }
    (operations, skipped)
}

fn declared(documents: &Documents, diagnostics: &mut Vec<Diagnostic>) -> Vec<Declared> {
    let paths = Pointer::root().join("paths");
    let mut declared = Vec::new();
    for path in keys(documents, &paths).into_iter().filter(|path| !path.starts_with("x-")) {
        let item = match documents.follow(&paths.join(&path)) {
            Ok(item) => item,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                continue;
            }
        };
        for key in keys(documents, &item) {
            if let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == key) {
                declared.push(Declared {
                    at: item.join(&key),
                    item: item.clone(),
                    path: path.clone(),
                    method: *method,
                });
            }
        }
    }
    declared
}

fn operation(
    documents: &Documents,
    declared: &Declared,
    shared: &[At<oas::Parameter>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Operation, Diagnostic> {
    let Declared { at, method, path, item } = declared;
    let mut servers = list(documents, &at.join("servers"), diagnostics);
    if servers.is_empty() {
        servers = list(documents, &item.join("servers"), diagnostics);
    }
    let own = parameters(documents, &at.join("parameters"), diagnostics);
    let body = at.join("requestBody");
    let body = documents.node(&body).is_some().then(|| followed(documents, &body)).transpose()?;
    let responses = responses(documents, &at.join("responses"), diagnostics);
    Ok(Operation {
        at: at.clone(),
        method: *method,
        path: path.clone(),
        node: head(documents, at)?,
        parameters: merged(shared, own),
        body,
        headers: headers(documents, &responses, diagnostics),
        responses,
        servers,
        callbacks: incoming::callbacks(documents, at, diagnostics),
    })
}

/// The operation without the parts that are resolved by themselves.
pub(super) fn head(documents: &Documents, at: &Pointer) -> Result<oas::Operation, Diagnostic> {
    let Some(Value::Object(entries)) = documents.node(at) else {
        return Err(Diagnostic::at(at, Code::Malformed("an operation must be an object".to_owned())));
    };
    let parts = ["parameters", "requestBody", "responses", "callbacks", "servers"];
    let head = entries.iter().filter(|(key, _)| !parts.contains(&key.as_str()));
    let mut head: serde_json::Map<_, _> = head.map(|(key, value)| (key.clone(), value.clone())).collect();
    head.insert("responses".to_owned(), Value::Object(serde_json::Map::new()));
    documents.typed_as(at, &Value::Object(head))
}

/// The parameters at a place, without those that are the whole query, and no form.
fn parameters(documents: &Documents, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) -> Vec<At<oas::Parameter>> {
    let mut whole = Vec::new();
    let is_other = |At { at, node }: &At<&Value>| {
        let is_whole = node.get("in").is_some_and(|place| place == "querystring");
        if is_whole {
            let message = "a whole query can be a form alone; the parameter is left out".to_owned();
            whole.push(Diagnostic::at(&at.join("in"), Code::Unsupported(message)));
        }
        !is_whole
    };
    let parameters = list_of(documents, at, is_other, diagnostics);
    diagnostics.extend(whole);
    parameters
}

/// The path item's parameters, each replaced by the operation's of the same name and place, then the others.
fn merged(shared: &[At<oas::Parameter>], own: Vec<At<oas::Parameter>>) -> Vec<At<oas::Parameter>> {
    let mut merged = shared.to_vec();
    for parameter in own {
        let key = identity(&parameter.node);
        match merged.iter_mut().find(|other| identity(&other.node) == key) {
            Some(other) => *other = parameter,
            None => merged.push(parameter),
        }
    }
    merged
}

fn identity(parameter: &oas::Parameter) -> (std::mem::Discriminant<oas::Parameter>, String) {
    (std::mem::discriminant(parameter), parameter.parameter_data_ref().name.clone())
}

fn responses(
    documents: &Documents,
    at: &Pointer,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Status, At<oas::Response>)> {
    let mut responses = Vec::new();
    for key in keys(documents, at).into_iter().filter(|key| !key.starts_with("x-")) {
        let at = at.join(&key);
        let Some(status) = status(&key) else {
            let message = format!("`{key}` is no status: write `404`, `4XX` or `default`");
            diagnostics.push(Diagnostic::at(&at, Code::Malformed(message)));
            continue;
        };
        match followed(documents, &at) {
            Ok(response) => responses.push((status, response)),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    responses
}

fn headers(
    documents: &Documents,
    responses: &[(Status, At<oas::Response>)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, At<oas::Header>)> {
    let mut headers = Vec::new();
    for (_, response) in responses {
        let at = response.at.join("headers");
        for name in response.node.headers.keys() {
            match followed(documents, &at.join(name)) {
                Ok(header) => headers.push((name.clone(), header)),
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
    }
    headers
}

fn status(key: &str) -> Option<Status> {
    match key.as_bytes() {
        b"default" => Some(Status::Default),
        [class @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Class(class - b'0')),
        _ => key.parse().ok().filter(|code| (100..600).contains(code)).map(Status::Exact),
    }
}
