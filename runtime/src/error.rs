//! Everything that can go wrong with a call, told apart.

mod message;
mod parts;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub(crate) use self::message::said;
pub use self::parts::{
    ApiError, RequestError, TimeLimit, TimeoutError, TransportFailure, Undeclared, UndeclaredError, UndecodableAnswer,
};
use crate::answer::Answer;
use crate::clock::SystemTime;
use crate::http_client::TransportErrorKind;
use crate::{rate_limit, retry};

/// Why a call failed; `E` is the operation's declared errors.
///
/// An answer whose status is declared as an error, but whose body is not as described, is
/// [`Undeclared`](Self::Undeclared), with the reason as its source: that the call failed matters
/// more than how the server says so.
///
/// Neither `Debug` nor `Display` show a credential or a body; the body is there for whoever asks
/// with [`body`](Self::body).
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = Undeclared> {
    /// The request breaks a rule, and was not sent.
    Request(Box<RequestError>),
    /// No whole answer came back.
    Transport(Box<TransportFailure>),
    /// No whole answer came back in time.
    Timeout(Box<TimeoutError>),
    /// The server reports an error that the description declares.
    Api(Box<ApiError<E>>),
    /// The server reports an error that the description does not declare, or a success that says
    /// of itself that it is none.
    Undeclared(Box<UndeclaredError>),
    /// The server reports a success that is not as described.
    Decode(Box<UndecodableAnswer>),
}

impl<E> Error<E> {
    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        match self {
            Self::Request(error) => error.operation(),
            Self::Transport(error) => error.operation(),
            Self::Timeout(error) => error.operation(),
            Self::Api(error) => error.operation(),
            Self::Undeclared(error) => error.operation(),
            Self::Decode(error) => error.operation(),
        }
    }

    /// The answer, if one came back.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Request(_) | Self::Transport(_) | Self::Timeout(_) => None,
            Self::Api(error) => Some(error.answer()),
            Self::Undeclared(error) => Some(error.answer()),
            Self::Decode(error) => Some(error.answer()),
        }
    }

    /// The declared error, if it is one.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        if let Self::Api(error) = self { Some(&error.error) } else { None }
    }

    /// The status, if an answer came back.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.answer().map(Answer::status)
    }

    /// The headers, if an answer came back.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer().map(Answer::headers)
    }

    /// The body, if an answer came back.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.answer().map(Answer::body)
    }

    /// The name that the server has given the request, to be told to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.answer().and_then(Answer::request_id)
    }

    /// How long the server asks to wait before the next request, by `retry-after-ms`,
    /// `Retry-After`, or the `RateLimit` fields of a 429.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.answer().and_then(asked_wait)
    }

    /// Whether the same request may succeed later.
    ///
    /// It does not say that sending it twice is safe: after a timeout or a broken connection, the
    /// first one may have done its work.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Request(error) => error.is_passing(),
            Self::Decode(_) => false,
            Self::Transport(error) => match error.error().kind() {
                TransportErrorKind::Connect | TransportErrorKind::Broken => true,
                TransportErrorKind::Refused
                | TransportErrorKind::BodyLimit
                | TransportErrorKind::DecompressionLimit
                | TransportErrorKind::HeaderLimit
                | TransportErrorKind::ItemLimit => false,
            },
            Self::Timeout(_) => true,
            Self::Api(_) | Self::Undeclared(_) => self.status().is_some_and(retry::is_passing),
        }
    }

    /// What the server says went wrong, in the shapes in which servers say it, or else what this
    /// side knows.
    ///
    /// It looks for `error.message` and `error`, `errors[].message` with their codes, `message`,
    /// and RFC 9457's `detail` and `title`; then for a short text in what is no JSON; and then
    /// gives the name of the status, or says of a success that it reports a failure.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Request(error) => error.to_string(),
            Self::Transport(error) => error.error().to_string(),
            Self::Timeout(error) => error.to_string(),
            Self::Api(error) => message::of(error.answer()),
            Self::Undeclared(error) => message::of(error.answer()),
            Self::Decode(error) => error.error().to_string(),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation();
        match self {
            Self::Request(error) => fmt::Display::fmt(error, f),
            Self::Transport(error) => fmt::Display::fmt(error, f),
            Self::Timeout(error) => fmt::Display::fmt(error, f),
            Self::Api(error) => failure(f, operation, error.answer()),
            Self::Undeclared(error) => failure(f, operation, error.answer()),
            Self::Decode(error) => {
                let status = error.answer().status();
                write!(f, "`{operation}` answered {status}, but not as described: ")?;
                fmt::Display::fmt(error.error(), f)
            }
        }?;
        match self.request_id() {
            Some(id) => write!(f, " (request {})", message::one_line(id)),
            None => Ok(()),
        }
    }
}

fn failure(f: &mut fmt::Formatter<'_>, operation: &str, answer: &Answer) -> fmt::Result {
    let status = answer.status();
    if status.is_success() {
        write!(f, "`{operation}` answered {status}, but reports a failure")?;
    } else {
        write!(f, "`{operation}` failed with {}", message::status_line(status))?;
    }
    match said(answer) {
        // Many servers say no more than the status does.
        Some(message) if status.canonical_reason() != Some(&message) => write!(f, ": {message}"),
        Some(_) | None => Ok(()),
    }?;
    match asked_wait(answer) {
        Some(wait) if !status.is_success() => write!(f, "; the server asks to wait {wait:?}"),
        Some(_) | None => Ok(()),
    }
}

fn asked_wait(answer: &Answer) -> Option<Duration> {
    rate_limit::asked_wait(answer.status(), answer.headers(), SystemTime::now())
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Timeout(_) | Self::Api(_) => None,
            Self::Request(error) => error.cause(),
            Self::Transport(error) => Some(error.error()),
            Self::Undeclared(error) => error.decode_error().map(|error| error as _),
            Self::Decode(error) => Some(error.error()),
        }
    }
}

/// Why there is no whole answer; becomes an [`Error`] of any operation.
#[derive(Debug)]
pub(crate) enum Failure {
    Request(Box<RequestError>),
    Transport(Box<TransportFailure>),
    Timeout(Box<TimeoutError>),
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            Failure::Transport(error) => Self::Transport(error),
            Failure::Timeout(error) => Self::Timeout(error),
        }
    }
}
