//! An HTTP client that sends nothing: it records requests and waits, and answers as told.

use std::collections::VecDeque;
use std::future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::http;
use clientwright_runtime::{Answer, Api, Body, BoxFuture, Config, DecodeError, HttpClient};
use clientwright_runtime::{Error, Meta, Operation, Request, Response, TransportError, Value};

/// What becomes of one request.
pub(crate) enum Reply {
    Answer(u16, &'static [(&'static str, &'static str)], &'static str),
    NoConnection,
    Broken,
}

pub(crate) fn ok() -> Reply {
    Reply::Answer(200, &[], "{}")
}

#[derive(Clone, Default)]
pub(crate) struct Double(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    replies: VecDeque<Reply>,
    requests: Vec<http::Request<Bytes>>,
    waits: Vec<Duration>,
}

impl Double {
    pub(crate) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let state = State { replies: replies.into_iter().collect(), ..State::default() };
        Self(Arc::new(Mutex::new(state)))
    }

    pub(crate) fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.0.lock().unwrap().requests.clone()
    }

    /// The waits between tries. The call's own limit is no wait, and never over.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.0.lock().unwrap().waits.clone()
    }
}

impl std::fmt::Debug for Double {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Double")
    }
}

/// The limit of a call unless it is set; long enough never to be a wait between tries.
pub(crate) const CALL_LIMIT: Duration = Duration::from_mins(10);

impl HttpClient for Double {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut state = self.0.lock().unwrap();
        state.requests.push(request);
        let result = match state.replies.pop_front().expect("one reply for each request") {
            Reply::Answer(status, headers, body) => {
                let mut answer = http::Response::builder().status(status);
                for (name, value) in headers {
                    answer = answer.header(*name, *value);
                }
                Ok(answer.body(Body::from(Bytes::from_static(body.as_bytes()))).unwrap())
            }
            Reply::NoConnection => Err(TransportError::connect("connection refused")),
            Reply::Broken => Err(TransportError::broken("connection reset")),
        };
        Box::pin(future::ready(result))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if duration == CALL_LIMIT {
            return Box::pin(future::pending());
        }
        self.0.lock().unwrap().waits.push(duration);
        Box::pin(future::ready(()))
    }
}

/// Polls a future that the double never keeps waiting.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match work.as_mut().poll(&mut context) {
        std::task::Poll::Ready(done) => done,
        std::task::Poll::Pending => panic!("the double never keeps anything waiting"),
    }
}

pub(crate) static PLAIN: Api = Api {
    base_url: "https://api.example.com/v4",
    base_url_env: None,
    user_agent: "plain/1.0",
    request_id: &["x-request-id"],
    schemes: &[],
};

/// A configuration that sends through a double.
pub(crate) fn config(api: &'static Api, double: &Double) -> Config {
    let mut config = Config::new(api);
    config.http_client(double.clone());
    config.options_mut().timeout = Some(CALL_LIMIT);
    config
}

/// An operation whose answers are any JSON; each test gives it the facts it needs.
pub(crate) enum Anything {}

impl Operation for Anything {
    type Output = Value;
    type Error = Value;

    const META: &'static Meta = &GET;

    fn read_error(answer: &Answer) -> Option<Result<Value, DecodeError>> {
        (answer.status() == 400).then(|| answer.json())
    }
}

pub(crate) static GET: Meta = Meta::new("get_thing", http::Method::GET, "/things");

/// Calls with one configuration and one request.
pub(crate) fn call(config: Config, request: Request) -> Result<Response<Value>, Error<Value>> {
    run(config.build().unwrap().call::<Anything>(request))
}

/// Facts that a test makes up.
pub(crate) fn meta(change: impl FnOnce(&mut Meta)) -> &'static Meta {
    let mut meta = GET.clone();
    change(&mut meta);
    Box::leak(Box::new(meta))
}

/// The same facts where a constant is needed.
pub(crate) const GET_COPY: Meta = Meta::new("flagged", http::Method::GET, "/things");
