//! A whole answer: status, headers, body.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::json::{DecodeError, Json};
use crate::redact::RedactedHeaders;

/// A whole answer, of any status.
#[derive(Clone)]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// The headers that name the request.
    request_id: &'static [&'static str],
}

impl Answer {
    /// Puts an answer together; `request_id` are the headers that name the request.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes, request_id: &'static [&'static str]) -> Self {
        Self { status, headers, body, request_id }
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
        T::from_json(&self.body)
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

    /// Takes the answer apart, without the body.
    pub(crate) fn into_head(self) -> (StatusCode, HeaderMap, &'static [&'static str]) {
        (self.status, self.headers, self.request_id)
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
