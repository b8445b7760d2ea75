//! Where a redirect leads, and what may go along.
//!
//! Takes the request that was sent and the answer to it; gives the next request, or nothing where
//! the answer is to be shown to the caller. A credential never goes to another host.

use bytes::Bytes;
use http::header::{ACCEPT, HeaderMap, LOCATION, USER_AGENT};
use http::uri::Uri;
use http::{Method, StatusCode};

/// The request that follows a redirect.
///
/// Only what reads is redirected: to send a change to another place is for the caller to decide.
/// From `https` to `http` nothing is.
pub(crate) fn follow(
    mut sent: http::Request<Bytes>,
    status: StatusCode,
    headers: &HeaderMap,
) -> Option<http::Request<Bytes>> {
    let moves = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
    if !moves || ![Method::GET, Method::HEAD].contains(sent.method()) {
        return None;
    }
    let location = headers.get(LOCATION)?.to_str().ok()?;
    let target = resolve(sent.uri(), location)?;
    if sent.uri().scheme_str() == Some("https") && target.scheme_str() != Some("https") {
        return None;
    }
    if origin(sent.uri()) != origin(&target) {
        // What is not known to be harmless may be a credential.
        let harmless = [ACCEPT, USER_AGENT].map(|name| (name.clone(), sent.headers().get(&name).cloned()));
        *sent.headers_mut() = harmless.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    }
    *sent.uri_mut() = target;
    Some(sent)
}

pub(crate) fn origin(uri: &Uri) -> (Option<&str>, Option<String>, Option<u16>) {
    let usual = match uri.scheme_str() {
        Some("https") => Some(443),
        Some("http") => Some(80),
        _ => None,
    };
    (uri.scheme_str(), uri.host().map(str::to_ascii_lowercase), uri.port_u16().or(usual))
}

/// An absolute URL, one without a scheme, or a path; the fragment is not sent.
pub(crate) fn resolve(base: &Uri, location: &str) -> Option<Uri> {
    let location = location.split('#').next().unwrap_or(location);
    let (scheme, authority) = (base.scheme_str()?, base.authority()?);
    let text = if location.split_once("://").is_some_and(|(scheme, _)| !scheme.contains(['/', '?'])) {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else if location.starts_with('/') {
        format!("{scheme}://{authority}{location}")
    } else if location.starts_with('?') {
        format!("{scheme}://{authority}{}{location}", base.path())
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{scheme}://{authority}{folder}/{location}")
    };
    let target: Uri = text.parse().ok()?;
    let readable = matches!(target.scheme_str(), Some("http" | "https"));
    let clean = target.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    (readable && clean).then_some(target)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn sent(method: Method) -> http::Request<Bytes> {
        let mut request = http::Request::new(Bytes::new());
        *request.method_mut() = method;
        *request.uri_mut() = Uri::from_static("https://api.example.com/v1/things?page=1");
        for name in ["authorization", "cookie", "x-api-key", "accept", "user-agent"] {
            request.headers_mut().insert(name, HeaderValue::from_static("x"));
        }
        request
    }

    fn followed(method: Method, status: u16, location: &str) -> Option<(String, usize)> {
        let headers = HeaderMap::from_iter([(LOCATION, HeaderValue::from_str(location).unwrap())]);
        let next = follow(sent(method), StatusCode::from_u16(status).unwrap(), &headers)?;
        Some((next.uri().to_string(), next.headers().len()))
    }

    #[test]
    fn a_location_is_resolved_and_credentials_stay_at_home() {
        let table = [
            ("/v2/things", "https://api.example.com/v2/things", 5),
            ("other?a=b#c", "https://api.example.com/v1/other?a=b", 5),
            ("?page=2", "https://api.example.com/v1/things?page=2", 5),
            ("https://API.example.com:443/x", "https://API.example.com:443/x", 5),
            ("//files.example.com/x", "https://files.example.com/x", 2),
            ("https://api.example.com:444/x", "https://api.example.com:444/x", 2),
            ("https://api.example.com.evil.org/x", "https://api.example.com.evil.org/x", 2),
        ];
        for (location, target, headers) in table {
            assert_eq!(followed(Method::GET, 302, location), Some((target.to_owned(), headers)), "{location}");
        }
    }

    #[test]
    fn what_is_not_followed_comes_back() {
        for location in ["http://api.example.com/x", "ftp://api.example.com/x", "https://user@api.example.com/"] {
            assert_eq!(followed(Method::GET, 302, location), None, "{location}");
        }
        assert_eq!(followed(Method::POST, 307, "/x"), None);
        assert_eq!(followed(Method::GET, 304, "/x"), None);
        assert_eq!(followed(Method::GET, 200, "/x"), None);
        assert!(followed(Method::HEAD, 308, "/x").is_some());
    }
}
