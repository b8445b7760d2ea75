//! Multipart bodies: what is in them, and how it is written.
//!
//! Takes named parts, gives bytes with boundaries, and between them what is read when it is sent. It must not know
//! what a request is.

mod part;

use bytes::{BufMut, BytesMut};

use self::part::Content;
pub use self::part::FormPart;
use crate::json::Json;
use crate::upload::Piece;
use crate::value::Value;

/// A type whose values are bodies of several parts.
pub trait Multipart {
    /// Adds the parts to a form.
    fn write(&self, form: &mut Form);
}

/// The parts of a multipart body, in order.
///
/// ```
/// use clientwright_runtime::{Form, FormPart};
///
/// let mut form = Form::new();
/// form.value("title", &"A cat".to_owned());
/// form.part("picture", &FormPart::file("cat.png", &b"..."[..]).content_type("image/png"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    parts: Vec<(String, FormPart)>,
}

impl Form {
    /// Starts without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value: text and numbers as they are, an object as a JSON document, a list as a part for each item, null
    /// not at all.
    pub fn value(&mut self, name: &str, value: &impl Json) {
        // What `Json` writes is JSON.
        let value = Value::of(value).unwrap_or_default();
        match value.as_array() {
            Some(items) => items.iter().for_each(|item| self.push_value(name, item)),
            None => self.push_value(name, &value),
        }
    }

    /// Adds a value as one JSON document, whatever it is; null not at all.
    pub fn json(&mut self, name: &str, value: &impl Json) {
        let text = value.to_json();
        if text != b"null" {
            self.parts.push((name.to_owned(), FormPart::json_text(text)));
        }
    }

    /// Adds a part.
    pub fn part(&mut self, name: &str, part: &FormPart) {
        self.parts.push((name.to_owned(), part.clone()));
    }

    /// Adds several parts of one name.
    pub fn parts<'a>(&mut self, name: &str, parts: impl IntoIterator<Item = &'a FormPart>) {
        parts.into_iter().for_each(|part| self.part(name, part));
    }

    /// Sets the content type of the parts of a name that have none of their own.
    pub fn content_type(&mut self, name: &str, content_type: &str) {
        for (_, part) in self.parts.iter_mut().filter(|(known, _)| known == name) {
            part.default_content_type(content_type);
        }
    }

    fn push_value(&mut self, name: &str, value: &Value) {
        let part = match value {
            Value::Null => return,
            Value::String(text) => FormPart::text(text.clone()),
            Value::Bool(_) | Value::Number(_) => FormPart::text(value.to_string()),
            Value::Array(_) | Value::Object(_) => FormPart::json_text(value.to_json()),
        };
        self.parts.push((name.to_owned(), part));
    }

    /// The whole body, or the rule that it breaks, to go on after "the body". It is one piece unless something of it
    /// is read when it is sent.
    pub(crate) fn encode(&self, boundary: &str) -> Result<Vec<Piece>, String> {
        let length: usize = self.parts.iter().map(|(name, part)| name.len() + part.size() + 256).sum();
        let mut body = BytesMut::with_capacity(length);
        let mut pieces = Vec::new();
        for (name, part) in &self.parts {
            body.put_slice(format!("--{boundary}\r\n").as_bytes());
            part.write_head(name, &mut body).map_err(|rule| format!("has a part `{name}` that {rule}"))?;
            match part.content() {
                Content::Bytes(bytes) => body.put_slice(bytes),
                Content::Upload(upload) => {
                    pieces.push(Piece::Bytes(body.split().freeze()));
                    pieces.push(Piece::Upload(upload.clone()));
                }
            }
            body.put_slice(b"\r\n");
        }
        body.put_slice(format!("--{boundary}--\r\n").as_bytes());
        pieces.push(Piece::Bytes(body.freeze()));
        Ok(pieces)
    }
}

/// Parts that were put together by hand.
impl Multipart for Form {
    fn write(&self, form: &mut Form) {
        form.parts.extend(self.parts.iter().cloned());
    }
}

/// A boundary that is in no part: nobody guesses 128 bits.
pub(crate) fn boundary() -> String {
    format!("clientwright-{:032x}", fastrand::u128(..))
}
