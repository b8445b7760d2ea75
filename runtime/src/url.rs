//! URLs by their parts: a base that is parsed once, and a path template per operation.
//!
//! Takes text that people wrote; gives text that every URL parser leaves alone, so that what is
//! signed, logged and sent is the same. It must not know what a request is.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use http::uri::{Authority, PathAndQuery, Scheme, Uri};

use crate::percent::{decode_fully, in_segment, is_unreserved, push_repaired};
use crate::redirect::origin;

/// A base URL, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Without the slash at its end.
    path: String,
    query: String,
}

impl BaseUrl {
    /// Takes a URL apart, or gives the rule that it breaks, to go on after "the base URL".
    pub(crate) fn parse(url: &str) -> Result<Self, &'static str> {
        if url.is_empty() {
            return Err("is empty");
        }
        if url.chars().any(|sign| sign.is_control() || sign.is_whitespace()) {
            return Err("holds white space or a control character");
        }
        let (scheme, rest) = url.split_once("://").ok_or("is no absolute URL")?;
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "https" => Scheme::HTTPS,
            "http" => Scheme::HTTP,
            _ => return Err("is neither `http` nor `https`"),
        };
        let rest = rest.split_once('#').map_or(rest, |(rest, _fragment)| rest);
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err("holds a user name or password, which belong into the credentials");
        }
        let authority: Authority = authority.parse().map_err(|_| "has no valid host")?;
        if authority.host().is_empty() {
            return Err("has no valid host");
        }
        if authority.port_u16().is_none() && authority.as_str() != authority.host() {
            return Err("has no valid port");
        }
        let mut base = Self { scheme, authority, path: String::new(), query: String::new() };
        push_repaired(&mut base.path, path.trim_end_matches('/'), |byte| byte == b'/' || in_segment(byte));
        if base.path.split('/').any(has_dots) {
            return Err("has a path with `.` or `..` in it");
        }
        push_repaired(&mut base.query, query.trim_matches('&'), in_query);
        Ok(base)
    }

    /// The base URL of an operation with a server of its own: a URL, or a path on the same host.
    pub(crate) fn of_operation(&self, server: &str) -> Result<Self, &'static str> {
        if server.starts_with('/') && !server.starts_with("//") {
            return Self::parse(&format!("{}://{}{server}", self.scheme, self.authority));
        }
        Self::parse(server)
    }

    /// Whether what is sent there can be read on the way.
    pub(crate) fn is_open(&self) -> bool {
        self.scheme == Scheme::HTTP && !self.is_loopback()
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn scheme(&self) -> &str {
        self.scheme.as_str()
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn port(&self) -> u16 {
        self.authority.port_u16().unwrap_or(if self.scheme == Scheme::HTTPS { 443 } else { 80 })
    }

    pub(crate) fn host(&self) -> &str {
        self.authority.host()
    }

    /// Whether a URL is at the same scheme, host and port.
    pub(crate) fn is_origin_of(&self, uri: &Uri) -> bool {
        self.join("/", "").is_ok_and(|own| origin(&own) == origin(uri))
    }

    fn is_loopback(&self) -> bool {
        let host = self.host();
        let v6 = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        host.eq_ignore_ascii_case("localhost")
            || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
            || v6.is_some_and(|host| host.parse().is_ok_and(|at: Ipv6Addr| at.is_loopback()))
    }

    /// The URL of a path and a query, both encoded, or the rule that they break.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<Uri, &'static str> {
        let mut text = String::with_capacity(self.path.len() + path.len() + self.query.len() + query.len() + 2);
        text.push_str(&self.path);
        text.push_str(path);
        for (query, lead) in [(self.query.as_str(), '?'), (query, if self.query.is_empty() { '?' } else { '&' })] {
            if !query.is_empty() {
                text.push(lead);
                text.push_str(query);
            }
        }
        let path_and_query = PathAndQuery::try_from(text).map_err(|_| "is too long")?;
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(path_and_query)
            .build()
            .map_err(|_| "is no valid URL")
    }
}

/// Why a path cannot be sent: which variable or part, and the rule to go on after it.
pub(crate) struct PathRefusal {
    pub(crate) subject: String,
    pub(crate) rule: Cow<'static, str>,
}

/// Fills the variables of a template in; `values` are encoded already. Gives the path, and the query that some templates
/// have.
pub(crate) fn fill(template: &str, values: &[(&'static str, String)]) -> Result<(String, String), PathRefusal> {
    let (path, fixed) = route_parts(template);
    let mut query = String::new();
    fill_segment(&mut query, fixed, values, in_query)?;
    Ok((fill_path(path, values)?, query))
}

/// The path and the query of a template, without what follows `#`.
pub(crate) fn route_parts(template: &str) -> (&str, &str) {
    let (sent, _fragment) = split_outside(template, '#').unwrap_or((template, ""));
    split_outside(sent, '?').unwrap_or((sent, ""))
}

/// The text before and after the first sign that is in no variable's name.
fn split_outside(template: &str, sign: char) -> Option<(&str, &str)> {
    let mut is_inside = false;
    let (at, _) = template.char_indices().find(|(_, found)| {
        is_inside = (is_inside || *found == '{') && *found != '}';
        !is_inside && *found == sign
    })?;
    Some((template.get(..at)?, template.get(at + sign.len_utf8()..)?))
}

fn fill_path(template: &str, values: &[(&'static str, String)]) -> Result<String, PathRefusal> {
    let filled: usize = values.iter().map(|(_, value)| value.len()).sum();
    let mut path = String::with_capacity(template.len() + filled);
    for segment in template.strip_prefix('/').unwrap_or(template).split('/') {
        path.push('/');
        let start = path.len();
        let variable = fill_segment(&mut path, segment, values, in_segment)?;
        if path.get(start..).is_some_and(has_dots) {
            let subject = match variable {
                Some(name) => format!("path parameter `{name}`"),
                None => "the path".to_owned(),
            };
            return Err(PathRefusal { subject, rule: "is, or decodes to, `.` or `..`".into() });
        }
    }
    Ok(path)
}

/// Adds one segment, and gives the last variable in it.
fn fill_segment<'t>(
    path: &mut String,
    segment: &'t str,
    values: &[(&'static str, String)],
    plain: fn(u8) -> bool,
) -> Result<Option<&'t str>, PathRefusal> {
    let mut last = None;
    let mut rest = segment;
    while let Some((literal, tail)) = rest.split_once('{') {
        let Some((name, tail)) = tail.split_once('}') else {
            break;
        };
        let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        let Some(value) = value else {
            let subject = format!("path parameter `{name}`");
            return Err(PathRefusal { subject, rule: "has no value".into() });
        };
        push_repaired(path, literal, plain);
        path.push_str(value);
        last = Some(name);
        rest = tail;
    }
    push_repaired(path, rest, plain);
    Ok(last)
}

/// Whether a segment is `.` or `..`, or has such a part once its escapes are decoded, however
/// often: servers and proxies on the way decode more than once, and then look for them.
fn has_dots(segment: &str) -> bool {
    let plain = if segment.contains('%') { Cow::from(decode_fully(segment)) } else { Cow::from(segment.as_bytes()) };
    plain.split(|byte| matches!(byte, b'/' | b'\\')).any(|part| matches!(part, b"." | b".."))
}

/// What stands in a query as it is. A quote is what URL parsers encode there.
fn in_query(byte: u8) -> bool {
    byte != b'\'' && (in_segment(byte) || b"/?".contains(&byte))
}

/// The encoded text of one query value.
pub(crate) fn query_value(text: &str) -> String {
    crate::percent::encode(text, is_unreserved)
}
