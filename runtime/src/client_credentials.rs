//! OAuth 2's grant for machines: a client's id and secret for a token (RFC 6749, section 4.4).

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};

use crate::answer::Answer;
use crate::error::said;
use crate::exchange::collect;
use crate::http_client::{BoxError, BoxFuture, HttpClient};
use crate::percent::{encode, is_unreserved};
use crate::retry::is_passing;
use crate::secret::Secret;
use crate::style::push_pair;
use crate::token::{AccessToken, TokenSource};
use crate::url::BaseUrl;
use crate::value::Value;

/// Gets tokens with a client's id and secret.
///
/// ```
/// use clientwright_runtime::ClientCredentials;
///
/// let source = ClientCredentials::new("https://auth.example.com/token", "my-app", "s3cret")
///     .scope("things:read")
///     .parameter("audience", "https://api.example.com");
/// assert!(!format!("{source:?}").contains("s3cret"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "it is given to a client's builder"]
pub struct ClientCredentials {
    token_url: String,
    id: String,
    secret: Secret,
    scopes: Vec<String>,
    parameters: Vec<(String, String)>,
    place: Place,
    open: bool,
}

/// Where id and secret go.
#[derive(Clone, Copy, Debug)]
enum Place {
    Header,
    Body,
}

impl ClientCredentials {
    /// Starts with what is always needed.
    pub fn new(token_url: impl Into<String>, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            token_url: token_url.into(),
            id: id.into(),
            secret: secret.into(),
            scopes: Vec::new(),
            parameters: Vec::new(),
            place: Place::Header,
            open: false,
        }
    }

    /// Asks for a scope.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Adds a parameter that the server wants, such as `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends id and secret in the body, for servers that do not read them from `Authorization`.
    pub fn in_body(self) -> Self {
        Self { place: Place::Body, ..self }
    }

    /// Sends the secret over plain `http` to other machines too; without this it is refused.
    pub fn allow_open_credentials(self) -> Self {
        Self { open: true, ..self }
    }

    fn request(&self) -> Result<http::Request<Bytes>, String> {
        let url = BaseUrl::parse(&self.token_url).map_err(|rule| format!("the token URL {rule}"))?;
        if url.is_open() && !self.open {
            let rule = "is `http`, over which no credential is sent unless that is allowed";
            return Err(format!("the token URL {rule}"));
        }
        let uri = url.to_uri().map_err(|rule| format!("the token URL {rule}"))?;
        let mut form = String::from("grant_type=client_credentials");
        let mut push = |name: &str, value: &str| push_pair(&mut form, name, &encode(value, is_unreserved));
        if !self.scopes.is_empty() {
            push("scope", &self.scopes.join(" "));
        }
        for (name, value) in &self.parameters {
            push(name, value);
        }
        if matches!(self.place, Place::Body) {
            push("client_id", &self.id);
            push("client_secret", self.secret.expose());
        }
        let mut request = http::Request::new(Bytes::from(form));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if matches!(self.place, Place::Header) {
            headers.insert(AUTHORIZATION, self.authorization()?);
        }
        Ok(request)
    }

    /// Id and secret are encoded as in a form before they are joined (RFC 6749, section 2.3.1).
    fn authorization(&self) -> Result<HeaderValue, String> {
        let [id, secret] = [&self.id, self.secret.expose()].map(|text| encode(text, is_unreserved));
        let text = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
        let mut value = HeaderValue::from_str(&text).map_err(|_| "id and secret cannot be a header".to_owned())?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl TokenSource for ClientCredentials {
    fn token<'a>(&'a self, http: &'a dyn HttpClient) -> BoxFuture<'a, Result<AccessToken, BoxError>> {
        Box::pin(async {
            let request = self.request()?;
            let mut waits = [500, 1000].into_iter();
            loop {
                let result = ask(http, request.clone()).await;
                let passing = result.as_ref().map_or(true, |answer| is_passing(answer.status()));
                match waits.next().filter(|_| passing) {
                    Some(wait) => http.sleep(Duration::from_millis(wait)).await,
                    None => return read(&result?),
                }
            }
        })
    }
}

async fn ask(http: &dyn HttpClient, request: http::Request<Bytes>) -> Result<Answer, BoxError> {
    let (head, body) = http.send(request).await?.into_parts();
    let body = collect(body, None, 1 << 20).await?;
    Ok(Answer::new(head.status, head.headers, body, &[]))
}

fn read(answer: &Answer) -> Result<AccessToken, BoxError> {
    let status = answer.status();
    if !status.is_success() {
        let said = said(answer).map(|said| format!(": {said}")).unwrap_or_default();
        return Err(format!("the token server answered {status}{said}").into());
    }
    let unreadable = |what: fmt::Arguments<'_>| BoxError::from(format!("the token server's answer has {what}"));
    let body = answer.json::<Value>().map_err(|_| unreadable(format_args!("no JSON")))?;
    let secret = body.get("access_token").and_then(Value::as_str).filter(|secret| !secret.is_empty());
    let token = AccessToken::new(secret.ok_or_else(|| unreadable(format_args!("no `access_token`")))?);
    // Some servers send it in quotes.
    let seconds = |lifetime: &Value| lifetime.as_f64().or_else(|| lifetime.as_str()?.parse().ok());
    let lifetime = body.get("expires_in").and_then(seconds);
    Ok(match lifetime.map(Duration::try_from_secs_f64) {
        Some(Ok(lifetime)) => token.expires_in(lifetime),
        Some(Err(_)) | None => token,
    })
}
