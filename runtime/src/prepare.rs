//! From a request to what goes over the wire.
//!
//! Takes what generated code has put together and what the client knows; gives the HTTP request,
//! or the first rule that it breaks. After this, nothing changes it.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, InvalidHeaderValue, USER_AGENT};
use http::{HeaderMap, HeaderValue, Uri};

use crate::auth::{self, Pending, Places};
use crate::call::Settings;
use crate::error::RequestError;
use crate::redirect;
use crate::request::Parts;
use crate::url::{BaseUrl, Target};

/// A request, and the credentials that it has to wait for.
pub(crate) struct Prepared {
    pub(crate) request: http::Request<Bytes>,
    pub(crate) pending: Vec<Pending>,
}

/// Each try has a request of its own, which is the same but for tokens and what hooks do: none is kept for another try.
pub(crate) fn prepare(settings: &Settings, request: &Parts) -> Result<Prepared, Box<RequestError>> {
    let meta = request.meta;
    let refuse = |subject: &str, rule: &str| Box::new(RequestError::new(meta, subject, rule.to_owned()));
    if let Some(refusal) = &request.refusal {
        return Err(refusal.clone());
    }
    let own = own_base(settings, meta.server).map_err(|rule| refuse("the operation's server", rule))?;
    let base = own.as_ref().unwrap_or(&settings.base);
    let query = if request.target.is_some() { "" } else { &request.query };
    let filled = base.fill(&request.route.template, &request.path, query);
    let mut url = filled.map_err(|refusal| refuse(&refusal.subject, &refusal.rule))?;
    let credentials = if request.is_raw() {
        auth::choose_raw(request.schemes, &settings.credentials).map_err(|rule| refuse("the client", &rule))?
    } else {
        auth::choose(meta.security, &settings.credentials)
            .map_err(|missing| refuse("the client", &format!("has no credential for {missing}")))?
    };
    if base.is_open() && !settings.open_credentials && credentials.iter().next().is_some() {
        let rule = "is `http`, over which no credential is sent unless that is allowed";
        return Err(refuse("the base URL", rule));
    }

    let mut headers =
        headers(settings, request).map_err(|_| refuse("header `accept`", "is no value that a header can have"))?;
    let (mut keys, mut cookies) = (String::new(), request.cookies.clone());
    let mut pending = Vec::new();
    for credential in credentials.iter() {
        let mut places = Places { headers: &mut headers, query: &mut keys, cookies: &mut cookies };
        pending.extend(auth::apply(credential, &mut places));
    }
    if !cookies.is_empty() {
        // Every byte of it is one that a header can hold.
        let mut value = HeaderValue::try_from(cookies).map_err(|_| refuse("the cookies", "cannot be a header"))?;
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
    for options in [&settings.options, &request.options] {
        replace(&mut headers, &options.headers);
    }

    let mut out = http::Request::new(request.body.clone().unwrap_or_default());
    *out.uri_mut() = match &request.target {
        None => {
            url.push_query(&keys);
            url.uri().map_err(|rule| refuse("the URL", rule))
        }
        Some(target) => page_url(base, url, target, &keys).map_err(|rule| refuse("the next page", rule)),
    }?;
    *out.method_mut() = request.route.method.clone();
    *out.headers_mut() = headers;
    if let Some(upload) = &request.upload {
        out.extensions_mut().insert(upload.clone());
    }
    #[cfg(feature = "mock")]
    out.extensions_mut().insert(auth::SentSecrets::of(credentials));
    Ok(Prepared { request: out, pending })
}

/// The headers, without credentials and options.
fn headers(settings: &Settings, request: &Parts) -> Result<HeaderMap, InvalidHeaderValue> {
    // With room for credentials, and for what an HTTP client adds.
    let mut headers = HeaderMap::with_capacity(8 + request.headers.len());
    if let Some(content_type) = &request.content_type {
        headers.insert(CONTENT_TYPE, content_type.clone());
    }
    if !request.headers.is_empty() {
        headers.extend(request.headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    let accept = request.meta.accept;
    if !accept.is_empty() && !request.headers.contains_key(ACCEPT) {
        headers.insert(ACCEPT, HeaderValue::from_maybe_shared(Bytes::from_static(accept.as_bytes()))?);
    }
    if !settings.user_agent.is_empty() {
        headers.insert(USER_AGENT, settings.user_agent.clone());
    }
    Ok(headers)
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
fn page_url(base: &BaseUrl, first: Target<'_>, target: &str, credentials: &str) -> Result<Uri, &'static str> {
    let page = redirect::resolve(&first.uri()?, target).ok_or("is no URL")?;
    if !base.is_origin_of(&page) {
        return Err("is at another host, to which no credential is sent");
    }
    if credentials.is_empty() {
        return Ok(page);
    }
    let separator = if page.query().is_some() { '&' } else { '?' };
    format!("{page}{separator}{credentials}").parse().map_err(|_| "is no URL")
}
