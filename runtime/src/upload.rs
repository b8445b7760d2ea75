//! Bodies of requests that are sent as they are read.
//!
//! Takes where the bytes come from; gives the body of each try. It must not know when a request is
//! sent again, but whether it can be.

use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http_body::{Frame, SizeHint};

use crate::http_client::{Body, BoxError, TransportError};

type Progress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// The body of a request, sent as it is read.
///
/// A call sends it again only where it can be had again: [`file`](Self::file) opens the file once
/// more, [`stream`](Self::stream) makes another stream. What [`once`](Self::once) gives can be sent
/// once, so such a call is not tried again when it has been opened.
///
/// ```
/// use clientwright_runtime::Upload;
///
/// let upload = Upload::file("backup.tar").on_progress(|sent, total| println!("{sent} of {total:?} bytes"));
/// ```
#[derive(Clone)]
pub struct Upload {
    source: Source,
    length: Option<u64>,
    progress: Option<Progress>,
}

#[derive(Clone)]
enum Source {
    File(PathBuf),
    Made(Arc<dyn Fn() -> Body + Send + Sync>),
    Once(Arc<Mutex<Option<Body>>>),
    Chain(Arc<[Piece]>),
}

/// A piece of a body: bytes that are there, or what is read when it is sent.
#[derive(Clone)]
pub(crate) enum Piece {
    Bytes(Bytes),
    Upload(Upload),
}

impl Upload {
    /// The bytes of a file, which is opened when the request is sent. It is read 64 KiB at a time,
    /// between the writes to the connection.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::new(Source::File(path.into()))
    }

    /// The chunks of a stream, which is made anew for each try.
    pub fn stream<S, E>(make: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::new(Source::Made(Arc::new(move || Body::new(Frames(Box::pin(make()))))))
    }

    /// The chunks of a stream, which can be sent once.
    pub fn once<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::new(Source::Once(Arc::new(Mutex::new(Some(Body::new(Frames(Box::pin(stream))))))))
    }

    /// Says how many bytes there are. Unless it is said, a stream goes out in chunks; a file knows.
    #[must_use]
    pub fn length(self, bytes: u64) -> Self {
        Self { length: Some(bytes), ..self }
    }

    /// Sets what is called as the bytes go out, with how many these are, and how many there are where
    /// that is known. It begins again with each try.
    #[must_use]
    pub fn on_progress(self, progress: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        Self { progress: Some(Arc::new(progress)), ..self }
    }

    /// One piece after the other.
    pub(crate) fn chain(pieces: Vec<Piece>) -> Self {
        Self::new(Source::Chain(pieces.into()))
    }

    fn new(source: Source) -> Self {
        Self { source, length: None, progress: None }
    }

    /// The name of the file, where it is one.
    pub(crate) fn file_name(&self) -> Option<&str> {
        match &self.source {
            Source::File(path) => Path::file_name(path)?.to_str(),
            Source::Made(_) | Source::Once(_) | Source::Chain(_) => None,
        }
    }

    /// Whether another try has something to send.
    pub(crate) fn can_be_sent(&self) -> bool {
        match &self.source {
            Source::File(_) | Source::Made(_) => true,
            Source::Once(body) => body.lock().unwrap_or_else(PoisonError::into_inner).is_some(),
            Source::Chain(pieces) => pieces.iter().all(|piece| match piece {
                Piece::Bytes(_) => true,
                Piece::Upload(upload) => upload.can_be_sent(),
            }),
        }
    }

    /// Puts the body into a request.
    pub(crate) fn put(&self, request: http::Request<Bytes>) -> Result<http::Request<Body>, TransportError> {
        let (body, length) = self.open().map_err(TransportError::refused)?;
        let mut request = request.map(|_| body);
        if let Some(length) = length {
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
        Ok(request)
    }

    /// The body, and its length where it is known.
    fn open(&self) -> io::Result<(Body, Option<u64>)> {
        let (inner, length) = self.open_source()?;
        Ok((Body::new(Counted { inner, sent: 0, length, progress: self.progress.clone() }), length))
    }

    fn open_source(&self) -> io::Result<(Body, Option<u64>)> {
        match &self.source {
            Source::File(path) => {
                let file = File::open(path)?;
                let length = self.length.map_or_else(|| file.metadata().map(|known| known.len()), Ok)?;
                Ok((Body::new(Frames(Box::pin(Chunks(file)))), Some(length)))
            }
            Source::Made(make) => Ok((make(), self.length)),
            Source::Once(body) => {
                let body = body.lock().unwrap_or_else(PoisonError::into_inner).take();
                body.map(|body| (body, self.length)).ok_or_else(|| io::Error::other("the body was sent already"))
            }
            Source::Chain(pieces) => {
                let (mut bodies, mut length) = (VecDeque::new(), Some(0_u64));
                for piece in &**pieces {
                    let (body, more) = match piece {
                        Piece::Bytes(bytes) => (Body::from(bytes.clone()), Some(bytes.len() as u64)),
                        Piece::Upload(upload) => upload.open()?,
                    };
                    bodies.push_back(body);
                    length = length.zip(more).map(|(length, more)| length.saturating_add(more));
                }
                Ok((Body::new(Frames(Box::pin(Chain(bodies)))), self.length.or(length)))
            }
        }
    }
}

