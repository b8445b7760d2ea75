//! The seam to HTTP: what sends a request, and what comes back.
//!
//! Everything above it works with any client that implements one trait, and with any async run
//! time, for the client also knows how to wait.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::SizeHint;

use crate::exchange::collect;

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An error of any type.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Sends requests.
///
/// An implementation must send the request as it is: no redirects followed, no retries, no change
/// of the URL. Both futures stop what they do when they are dropped.
///
/// ```
/// use std::future::ready;
/// use std::time::Duration;
///
/// use clientwright_runtime::bytes::Bytes;
/// use clientwright_runtime::http::{Request, Response};
/// use clientwright_runtime::{Body, BoxFuture, HttpClient, TransportError};
///
/// /// Says yes to everything, for tests.
/// #[derive(Debug)]
/// struct Yes;
///
/// impl HttpClient for Yes {
///     fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
///         let body = Body::from(Bytes::from_static(br#"{"success":true}"#));
///         Box::pin(ready(Ok(Response::new(body))))
///     }
///
///     fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
///         // Nothing here takes time, so no limit is ever reached.
///         Box::pin(std::future::pending())
///     }
/// }
/// ```
pub trait HttpClient: Send + Sync + fmt::Debug + 'static {
    /// Sends a request and gives the answer when its headers are there.
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Sends a request whose body comes as a stream, and gives the answer when its headers are there.
    ///
    /// Unless this is overridden, the whole body is read into memory first, and goes to [`send`](Self::send).
    fn send_stream(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move { self.send(collected(request).await?).await })
    }

    /// Waits, for timeouts and between retries.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Waits between retries; a double for tests can do without.
    fn pause(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.sleep(duration)
    }
}

/// A request with its whole body.
pub(crate) async fn collected(request: http::Request<Body>) -> Result<http::Request<Bytes>, TransportError> {
    let (head, body) = request.into_parts();
    Ok(http::Request::from_parts(head, collect(body, None, usize::MAX).await?))
}

/// The body of an answer as it comes in, or of a request as it goes out.
pub struct Body {
    frames: Pin<Box<dyn http_body::Body<Data = Bytes, Error = TransportError> + Send>>,
    is_decompressed: bool,
}

impl Body {
    /// Wraps a body of any type.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::movable(Box::pin(body))
    }

    /// Wraps a body that can be moved, which takes one allocation less.
    pub(crate) fn movable<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + Unpin + 'static,
        B::Error: Into<BoxError>,
    {
        Self { frames: Box::pin(Converted(body)), is_decompressed: false }
    }

    /// What comes out of a body that was compressed: if that is too large, it is for this reason.
    ///
    /// An [`HttpClient`] that decompresses says so.
    #[must_use]
    pub fn decompressed(self) -> Self {
        Self { is_decompressed: true, ..self }
    }

    /// The error of a body that has more bytes than it may.
    pub(crate) fn too_large(&self, limit: usize) -> TransportError {
        if self.is_decompressed {
            TransportError::decompression_limit(limit)
        } else {
            TransportError::body_limit(limit)
        }
    }

    /// The next bytes, or `None` at the end.
    ///
    /// # Errors
    ///
    /// When the connection breaks.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(frame) = ready!(self.frames.as_mut().poll_frame(context)?) else { return Poll::Ready(None) };
            // What is no data is a trailer, which nothing asks for.
            if let Ok(chunk) = frame.into_data() {
                return Poll::Ready(Some(Ok(chunk)));
            }
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        self.frames.as_mut().poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.frames.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.frames.size_hint()
    }
}

/// A body that is there already.
impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { frames: Box::pin(Whole(Some(bytes))), is_decompressed: false }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}

/// A body with its errors turned into ours.
struct Converted<B>(B);

impl<B> http_body::Body for Converted<B>
where
    B: http_body::Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        let frame = Pin::new(&mut self.0).poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(TransportError::broken)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

struct Whole(Option<Bytes>);

impl http_body::Body for Whole {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(http_body::Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

/// Why no whole answer came back.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

/// How far a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection, so nothing was sent.
    Connect,
    /// The connection broke when something may have been sent.
    Broken,
    /// Nothing was sent, and nothing would be another time.
    Refused,
    /// The answer's body is larger than the limit.
    BodyLimit,
    /// The answer's body came compressed, and what is in it is larger than the limit.
    DecompressionLimit,
    /// The answer's headers are larger than the limit.
    HeaderLimit,
    /// An event or a line of the answer is larger than the limit.
    ItemLimit,
}

impl TransportError {
    /// There was no connection: nothing of the request was sent, and sending it again is safe.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::Connect, source: source.into() }
    }

    /// The connection broke when something may have been sent.
    pub fn broken(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::Broken, source: source.into() }
    }

    /// The request is not one that can be sent: another try would not change that.
    pub fn refused(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::Refused, source: source.into() }
    }

    #[cfg(feature = "mock")]
    pub(crate) fn mocked(kind: TransportErrorKind) -> Self {
        Self { kind, source: "so it is mocked".into() }
    }

    pub(crate) fn body_limit(limit: usize) -> Self {
        let source = format!("the body has more than {limit} bytes");
        Self { kind: TransportErrorKind::BodyLimit, source: source.into() }
    }

    pub(crate) fn decompression_limit(limit: usize) -> Self {
        let source = format!("the body has more than {limit} bytes when it is decompressed");
        Self { kind: TransportErrorKind::DecompressionLimit, source: source.into() }
    }

    pub(crate) fn item_limit(limit: usize) -> Self {
        let source = format!("an event or a line has more than {limit} bytes");
        Self { kind: TransportErrorKind::ItemLimit, source: source.into() }
    }

    /// The answer's headers are more than this client can take.
    pub fn header_limit(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::HeaderLimit, source: source.into() }
    }

    /// How far the request came.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

/// The sentence ends with the root of the chain of causes, which is what helps.
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut root: &dyn Error = &*self.source;
        while let Some(source) = root.source() {
            root = source;
        }
        match self.kind {
            TransportErrorKind::Connect => write!(f, "no connection: {root}"),
            TransportErrorKind::Broken => write!(f, "the connection broke: {root}"),
            TransportErrorKind::Refused => write!(f, "nothing was sent: {root}"),
            TransportErrorKind::BodyLimit
            | TransportErrorKind::DecompressionLimit
            | TransportErrorKind::HeaderLimit
            | TransportErrorKind::ItemLimit => write!(f, "the answer is too large: {root}"),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}
