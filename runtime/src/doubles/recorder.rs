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
use http_body::{Frame, SizeHint};

use crate::doubles::hiding::Hiding;
use crate::doubles::recording::{Exchange, Recording, pretty};
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

/// What has gone by of a body.
type Heard = Arc<Mutex<Vec<u8>>>;

/// An exchange, whose answer may still be coming in.
struct Taken {
    request: http::Request<Heard>,
    status: StatusCode,
    headers: HeaderMap,
    body: Heard,
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
            let Taken { request, status, headers, body } = taken;
            let hiding = Hiding::new(&self.hidden, request);
            let sent = request.clone().map(|heard| Bytes::from(lock(&heard).clone()));
            Exchange { request: hiding.request(&sent), answer: hiding.answer(status.as_u16(), headers, &lock(body)) }
        });
        let recording = Recording { hidden: self.hidden.clone(), exchanges: exchanges.collect() };
        // What `Json` writes is JSON.
        pretty(&Value::of(&recording).unwrap_or_default())
    }
}

impl Recorder {
    /// Keeps an exchange, and gives the answer, whose body is kept as it comes in.
    fn take(&self, request: http::Request<Heard>, answer: http::Response<Body>) -> http::Response<Body> {
        let (head, body) = answer.into_parts();
        let kept = Heard::default();
        let body = Body::new(Overheard { body, heard: Arc::clone(&kept) });
        lock(&self.taken).push(Taken { request, status: head.status, headers: head.headers.clone(), body: kept });
        http::Response::from_parts(head, body)
    }
}

impl HttpClient for Recorder {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let heard = request.clone().map(|body| Arc::new(Mutex::new(body.to_vec())));
        Box::pin(async move { Ok(self.take(heard, self.inner.send(request).await?)) })
    }

    fn send_stream(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (head, body) = request.into_parts();
        let kept = http::Request::from_parts(head.clone(), Heard::default());
        let body = Body::new(Overheard { body, heard: Arc::clone(kept.body()) });
        let request = http::Request::from_parts(head, body);
        Box::pin(async move { Ok(self.take(kept, self.inner.send_stream(request).await?)) })
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

/// A body that is recorded as it goes by.
struct Overheard {
    body: Body,
    heard: Heard,
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
        {
            lock(&self.heard).extend_from_slice(data);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
