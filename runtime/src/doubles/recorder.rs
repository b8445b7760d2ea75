//! An HTTP client that passes everything on, and keeps what was said.

use std::fmt;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use http_body::Frame;

use crate::doubles::hiding::Hiding;
use crate::doubles::recording::{Exchange, Recording, Sent, pretty};
use crate::http_client::{Body, BoxFuture, HttpClient, TransportError};
use crate::value::Value;

/// Passes requests on to another HTTP client, and records what was said, for a
/// [`Replayer`](crate::doubles::Replayer).
///
/// The recording is JSON for people, and holds no credential: headers such as `Authorization` and
/// `Cookie`, what the client's own credentials have put anywhere, and values with names such as
/// `password` or `access_token` read `[redacted]`. What else must not be shown, [`hide`](Self::hide)
/// names.
///
/// Each try is an exchange of its own. One without an answer is not recorded.
///
/// ```no_run
/// use clientwright_runtime::doubles::Recorder;
/// # use clientwright_runtime::{Config, HttpClient};
/// # fn configure(config: &mut Config, http: impl HttpClient) -> std::io::Result<()> {
///
/// let recorder = Recorder::new(http).hide("phone_number");
/// config.http_client(recorder.clone());
/// // … calls …
/// recorder.save("tests/recordings/rename.json")?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "it is given to a client's builder"]
pub struct Recorder {
    inner: Arc<dyn HttpClient>,
    hidden: Vec<String>,
    taken: Arc<Mutex<Vec<Taken>>>,
}

/// An exchange, whose answer may still be coming in.
struct Taken {
    /// As it is shown.
    sent: Sent,
    request: http::Request<()>,
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Recorder {
    /// Records what goes through another HTTP client.
    pub fn new(inner: impl HttpClient) -> Self {
        Self { inner: Arc::new(inner), hidden: Vec::new(), taken: Arc::default() }
    }

    /// Hides the values of this name, in bodies, queries and headers. To be said before it is given to
    /// a client.
    pub fn hide(mut self, name: impl Into<String>) -> Self {
        self.hidden.push(name.into());
        self
    }

    /// Writes the recording to a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        std::fs::write(path, self.to_text())
    }

    /// The recording, as [`save`](Self::save) writes it.
    #[must_use]
    pub fn to_text(&self) -> String {
        let taken = lock(&self.taken);
        let exchanges = taken.iter().map(|taken| {
            let Taken { sent, request, status, headers, body } = taken;
            let answer = Hiding::new(&self.hidden, request).answer(status.as_u16(), headers, body);
            Exchange { request: sent.clone(), answer }
        });
        let recording = Recording { hidden: self.hidden.clone(), exchanges: exchanges.collect() };
        // What `Json` writes is JSON.
        pretty(&Value::of(&recording).unwrap_or_default())
    }
}

impl HttpClient for Recorder {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let sent = Hiding::new(&self.hidden, &request).request(&request);
        let mut head = http::Request::new(());
        *head.extensions_mut() = request.extensions().clone();
        Box::pin(async move {
            let answer = self.inner.send(request).await?;
            let (status, headers) = (answer.status(), answer.headers().clone());
            let mut taken = lock(&self.taken);
            let index = taken.len();
            taken.push(Taken { sent, request: head, status, headers, body: Vec::new() });
            Ok(answer.map(|body| Body::new(Overheard { body, index, taken: Arc::clone(&self.taken) })))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.inner.sleep(duration)
    }

    fn pause(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.inner.pause(duration)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("inner", &self.inner).finish_non_exhaustive()
    }
}

/// A body that is recorded as it comes in.
struct Overheard {
    body: Body,
    index: usize,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl http_body::Body for Overheard {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(Some(Ok(frame))) = &frame
            && let Some(data) = frame.data_ref()
            && let Some(taken) = lock(&self.taken).get_mut(self.index)
        {
            taken.body.extend_from_slice(data);
        }
        frame
    }
}

fn lock(taken: &Mutex<Vec<Taken>>) -> MutexGuard<'_, Vec<Taken>> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}
