//! Whether a request is sent again, and when.
//!
//! Takes what happened and what is allowed, gives how long to wait; pure, so that the rules are a
//! table in the tests. It must not know how a request is sent.

use std::time::{Duration, SystemTime};

use http::header::{HeaderMap, RETRY_AFTER};
use http::{Method, StatusCode};

use crate::operation::Meta;
use crate::options::Limits;

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing was sent.
    NotSent,
    /// Something may have been sent, and no whole answer came back.
    Broken,
    /// An answer, with the wait that it asks for.
    Answered(StatusCode, Option<Duration>),
    /// Anything that another try would not change.
    Settled,
}

/// The wait before the next try, or `None` when this was the last one.
///
/// `left` is what remains until the call's deadline; `jitter` is a random number from 0 to 1.
pub(crate) fn next_wait(
    meta: &Meta,
    limits: &Limits,
    retries_made: u32,
    outcome: Outcome,
    left: Duration,
    jitter: f64,
) -> Option<Duration> {
    if retries_made >= limits.retries {
        return None;
    }
    let repeatable = meta.idempotent || is_idempotent(&meta.method);
    let asked = match outcome {
        Outcome::NotSent => None,
        Outcome::Broken if repeatable => None,
        Outcome::Answered(status, asked) => {
            let refused = asked.is_some() && matches!(status.as_u16(), 429 | 503);
            let passing = repeatable && is_passing(status);
            if !(refused || passing) {
                return None;
            }
            asked
        }
        Outcome::Broken | Outcome::Settled => return None,
    };
    let wait = match asked {
        Some(asked) if asked > limits.max_retry_wait => return None,
        Some(asked) => asked,
        None => backoff(retries_made).mul_f64(jitter.clamp(0.0, 1.0)),
    };
    (wait < left).then_some(wait)
}

/// Whether a status may be gone with the next try.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

/// The wait that the header `Retry-After` asks for: seconds, or a date.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        // More digits than fit are a wait longer than any limit.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let seconds = parser
        .parse_timestamp(text)
        .ok()?
        .as_second()
        .try_into()
        .unwrap_or_default();
    let date = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
    // A date that has passed asks for no wait.
    Some(date.duration_since(now).unwrap_or_default())
}

/// The longest wait after this many retries: doubled each time, up to eight seconds.
fn backoff(retries_made: u32) -> Duration {
    const FIRST: Duration = Duration::from_millis(500);
    const LAST: Duration = Duration::from_secs(8);
    FIRST.saturating_mul(1 << retries_made.min(10)).min(LAST)
}

fn is_idempotent(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS].contains(method)
}
