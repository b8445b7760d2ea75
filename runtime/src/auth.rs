//! Which credentials an operation needs, and where each goes.
//!
//! Takes the operation's alternatives and what is configured; gives headers, query and cookies. A
//! credential that the operation does not name is never sent.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use crate::api::{Api, Scheme, SchemeKind};
use crate::http_client::{BoxError, HttpClient};
use crate::percent::{in_cookie, is_unreserved, push_encoded};
use crate::secret::Secret;
use crate::style::push_pair;
use crate::token::{SharedError, TokenSource, Tokens};
use crate::url::query_value;

/// What says who is calling: a text that stays the same, or a [`TokenSource`].
#[derive(Clone)]
pub struct Credential(Kind);

#[derive(Clone)]
enum Kind {
    Fixed(Secret),
    Tokens(Arc<Tokens>),
}

impl From<Secret> for Credential {
    fn from(secret: Secret) -> Self {
        Self(Kind::Fixed(secret))
    }
}

impl From<&str> for Credential {
    fn from(text: &str) -> Self {
        Secret::from(text).into()
    }
}

impl From<String> for Credential {
    fn from(text: String) -> Self {
        Secret::from(text).into()
    }
}

impl<S: TokenSource> From<S> for Credential {
    fn from(source: S) -> Self {
        Self(Kind::Tokens(Arc::new(Tokens::new(source))))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Fixed(secret) => fmt::Debug::fmt(secret, f),
            Kind::Tokens(tokens) => fmt::Debug::fmt(tokens.source(), f),
        }
    }
}

/// A scheme with its credential, known to be sendable.
#[derive(Clone, Debug)]
pub(crate) struct Configured {
    pub(crate) scheme: &'static Scheme,
    credential: Credential,
    /// Of a credential that stays the same and goes into a header.
    header: Option<(HeaderName, HeaderValue)>,
}

impl Configured {
    /// Checks that a credential can be sent, or gives the rule that it breaks.
    pub(crate) fn new(scheme: &'static Scheme, credential: Credential) -> Result<Self, &'static str> {
        let header = check(scheme.kind, &credential)?;
        Ok(Self { scheme, credential, header })
    }
}

/// The credentials of a call.
#[derive(Clone, Copy)]
pub(crate) struct Chosen<'a> {
    configured: &'a [Configured],
    /// All that are configured, unless it says which.
    names: Option<&'static [&'static str]>,
}

impl<'a> Chosen<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a Configured> {
        let all = if self.names.is_none() { self.configured } else { &[] };
        let named = self.names.unwrap_or_default().iter().filter_map(move |name| find(self.configured, name));
        all.iter().chain(named)
    }
}

fn find<'a>(configured: &'a [Configured], name: &str) -> Option<&'a Configured> {
    configured.iter().find(|credential| credential.scheme.name == name)
}

/// Where credentials are written to.
pub(crate) struct Places<'a> {
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) query: &'a mut String,
    pub(crate) cookies: &'a mut String,
}

/// The credentials of the first alternative that is configured, or the names of what is missing.
///
/// An empty alternative, which needs nothing, is taken only where no other one can be.
pub(crate) fn choose<'a>(
    security: &'static [&'static [&'static str]],
    configured: &'a [Configured],
) -> Result<Chosen<'a>, String> {
    let is_missing = |name: &&&str| find(configured, name).is_none();
    let needy = security.iter().copied().filter(|names| !names.is_empty());
    let names = match needy.clone().find(|names| !names.iter().any(|name| is_missing(&name))) {
        Some(names) => names,
        None if needy.clone().count() < security.len() || security.is_empty() => &[],
        None => {
            let missing = needy.map(|names| {
                let missing = names.iter().filter(is_missing);
                missing.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
            });
            return Err(missing.collect::<Vec<_>>().join(", or "));
        }
    };
    Ok(Chosen { configured, names: Some(names) })
}

/// The credentials of a raw call: of these schemes, or else the only one that is configured.
pub(crate) fn choose_raw<'a>(
    names: Option<&'static [&'static str]>,
    configured: &'a [Configured],
) -> Result<Chosen<'a>, String> {
    if names.is_none() && configured.len() > 1 {
        return Err("has several credentials; say with `with_schemes` which to send".to_owned());
    }
    match names.unwrap_or_default().iter().find(|name| find(configured, name).is_none()) {
        Some(missing) => Err(format!("has no credential for `{missing}`")),
        None => Ok(Chosen { configured, names }),
    }
}

/// Writes a credential to its place, or gives the tokens that it has to wait for.
pub(crate) fn apply(configured: &Configured, places: &mut Places<'_>) -> Option<Pending> {
    if let Some((name, value)) = &configured.header {
        places.headers.insert(name, value.clone());
    }
    match &configured.credential.0 {
        Kind::Fixed(secret) => write(configured.scheme.kind, secret, places),
        Kind::Tokens(tokens) => {
            return Some(Pending { scheme: configured.scheme, tokens: Arc::clone(tokens), sent: None });
        }
    }
    None
}

