//! An expectation: which calls it is for, and what they get.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};

use crate::answer::Answer;
use crate::doubles::mocks::described::Described;
use crate::doubles::mocks::{Shared, fail, route};
use crate::http_client::{TransportError, TransportErrorKind};
use crate::json::{Json, ToJson};
use crate::operation::Operation;
use crate::value::Value;

/// The call of an operation that a test expects; it counts once it says what the call gets.
///
/// Expectations of one operation are met in the order in which they were made, each as often as it is
/// [expected](Mocked::expect), or without end.
#[must_use = "it counts once it says what the call gets"]
pub struct Expectation<O> {
    shared: Arc<Shared>,
    described: &'static Described,
    conditions: Vec<Condition>,
    operation: PhantomData<fn() -> O>,
}

/// What must hold of a request.
struct Condition {
    /// To go on after "mocked for other calls: ".
    text: String,
    holds: Hold,
}

type Hold = Box<dyn Fn(&http::Request<Bytes>) -> bool + Send>;
type Respond = Box<dyn Fn(&http::Request<Bytes>) -> Met + Send>;

/// What comes of a call.
pub(super) enum Met {
    Answer(http::Response<Bytes>),
    Failure(TransportError),
    /// Nothing, until the client's limit is over.
    Silence,
}

/// An expectation that counts.
pub(super) struct Rule {
    described: &'static Described,
    conditions: Vec<Condition>,
    respond: Respond,
    expected: Option<u64>,
    met: u64,
}

impl<O> Expectation<O> {
    pub(super) fn new(shared: Arc<Shared>, described: &'static Described) -> Self {
        Self { shared, described, conditions: Vec::new(), operation: PhantomData }
    }

    /// Only calls with this value of a path parameter, by its name in the description.
    pub fn path(self, name: &str, value: impl fmt::Display) -> Self {
        let (template, name, value) = (self.described.meta.path, name.to_owned(), value.to_string());
        let text = format!("path parameter `{name}` is `{value}`");
        self.condition(text, move |request| {
            let values = route::values(template, request.uri().path()).unwrap_or_default();
            values.iter().any(|(known, text)| *known == name && *text == value)
        })
    }

    /// Only calls with this value of a query parameter.
    pub fn query(self, name: &str, value: impl fmt::Display) -> Self {
        let pair = (name.to_owned(), value.to_string());
        let text = format!("query parameter `{}` is `{}`", pair.0, pair.1);
        self.condition(text, move |request| route::query(request.uri()).any(|known| known == pair))
    }

    /// Only calls with this value of a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        let (name, value) = (name.to_owned(), value.to_owned());
        let text = format!("header `{name}` is `{value}`");
        self.condition(text, move |request| request.headers().get_all(&name).iter().any(|known| known == &*value))
    }

    /// Only calls with this body, whatever the order of its properties.
    pub fn json(self, body: &(impl ToJson + ?Sized)) -> Self {
        // What `ToJson` gives is JSON.
        let body = Value::from_json(&body.to_json_text()).unwrap_or_default();
        let text = format!("the body is {body}");
        self.condition(text, move |request| Value::from_json(request.body()).is_ok_and(|known| known == body))
    }

    /// Only calls of which something else holds.
    pub fn when(self, holds: impl Fn(&http::Request<Bytes>) -> bool + Send + 'static) -> Self {
        self.condition("what `when` asks for holds".to_owned(), holds)
    }

    fn condition(mut self, text: String, holds: impl Fn(&http::Request<Bytes>) -> bool + Send + 'static) -> Self {
        self.conditions.push(Condition { text, holds: Box::new(holds) });
        self
    }

    /// Answers, whatever the description says of it.
    pub fn answering(self, answer: http::Response<impl Into<Bytes>>) -> Mocked {
        let answer = answer.map(Into::into);
        self.respond(move |_| Met::Answer(answer.clone()))
    }

    /// Answers by what the request is, whatever the description says of it.
    pub fn answering_with(
        self,
        answer: impl Fn(&http::Request<Bytes>) -> http::Response<Bytes> + Send + 'static,
    ) -> Mocked {
        self.respond(move |request| Met::Answer(answer(request)))
    }

    /// Fails before or instead of an answer.
    #[allow(clippy::must_use_candidate, reason = "it counts from now on")]
    pub fn failing(self, kind: TransportErrorKind) -> Mocked {
        self.respond(move |_| Met::Failure(TransportError::mocked(kind)))
    }

    /// Says nothing: the client's own limit is over at once.
    #[allow(clippy::must_use_candidate, reason = "it counts from now on")]
    pub fn silent(self) -> Mocked {
        self.respond(|_| Met::Silence)
    }

    fn respond(self, respond: impl Fn(&http::Request<Bytes>) -> Met + Send + 'static) -> Mocked {
        let Self { shared, described, conditions, operation: _ } = self;
        let mut state = shared.lock();
        let index = state.rules.len();
        state.rules.push(Rule { described, conditions, respond: Box::new(respond), expected: None, met: 0 });
        drop(state);
        Mocked { shared, index }
    }
}

