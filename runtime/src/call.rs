//! A call, from a request to a typed answer or an error.
//!
//! One path for all operations, compiled once; only the last step, which reads the answer, is
//! generic.

use std::fmt;
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, StatusCode};

use crate::answer::Answer;
use crate::auth::{Configured, Pending};
use crate::budget::{self, Budget};
use crate::clock::{Instant, SystemTime};
use crate::error::{
    ApiError, Error, Failure, RequestError, TimeLimit, TimeoutError, TransportFailure, UndeclaredError,
    UndecodableAnswer,
};
use crate::exchange::{Received, Taking, exchange};
use crate::hooks::Hooks;
use crate::http_client::{BoxFuture, HttpClient, TransportErrorKind};
use crate::json::{DecodeError, Json};
use crate::observe;
use crate::operation::{Meta, Operation};
use crate::options::{CallOptions, Limits};
use crate::prepare::{Prepared, prepare};
use crate::rate_limit;
use crate::request::{Parts, Request};
use crate::response::Response;
use crate::retry::{self, Outcome};
use crate::timeout::within;
use crate::upload::Upload;
use crate::value::Value;

/// What all calls of a client share. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Core(Arc<Settings>);

pub(crate) struct Settings {
    pub(crate) base: crate::url::BaseUrl,
    /// Whether the base URL is the API's, so that an operation's own server counts.
    pub(crate) is_default_base: bool,
    pub(crate) credentials: Vec<Configured>,
    pub(crate) options: CallOptions,
    pub(crate) budget: Budget,
    pub(crate) hooks: Option<Arc<dyn Hooks>>,
    pub(crate) http: Arc<dyn HttpClient>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) request_id: &'static [&'static str],
    pub(crate) open_credentials: bool,
}

impl Core {
    pub(crate) fn new(settings: Settings) -> Self {
        Self(Arc::new(settings))
    }

    /// Sends a request of an operation and reads the answer.
    ///
    /// # Errors
    ///
    /// See [`Error`], one variant for each thing that can happen.
    pub fn call<O: Operation>(&self, request: Request) -> Sending<O> {
        Sending { received: self.receive(request, Taking::Whole), operation: PhantomData }
    }

    /// Sends a request, and gives the answer, whose body may still be coming in.
    pub(crate) fn receive(&self, request: Request, taking: Taking) -> BoxFuture<'static, Result<Received, Failure>> {
        execute(Arc::clone(&self.0), request, taking)
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0
    }
}

/// Shows no credential.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<_> = self.0.credentials.iter().map(|known| known.scheme.name).collect();
        f.debug_struct("Core")
            .field("host", &self.0.base.host())
            .field("credentials", &schemes)
            .field("options", &self.0.options)
            .field("http", &self.0.http)
            .finish_non_exhaustive()
    }
}

/// A call under way: a future that gives the answer, read as the operation says.
#[must_use = "nothing is sent unless it is awaited"]
pub struct Sending<O> {
    received: BoxFuture<'static, Result<Received, Failure>>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Future for Sending<O> {
    type Output = Result<Response<O::Output>, Error<O::Error>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let received = ready!(self.received.as_mut().poll(context));
        Poll::Ready(received.map_err(Error::from).and_then(|received| finish::<O>(received.answer)))
    }
}

impl<O: Operation> fmt::Debug for Sending<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").field("operation", &O::META.id).finish_non_exhaustive()
    }
}

/// Everything that does not depend on the types of an operation.
fn execute(settings: Arc<Settings>, request: Request, taking: Taking) -> BoxFuture<'static, Result<Received, Failure>> {
    Box::pin(async move {
        let Request(request) = request;
        let meta = request.meta;
        let limits = request.options.limits(&settings.options);
        let work = pin!(async {
            let tries = Tries { settings: &settings, request: &request, limits: &limits, taking };
            let prepared = tries.prepare()?;
            let whole = pin!(tries.authorize(prepared));
            let done = within(&*settings.http, limits.timeout, whole).await;
            done.unwrap_or_else(|| Err(timeout(meta, TimeLimit::Call, limits.timeout)))
        });
        observe::call(&settings.base, meta.id, &request.route, work).await
    })
}

/// What the tries of a call have in common.
struct Tries<'a> {
    settings: &'a Settings,
    request: &'a Parts,
    limits: &'a Limits,
    taking: Taking,
}

