//! Mocks on a port of this machine, for programs that are tested from outside.
//!
//! Behind the feature `mock-server`.

use std::fmt;
use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::doubles::mocks::{Met, Mocks, Shared};
use crate::exchange::collect;
use crate::http_client::{Body, TransportError};

/// A server that answers as its [`Mocks`] say, until it is dropped.
///
/// A call that is refused gets a 501 that says why; what fails closes the connection.
#[must_use = "it ends when it is dropped"]
pub struct MockServer {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl<C> Mocks<C> {
    /// Starts a server on a free port, on tokio.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn serve(&self) -> io::Result<MockServer> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, self.shared()));
        Ok(MockServer { address, task })
    }
}

impl MockServer {
    /// The base URL, such as `http://127.0.0.1:4711`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer").field("address", &self.address).finish_non_exhaustive()
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Connections end with the server, for the set is dropped with it.
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(talk(stream, Arc::clone(&shared)));
    }
}

async fn talk(stream: TcpStream, shared: Arc<Shared>) {
    let answer = service_fn(|request| answer(request, &shared));
    // A client that goes away is no fault of the test.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
}

async fn answer(request: http::Request<Incoming>, shared: &Shared) -> Result<http::Response<Body>, TransportError> {
    let (head, body) = request.into_parts();
    let body = collect(Body::new(body), None, usize::MAX).await?;
    match shared.meet(&http::Request::from_parts(head, body)) {
        Ok(Met::Answer(answer)) => Ok(answer.map(Body::from)),
        Ok(Met::Failure(error)) => Err(error),
        Ok(Met::Silence) => pending().await,
        Err(refusal) => {
            let mut answer = http::Response::new(Body::from(Bytes::from(refusal)));
            *answer.status_mut() = http::StatusCode::NOT_IMPLEMENTED;
            Ok(answer)
        }
    }
}
