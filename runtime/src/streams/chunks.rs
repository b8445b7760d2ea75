//! The chunks of a body, within its limits.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_ENCODING, HeaderMap};

use crate::call;
use crate::error::{Failure, TimeLimit, TransportFailure};
use crate::exchange::{content_length, exceeds};
use crate::http_client::{Body, BoxFuture, HttpClient, TransportError};
use crate::operation::Meta;

/// What of a body is still to come. It ends after the last chunk, and after a failure.
pub(crate) struct Chunks {
    meta: &'static Meta,
    body: Option<Body>,
    http: Arc<dyn HttpClient>,
    /// Runs while a chunk is waited for.
    sleep: Option<BoxFuture<'static, ()>>,
    pub(crate) idle: Duration,
    pub(crate) limit: Option<usize>,
    total: Option<u64>,
    received: u64,
}

impl Chunks {
    pub(crate) fn new(meta: &'static Meta, http: Arc<dyn HttpClient>, headers: &HeaderMap, body: Option<Body>) -> Self {
        // The length is that of what was compressed.
        let is_encoded = headers.contains_key(CONTENT_ENCODING);
        let total = if is_encoded || body.is_none() { None } else { content_length(headers) };
        Self { meta, body, http, sleep: None, idle: Duration::MAX, limit: None, total, received: 0 }
    }

    /// How many bytes have come.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    /// How many bytes there are, where the server has said so.
    pub(crate) fn total(&self) -> Option<u64> {
        self.total
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        let chunk = ready!(self.poll_body(context));
        if !matches!(chunk, Some(Ok(_))) {
            self.body = None;
        }
        Poll::Ready(chunk)
    }

    fn poll_body(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        if self.received == 0
            && let Some(limit) = self.limit
            && self.total.is_some_and(|total| exceeds(total, limit))
        {
            let error = body.too_large(limit);
            return Poll::Ready(Some(Err(self.failure(error))));
        }
        let Poll::Ready(chunk) = Pin::new(&mut *body).poll_next(context) else {
            let (http, idle) = (&self.http, self.idle);
            ready!(self.sleep.get_or_insert_with(|| http.sleep(idle)).as_mut().poll(context));
            return Poll::Ready(Some(Err(call::timeout(self.meta, TimeLimit::Idle, idle))));
        };
        self.sleep = None;
        Poll::Ready(match chunk {
            Some(Ok(chunk)) => {
                self.received = self.received.saturating_add(chunk.len() as u64);
                match self.limit {
                    Some(limit) if exceeds(self.received, limit) => {
                        let error = body.too_large(limit);
                        Some(Err(self.failure(error)))
                    }
                    Some(_) | None => Some(Ok(chunk)),
                }
            }
            Some(Err(error)) => Some(Err(self.failure(error))),
            None => match self.total {
                Some(total) if self.received < total => {
                    let reason = format!("the answer ended after {} of {total} bytes", self.received);
                    Some(Err(self.failure(TransportError::broken(reason))))
                }
                Some(_) | None => None,
            },
        })
    }

    fn failure(&self, error: TransportError) -> Failure {
        Failure::Transport(Box::new(TransportFailure { operation: self.meta.id, tries: 1, error }))
    }
}
