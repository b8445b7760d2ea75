//! What a recording does not show.
//!
//! Takes requests and answers as they were; gives them as the file has them. A credential that the
//! client has sent is hidden wherever it stands, and so is what a name gives away.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING};

use crate::auth::SentSecrets;
use crate::doubles::recording::{Answered, Content, Sent};
use crate::media_type::{content_type, essence};
use crate::percent::decode_fully;
use crate::redact::is_secret_header;
use crate::value::Value;

const HIDDEN: &str = "[redacted]";

/// Names in bodies and queries whose values are hidden.
const NAMES: &[&str] = &[
    "access_token",
    "api_key",
    "apikey",
    "authorization",
    "client_secret",
    "id_token",
    "passwd",
    "password",
    "private_key",
    "refresh_token",
    "secret",
    "session_token",
    "token",
];

/// Hides what nobody else shall see.
pub(super) struct Hiding<'a> {
    /// Names besides the usual ones.
    names: &'a [String],
    secrets: SentSecrets,
}

impl<'a> Hiding<'a> {
    pub(super) fn new<B>(names: &'a [String], request: &http::Request<B>) -> Self {
        Self { names, secrets: request.extensions().get().cloned().unwrap_or_default() }
    }

    pub(super) fn request(&self, request: &http::Request<Bytes>) -> Sent {
        let headers = request.headers();
        let Content { json, text, base64 } = self.content(request.body(), headers);
        let url = self.url(&request.uri().to_string());
        Sent { method: request.method().to_string(), url, headers: self.headers(headers), json, text, base64 }
    }

    pub(super) fn answer(&self, status: u16, headers: &HeaderMap, body: &[u8]) -> Answered {
        let Content { json, text, base64 } = self.content(body, headers);
        Answered { status, headers: self.headers(headers), json, text, base64 }
    }

    /// The headers that say something about the exchange, and nothing about its connection.
    fn headers(&self, headers: &HeaderMap) -> BTreeMap<String, String> {
        let mut shown: BTreeMap<String, String> = BTreeMap::new();
        let told = headers.iter().filter(|(name, _)| ![CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING].contains(name));
        for (name, value) in told {
            let text = String::from_utf8_lossy(value.as_bytes());
            let text = if name == LOCATION {
                self.url(&text)
            } else if value.is_sensitive() || is_secret_header(name) || self.hides(name.as_str()) {
                HIDDEN.to_owned()
            } else if name == CONTENT_TYPE {
                without_boundary(&text)
            } else {
                self.text(&text)
            };
            let line = shown.entry(name.to_string()).or_default();
            line.push_str(if line.is_empty() { "" } else { ", " });
            line.push_str(&text);
        }
        shown
    }

    fn content(&self, body: &[u8], headers: &HeaderMap) -> Content {
        let Content { json, text, base64 } = Content::of(body, headers);
        let is_form = essence(content_type(headers)) == "application/x-www-form-urlencoded";
        let text = text.map(|text| if is_form { self.pairs(&text) } else { self.text(&text) });
        Content { json: json.map(|json| self.json(json)), text, base64 }
    }

    fn json(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(&text)),
            Value::Array(items) => Value::Array(items.into_iter().map(|item| self.json(item)).collect()),
            Value::Object(fields) => {
                let shown = fields.into_iter().map(|(name, value)| {
                    let is_hidden = self.hides(&name) && matches!(value, Value::String(_) | Value::Number(_));
                    let value = if is_hidden { HIDDEN.into() } else { self.json(value) };
                    (name, value)
                });
                Value::Object(shown.collect())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value,
        }
    }

    fn url(&self, url: &str) -> String {
        match url.split_once('?') {
            Some((path, query)) => format!("{}?{}", self.text(path), self.pairs(query)),
            None => self.text(url),
        }
    }

    /// A query or a form.
    fn pairs(&self, text: &str) -> String {
        let pairs = text.split('&').map(|pair| {
            let Some((name, value)) = pair.split_once('=') else { return self.text(pair) };
            let is_secret = |secret: &str| decode_fully(value) == secret.as_bytes();
            if self.hides(name) || name == "key" || self.secrets.iter().any(is_secret) {
                return format!("{name}={HIDDEN}");
            }
            format!("{name}={}", self.text(value))
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// Text without the credentials that the client has sent.
    fn text(&self, text: &str) -> String {
        // What is shorter stands in many a word.
        let secrets = self.secrets.iter().filter(|secret| secret.len() > 3);
        secrets.fold(text.to_owned(), |text, secret| text.replace(secret, HIDDEN))
    }

    fn hides(&self, name: &str) -> bool {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        NAMES.iter().any(|known| is(known)) || self.names.iter().any(|known| is(known))
    }
}

fn without_boundary(media_type: &str) -> String {
    match media_type.split_once("boundary=") {
        Some((start, _)) => format!("{start}boundary=boundary"),
        None => media_type.to_owned(),
    }
}
