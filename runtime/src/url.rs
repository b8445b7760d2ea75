//! URLs by their parts: a base that is parsed once, and a path template per operation.
//!
//! Takes text that people wrote; gives text that every URL parser leaves alone, so that what is
//! signed, logged and sent is the same. It must not know what a request is.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use http::uri::{Authority, Parts, PathAndQuery, Scheme, Uri};

use crate::few::Few;
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
    /// Whether it is a host of this machine.
    is_loopback: bool,
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
        let is_loopback = is_loopback(authority.host());
        let mut base = Self { scheme, authority, path: String::new(), query: String::new(), is_loopback };
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
        self.scheme == Scheme::HTTP && !self.is_loopback
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
        self.uri("/".to_owned()).is_ok_and(|own| origin(&own) == origin(uri))
    }

    /// The URL of a path template with its variables filled in; `query` follows it, encoded.
    pub(crate) fn fill(&self, template: &str, values: &PathValues, query: &str) -> Result<Target<'_>, PathRefusal> {
        let names: usize = values.names.iter().map(|(name, ..)| name.len() + "{}".len()).sum();
        let parts = [&self.path, template, &values.text, &self.query, query];
        let leads = [&self.query, query].iter().filter(|query| !query.is_empty()).count();
        // What it has in the end, unless a template has to be repaired, or credentials go into the query.
        let room = parts.iter().map(|part| part.len()).sum::<usize>().saturating_sub(names) + leads;
        let mut target = Target { base: self, text: String::with_capacity(room), has_query: false };
        let (path, fixed) = route_parts(template);
        target.text.push_str(&self.path);
        fill_path(&mut target.text, path, values)?;
        target.push_query(&self.query);
        if !fixed.is_empty() {
            let mut filled = String::new();
            fill_variables(&mut filled, fixed, values, in_query)?;
            target.push_query(&filled);
        }
        target.push_query(query);
        Ok(target)
    }

    /// The URL itself.
    pub(crate) fn to_uri(&self) -> Result<Uri, &'static str> {
        let mut target = Target { base: self, text: self.path.clone(), has_query: false };
        target.push_query(&self.query);
        target.uri()
    }

    fn uri(&self, path_and_query: String) -> Result<Uri, &'static str> {
        let path_and_query = PathAndQuery::try_from(path_and_query).map_err(|_| "is too long")?;
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path_and_query);
        Uri::from_parts(parts).map_err(|_| "is no valid URL")
    }
}

fn is_loopback(host: &str) -> bool {
    let v6 = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
        || v6.is_some_and(|host| host.parse().is_ok_and(|at: Ipv6Addr| at.is_loopback()))
}

/// The path and the query of a URL, as far as they are known.
pub(crate) struct Target<'b> {
    base: &'b BaseUrl,
    text: String,
    has_query: bool,
}

impl Target<'_> {
    /// Adds to the query what is encoded already.
    pub(crate) fn push_query(&mut self, query: &str) {
        if !query.is_empty() {
            self.text.push(if self.has_query { '&' } else { '?' });
            self.text.push_str(query);
            self.has_query = true;
        }
    }

    /// The URL, or the rule that it breaks.
    pub(crate) fn uri(self) -> Result<Uri, &'static str> {
        self.base.uri(self.text)
    }
}

/// The values of a path's variables, encoded, one after the other in one text.
#[derive(Clone, Debug)]
pub(crate) struct PathValues {
    text: String,
    /// The names, and where the value of each begins and ends.
    names: Few<(&'static str, usize, usize), 6>,
}

impl PathValues {
    pub(crate) fn new() -> Self {
        Self { text: String::new(), names: Few::new(("", 0, 0)) }
    }

    /// Sets a variable, in place of what was set before; the template says about how long all will be.
    pub(crate) fn set(&mut self, name: &'static str, template: &str, push: impl FnOnce(&mut String)) {
        if self.text.is_empty() {
            self.text.reserve(2 * template.len());
        }
        let start = self.text.len();
        push(&mut self.text);
        self.names.push((name, start, self.text.len()));
    }

    fn get(&self, name: &str) -> Option<&str> {
        let (_, start, end) = self.names.iter().rfind(|(known, ..)| *known == name)?;
        self.text.get(*start..*end)
    }
}

/// Why a path cannot be sent: which variable or part, and the rule to go on after it.
pub(crate) struct PathRefusal {
    pub(crate) subject: String,
    pub(crate) rule: Cow<'static, str>,
}

/// The path and the query of a template, without what follows `#`.
pub(crate) fn route_parts(template: &str) -> (&str, &str) {
    // One look is enough for most templates.
    if template.bytes().fold(0, |found, byte| found | u8::from(byte == b'#') | u8::from(byte == b'?')) == 0 {
        return (template, "");
    }
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

fn fill_path(path: &mut String, template: &str, values: &PathValues) -> Result<(), PathRefusal> {
    let start = path.len();
    if !template.starts_with('/') {
        path.push('/');
    }
    fill_variables(path, template, values, |byte| byte == b'/' || in_segment(byte))?;
    let filled = path.get(start..).unwrap_or_default();
    // Without these there are no dots, and nothing that can become one: one look at most paths is enough.
    if filled.bytes().fold(0, |found, byte| found | u8::from(byte == b'.') | u8::from(byte == b'%')) == 0 {
        return Ok(());
    }
    let Some(at) = filled.split('/').position(has_dots) else { return Ok(()) };
    let segment = template.strip_prefix('/').unwrap_or(template).split('/').nth(at.saturating_sub(1));
    let variable = segment.and_then(|segment| segment.rsplit_once('{')?.1.split_once('}'));
    let subject = variable.map_or("the path".to_owned(), |(name, _)| format!("path parameter `{name}`"));
    Err(PathRefusal { subject, rule: "is, or decodes to, `.` or `..`".into() })
}

/// Adds a template, with its variables filled in.
fn fill_variables(
    path: &mut String,
    template: &str,
    values: &PathValues,
    plain: impl Fn(u8) -> bool,
) -> Result<(), PathRefusal> {
    let mut rest = template;
    loop {
        // What is between variables is plain in most templates, and looked at once.
        let odd = rest.bytes().position(|byte| !plain(byte)).unwrap_or(rest.len());
        let is_plain = matches!(rest.as_bytes().get(odd), Some(b'{') | None);
        let open = if is_plain { odd } else { rest.find('{').unwrap_or(rest.len()) };
        let (literal, tail) = rest.split_at(open);
        let variable = tail.bytes().position(|byte| byte == b'}').and_then(|close| tail.split_at_checked(close + 1));
        let Some((variable, tail)) = variable else {
            push_repaired(path, rest, plain);
            return Ok(());
        };
        let name = variable.get(1..variable.len() - 1).unwrap_or_default();
        let Some(value) = values.get(name) else {
            let subject = format!("path parameter `{name}`");
            return Err(PathRefusal { subject, rule: "has no value".into() });
        };
        if is_plain {
            path.push_str(literal);
        } else {
            push_repaired(path, literal, &plain);
        }
        path.push_str(value);
        rest = tail;
    }
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
