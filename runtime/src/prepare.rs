//! From a request to what goes over the wire.
//!
//! Takes what generated code has put together and what the client knows; gives the HTTP request,
//! or the first rule that it breaks. After this, nothing changes it.

use bytes::Bytes;
use http::header::{ACCEPT, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Uri};

use crate::auth::{self, Pending, Places};
use crate::call::Settings;
use crate::error::RequestError;
use crate::redirect;
use crate::request::Request;
use crate::url::{BaseUrl, fill};

/// A request, and the credentials that it has to wait for.
pub(crate) struct Prepared {
    pub(crate) request: http::Request<Bytes>,
    pub(crate) pending: Vec<Pending>,
}

pub(crate) fn prepare(settings: &Settings, request: Request) -> Result<Prepared, Box<RequestError>> {
    let meta = request.meta;
    let refuse = |subject: &str, rule: &str| Box::new(RequestError::new(meta, subject, rule.to_owned()));
    if let Some(refusal) = request.refusal {
        return Err(refusal);
    }
    let (path, fixed) =
        fill(&request.route.template, &request.path).map_err(|refusal| refuse(&refusal.subject, &refusal.rule))?;
    let credentials = if request.is_raw() {
        auth::choose_raw(request.schemes, &settings.credentials).map_err(|rule| refuse("the client", &rule))?
    } else {
        auth::choose(meta.security, &settings.credentials)
            .map_err(|missing| refuse("the client", &format!("has no credential for {missing}")))?
    };
    let own = own_base(settings, meta.server).map_err(|rule| refuse("the operation's server", rule))?;
    let base = own.as_ref().unwrap_or(&settings.base);
    if !credentials.is_empty() && base.is_open() && !settings.open_credentials {
        let rule = "is `http`, over which no credential is sent unless that is allowed";
        return Err(refuse("the base URL", rule));
    }

    let (mut headers, mut cookies) = (request.headers, request.cookies);
    let mut query = if request.target.is_some() { String::new() } else { joined(fixed, request.query) };
    if !meta.accept.is_empty() && !headers.contains_key(ACCEPT) {
        let accept = HeaderValue::from_str(meta.accept);
        headers.insert(ACCEPT, accept.map_err(|_| refuse("header `accept`", "is no value that a header can have"))?);
    }
    if !settings.user_agent.is_empty() {
        headers.insert(USER_AGENT, settings.user_agent.clone());
    }
    let mut pending = Vec::new();
    for credential in &credentials {
        let mut places = Places { headers: &mut headers, query: &mut query, cookies: &mut cookies };
        pending.extend(auth::apply(credential, &mut places));
    }
    if !cookies.is_empty() {
        // Every byte of it is one that a header can hold.
        let mut value = HeaderValue::from_str(&cookies).map_err(|_| refuse("the cookies", "cannot be a header"))?;
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
    for options in [&settings.options, &request.options] {
        replace(&mut headers, &options.headers);
    }

    let uri = match &request.target {
        None => base.join(&path, &query).map_err(|rule| refuse("the URL", rule)),
        Some(target) => page_url(base, &path, target, &query).map_err(|rule| refuse("the next page", rule)),
    }?;
    let mut out = http::Request::new(request.body.unwrap_or_default());
    *out.method_mut() = request.route.method;
    *out.uri_mut() = uri;
    *out.headers_mut() = headers;
    if let Some(upload) = request.upload {
        out.extensions_mut().insert(upload);
    }
    #[cfg(feature = "mock")]
    out.extensions_mut().insert(auth::SentSecrets::of(&credentials));
    Ok(Prepared { request: out, pending })
}

/// A template's own query, and the parameters.
fn joined(fixed: String, query: String) -> String {
    match (fixed.is_empty(), query.is_empty()) {
        (true, _) => query,
        (_, true) => fixed,
        (false, false) => format!("{fixed}&{query}"),
    }
}

/// Puts headers in place of those of the same names.
fn replace(headers: &mut HeaderMap, others: &HeaderMap) {
    for name in others.keys() {
        headers.remove(name);
    }
    for (name, value) in others {
        headers.append(name, value.clone());
    }
}

/// The base URL of an operation with a server of its own, where the client has not been given one.
fn own_base(settings: &Settings, server: &str) -> Result<Option<BaseUrl>, &'static str> {
    let counts = settings.is_default_base && !server.is_empty();
    counts.then(|| settings.base.of_operation(server)).transpose()
}

/// The URL of a page, as a server has given it, with the credentials that go into a query.
fn page_url(base: &BaseUrl, path: &str, target: &str, credentials: &str) -> Result<Uri, &'static str> {
    let page = redirect::resolve(&base.join(path, "")?, target).ok_or("is no URL")?;
    if !base.is_origin_of(&page) {
        return Err("is at another host, to which no credential is sent");
    }
    if credentials.is_empty() {
        return Ok(page);
    }
    let separator = if page.query().is_some() { '&' } else { '?' };
    format!("{page}{separator}{credentials}").parse().map_err(|_| "is no URL")
}
