//! Bodies of answers that come compressed.
//!
//! Takes an answer as it comes over the wire; gives it as it was before it was compressed, piece by piece. It must not
//! know what the limits are.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use async_compression::tokio::bufread;
use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderValue};
use http_body::Frame;
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use crate::http_client::{Body, TransportError};

/// What is asked for.
const ACCEPTED: &str = match (cfg!(feature = "br"), cfg!(feature = "zstd")) {
    (false, false) => "gzip",
    (true, false) => "gzip, br",
    (false, true) => "gzip, zstd",
    (true, true) => "gzip, br, zstd",
};

/// How a body is compressed.
#[derive(Clone, Copy)]
enum Coding {
    Gzip,
    #[cfg(feature = "br")]
    Brotli,
    #[cfg(feature = "zstd")]
    Zstd,
}

/// Asks for a compressed answer, unless the caller has said what is wanted.
pub(crate) fn ask(headers: &mut HeaderMap) {
    headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static(ACCEPTED));
}

/// Takes back what is known. Its headers are about what came over the wire, so they go too.
pub(crate) fn decompress(answer: http::Response<Body>) -> http::Response<Body> {
    let Some(coding) = answer.headers().get(CONTENT_ENCODING).and_then(coding) else { return answer };
    let (mut head, body) = answer.into_parts();
    head.headers.remove(CONTENT_ENCODING);
    head.headers.remove(CONTENT_LENGTH);
    http::Response::from_parts(head, Body::new(Decompressed::Waiting(coding, Some(body))).decompressed())
}

fn coding(value: &HeaderValue) -> Option<Coding> {
    let name = value.to_str().ok()?.trim();
    match name {
        _ if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => Some(Coding::Gzip),
        #[cfg(feature = "br")]
        _ if name.eq_ignore_ascii_case("br") => Some(Coding::Brotli),
        #[cfg(feature = "zstd")]
        _ if name.eq_ignore_ascii_case("zstd") => Some(Coding::Zstd),
        _ => None,
    }
}

/// A body as it was before it was compressed.
enum Decompressed {
    /// A body without a byte is compressed nothing: that of an answer to `HEAD`.
    Waiting(Coding, Option<Body>),
    /// What comes out goes through the buffer.
    Reading(Pin<Box<dyn AsyncRead + Send>>, Vec<u8>),
}

impl http_body::Body for Decompressed {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        const SIZE: usize = 16 << 10;
        loop {
            match &mut *self {
                Self::Waiting(coding, waiting) => {
                    let Some(body) = waiting else { return Poll::Ready(None) };
                    let Some(first) = ready!(Pin::new(body).poll_next(context)?) else { return Poll::Ready(None) };
                    let (coding, Some(body)) = (*coding, waiting.take()) else { return Poll::Ready(None) };
                    *self = Self::Reading(reader(coding, Compressed { body, chunk: first }), vec![0; SIZE]);
                }
                Self::Reading(reader, bytes) => {
                    let mut buffer = ReadBuf::new(bytes);
                    ready!(reader.as_mut().poll_read(context, &mut buffer)).map_err(broken)?;
                    let chunk = buffer.filled();
                    let chunk = (!chunk.is_empty()).then(|| Bytes::copy_from_slice(chunk));
                    return Poll::Ready(chunk.map(|chunk| Ok(Frame::data(chunk))));
                }
            }
        }
    }
}

fn reader(coding: Coding, body: Compressed) -> Pin<Box<dyn AsyncRead + Send>> {
    match coding {
        Coding::Gzip => {
            let mut reader = bufread::GzipDecoder::new(body);
            reader.multiple_members(true);
            Box::pin(reader)
        }
        #[cfg(feature = "br")]
        Coding::Brotli => Box::pin(bufread::BrotliDecoder::new(body)),
        #[cfg(feature = "zstd")]
        Coding::Zstd => {
            // RFC 9659: no more than 8 MiB of what came before have to be remembered.
            let window = async_compression::zstd::DParameter::window_log_max(23);
            let mut reader = bufread::ZstdDecoder::with_params(body, &[window]);
            reader.multiple_members(true);
            Box::pin(reader)
        }
    }
}

/// What came over the wire.
struct Compressed {
    body: Body,
    chunk: Bytes,
}

impl AsyncBufRead for Compressed {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        while this.chunk.is_empty() {
            let next = ready!(Pin::new(&mut this.body).poll_next(context));
            let Some(chunk) = next.transpose().map_err(io::Error::other)? else { break };
            this.chunk = chunk;
        }
        Poll::Ready(Ok(&this.chunk))
    }

    fn consume(mut self: Pin<&mut Self>, bytes: usize) {
        self.chunk.advance(bytes);
    }
}

impl AsyncRead for Compressed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let chunk = ready!(self.as_mut().poll_fill_buf(context))?;
        let length = chunk.len().min(buffer.remaining());
        buffer.put_slice(chunk.take(length).chunk());
        self.consume(length);
        Poll::Ready(Ok(()))
    }
}

/// The connection's own error, or that of what came over it.
fn broken(error: io::Error) -> TransportError {
    match error.downcast() {
        Ok(error) => error,
        Err(error) => TransportError::broken(error),
    }
}
