//! What generated code says about an operation.

use std::fmt::Debug;

use http::Method;

use crate::answer::Answer;
use crate::json::DecodeError;

/// The facts about an operation, as a constant.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_structs, reason = "generated code writes it as a literal")]
pub struct Meta {
    /// The name that errors and logs use.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The path template, which follows the base URL.
    pub path: &'static str,
    /// The header `Accept`; none where it is empty.
    pub accept: &'static str,
    /// The names of the security schemes: one of the alternatives, and all of its names. No
    /// alternatives mean that nothing is needed, and so does an empty one among others.
    pub security: &'static [&'static [&'static str]],
    /// Whether the operation may be sent twice though its method does not say so.
    pub idempotent: bool,
    /// The boolean field at the top of an answer that says whether it is a success.
    pub success_flag: Option<&'static str>,
}

/// An operation: its facts, and how its answers are read.
pub trait Operation: 'static {
    /// What a success gives.
    type Output: Send + 'static;
    /// What a declared failure gives; [`Undeclared`](crate::Undeclared) where none is declared.
    type Error: Debug + Send + Sync + 'static;

    /// The facts.
    const META: &'static Meta;

    /// Reads a success; `None` for a status that is none.
    fn read_output(answer: &Answer) -> Option<Result<Self::Output, DecodeError>>;

    /// Reads a declared failure; `None` for a status that is not declared.
    fn read_error(answer: &Answer) -> Option<Result<Self::Error, DecodeError>>;

    /// Whether what was read is a success, by a flag in it.
    fn is_success(output: &Self::Output) -> bool {
        let _ = output;
        true
    }
}
