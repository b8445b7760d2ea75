//! Text that must not be seen: it prints as `[redacted]` and is wiped from memory when dropped.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::json::{DecodeError, Json, Reader, Writer};

/// Text that prints as `[redacted]`.
///
/// ```
/// use clientwright_runtime::Secret;
///
/// let token = Secret::new("eyJhbGciOi");
/// assert_eq!(format!("{token:?}"), "[redacted]");
/// assert_eq!(token.expose(), "eyJhbGciOi");
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Hides the text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// Shows the text.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl PartialEq for Secret {
    /// Compares without stopping at the first difference, so that time tells nothing of the text.
    fn eq(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.expose().as_bytes(), other.expose().as_bytes());
        let differences = ours.iter().zip(theirs).fold(0, |seen, (a, b)| seen | (a ^ b));
        ours.len() == theirs.len() && std::hint::black_box(differences) == 0
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// On the wire it is a plain string.
impl Json for Secret {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.secret_str().map(Self::from)
    }

    fn write(&self, writer: &mut Writer) {
        writer.secret(self.expose());
    }
}
