//! Media types, as headers and descriptions write them.

use http::header::{CONTENT_TYPE, HeaderMap};

/// The content type, as it stands in headers; empty where there is none, or it is no text.
pub(crate) fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A media type without its parameters, in small letters.
pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
