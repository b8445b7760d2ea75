//! A success: the value that was read, and the head of the answer beside it.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::answer::Answer;
use crate::redact::RedactedHeaders;

/// A success. It derefs to what was read.
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    request_id: &'static [&'static str],
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, answer: Answer) -> Self {
        let (status, headers, body, request_id) = answer.into_parts();
        Self { value, status, headers, body, request_id }
    }

    /// What was read, to keep.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
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

    /// The body, as it came: also where the description declares none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The name that the server has given the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.iter().find_map(|name| self.headers.get(*name)?.to_str().ok())
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// Shows no header that may hold a credential.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("headers", &RedactedHeaders(&self.headers))
            .finish_non_exhaustive()
    }
}
