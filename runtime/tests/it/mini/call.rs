//! A call: one operation with its parameters and options, sent when awaited.

use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::time::Duration;

use clientwright_runtime::http::{HeaderName, HeaderValue};
use clientwright_runtime::{Core, Error, Operation, Request, Response, Sending};

/// One call of an operation: set its options, then `.await` it. Nothing is sent before that.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<O> {
    core: Core,
    pub request: Request,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> Call<O> {
    pub fn new(core: &Core, request: Request) -> Self {
        Self { core: core.clone(), request, operation: PhantomData }
    }

    /// Limits the whole call, retries and waiting included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.options_mut().timeout = Some(timeout);
        self
    }

    /// Limits each try.
    pub fn try_timeout(mut self, timeout: Duration) -> Self {
        self.request.options_mut().try_timeout = Some(timeout);
        self
    }

    /// Sends the request again up to this many times where that is safe.
    pub fn retries(mut self, retries: u32) -> Self {
        self.request.options_mut().retries = Some(retries);
        self
    }

    /// Adds a header, in place of one of the same name.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.request.options_mut().headers.insert(name, value);
        self
    }

    /// Adds a query parameter that the description does not have.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.extra_query(name, value);
        self
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<Response<O::Output>, Error<O::Error>>;
    type IntoFuture = Sending<O>;

    fn into_future(self) -> Sending<O> {
        self.core.call(self.request)
    }
}

impl<O> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.request).finish()
    }
}
