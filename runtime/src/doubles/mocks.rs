//! A service that answers as a test says.
//!
//! Takes expectations, each of an operation; gives answers to requests that meet one. It must not know
//! any API: what an operation is comes from generated code.

mod described;
mod expectation;
mod route;
#[cfg(feature = "mock-server")]
mod server;

use std::fmt;
use std::future::{pending, poll_fn, ready};
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;

pub use self::described::{Described, Place, Taken};
pub use self::expectation::{Expectation, Mocked};
use self::expectation::{Met, Rule};
#[cfg(feature = "mock-server")]
pub use self::server::MockServer;
use crate::build_error::BuildError;
use crate::config::Config;
use crate::http_client::{Body, BoxFuture, HttpClient, TransportError};

/// A client that can be made to call mocks; generated code implements it.
pub trait Mockable: Sized {
    /// The client's builder.
    type Builder;

    /// A builder whose configuration was set so.
    fn mocked(set: impl FnOnce(&mut Config)) -> Self::Builder;

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// When a setting does not fit.
    fn build(builder: Self::Builder) -> Result<Self, BuildError>;
}

/// What a generated `Mock` is made of: the expectations of a test, and what came of them.
///
/// It stands in for the network: there is no socket, and no wait between retries takes time. A
/// request that no expectation is for, or that departs from its operation's description, is refused.
///
/// When the last of its clones is dropped, it panics where [`verify`](Self::verify) would.
#[must_use = "it makes clients, and expects their calls"]
pub struct Mocks<C> {
    shared: Arc<Shared>,
    last: Arc<Last>,
    client: PhantomData<fn() -> C>,
}

#[derive(Default)]
struct Shared(Mutex<State>);

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    requests: Vec<http::Request<Bytes>>,
    refusals: Vec<String>,
    pauses: Vec<Duration>,
    is_silent: bool,
}

/// Verifies when it is dropped.
struct Last(Arc<Shared>);

impl<C: Mockable> Mocks<C> {
    /// A client of the mocks, which reads strictly.
    ///
    /// # Panics
    ///
    /// When the description's own credentials cannot be made up.
    #[must_use]
    pub fn client(&self) -> C {
        C::build(self.builder()).unwrap_or_else(|error| fail(&error.to_string()))
    }

    /// The builder of such a client, to set more: retries, hooks. It has a base URL, and a made-up
    /// credential for each security scheme.
    #[must_use]
    pub fn builder(&self) -> C::Builder {
        C::mocked(|config| {
            config.http_client(Service(Arc::clone(&self.shared)));
            config.base_url("http://localhost".to_owned());
            config.made_up_credentials();
            config.options_mut().strict = Some(true);
        })
    }
}

impl<C> Mocks<C> {
    /// Starts to expect a call of an operation; what generated functions do.
    #[doc(hidden)]
    pub fn expect<O>(&self, described: &'static Described) -> Expectation<O> {
        Expectation::new(Arc::clone(&self.shared), described)
    }

    #[cfg(feature = "mock-server")]
    fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }

    /// All requests that came, those that were refused too.
    #[must_use]
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.shared.lock().requests.clone()
    }

    /// The waits between tries, which took no time.
    #[must_use]
    pub fn pauses(&self) -> Vec<Duration> {
        self.shared.lock().pauses.clone()
    }

    /// Checks that every expected call came, and nothing else.
    ///
    /// # Panics
    ///
    /// When an operation was called less often than expected, or a request was refused.
    #[track_caller]
    pub fn verify(&self) {
        if let Some(complaint) = self.shared.complaint() {
            fail(&complaint);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is not as it was expected to be.
    fn complaint(&self) -> Option<String> {
        let state = self.lock();
        let missing = state.rules.iter().filter_map(Rule::missing);
        let complaints: Vec<String> = missing.chain(state.refusals.iter().cloned()).collect();
        (!complaints.is_empty()).then(|| complaints.join("\n"))
    }

    /// The answer to a request, or why there is none.
    fn meet(&self, request: &http::Request<Bytes>) -> Result<Met, String> {
        let mut state = self.lock();
        state.requests.push(request.clone());
        let met = choose(&mut state.rules, request);
        match &met {
            Ok(Met::Silence) => state.is_silent = true,
            Ok(Met::Answer(_) | Met::Failure(_)) => {}
            Err(refusal) => state.refusals.push(refusal.clone()),
        }
        met
    }
}

/// The rule for a request: of those for its route, one with the fewest variables, the first that is not used up.
fn choose(rules: &mut [Rule], request: &http::Request<Bytes>) -> Result<Met, String> {
    let line = format!("{} {}", request.method(), request.uri().path());
    let mut near: Vec<&mut Rule> = rules.iter_mut().filter(|rule| rule.is_for(request)).collect();
    near.sort_by_key(|rule| rule.variables());
    let Some(nearest) = near.first() else { return Err(format!("`{line}` was called, and nothing is mocked for it")) };
    let id = nearest.id();
    let mut reason = None;
    for rule in near {
        match rule.meet(request) {
            Ok(met) => return met,
            Err(other) => drop(reason.get_or_insert(other)),
        }
    }
    Err(format!("`{id}` was called by `{line}`, and is mocked for other calls: {}", reason.unwrap_or_default()))
}

impl<C> Clone for Mocks<C> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), last: Arc::clone(&self.last), client: PhantomData }
    }
}

impl<C> Default for Mocks<C> {
    fn default() -> Self {
        let shared = Arc::<Shared>::default();
        Self { last: Arc::new(Last(Arc::clone(&shared))), shared, client: PhantomData }
    }
}

impl<C> fmt::Debug for Mocks<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.shared.lock();
        let (rules, requests) = (state.rules.len(), state.requests.len());
        f.debug_struct("Mocks").field("expectations", &rules).field("requests", &requests).finish_non_exhaustive()
    }
}

impl Drop for Last {
    fn drop(&mut self) {
        if let Some(complaint) = self.0.complaint().filter(|_| !std::thread::panicking()) {
            fail(&complaint);
        }
    }
}

/// Fails the test.
#[track_caller]
#[allow(clippy::panic, reason = "it is what tests are for")]
fn fail(complaint: &str) -> ! {
    panic!("{complaint}")
}

/// The mocks, as clients see them.
struct Service(Arc<Shared>);

impl HttpClient for Service {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        match self.0.meet(&request) {
            Ok(Met::Answer(answer)) => Box::pin(ready(Ok(answer.map(Body::from)))),
            Ok(Met::Failure(error)) => Box::pin(ready(Err(error))),
            Ok(Met::Silence) => Box::pin(pending()),
            Err(refusal) => Box::pin(ready(Err(TransportError::refused(refusal)))),
        }
    }

    /// A limit is over as soon as a mock says nothing.
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        let shared = Arc::clone(&self.0);
        Box::pin(poll_fn(move |_| if shared.lock().is_silent { Poll::Ready(()) } else { Poll::Pending }))
    }

    fn pause(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.lock().pauses.push(duration);
        Box::pin(ready(()))
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Service")
    }
}
