//! What a description says of an operation's requests.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE};

use crate::doubles::mocks::route;
use crate::json::{DecodeError, Json};
use crate::media_type::{content_type, essence};
use crate::operation::Meta;
use crate::value::Value;

/// What a description says of an operation's requests; generated code writes it.
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "generated code writes it as a literal")]
pub struct Described {
    /// The operation's facts.
    pub meta: &'static Meta,
    /// The parameters that must be there besides those of the path.
    pub needs: &'static [(Place, &'static str)],
    /// The bodies that it takes; none where it takes no body.
    pub takes: &'static [Taken],
    /// Whether there must be a body.
    pub needs_body: bool,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(non_camel_case_types, reason = "generated code writes it as OpenAPI does")]
#[non_exhaustive]
pub enum Place {
    /// In the query.
    query,
    /// In a header.
    header,
    /// In a cookie.
    cookie,
}

/// A body that an operation takes: its media type, and what else must hold.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    media_type: &'static str,
    check: fn(&[u8]) -> Result<(), DecodeError>,
}

impl Taken {
    /// JSON of a type.
    #[must_use]
    pub const fn json<T: Json>(media_type: &'static str) -> Self {
        Self { media_type, check: |body| T::from_json(body).map(drop) }
    }

    /// JSON of any type.
    #[must_use]
    pub const fn any_json(media_type: &'static str) -> Self {
        Self::json::<Value>(media_type)
    }

    /// Anything else.
    #[must_use]
    pub const fn any(media_type: &'static str) -> Self {
        Self { media_type, check: |_| Ok(()) }
    }
}

impl Described {
    /// Where a request departs from the description, to go on after "a request".
    pub(super) fn departure(&self, request: &http::Request<Bytes>) -> Option<String> {
        let missing = self.needs.iter().find(|(place, name)| !has(request, *place, name));
        if let Some((place, name)) = missing {
            return Some(format!("without the required {place:?} parameter `{name}`"));
        }
        let body = request.body();
        if body.is_empty() {
            return self.needs_body.then(|| "without a body".to_owned());
        }
        let media_type = content_type(request.headers());
        let Some(taken) = self.takes.iter().find(|taken| is_of(media_type, taken.media_type)) else {
            let takes: Vec<String> = self.takes.iter().map(|taken| format!("`{}`", taken.media_type)).collect();
            let takes = if takes.is_empty() { "nothing".to_owned() } else { takes.join(", ") };
            return Some(format!("with a body of `{media_type}`, where {takes} is described"));
        };
        (taken.check)(body).err().map(|error| format!("whose body is not as described: {error}"))
    }
}

fn has(request: &http::Request<Bytes>, place: Place, name: &str) -> bool {
    match place {
        Place::header => request.headers().contains_key(name) || name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()),
        Place::cookie => {
            let lines = request.headers().get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
            let names = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split('=').next());
            names.map(str::trim).any(|known| route::decoded(known) == name)
        }
        // Of an object each property is a parameter of its own: `filter[name]`.
        Place::query => route::query(request.uri())
            .any(|(known, _)| known == name || known.strip_prefix(name).is_some_and(|rest| rest.starts_with('['))),
    }
}

/// Whether a content type is one that is described, which may have a `*` and need not have parameters.
fn is_of(media_type: &str, described: &str) -> bool {
    let (media_type, described) = (essence(media_type), essence(described));
    match described.strip_suffix('*') {
        Some(start) => described == "*/*" || media_type.starts_with(start),
        None => media_type == described,
    }
}
