//! The default HTTP client: reqwest, with rustls, on tokio.
//!
//! Behind the feature `reqwest`; nothing else in this crate names either.

use std::time::Duration;

use bytes::Bytes;

use crate::http_client::{Body, BoxError, BoxFuture, HttpClient, TransportError};

/// Sends requests with reqwest.
///
/// It needs a tokio run time with I/O and time switched on around every call.
///
/// Made by [`new`](Self::new) it follows no redirects, so that no credential can travel to another
/// host, gives up connecting after ten seconds, and obeys the usual proxy variables. A
/// [`reqwest::Client`] of your own makes one by `From`, and keeps its settings: switch its redirects
/// off.
#[derive(Clone, Debug)]
pub struct ReqwestClient(reqwest::Client);

impl ReqwestClient {
    /// Makes a client.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, BoxError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .referer(false)
            .build()?;
        Ok(Self(client))
    }
}

impl From<reqwest::Client> for ReqwestClient {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl HttpClient for ReqwestClient {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = request.try_into().map_err(classify)?;
            let answer = self.0.execute(request).await.map_err(classify)?;
            Ok(http::Response::from(answer).map(Body::new))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// The URL is taken out: its query may hold a credential.
fn classify(error: reqwest::Error) -> TransportError {
    if error.is_connect() || error.is_builder() {
        TransportError::connect(error.without_url())
    } else {
        TransportError::broken(error.without_url())
    }
}
