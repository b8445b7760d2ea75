//! Values that come one after the other.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::answer::Answer;
use crate::call::Core;
use crate::error::Error;
use crate::json::Json;
use crate::operation::Operation;
use crate::request::Request;
use crate::streams::json_texts::{Separator, Splitter};
use crate::streams::source::Source;

const MEDIA_TYPES: &[&str] = &[
    "application/jsonl",
    "application/x-ndjson",
    "application/json-seq",
    "application/geo+json-seq",
    "application/ndjson",
    "application/x-jsonlines",
    "application/jsonlines",
    "application/stream+json",
    "application/x-json-stream",
];

/// The values of an answer that is JSON lines (`application/jsonl`, `application/x-ndjson`) or a
/// sequence of JSON texts (`application/json-seq`), each as it comes in.
///
/// It ends after the last value, and after an error. A line that cannot be read is an error after
/// which [`resume`](Self::resume) goes on with the next. The call's `body_limit` limits each line.
#[must_use = "nothing is sent before a value is wanted"]
pub struct Lines<O, T> {
    source: Source,
    splitter: Option<Splitter>,
    ready: VecDeque<Vec<u8>>,
    ended: bool,
    types: PhantomData<fn() -> (O, T)>,
}

type Outcome<O, T> = Result<T, Error<<O as Operation>::Error>>;

impl<O: Operation, T: Json> Lines<O, T> {
    /// The next value; none after the last one, and none after an error.
    pub async fn next(&mut self) -> Option<Outcome<O, T>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Goes on after a line that could not be read.
    pub fn resume(&mut self) {
        self.ended = false;
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Outcome<O, T>>> {
        while !self.ended {
            if let Some(text) = self.ready.pop_front() {
                let value = self.source.read::<O, T>(text, Answer::json);
                self.ended = !matches!(value, Some(Ok(_)));
                return Poll::Ready(value);
            }
            match ready!(self.source.poll(context)) {
                Some(Ok(chunk)) => {
                    let is_sequence = self.source.media_type().ends_with("json-seq");
                    let separator = if is_sequence { Separator::Record } else { Separator::LineFeed };
                    let splitter = self.splitter.get_or_insert_with(|| Splitter::new(separator));
                    if splitter.push(&chunk, self.source.limits.body_limit, &mut self.ready).is_err() {
                        self.ended = true;
                        return Poll::Ready(Some(Err(self.source.too_long::<O>())));
                    }
                }
                Some(Err(fault)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(fault.into_error::<O>())));
                }
                None => {
                    self.ready.extend(self.splitter.take().and_then(|mut splitter| splitter.end()));
                    self.ended = self.ready.is_empty();
                }
            }
        }
        Poll::Ready(None)
    }
}

impl<O: Operation, T: Json> Stream for Lines<O, T> {
    type Item = Outcome<O, T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<O, T> fmt::Debug for Lines<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("request", self.source.request()).finish_non_exhaustive()
    }
}

impl Core {
    /// The values of an answer that has one in each line.
    pub fn lines<O: Operation, T: Json>(&self, request: Request) -> Lines<O, T> {
        let source = Source::new(self, request, MEDIA_TYPES);
        Lines { source, splitter: None, ready: VecDeque::new(), ended: false, types: PhantomData }
    }
}
