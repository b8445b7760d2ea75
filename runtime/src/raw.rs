//! Calls of what the description does not have.

use http::Method;

use crate::answer::{Answer, FromAnswer};
use crate::error::Undeclared;
use crate::json::DecodeError;
use crate::operation::{Meta, Operation};

/// An operation that the description does not have: its answer comes back as it is.
///
/// See [`Request::raw`](crate::Request::raw).
#[derive(Debug)]
#[allow(clippy::exhaustive_enums, reason = "that there is none is the point")]
pub enum Raw {}

pub(crate) const RAW: &Meta = &Meta {
    id: "raw",
    method: Method::GET,
    path: "",
    server: "",
    accept: "*/*",
    security: &[],
    idempotent: false,
    success_flag: None,
};

impl Operation for Raw {
    type Output = Answer;
    type Error = Undeclared;

    const META: &'static Meta = RAW;
}

/// A success as it came.
impl FromAnswer for Answer {
    fn from_answer(answer: &Answer) -> Option<Result<Self, DecodeError>> {
        answer.status().is_success().then(|| Ok(answer.clone()))
    }
}
