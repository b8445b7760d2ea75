//! What goes to `tracing`. Nothing at all without the feature of that name.
//!
//! Never a credential, a body, or the values of parameters.

use crate::drift::Drift;

#[cfg(feature = "tracing")]
pub(crate) fn drift(drift: &Drift) {
    tracing::warn!(
        operation = drift.operation(),
        http.response.status_code = drift.status().as_u16(),
        path = drift.path(),
        expected = drift.error().expected(),
        found = drift.error().found(),
        "the answer is not quite as described"
    );
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn drift(_: &Drift) {}