/// The same file, or clones of one upload.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        match (&self.source, &other.source) {
            (Source::File(a), Source::File(b)) => a == b,
            (Source::Made(a), Source::Made(b)) => Arc::ptr_eq(a, b),
            (Source::Once(a), Source::Once(b)) => Arc::ptr_eq(a, b),
            (Source::Chain(a), Source::Chain(b)) => Arc::ptr_eq(a, b),
            (Source::File(_) | Source::Made(_) | Source::Once(_) | Source::Chain(_), _) => false,
        }
    }
}

impl Eq for Upload {}

/// Does not show where the bytes come from.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("length", &self.length).finish_non_exhaustive()
    }
}

/// The chunks of a file.
struct Chunks(File);

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut chunk = Vec::with_capacity(64 << 10);
        let read = self.0.by_ref().take(64 << 10).read_to_end(&mut chunk);
        Poll::Ready(match read {
            Ok(0) => None,
            Ok(_) => Some(Ok(chunk.into())),
            Err(error) => Some(Err(error)),
        })
    }
}

/// Bodies, one after the other.
struct Chain(VecDeque<Body>);

impl Stream for Chain {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(body) = self.0.front_mut() {
            if let Some(chunk) = ready!(Pin::new(body).poll_next(context)) {
                return Poll::Ready(Some(chunk));
            }
            self.0.pop_front();
        }
        Poll::Ready(None)
    }
}

/// A stream as a body.
struct Frames<S>(Pin<Box<S>>);

impl<S, E> http_body::Body for Frames<S>
where
    S: Stream<Item = Result<Bytes, E>>,
{
    type Data = Bytes;
    type Error = E;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        self.0.as_mut().poll_next(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }
}

/// A body that tells how much of it has gone out, and is as long as it was said to be.
struct Counted {
    inner: Body,
    sent: u64,
    length: Option<u64>,
    progress: Option<Progress>,
}

impl http_body::Body for Counted {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let chunk = ready!(Pin::new(&mut self.inner).poll_next(context));
        let Some(chunk) = chunk.transpose()? else {
            let missing = self.length.filter(|length| *length != self.sent);
            return Poll::Ready(missing.map(|length| Err(self.wrong_length(length))));
        };
        self.sent = self.sent.saturating_add(chunk.len() as u64);
        if let Some(length) = self.length.filter(|length| *length < self.sent) {
            return Poll::Ready(Some(Err(self.wrong_length(length))));
        }
        if let Some(progress) = &self.progress {
            progress(self.sent, self.length);
        }
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::new, |length| SizeHint::with_exact(length.saturating_sub(self.sent)))
    }
}

impl Counted {
    fn wrong_length(&self, length: u64) -> TransportError {
        TransportError::refused(format!("the request's body has {} bytes, and was to have {length}", self.sent))
    }
}
