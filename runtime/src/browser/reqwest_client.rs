//! The default HTTP client where a browser runs WebAssembly: reqwest over `fetch`.
//!
//! Behind the feature `reqwest`, in place of the file of the same name above.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Frame;
use tokio::sync::mpsc;
use wasm_bindgen_futures::spawn_local;

use crate::browser;
use crate::http_client::{Body, BoxError, BoxFuture, HttpClient, TransportError};

/// Sends requests with `fetch`, on the event loop of the browser.
///
/// The browser decides about connections, TLS, proxies and decompression, follows redirects by
/// itself (without `Authorization` where they lead to another origin), and lets a page see what
/// CORS lets it see.
///
/// A body that is sent as it is read is in memory as a whole before it goes out: few browsers send
/// streams, and only over HTTP/2. Answers come in piece by piece, as elsewhere.
#[derive(Clone, Debug)]
pub struct ReqwestClient(reqwest::Client);

impl ReqwestClient {
    /// Makes a client.
    ///
    /// # Errors
    ///
    /// None; where there is no browser, there is TLS to be set up.
    pub fn new() -> Result<Self, BoxError> {
        Ok(Self(reqwest::Client::builder().build()?))
    }

    pub(crate) fn with_connect_timeout(_: Duration) -> Result<Self, BoxError> {
        Self::new()
    }
}

impl From<reqwest::Client> for ReqwestClient {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl HttpClient for ReqwestClient {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let client = self.0.clone();
        Box::pin(async {
            let answer = browser::local(|| fetch(client, request)).await;
            answer.unwrap_or_else(|| Err(TransportError::broken("the browser has ended the request")))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(browser::sleep(duration))
    }
}

async fn fetch(client: reqwest::Client, request: http::Request<Bytes>) -> Result<http::Response<Body>, TransportError> {
    let request = request.try_into().map_err(|error: reqwest::Error| TransportError::connect(error.without_url()))?;
    // A browser does not tell whether anything was sent. The URL is taken out: its query may hold a credential.
    let answer = client.execute(request).await.map_err(broken)?;
    let mut head = http::Response::new(());
    *head.status_mut() = answer.status();
    *head.headers_mut() = answer.headers().clone();
    let (sender, chunks) = mpsc::channel(1);
    spawn_local(forward(answer, sender));
    Ok(head.map(|()| Body::new(Chunks(chunks))))
}

fn broken(error: reqwest::Error) -> TransportError {
    TransportError::broken(error.without_url())
}

/// Hands the chunks of a body over, until nobody takes them.
async fn forward(answer: reqwest::Response, sender: mpsc::Sender<Result<Bytes, TransportError>>) {
    let (mut chunks, mut gone) = (pin!(answer.bytes_stream()), pin!(sender.closed()));
    loop {
        let next = poll_fn(|context| match chunks.as_mut().poll_next(context) {
            Poll::Pending => gone.as_mut().poll(context).map(|()| None),
            Poll::Ready(chunk) => Poll::Ready(chunk),
        });
        let Some(chunk) = next.await else { return };
        if sender.send(chunk.map_err(broken)).await.is_err() {
            return;
        }
    }
}

struct Chunks(mpsc::Receiver<Result<Bytes, TransportError>>);

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.0.poll_recv(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }
}
