//! The default HTTP client: reqwest, with rustls, on tokio.
//!
//! Behind the feature `reqwest`; nothing else in this crate names either.

use std::error::Error;
use std::fmt;
use std::iter::successors;
use std::mem::take;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http::request::Parts;
use http::uri::{Authority, PathAndQuery};
use http_body::{Frame, SizeHint};

use crate::decompress;
use crate::http_client::{Body, BoxError, BoxFuture, HttpClient, TransportError};
use crate::tls;

/// Sends requests with reqwest.
///
/// It needs a tokio run time with I/O and time switched on around every call.
///
/// Made by [`new`](Self::new) it follows no redirects, so that no credential can travel to another
/// host, gives up connecting after ten seconds, and obeys the usual proxy variables. A
/// [`reqwest::Client`] of your own makes one by `From`, and keeps its settings: switch its redirects
/// off.
///
/// Connections are secured by rustls with the cryptography of ring, and by the certificates that the machine trusts. Where
/// the program has installed another `CryptoProvider` for rustls, that is taken.
///
/// Answers may come compressed, by gzip and what the features `br` and `zstd` add.
#[derive(Clone)]
pub struct ReqwestClient {
    client: reqwest::Client,
    /// The last URL, without its query: to parse scheme and host anew for each call takes longer than what comes after them.
    last: Arc<Mutex<Option<reqwest::Url>>>,
}

impl ReqwestClient {
    /// Makes a client.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, BoxError> {
        Self::with_connect_timeout(Duration::from_secs(10))
    }

    pub(crate) fn with_connect_timeout(timeout: Duration) -> Result<Self, BoxError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(timeout)
            .referer(false)
            .tls_backend_preconfigured(tls::config()?)
            // Decompression is in this crate, so that its limits are; another crate may switch reqwest's on.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .build()?;
        Ok(client.into())
    }

    /// Where reqwest would convert a whole request, it would write the URL piece by piece.
    async fn execute(&self, head: Parts, body: reqwest::Body) -> Result<http::Response<Body>, TransportError> {
        let url = self.url(&head.uri)?;
        let mut request = reqwest::Request::new(head.method, url);
        *request.version_mut() = head.version;
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(body);
        decompress::ask(request.headers_mut());
        let answer = self.client.execute(request).await.map_err(classify)?;
        Ok(decompress::decompress(taken_apart(answer)))
    }
}

impl ReqwestClient {
    fn url(&self, uri: &Uri) -> Result<reqwest::Url, TransportError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut url) = last.as_ref().filter(|last| is_origin(last, uri)).cloned() {
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url = reqwest::Url::parse(&text(uri)).map_err(TransportError::connect)?;
        let mut known = url.clone();
        known.set_query(None);
        *last = Some(known);
        Ok(url)
    }
}

/// Where reqwest would convert an answer, its body would go into a second box.
fn taken_apart(mut answer: reqwest::Response) -> http::Response<Body> {
    let (status, version) = (answer.status(), answer.version());
    let (headers, extensions) = (take(answer.headers_mut()), take(answer.extensions_mut()));
    let mut out = http::Response::new(Body::movable(Incoming(answer)));
    (*out.status_mut(), *out.version_mut()) = (status, version);
    (*out.headers_mut(), *out.extensions_mut()) = (headers, extensions);
    out
}

/// The body of an answer, without trailers.
struct Incoming(reqwest::Response);

impl http_body::Body for Incoming {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        // This future holds nothing from one poll to the next.
        let chunk = pin!(self.0.chunk()).poll(context);
        chunk.map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)).transpose())
    }

    fn size_hint(&self) -> SizeHint {
        self.0.content_length().map(SizeHint::with_exact).unwrap_or_default()
    }
}

/// Whether a URL begins with the scheme, the host and the port of a request, to the letter.
fn is_origin(url: &reqwest::Url, uri: &Uri) -> bool {
    let (scheme, authority) = (uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", Authority::as_str));
    let rest = url.as_str().strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://"));
    rest.and_then(|rest| rest.strip_prefix(authority))
        .is_some_and(|rest| rest.starts_with('/') && !authority.is_empty())
}

fn text(uri: &Uri) -> String {
    let (scheme, authority) = (uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", Authority::as_str));
    let path = uri.path_and_query().map_or("", PathAndQuery::as_str);
    [scheme, "://", authority, path].concat()
}

impl From<reqwest::Client> for ReqwestClient {
    fn from(client: reqwest::Client) -> Self {
        Self { client, last: Arc::default() }
    }
}

/// Shows no URL.
impl fmt::Debug for ReqwestClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReqwestClient").field(&self.client).finish()
    }
}

impl HttpClient for ReqwestClient {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            self.execute(head, body.into()).await
        })
    }

    fn send_stream(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            self.execute(head, reqwest::Body::wrap(Shared(Mutex::new(body)))).await
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// A body that several threads may refer to, as reqwest asks; nobody waits for another.
struct Shared(Mutex<Body>);

impl http_body::Body for Shared {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        Pin::new(body).poll_frame(context)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}

/// The URL is taken out: its query may hold a credential.
fn classify(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let cause = find::<hyper::Error>(&error);
    if error.is_builder() || is_without_connection(&error) || cause.is_some_and(hyper::Error::is_canceled) {
        // Cancelled is a request that waited for a connection, which closed before a byte of it was written.
        TransportError::connect(error)
    } else if cause.is_some_and(is_head_too_large) {
        TransportError::header_limit(error)
    } else {
        TransportError::broken(error)
    }
}

/// Whether no connection was given the request: it could not be made, or it broke before it was ready for one.
fn is_without_connection(error: &reqwest::Error) -> bool {
    find::<hyper_util::client::legacy::Error>(error).is_some_and(|error| error.connect_info().is_none())
}

/// It has a function for this only where it is a server; its own limit is about 400 KB.
fn is_head_too_large(error: &hyper::Error) -> bool {
    error.is_parse() && error.to_string().starts_with("message head is too large")
}

/// The first error of a type that is behind another one.
fn find<E: Error + 'static>(error: &reqwest::Error) -> Option<&E> {
    successors(error.source(), |&error| error.source()).find_map(<dyn Error>::downcast_ref)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_the_same_after_another_one_as_alone() {
        let client = ReqwestClient::new().unwrap();
        let urls = [
            "http://127.0.0.1:8080/a/b?c=d",
            "http://127.0.0.1:8080/",
            "http://127.0.0.1:80/x",
            "http://127.0.0.1:8080//two?a='%20&b=%C3%A9",
            "http://127.0.0.1:8080/a;b=c,d/%2F/x:y@z/",
            "https://127.0.0.1:8080/a",
            "https://Example.com/a?b",
            "https://example.com/a?b",
            "https://example.com/a/longer/path/than/the/one/before",
            "https://example.com.evil.org/a",
            "https://example.com",
            "https://example.com?q=1",
            "https://example.com:444/a?",
        ];
        for text in urls.iter().flat_map(|url| [*url, "https://example.com/a", *url]) {
            let uri: Uri = text.parse().unwrap();
            let alone = reqwest::Url::parse(&uri.to_string()).unwrap();
            assert_eq!(client.url(&uri).unwrap(), alone, "{text}");
        }
        let kept = client.last.lock().unwrap();
        assert!(kept.as_ref().is_some_and(|url| url.query().is_none()));
    }
}
