//! Why a client could not be made.

use std::error::Error;
use std::fmt;

use crate::http_client::BoxError;

/// Why a client could not be made. It never shows a credential.
#[derive(Debug)]
pub struct BuildError {
    message: String,
    source: Option<BoxError>,
}

impl BuildError {
    pub(crate) fn unset(variables: &str) -> Self {
        Self::new(format!("no credential: set {variables}"))
    }

    pub(crate) fn not_unicode(variable: &str) -> Self {
        Self::new(format!("the environment variable `{variable}` is not Unicode"))
    }

    pub(crate) fn base_url(variable: Option<&str>, rule: &str) -> Self {
        Self::new(format!("the base URL{} {rule}", origin(variable)))
    }

    /// What the description says does not lead to a host.
    pub(crate) fn no_base_url(described: &str) -> Self {
        let described = if described.is_empty() { String::new() } else { format!(", only `{described}`") };
        Self::new(format!("the base URL is not set, and the description names no host{described}"))
    }

    pub(crate) fn unknown_scheme(scheme: &str) -> Self {
        Self::new(format!("the API has no security scheme `{scheme}`"))
    }

    pub(crate) fn credential(scheme: &str, variable: Option<&str>, rule: &str) -> Self {
        Self::new(format!("the credential of `{scheme}`{} {rule}", origin(variable)))
    }

    pub(crate) fn user_agent() -> Self {
        Self::new("the user agent is no value that a header can have".to_owned())
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn http_client(source: BoxError) -> Self {
        Self { message: "the HTTP client could not be made".to_owned(), source: Some(source) }
    }

    #[cfg(not(feature = "reqwest"))]
    pub(crate) fn no_http_client() -> Self {
        let message = "there is no HTTP client: give one, or switch the feature `reqwest` on";
        Self::new(message.to_owned())
    }

    fn new(message: String) -> Self {
        Self { message, source: None }
    }
}

fn origin(variable: Option<&str>) -> String {
    variable.map_or_else(String::new, |variable| format!(", from `{variable}`,"))
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
