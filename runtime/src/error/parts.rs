//! What each kind of [`Error`](crate::Error) holds.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::answer::Answer;
use crate::http_client::{BoxError, TransportError};
use crate::json::DecodeError;
use crate::operation::Meta;
use crate::token::SharedError;

/// The declared errors of an operation that declares none. There is no value of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "that there is none is the point")]
pub enum Undeclared {}

/// A request that breaks a rule, and was not sent.
#[derive(Clone, Debug)]
pub struct RequestError {
    operation: &'static str,
    subject: String,
    rule: Cow<'static, str>,
    source: Option<SharedError>,
    passing: bool,
}

impl RequestError {
    pub(crate) fn new(meta: &Meta, subject: impl Into<String>, rule: impl Into<Cow<'static, str>>) -> Self {
        Self { operation: meta.id, subject: subject.into(), rule: rule.into(), source: None, passing: false }
    }

    pub(crate) fn no_token(meta: &Meta, scheme: &str, error: SharedError) -> Self {
        let rule = format!("cannot be had: {error}");
        Self { source: Some(error), passing: true, ..Self::new(meta, format!("the credential of `{scheme}`"), rule) }
    }

    pub(crate) fn hooked(meta: &Meta, error: BoxError) -> Self {
        let rule = format!("was refused by a hook: {error}");
        Self { source: Some(error.into()), ..Self::new(meta, "the request", rule) }
    }

    /// Whether a later call may succeed.
    pub(crate) fn is_passing(&self) -> bool {
        self.passing
    }

    /// Why a token could not be had, or a hook has refused the request.
    pub(crate) fn cause(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }

    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What breaks the rule, such as ``path parameter `id` ``.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The rule, such as `is empty`.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, subject, rule, .. } = self;
        write!(f, "`{operation}` was not sent: {subject} {rule}")
    }
}

/// A call to which no whole answer came back.
#[derive(Debug)]
pub struct TransportFailure {
    pub(crate) operation: &'static str,
    pub(crate) tries: u32,
    pub(crate) error: TransportError,
}

impl TransportFailure {
    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// How often the request was sent.
    #[must_use]
    pub fn tries(&self) -> u32 {
        self.tries
    }

    /// What happened the last time.
    #[must_use]
    pub fn error(&self) -> &TransportError {
        &self.error
    }
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` failed", self.operation)?;
        if self.tries > 1 {
            write!(f, " after {} tries", self.tries)?;
        }
        write!(f, ": {}", self.error)
    }
}

/// A call to which no whole answer came back in time.
#[derive(Debug)]
pub struct TimeoutError {
    pub(crate) operation: &'static str,
    pub(crate) limit: Duration,
    pub(crate) reached: TimeLimit,
}

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeLimit {
    /// The whole call.
    Call,
    /// One try.
    Try,
    /// The wait for more of an answer's body.
    Idle,
}

impl TimeoutError {
    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The limit that was reached.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.limit
    }

    /// Which limit it is.
    #[must_use]
    pub fn reached(&self) -> TimeLimit {
        self.reached
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, limit, reached } = self;
        match reached {
            TimeLimit::Call => write!(f, "`{operation}` timed out: the call took longer than {limit:?}"),
            TimeLimit::Try => write!(f, "`{operation}` timed out: a try took longer than {limit:?}"),
            TimeLimit::Idle => write!(f, "`{operation}` timed out: nothing more of its answer came within {limit:?}"),
        }
    }
}

/// An error that the description declares.
#[derive(Debug)]
pub struct ApiError<E> {
    /// The error.
    pub error: E,
    pub(crate) operation: &'static str,
    pub(crate) answer: Answer,
}

impl<E> ApiError<E> {
    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The answer that the error was read from.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }
}

/// An error that the description does not declare.
#[derive(Debug)]
pub struct UndeclaredError {
    pub(crate) operation: &'static str,
    pub(crate) answer: Answer,
    pub(crate) decode_error: Option<DecodeError>,
}

impl UndeclaredError {
    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The answer, with its body.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// Why the answer could not be read, where its status is described.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        self.decode_error.as_ref()
    }
}

/// A success that is not as described.
#[derive(Debug)]
pub struct UndecodableAnswer {
    pub(crate) operation: &'static str,
    pub(crate) answer: Answer,
    pub(crate) error: DecodeError,
}

impl UndecodableAnswer {
    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The answer, with its body.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// Where it departs from the description.
    #[must_use]
    pub fn error(&self) -> &DecodeError {
        &self.error
    }
}
