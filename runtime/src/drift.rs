//! An answer that departs from its description in a way that can be borne.

use std::fmt;

use http::StatusCode;

use crate::json::DecodeError;

/// A place where an answer departs from its description, and was read all the same.
///
/// [`Hooks::drift`](crate::Hooks::drift) is told of each. It shows no more of the answer than an
/// error would: a scalar at the place, cut short, and of a secret nothing.
#[derive(Debug)]
pub struct Drift {
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) error: DecodeError,
}

impl Drift {
    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The place in the answer, such as `data.items[3].name`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.error.path()
    }

    /// What a strict client would have said.
    #[must_use]
    pub fn error(&self) -> &DecodeError {
        &self.error
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, status, error } = self;
        write!(f, "`{operation}` answered {status}, not quite as described: {error}")
    }
}
