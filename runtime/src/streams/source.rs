//! An answer that is asked for when its first chunk is wanted.

use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, HeaderName, HeaderValue};

use crate::answer::Answer;
use crate::call::{Core, declared};
use crate::error::{Error, Failure, TransportFailure, UndecodableAnswer};
use crate::exchange::{Received, Taking};
use crate::http_client::{BoxFuture, TransportError};
use crate::json::DecodeError;
use crate::media_type::{content_type, essence};
use crate::operation::Operation;
use crate::options::Limits;
use crate::request::Request;
use crate::streams::Chunks;

/// A request, and the chunks of the answer to it.
pub(super) struct Source {
    pub(super) core: Core,
    request: Request,
    pub(super) limits: Limits,
    media_types: &'static [&'static str],
    state: State,
}

enum State {
    Waiting,
    Opening(BoxFuture<'static, Result<Received, Failure>>),
    /// The answer holds no body, but the item that is read.
    Open(Answer, Chunks),
    Over(Option<Answer>),
}

/// Why there are no more chunks.
pub(super) enum Fault {
    /// It could not be opened.
    Failure(Failure),
    /// It was open, and broke.
    CutOff(Failure),
    /// The answer is no success.
    Denied(Box<Answer>),
    /// The answer is of another type.
    Mistyped(Box<Answer>, DecodeError),
}

impl Source {
    /// The media types are those that the answer can have; the request asks for the first.
    pub(super) fn new(core: &Core, mut request: Request, media_types: &'static [&'static str]) -> Self {
        let limits = request.0.options.limits(&core.settings().options);
        let accept = media_types.join(", ");
        if let Ok(accept) = HeaderValue::from_str(&accept) {
            request.0.headers.insert(ACCEPT, accept);
        }
        Self { core: core.clone(), request, limits, media_types, state: State::Waiting }
    }

    pub(super) fn request(&self) -> &Request {
        &self.request
    }

    pub(super) fn set_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.request.0.headers.insert(name, value);
    }

    /// Whether the chunks have ended, well or not.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.state, State::Over(_))
    }

    /// Asks again after a wait.
    pub(super) fn open_again(&mut self, wait: Duration) {
        let (http, core, request) = (Arc::clone(&self.core.settings().http), self.core.clone(), self.request.again());
        self.state = State::Opening(Box::pin(async move {
            http.pause(wait).await;
            core.receive(request, Taking::Stream).await
        }));
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Fault>>> {
        loop {
            match &mut self.state {
                State::Waiting => {
                    self.state = State::Opening(self.core.receive(self.request.again(), Taking::Stream));
                }
                State::Opening(work) => {
                    let received = ready!(work.as_mut().poll(context));
                    self.state = State::Over(None);
                    match self.judge(received) {
                        Ok((answer, chunks)) => self.state = State::Open(answer, chunks),
                        Err(fault) => return Poll::Ready(Some(Err(fault))),
                    }
                }
                State::Open(_, chunks) => {
                    let chunk = ready!(chunks.poll(context));
                    if !matches!(chunk, Some(Ok(_))) {
                        let State::Open(answer, _) = std::mem::replace(&mut self.state, State::Over(None)) else {
                            continue;
                        };
                        self.state = State::Over(Some(answer));
                    }
                    return Poll::Ready(chunk.map(|chunk| chunk.map_err(Fault::CutOff)));
                }
                State::Over(_) => return Poll::Ready(None),
            }
        }
    }

    fn judge(&self, received: Result<Received, Failure>) -> Result<(Answer, Chunks), Fault> {
        let Received { answer, rest } = received.map_err(Fault::Failure)?;
        if !answer.status().is_success() {
            return Err(Fault::Denied(Box::new(answer)));
        }
        let found = essence(content_type(answer.headers()));
        if !found.is_empty() && !self.media_types.contains(&found.as_str()) {
            let expected = format!("an answer of the type {}", self.media_types.join(", "));
            let error = DecodeError::new(b"", 0, String::new(), expected, found);
            return Err(Fault::Mistyped(Box::new(answer), error));
        }
        let http = Arc::clone(&self.core.settings().http);
        let mut chunks = Chunks::new(self.request.0.meta, http, answer.headers(), rest);
        chunks.idle = self.limits.idle_timeout;
        Ok((answer, chunks))
    }

    /// The media type of the answer that is open; empty where none is known.
    pub(super) fn media_type(&self) -> String {
        self.answer().map_or_else(String::new, |answer| essence(content_type(answer.headers())))
    }

    fn answer(&self) -> Option<&Answer> {
        match &self.state {
            State::Open(answer, _) | State::Over(Some(answer)) => Some(answer),
            State::Waiting | State::Opening(_) | State::Over(None) => None,
        }
    }

    /// Reads an item as if it were the body of the answer.
    pub(super) fn read<O: Operation, T>(
        &mut self,
        item: impl Into<Bytes>,
        read: fn(&Answer) -> Result<T, DecodeError>,
    ) -> Option<Result<T, Error<O::Error>>> {
        let (State::Open(answer, _) | State::Over(Some(answer))) = &mut self.state else { return None };
        answer.set_body(item.into());
        Some(read(answer).map_err(|error| undecodable::<O>(answer.clone(), error)))
    }

    /// An item that is longer than it may be.
    pub(super) fn too_long<O: Operation>(&mut self) -> Error<O::Error> {
        self.state = State::Over(None);
        let error = TransportError::item_limit(self.limits.body_limit);
        Error::Transport(Box::new(TransportFailure { operation: O::META.id, tries: 1, error }))
    }
}

impl Fault {
    pub(super) fn into_error<O: Operation>(self) -> Error<O::Error> {
        match self {
            Self::Failure(failure) | Self::CutOff(failure) => failure.into(),
            Self::Denied(answer) => declared::<O>(*answer),
            Self::Mistyped(answer, error) => undecodable::<O>(*answer, error),
        }
    }
}

fn undecodable<O: Operation>(answer: Answer, error: DecodeError) -> Error<O::Error> {
    Error::Decode(Box::new(UndecodableAnswer { operation: O::META.id, answer, error }))
}
