//! A whole answer: status, headers, body.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::drift::Drift;
use crate::error::Undeclared;
use crate::hooks::Hooks;
use crate::json::{DecodeError, Json, Reader};
use crate::observe;
use crate::redact::RedactedHeaders;

/// A whole answer, of any status.
#[derive(Clone)]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// The headers that name the request.
    request_id: &'static [&'static str],
    reading: Reading,
}

/// What becomes of a departure from the description that can be borne.
#[derive(Clone)]
enum Reading {
    Strict,
    /// The operation, and who is told.
    Lenient(&'static str, Option<Arc<dyn Hooks>>),
}

impl Answer {
    /// Puts an answer together; `request_id` are the headers that name the request.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes, request_id: &'static [&'static str]) -> Self {
        Self { status, headers, body, request_id, reading: Reading::Strict }
    }

    /// Bears what can be borne of departures from the description, and tells of them.
    pub(crate) fn leniently(self, operation: &'static str, hooks: Option<&Arc<dyn Hooks>>) -> Self {
        Self { reading: Reading::Lenient(operation, hooks.cloned()), ..self }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body, as it came, to keep.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        self.body.clone()
    }

    /// Whether there is no body.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// When it is no JSON, or not of this type.
    pub fn json<T: Json>(&self) -> Result<T, DecodeError> {
        // Read at one place, since all that a type consists of is compiled for each.
        let mut reader = match &self.reading {
            Reading::Strict => Reader::new(&self.body)?,
            Reading::Lenient(..) => Reader::lenient(&self.body)?,
        };
        let value = T::read(&mut reader)?;
        reader.finish()?;
        let Reading::Lenient(operation, hooks) = &self.reading else { return Ok(value) };
        for error in reader.into_drifts() {
            let drift = Drift { operation, status: self.status, error };
            observe::drift(&drift);
            if let Some(hooks) = hooks {
                hooks.drift(&drift);
            }
        }
        Ok(value)
    }

    /// Reads the body as text.
    ///
    /// # Errors
    ///
    /// When it is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        String::from_utf8(self.body.to_vec()).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            DecodeError::new(&self.body, offset, String::new(), "UTF-8", "another byte")
        })
    }

    /// The name that the server has given the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.iter().find_map(|name| self.headers.get(*name)?.to_str().ok())
    }

    pub(crate) fn set_body(&mut self, body: Bytes) {
        self.body = body;
    }

    /// Takes the answer apart.
    pub(crate) fn into_parts(self) -> (StatusCode, HeaderMap, Bytes, &'static [&'static str]) {
        (self.status, self.headers, self.body, self.request_id)
    }
}

/// What the answers of an operation can be read as.
///
/// Every [`Json`] type is: it stands for the JSON body of any success. Where several answers are
/// declared, an enum tells them apart by status; [`answers!`](crate::answers) writes its table.
pub trait FromAnswer: Sized {
    /// Reads the answer; `None` for a status that this does not stand for.
    #[must_use]
    fn from_answer(answer: &Answer) -> Option<Result<Self, DecodeError>>;
}

impl<T: Json> FromAnswer for T {
    fn from_answer(answer: &Answer) -> Option<Result<Self, DecodeError>> {
        answer.status().is_success().then(|| answer.json())
    }
}

/// A success whose body says nothing.
impl FromAnswer for () {
    fn from_answer(answer: &Answer) -> Option<Result<Self, DecodeError>> {
        answer.status().is_success().then_some(Ok(()))
    }
}

/// The body of a success, as it came.
impl FromAnswer for Bytes {
    fn from_answer(answer: &Answer) -> Option<Result<Self, DecodeError>> {
        answer.status().is_success().then(|| Ok(answer.bytes()))
    }
}

/// No failure is declared.
impl FromAnswer for Undeclared {
    fn from_answer(_: &Answer) -> Option<Result<Self, DecodeError>> {
        None
    }
}

/// Shows the body's length, and no header that may hold a credential.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("headers", &RedactedHeaders(&self.headers))
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
