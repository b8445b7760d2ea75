//! Any `tower::Service` as an HTTP client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::{
    Body, BoxError, BoxFuture, Error, HttpClient, Request, TowerClient, TransportError, TransportErrorKind, http,
};
use tower_service::Service;

use crate::double::{Anything, Double, PLAIN, config, meta, ok};

/// Goes wrong in one of several ways, or passes on to a double.
#[derive(Clone)]
struct Layer(Double, Arc<AtomicUsize>, &'static str);

impl Service<http::Request<Bytes>> for Layer {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<http::Response<Body>, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(if self.2 == "not ready" { Err("overloaded".into()) } else { Ok(()) })
    }

    fn call(&mut self, request: http::Request<Bytes>) -> Self::Future {
        self.1.fetch_add(1, Ordering::SeqCst);
        let (double, fault) = (self.0.clone(), self.2);
        Box::pin(async move {
            match fault {
                "broken" => Err("reset".into()),
                "refused" => Err(TransportError::connect("refused").into()),
                _ => Ok(double.send(request).await?),
            }
        })
    }
}

/// What one call sees, and how often the service was called.
async fn seen(fault: &'static str) -> (Option<TransportErrorKind>, usize) {
    let (double, called) = (Double::new([ok()]), Arc::default());
    let mut config = config(&PLAIN, &double);
    config.options_mut().timeout = None;
    config.options_mut().retries = Some(0);
    config.http_client(TowerClient::new(Layer(double.clone(), Arc::clone(&called), fault)));
    let outcome = config.build().unwrap().call::<Anything>(Request::new(meta(|_| {}))).await;
    let kind = outcome.err().map(|error| {
        let Error::Transport(failure) = error else { panic!("{error:?}") };
        failure.error().kind()
    });
    (kind, called.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_service_sends_requests() {
    assert_eq!(seen("none").await, (None, 1));
    assert_eq!(seen("broken").await, (Some(TransportErrorKind::Broken), 1));
    assert_eq!(seen("refused").await, (Some(TransportErrorKind::Connect), 1));
    assert_eq!(seen("not ready").await, (Some(TransportErrorKind::Connect), 0));
}
