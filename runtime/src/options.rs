//! The options of a call, and of all calls of a client.

use std::fmt;
use std::time::Duration;

use http::HeaderMap;

/// How a call is made. What a call does not set is taken from its client, and then from the
/// defaults.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// Limits the whole call, retries and waiting included; 60 seconds unless set.
    pub timeout: Option<Duration>,
    /// Limits each try; nothing but the whole call's limit unless set.
    pub try_timeout: Option<Duration>,
    /// Limits each wait for more of an answer that is taken as it comes in; 60 seconds unless set.
    pub idle_timeout: Option<Duration>,
    /// How often a request is sent again where that is safe; twice unless set.
    pub retries: Option<u32>,
    /// The longest wait that a server can ask for before a retry; 60 seconds unless set. Where it
    /// asks for more, its answer comes back at once.
    pub max_retry_wait: Option<Duration>,
    /// How many bytes an answer's body can have; 64 MiB unless set, and any number where it is taken as it comes in.
    /// Of a stream of events or lines, it limits each of these.
    pub body_limit: Option<usize>,
    /// How many bytes an answer's headers can have; 64 KiB unless set.
    pub header_limit: Option<usize>,
    /// How many redirects a `GET` or `HEAD` follows; none unless set, so that they come back as
    /// what the server answered. No credential, nor any header but `accept` and `user-agent`, goes
    /// to another host, and none is followed from `https` to `http`.
    pub redirects: Option<u32>,
    /// Whether an answer that departs from its description is refused even where it could be read:
    /// where a null was not announced, a list is missing, or something that is missing is within
    /// something optional.
    /// Unless set it is read, and [`Hooks::drift`](crate::Hooks::drift) is told.
    pub strict: Option<bool>,
    /// Headers to send, in place of those of the same name.
    pub headers: HeaderMap,
}

/// The options of one call, with nothing left open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) try_timeout: Option<Duration>,
    pub(crate) idle_timeout: Duration,
    pub(crate) retries: u32,
    pub(crate) max_retry_wait: Duration,
    pub(crate) body_limit: usize,
    pub(crate) header_limit: usize,
    pub(crate) redirects: u32,
    pub(crate) strict: bool,
}

impl CallOptions {
    pub(crate) fn limits(&self, client: &Self) -> Limits {
        const MINUTE: Duration = Duration::from_mins(1);
        Limits {
            timeout: self.timeout.or(client.timeout).unwrap_or(MINUTE),
            try_timeout: self.try_timeout.or(client.try_timeout),
            idle_timeout: self.idle_timeout.or(client.idle_timeout).unwrap_or(MINUTE),
            retries: self.retries.or(client.retries).unwrap_or(2),
            max_retry_wait: self.max_retry_wait.or(client.max_retry_wait).unwrap_or(MINUTE),
            body_limit: self.body_limit.or(client.body_limit).unwrap_or(64 << 20),
            header_limit: self.header_limit.or(client.header_limit).unwrap_or(64 << 10),
            redirects: self.redirects.or(client.redirects).unwrap_or(0),
            strict: self.strict.or(client.strict).unwrap_or(false),
        }
    }
}

/// Names the headers, without their values.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("try_timeout", &self.try_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("retries", &self.retries)
            .field("max_retry_wait", &self.max_retry_wait)
            .field("body_limit", &self.body_limit)
            .field("header_limit", &self.header_limit)
            .field("redirects", &self.redirects)
            .field("strict", &self.strict)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish()
    }
}