fn write(kind: SchemeKind, secret: &Secret, places: &mut Places<'_>) {
    match kind {
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::HeaderKey(_) => {}
        SchemeKind::QueryKey(name) => {
            push_pair(places.query, name, &query_value(secret.expose()));
        }
        SchemeKind::CookieKey(name) => {
            if !places.cookies.is_empty() {
                places.cookies.push_str("; ");
            }
            push_encoded(places.cookies, name, is_unreserved);
            places.cookies.push('=');
            push_encoded(places.cookies, secret.expose(), in_cookie);
        }
    }
}

/// The header of a credential, where it has one already, or the rule that it breaks.
fn check(kind: SchemeKind, credential: &Credential) -> Result<Option<(HeaderName, HeaderValue)>, &'static str> {
    let secret = match (&credential.0, kind) {
        (Kind::Fixed(secret), _) => secret,
        (Kind::Tokens(_), SchemeKind::Bearer | SchemeKind::HeaderKey(_)) => return Ok(None),
        (Kind::Tokens(_), SchemeKind::Basic | SchemeKind::QueryKey(_) | SchemeKind::CookieKey(_)) => {
            return Err("is a source of tokens, which go into a header only");
        }
    };
    if secret.expose().is_empty() {
        return Err("is empty");
    }
    match kind {
        SchemeKind::Basic if !secret.expose().contains(':') => {
            Err("is no user name and password with a colon between them")
        }
        SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::HeaderKey(_) => {
            header(kind, secret).map(Some).ok_or("is no value that a header can have")
        }
        SchemeKind::QueryKey(_) | SchemeKind::CookieKey(_) => Ok(None),
    }
}

/// Reads a credential from the environment; `None` where no variable is set.
pub(crate) fn from_env(
    scheme: &'static Scheme,
    read: impl Fn(&'static str) -> Option<String>,
) -> Option<(&'static str, Secret)> {
    if let (SchemeKind::Basic, [user, password]) = (scheme.kind, scheme.env) {
        return Some((*user, Secret::new(format!("{}:{}", read(user)?, read(password)?))));
    }
    scheme.env.iter().find_map(|variable| Some((*variable, Secret::new(read(variable)?))))
}

/// The variables that [`from_env`] reads, for an error.
pub(crate) fn variables(api: &Api) -> String {
    let variables = api.schemes.iter().filter(|scheme| !scheme.env.is_empty()).map(|scheme| {
        let quoted = scheme.env.iter().map(|variable| format!("`{variable}`"));
        let both = scheme.kind == SchemeKind::Basic;
        quoted.collect::<Vec<_>>().join(if both { " and " } else { " or " })
    });
    variables.collect::<Vec<_>>().join(", or ")
}

/// The texts that credentials have put into a request, for a recorder to hide: an extension of the request.
#[cfg(feature = "mock")]
#[derive(Clone, Debug, Default)]
pub(crate) struct SentSecrets(Vec<Secret>);

#[cfg(feature = "mock")]
impl SentSecrets {
    pub(crate) fn of(credentials: Chosen<'_>) -> Self {
        let texts = credentials.iter().filter_map(|configured| match &configured.credential.0 {
            Kind::Fixed(secret) => Some(secret.clone()),
            // They go into headers only, which are marked.
            Kind::Tokens(_) => None,
        });
        Self(texts.collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Secret::expose)
    }
}

/// A credential that a request has to wait for.
pub(crate) struct Pending {
    scheme: &'static Scheme,
    tokens: Arc<Tokens>,
    /// The token that the request has now.
    sent: Option<Secret>,
}

impl Pending {
    /// Puts a token into the request, or another one after the server has refused it; false where
    /// there is no other one.
    ///
    /// A header that the caller has set by hand stays.
    pub(crate) async fn fill(
        &mut self,
        http: &dyn HttpClient,
        headers: &mut HeaderMap,
    ) -> Result<bool, (&'static str, SharedError)> {
        let failed = |error| (self.scheme.name, error);
        let secret = self.tokens.token(http, self.sent.as_ref()).await.map_err(failed)?;
        let unfit = || BoxError::from("the token is no value that a header can have");
        let (name, value) = header(self.scheme.kind, &secret).ok_or_else(|| failed(unfit().into()))?;
        let old = self.sent.as_ref().and_then(|sent| header(self.scheme.kind, sent));
        if headers.get(&name) != old.map(|(_, value)| value).as_ref() {
            return Ok(false);
        }
        headers.insert(name, value);
        let is_new = self.sent.as_ref() != Some(&secret);
        self.sent = Some(secret);
        Ok(is_new)
    }

    /// Puts the token that a request had into the next one.
    pub(crate) fn put(&self, headers: &mut HeaderMap) {
        headers.extend(self.sent.as_ref().and_then(|sent| header(self.scheme.kind, sent)));
    }
}

fn header(kind: SchemeKind, secret: &Secret) -> Option<(HeaderName, HeaderValue)> {
    let (name, text) = match kind {
        SchemeKind::Bearer => (AUTHORIZATION, ["Bearer ", secret.expose()].concat()),
        SchemeKind::Basic => (AUTHORIZATION, format!("Basic {}", STANDARD.encode(secret.expose()))),
        SchemeKind::HeaderKey(name) => (HeaderName::from_bytes(name.as_bytes()).ok()?, secret.expose().to_owned()),
        SchemeKind::QueryKey(_) | SchemeKind::CookieKey(_) => return None,
    };
    let mut value = HeaderValue::try_from(text).ok()?;
    value.set_sensitive(true);
    Some((name, value))
}
