//! What a user can do at certain points of a call.

use std::fmt;

use bytes::Bytes;

use crate::answer::Answer;
use crate::drift::Drift;
use crate::http_client::BoxError;

/// Is called at certain points of every call of a client.
///
/// ```
/// use clientwright_runtime::bytes::Bytes;
/// use clientwright_runtime::{BoxError, Drift, Hooks, http};
///
/// #[derive(Debug)]
/// struct Mine;
///
/// impl Hooks for Mine {
///     fn before_send(&self, _: &'static str, request: &mut http::Request<Bytes>) -> Result<(), BoxError> {
///         let length = request.body().len().to_string().parse()?;
///         request.headers_mut().insert("x-signed-length", length);
///         Ok(())
///     }
///
///     fn drift(&self, drift: &Drift) {
///         eprintln!("{drift}");
///     }
/// }
/// ```
pub trait Hooks: Send + Sync + fmt::Debug + 'static {
    /// Before each try: may change the request, for instance sign it. A body that is sent as it is read is not there.
    ///
    /// # Errors
    ///
    /// An error keeps the request from being sent, and ends the call.
    fn before_send(&self, operation: &'static str, request: &mut http::Request<Bytes>) -> Result<(), BoxError> {
        let _ = (operation, request);
        Ok(())
    }

    /// After each answer, of whatever status, to each try. One that is taken as it comes in has no body yet.
    fn after_answer(&self, operation: &'static str, answer: &Answer) {
        let _ = (operation, answer);
    }

    /// Where an answer departs from its description, and was read all the same.
    fn drift(&self, drift: &Drift) {
        let _ = drift;
    }
}
