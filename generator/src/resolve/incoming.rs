//! What the service sends unasked: webhooks, and callbacks of operations.

use openapiv3 as oas;

use crate::diagnostic::{Code, Diagnostic};
use crate::load::{At, Documents};
use crate::pointer::Pointer;
use crate::resolve::operations::head;
use crate::resolve::{followed, keys, list};

const METHODS: &[&str] = &["post", "put", "patch", "get", "delete", "options", "head", "trace", "query"];

/// A request of the service, resolved.
#[derive(Debug)]
pub(crate) struct Incoming {
    /// The key of the webhook or callback.
    pub(crate) name: String,
    /// In small letters.
    pub(crate) method: &'static str,
    /// Its place.
    pub(crate) at: Pointer,
    /// What it says itself.
    pub(crate) node: oas::Operation,
    /// Its parameters.
    pub(crate) parameters: Vec<At<oas::Parameter>>,
    /// Its body.
    pub(crate) body: Option<At<oas::RequestBody>>,
}

/// The webhooks.
pub(super) fn webhooks(documents: &Documents, diagnostics: &mut Vec<Diagnostic>) -> Vec<Incoming> {
    let at = Pointer::root().join("webhooks");
    let mut webhooks = Vec::new();
    for name in keys(documents, &at).into_iter().filter(|name| !name.starts_with("x-")) {
        webhooks.extend(of_item(documents, &name, &at.join(&name), diagnostics));
    }
    webhooks
}

/// The callbacks of an operation. A callback is a list of path items by their URLs.
pub(super) fn callbacks(documents: &Documents, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) -> Vec<Incoming> {
    let at = at.join("callbacks");
    let mut callbacks = Vec::new();
    for name in keys(documents, &at).into_iter().filter(|name| !name.starts_with("x-")) {
        let Some(callback) = sound(&at.join(&name), documents.follow(&at.join(&name)), diagnostics) else { continue };
        for url in keys(documents, &callback).into_iter().filter(|url| !url.starts_with("x-")) {
            callbacks.extend(of_item(documents, &name, &callback.join(&url), diagnostics));
        }
    }
    callbacks
}

fn of_item(documents: &Documents, name: &str, at: &Pointer, diagnostics: &mut Vec<Diagnostic>) -> Vec<Incoming> {
    let Some(item) = sound(at, documents.follow(at), diagnostics) else { return Vec::new() };
    let mut incoming = Vec::new();
    for method in METHODS.iter().filter(|method| documents.node(&item.join(method)).is_some()) {
        let at = item.join(method);
        let one = request(documents, name, method, &item, diagnostics);
        incoming.extend(sound(&at, one, diagnostics));
    }
    incoming
}

fn request(
    documents: &Documents,
    name: &str,
    method: &'static str,
    item: &Pointer,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Incoming, Diagnostic> {
    let at = item.join(method);
    let mut parameters = list(documents, &item.join("parameters"), diagnostics);
    parameters.extend(list(documents, &at.join("parameters"), diagnostics));
    let body = at.join("requestBody");
    let body = documents.node(&body).is_some().then(|| followed(documents, &body)).transpose()?;
    Ok(Incoming { name: name.to_owned(), method, node: head(documents, &at)?, parameters, body, at })
}

/// Nobody's calls depend on what comes unasked: what is malformed has no type, and stops nothing.
fn sound<T>(at: &Pointer, found: Result<T, Diagnostic>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    let report = |diagnostic: Diagnostic| {
        let why = format!("there is no type for what the service sends here: {}", diagnostic.code);
        diagnostics.push(Diagnostic::at(at, Code::Unsupported(why)));
    };
    found.map_err(report).ok()
}
