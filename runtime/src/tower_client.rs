//! Any `tower::Service` as an HTTP client, on tokio's clock.
//!
//! Behind the feature `tower`.

use std::fmt;
use std::future::poll_fn;
use std::time::Duration;

use bytes::Bytes;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
use tokio::time::sleep;
use tower_service::Service;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use crate::browser::sleep;
use crate::http_client::{Body, BoxError, BoxFuture, HttpClient, TransportError, collected};

/// Sends requests through a `tower::Service`, such as a client of hyper with layers around it.
///
/// The layers must send a request as it is, once: redirects and retries are this crate's. A service
/// that is not ready has sent nothing; any other error of it counts as a broken connection, unless it
/// is a [`TransportError`] that says otherwise.
pub struct TowerClient<S, B = Body> {
    service: S,
    of_bytes: fn(Bytes) -> B,
    /// None where a body is whole before it goes out.
    of_stream: Option<fn(Body) -> B>,
}

impl<S, B: From<Body>> TowerClient<S, B> {
    /// Wraps a service, whose clones must share their connections. What it takes is [`Body`], or made of one; a body that
    /// is sent as it is read goes on as it is read.
    pub fn new(service: S) -> Self {
        Self { service, of_bytes: |bytes| Body::from(bytes).into(), of_stream: Some(B::from) }
    }
}

impl<S, B: From<Bytes>> TowerClient<S, B> {
    /// Wraps a service that takes bytes, or what is made of them. A body that is sent as it is read is in memory as a
    /// whole before it goes to the service.
    pub fn whole(service: S) -> Self {
        Self { service, of_bytes: B::from, of_stream: None }
    }
}

impl<S: Clone, B> TowerClient<S, B> {
    async fn pass<R>(&self, request: http::Request<B>) -> Result<http::Response<Body>, TransportError>
    where
        S: Service<http::Request<B>, Response = http::Response<R>>,
        S::Error: Into<BoxError>,
        R: http_body::Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
    {
        let mut service = self.service.clone();
        let ready = poll_fn(|context| service.poll_ready(context)).await;
        ready.map_err(TransportError::connect)?;
        let answer = service.call(request).await.map_err(|error| classify(error.into()))?;
        Ok(answer.map(Body::new))
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
    B: Send + 'static,
    R: http_body::Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.pass(request.map(self.of_bytes)))
    }

    fn send_stream(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = match self.of_stream {
                Some(of_stream) => request.map(of_stream),
                None => collected(request).await?.map(self.of_bytes),
            };
            self.pass(request).await
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