impl<O: Operation> Expectation<O> {
    /// Answers with a status and JSON.
    ///
    /// # Panics
    ///
    /// When the description has another body for the status. [`answering`](Self::answering) takes any.
    #[track_caller]
    pub fn returning(self, status: u16, body: &(impl ToJson + ?Sized)) -> Mocked {
        self.returning_json(status, body.to_json_text())
    }

    /// Answers with a status and a text of JSON.
    ///
    /// # Panics
    ///
    /// When the description has another body for the status. [`answering`](Self::answering) takes any.
    #[track_caller]
    pub fn returning_json(self, status: u16, text: impl Into<Bytes>) -> Mocked {
        let (id, text) = (self.described.meta.id, text.into());
        let Ok(status) = StatusCode::from_u16(status) else { fail(&format!("{status} is no status")) };
        let mut answer = http::Response::new(text.clone());
        *answer.status_mut() = status;
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let read = Answer::new(status, answer.headers().clone(), text, &[]);
        let output = O::read_output(&read).map(|output| output.map(drop));
        if let Some(Err(error)) = output.or_else(|| O::read_error(&read).map(|error| error.map(drop))) {
            fail(&format!("the mocked answer {status} of `{id}` is not as described: {error}"));
        }
        self.answering(answer)
    }
}

impl Rule {
    pub(super) fn id(&self) -> &'static str {
        self.described.meta.id
    }

    pub(super) fn is_for(&self, request: &http::Request<Bytes>) -> bool {
        let meta = self.described.meta;
        meta.method == request.method() && route::values(meta.path, request.uri().path()).is_some()
    }

    pub(super) fn variables(&self) -> usize {
        self.described.meta.path.matches('{').count()
    }

    /// What comes of a call, or why it is for another rule.
    pub(super) fn meet(&mut self, request: &http::Request<Bytes>) -> Result<Result<Met, String>, String> {
        if let Some(condition) = self.conditions.iter().find(|condition| !(condition.holds)(request)) {
            return Err(format!("where {}", condition.text));
        }
        if self.expected == Some(self.met) {
            return Err(format!("no more than {}", times(self.met)));
        }
        if let Some(departure) = self.described.departure(request) {
            return Ok(Err(format!("`{}` was called by a request {departure}", self.id())));
        }
        self.met += 1;
        Ok(Ok((self.respond)(request)))
    }

    /// That it was not met as often as expected.
    pub(super) fn missing(&self) -> Option<String> {
        let expected = self.expected.filter(|expected| *expected != self.met)?;
        let conditions = self.conditions.iter().map(|condition| format!(" where {}", condition.text));
        let conditions: String = conditions.collect();
        Some(format!("`{}`{conditions} was called {} in place of {}", self.id(), times(self.met), times(expected)))
    }
}

fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

impl<O> fmt::Debug for Expectation<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expectation").field(&self.described.meta.id).finish()
    }
}

/// An expectation that counts.
pub struct Mocked {
    shared: Arc<Shared>,
    index: usize,
}

impl Mocked {
    /// Expects the call this often: no more are answered so, and fewer fail the test.
    #[allow(clippy::must_use_candidate, clippy::return_self_not_must_use, reason = "it is said for what it changes")]
    pub fn expect(self, count: u64) -> Self {
        if let Some(rule) = self.shared.lock().rules.get_mut(self.index) {
            rule.expected = Some(count);
        }
        self
    }

    /// How often it was met.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.shared.lock().rules.get(self.index).map_or(0, |rule| rule.met)
    }
}

impl fmt::Debug for Mocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mocked").field("calls", &self.calls()).finish_non_exhaustive()
    }
}
