//! Any `tower::Service` as an HTTP client, on tokio's clock.
//!
//! Behind the feature `tower`.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
use tokio::time::sleep;
use tower_service::Service;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use crate::browser::sleep;
use crate::http_client::{Body, BoxError, BoxFuture, HttpClient, TransportError};

/// Sends requests through a `tower::Service`, such as a client of hyper with layers around it.
///
/// A body that is sent as it is read is in memory as a whole before it goes to the service.
///
/// The layers must send a request as it is, once: redirects and retries are this crate's. A service
/// that is not ready has sent nothing; any other error of it counts as a broken connection, unless it
/// is a [`TransportError`] that says otherwise.
pub struct TowerClient<S, B = Bytes> {
    service: S,
    body: PhantomData<fn() -> B>,
}

impl<S, B> TowerClient<S, B> {
    /// Wraps a service, whose clones must share their connections.
    pub fn new(service: S) -> Self {
        Self { service, body: PhantomData }
    }
}

impl<S, B> fmt::Debug for TowerClient<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TowerClient")
    }
}

impl<S, B, R> HttpClient for TowerClient<S, B>
where
    S: Service<http::Request<B>, Response = http::Response<R>, Future: Send> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    B: From<Bytes> + Send + 'static,
    R: http_body::Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut service = self.service.clone();
        Box::pin(async move {
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(TransportError::connect)?;
            let answer = service.call(request.map(B::from)).await.map_err(|error| classify(error.into()))?;
            Ok(answer.map(Body::new))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(sleep(duration))
    }
}

fn classify(error: BoxError) -> TransportError {
    match error.downcast() {
        Ok(error) => *error,
        Err(error) => TransportError::broken(error),
    }
}