impl Tries<'_> {
    fn prepare(&self) -> Result<Prepared, Failure> {
        prepare(self.settings, self.request).map_err(Failure::Request)
    }

    /// What is sent another time, with the tokens that it had.
    fn prepare_again(&self, pending: &[Pending]) -> Result<http::Request<Bytes>, Failure> {
        let mut request = self.prepare()?.request;
        for pending in pending {
            pending.put(request.headers_mut());
        }
        Ok(request)
    }

    /// Whether another try has the whole body.
    fn can_be_sent(&self) -> bool {
        self.request.upload.as_ref().is_none_or(Upload::can_be_sent)
    }

    /// Sends a request with the tokens that it needs, and once more with others where they were refused.
    async fn authorize(&self, prepared: Prepared) -> Result<Received, Failure> {
        let Prepared { mut request, mut pending } = prepared;
        let http = &*self.settings.http;
        for pending in &mut pending {
            let no_token = |(scheme, error)| RequestError::no_token(self.request.meta, scheme, error);
            let filled = pending.fill(http, request.headers_mut()).await;
            filled.map_err(|failure| Failure::Request(Box::new(no_token(failure))))?;
        }
        let mut renewals = 0;
        loop {
            let received = self.send_often(request, &pending).await?;
            let is_refused = received.answer.status() == StatusCode::UNAUTHORIZED;
            if pending.is_empty() || renewals > 0 || !is_refused || !self.can_be_sent() {
                return Ok(received);
            }
            request = self.prepare_again(&pending)?;
            for pending in &mut pending {
                renewals += u32::from(pending.fill(http, request.headers_mut()).await.unwrap_or(false));
            }
            if renewals == 0 {
                return Ok(received);
            }
        }
    }

    async fn send_often(&self, mut request: http::Request<Bytes>, pending: &[Pending]) -> Result<Received, Failure> {
        let Settings { base, budget, http, .. } = self.settings;
        let route = &self.request.route;
        let start = Instant::now();
        let mut retries = 0;
        let mut cost = 0;
        loop {
            let result = {
                let one_try = pin!(self.send_once(request, retries + 1));
                observe::one_try(base, route, retries + 1, one_try).await
            };
            if result.as_ref().is_ok_and(|received| !retry::is_passing(received.answer.status())) {
                budget.give(cost);
                return result;
            }
            let left = self.limits.timeout.saturating_sub(start.elapsed());
            let wait = retry::next_wait(route, self.limits, retries, outcome(&result), left, fastrand::f64());
            let Some(wait) = wait.filter(|_| self.can_be_sent()) else { return result };
            let timed_out = matches!(result, Err(Failure::Timeout(_)));
            cost = if timed_out { budget::RETRY_AFTER_TIMEOUT } else { budget::RETRY };
            if !budget.take(cost) {
                return result;
            }
            http.pause(wait).await;
            retries += 1;
            request = self.prepare_again(pending)?;
        }
    }

    async fn send_once(&self, mut request: http::Request<Bytes>, tries: u32) -> Result<Received, Failure> {
        let Self { settings, limits, taking, .. } = *self;
        let meta = self.request.meta;
        let operation = meta.id;
        if let Some(hooks) = &settings.hooks {
            let refused = |error| Failure::Request(Box::new(RequestError::hooked(meta, error)));
            hooks.before_send(operation, &mut request).map_err(refused)?;
        }
        let exchange = pin!(exchange(settings, limits, taking, request));
        let result = match limits.try_timeout {
            Some(limit) => within(&*settings.http, limit, exchange).await,
            None => Some(exchange.await),
        };
        match result {
            Some(Ok(mut received)) => {
                let hooks = settings.hooks.as_ref();
                if !limits.strict {
                    received.answer = received.answer.leniently(operation, hooks);
                }
                if let Some(hooks) = hooks {
                    hooks.after_answer(operation, &received.answer);
                }
                Ok(received)
            }
            Some(Err(error)) => Err(Failure::Transport(Box::new(TransportFailure { operation, tries, error }))),
            None => Err(timeout(meta, TimeLimit::Try, limits.try_timeout.unwrap_or_default())),
        }
    }
}

fn outcome(result: &Result<Received, Failure>) -> Outcome {
    match result {
        Ok(Received { answer, .. }) => {
            let asked = rate_limit::asked_wait(answer.status(), answer.headers(), SystemTime::now());
            Outcome::Answered(answer.status(), asked)
        }
        Err(Failure::Transport(failure)) => match failure.error.kind() {
            TransportErrorKind::Connect => Outcome::NotSent,
            TransportErrorKind::Broken => Outcome::Broken,
            TransportErrorKind::Refused
            | TransportErrorKind::BodyLimit
            | TransportErrorKind::DecompressionLimit
            | TransportErrorKind::HeaderLimit
            | TransportErrorKind::ItemLimit => Outcome::Settled,
        },
        Err(Failure::Timeout(_)) => Outcome::Broken,
        Err(Failure::Request(_)) => Outcome::Settled,
    }
}

pub(crate) fn timeout(meta: &Meta, reached: TimeLimit, limit: Duration) -> Failure {
    Failure::Timeout(Box::new(TimeoutError { operation: meta.id, limit, reached }))
}

/// Reads an answer as the operation says.
pub(crate) fn finish<O: Operation>(answer: Answer) -> Result<Response<O::Output>, Error<O::Error>> {
    let operation = O::META.id;
    match O::read_output(&answer) {
        Some(Ok(output)) if O::is_success(&output) => Ok(Response::new(output, answer)),
        Some(Ok(_)) => Err(undeclared(operation, answer, None)),
        Some(Err(error)) => Err(unreadable(O::META, answer, error)),
        None => Err(declared::<O>(answer)),
    }
}

/// The failure that an answer is.
pub(crate) fn declared<O: Operation>(answer: Answer) -> Error<O::Error> {
    let operation = O::META.id;
    match O::read_error(&answer) {
        Some(Ok(error)) => Error::Api(Box::new(ApiError { error, operation, answer })),
        Some(Err(error)) => undeclared(operation, answer, Some(error)),
        None => undeclared(operation, answer, None),
    }
}

fn undeclared<E>(operation: &'static str, answer: Answer, decode_error: Option<DecodeError>) -> Error<E> {
    Error::Undeclared(Box::new(UndeclaredError { operation, answer, decode_error }))
}

/// A success that cannot be read; unless it says of itself that it is none, for then that is what
/// matters.
fn unreadable<E>(meta: &'static Meta, answer: Answer, error: DecodeError) -> Error<E> {
    let operation = meta.id;
    let denied = meta.success_flag.is_some_and(|flag| {
        let body = Value::from_json(answer.body()).unwrap_or_default();
        body.get(flag).and_then(Value::as_bool) == Some(false)
    });
    if denied {
        return undeclared(operation, answer, Some(error));
    }
    Error::Decode(Box::new(UndecodableAnswer { operation, answer, error }))
}
