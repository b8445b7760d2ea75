//! What may be printed of headers.

use std::fmt;

use http::{HeaderMap, HeaderName};

/// Words in the names of headers that hold a credential; a redirect can have one in its query.
const SECRET_WORDS: &[&str] = &["auth", "cookie", "token", "secret", "key", "password", "session", "location"];

/// Prints headers, with `[redacted]` in place of what may be a credential.
pub(crate) struct RedactedHeaders<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for RedactedHeaders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0 {
            if value.is_sensitive() || is_secret_header(name) {
                map.entry(name, &format_args!("[redacted]"));
            } else {
                map.entry(name, value);
            }
        }
        map.finish()
    }
}

pub(crate) fn is_secret_header(name: &HeaderName) -> bool {
    SECRET_WORDS.iter().any(|word| name.as_str().contains(word))
}
