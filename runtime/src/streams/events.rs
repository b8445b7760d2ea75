//! Server-sent events, with what is in them.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::Method;
use http::header::{HeaderName, HeaderValue};

use crate::answer::Answer;
use crate::call::Core;
use crate::error::Error;
use crate::http_client::TransportErrorKind;
use crate::json::{DecodeError, Json};
use crate::operation::Operation;
use crate::request::Request;
use crate::streams::event_text::{EventText, Parser};
use crate::streams::source::{Fault, Source};

/// An event of a stream of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The last id that the server has given, to this event or one before.
    pub id: Option<String>,
    /// The name of the event; none for those without one.
    pub event: Option<String>,
    /// What the event says.
    pub data: T,
}

/// The events of an answer that is `text/event-stream`, each as it comes in.
///
/// Where a `GET` is cut off, it is asked for again after the last id (`Last-Event-ID`), when the
/// server's `retry` is over, or half a second without one; as often in a row as the call has retries.
/// The stream ends when the server ends it, with data such as `[DONE]` where JSON is expected, and
/// after an error; [`resume`](Self::resume) goes on from there. The call's `body_limit` limits each
/// event.
#[must_use = "nothing is sent before an event is wanted"]
pub struct Events<O, T> {
    source: Source,
    parser: Parser,
    ready: VecDeque<EventText>,
    read: fn(&Answer) -> Result<T, DecodeError>,
    is_json: bool,
    ended: bool,
    /// How often in a row it was asked for again without an event.
    reopened: u32,
    operation: PhantomData<fn() -> O>,
}

type Outcome<O, T> = Result<Event<T>, Error<<O as Operation>::Error>>;

impl<O: Operation, T> Events<O, T> {
    /// The next event; none after the last one, and none after an error.
    pub async fn next(&mut self) -> Option<Outcome<O, T>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The last id that the server has given.
    #[must_use]
    pub fn last_id(&self) -> Option<&str> {
        self.parser.last_id.as_deref()
    }

    /// Goes on after the end or an error: with the next event, or, where there is none, by asking
    /// again for what comes after the last id.
    pub fn resume(&mut self) {
        self.ended = false;
        if self.source.is_over() && self.ready.is_empty() {
            self.open_again(Duration::ZERO);
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Outcome<O, T>>> {
        while !self.ended {
            if let Some(event) = self.ready.pop_front() {
                return Poll::Ready(self.event(event));
            }
            match ready!(self.source.poll(context)) {
                Some(Ok(chunk)) => {
                    let limit = self.source.limits.body_limit;
                    if self.parser.push(&chunk, limit, &mut self.ready).is_err() {
                        self.ended = true;
                        return Poll::Ready(Some(Err(self.source.too_long::<O>())));
                    }
                }
                Some(Err(fault)) if self.can_open_again(&fault) => {
                    self.reopened += 1;
                    self.open_again(self.parser.retry.unwrap_or(Duration::from_millis(500)));
                }
                Some(Err(fault)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(fault.into_error::<O>())));
                }
                None => self.ended = true,
            }
        }
        Poll::Ready(None)
    }

    fn event(&mut self, text: EventText) -> Option<Outcome<O, T>> {
        self.reopened = 0;
        let EventText { id, event, data } = text;
        if self.is_json && is_sentinel(&data) {
            self.ended = true;
            return None;
        }
        let data = self.source.read::<O, T>(data, self.read)?;
        self.ended = data.is_err();
        Some(data.map(|data| Event { id, event, data }))
    }

    fn can_open_again(&self, fault: &Fault) -> bool {
        let request = self.source.request();
        let is_passing = match fault {
            Fault::CutOff(crate::error::Failure::Transport(failure)) => {
                failure.error().kind() == TransportErrorKind::Broken
            }
            Fault::CutOff(_) => true,
            Fault::Failure(_) | Fault::Denied(_) | Fault::Mistyped(..) => false,
        };
        is_passing && request.0.route.method == Method::GET && self.reopened < self.source.limits.retries
    }

    fn open_again(&mut self, wait: Duration) {
        self.parser = self.parser.again();
        let id = self.parser.last_id.as_ref().filter(|id| !id.is_empty());
        if let Some(id) = id.and_then(|id| HeaderValue::from_bytes(id.as_bytes()).ok()) {
            self.source.set_header(HeaderName::from_static("last-event-id"), id);
        }
        self.source.open_again(wait);
    }
}

/// A word such as `[DONE]`, which is no JSON.
fn is_sentinel(data: &str) -> bool {
    let word = data.trim().strip_prefix('[').and_then(|data| data.strip_suffix(']'));
    word.is_some_and(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
}

impl<O: Operation, T> Stream for Events<O, T> {
    type Item = Outcome<O, T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<O, T> fmt::Debug for Events<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("request", self.source.request()).finish_non_exhaustive()
    }
}

impl Core {
    /// The events of an answer, with JSON as their data.
    pub fn events<O: Operation, T: Json>(&self, request: Request) -> Events<O, T> {
        Events::new(self, request, Answer::json, true)
    }

    /// The events of an answer, with text as their data.
    pub fn text_events<O: Operation>(&self, request: Request) -> Events<O, String> {
        Events::new(self, request, Answer::text, false)
    }
}

impl<O, T> Events<O, T> {
    fn new(core: &Core, request: Request, read: fn(&Answer) -> Result<T, DecodeError>, is_json: bool) -> Self {
        Self {
            source: Source::new(core, request, &["text/event-stream"]),
            parser: Parser::default(),
            ready: VecDeque::new(),
            read,
            is_json,
            ended: false,
            reopened: 0,
            operation: PhantomData,
        }
    }
}
