//! A body as a stream of chunks.

use std::fmt;
use std::future::poll_fn;
use std::io::{self, Write};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use crate::call::{Core, declared};
use crate::error::{Error, Undeclared};
use crate::exchange::Taking;
use crate::operation::Operation;
use crate::request::Request;
use crate::response::Response;
use crate::streams::Chunks;

type Progress = Box<dyn FnMut(u64, Option<u64>) + Send + Sync>;

/// The body of a success, as it comes in; `E` is the operation's declared errors.
///
/// It ends after the last chunk, and after an error. A body that ends before its time is an error
/// too: [`Error::Transport`].
#[must_use = "the body comes in as it is read"]
pub struct Download<E = Undeclared> {
    chunks: Chunks,
    progress: Option<Progress>,
    error: PhantomData<fn() -> E>,
}

impl<E> Download<E> {
    /// The next bytes; none after the last ones, and none after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Writes all bytes from here on, and gives how many there were.
    ///
    /// ```no_run
    /// # use clientwright_runtime::{BoxError, Download};
    /// # async fn keep(download: &mut Download) -> Result<(), BoxError> {
    /// let file = std::fs::File::create("report.pdf")?;
    /// let bytes = download.write_to(file).await??;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The outer one when they cannot be written, the inner one when they do not all come in.
    pub async fn write_to(&mut self, mut writer: impl Write) -> io::Result<Result<u64, Error<E>>> {
        let before = self.received();
        while let Some(chunk) = self.next().await {
            match chunk {
                Ok(chunk) => writer.write_all(&chunk)?,
                Err(error) => return Ok(Err(error)),
            }
        }
        writer.flush()?;
        Ok(Ok(self.received() - before))
    }

    /// Limits the wait for the next bytes, in place of the call's `idle_timeout`.
    pub fn idle_timeout(&mut self, limit: Duration) {
        self.chunks.idle = limit;
    }

    /// Limits how many bytes there can be, in place of the call's `body_limit`.
    pub fn limit(&mut self, bytes: usize) {
        self.chunks.limit = Some(bytes);
    }

    /// Sets what is called after each chunk, with how many bytes have come, and how many there are
    /// where that is known.
    pub fn on_progress(&mut self, progress: impl FnMut(u64, Option<u64>) + Send + Sync + 'static) {
        self.progress = Some(Box::new(progress));
    }

    /// How many bytes have come.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.chunks.received()
    }

    /// How many bytes there are, where the server has said so, and has not compressed them.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.chunks.total()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error<E>>>> {
        let chunk = ready!(self.chunks.poll(context));
        if let (Some(Ok(_)), Some(progress)) = (&chunk, &mut self.progress) {
            progress(self.chunks.received(), self.chunks.total());
        }
        Poll::Ready(chunk.map(|chunk| chunk.map_err(Error::from)))
    }
}

impl<E> Stream for Download<E> {
    type Item = Result<Bytes, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<E> fmt::Debug for Download<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (received, total) = (self.received(), self.total());
        f.debug_struct("Download").field("received", &received).field("total", &total).finish_non_exhaustive()
    }
}

impl Core {
    /// Sends a request of an operation, and gives the body of a success as it comes in.
    ///
    /// The timeouts of the call and its tries, and its retries, end when the headers are there;
    /// `idle_timeout` limits each wait after that. A failure is read as a whole.
    ///
    /// # Errors
    ///
    /// See [`Error`], one variant for each thing that can happen.
    pub fn stream<O: Operation>(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<Response<Download<O::Error>>, Error<O::Error>>> + Send + use<O> {
        let core = self.clone();
        async move {
            let limits = request.0.options.limits(&core.settings().options);
            let limit = request.0.options.body_limit.or(core.settings().options.body_limit);
            let received = core.receive(request, Taking::Stream).await?;
            if !received.answer.status().is_success() {
                return Err(declared::<O>(received.answer));
            }
            let http = Arc::clone(&core.settings().http);
            let mut chunks = Chunks::new(O::META, http, received.answer.headers(), received.rest);
            (chunks.idle, chunks.limit) = (limits.idle_timeout, limit);
            Ok(Response::new(Download { chunks, progress: None, error: PhantomData }, received.answer))
        }
    }
}
