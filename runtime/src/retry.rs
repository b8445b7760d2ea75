//! Whether a request is sent again, and when.
//!
//! Takes what happened and what is allowed, gives how long to wait; pure, so that the rules are a
//! table in the tests. It must not know how a request is sent.

use std::time::Duration;

use http::StatusCode;

use crate::options::Limits;
use crate::route::Route;

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
    route: &Route,
    limits: &Limits,
    retries_made: u32,
    outcome: Outcome,
    left: Duration,
    jitter: f64,
) -> Option<Duration> {
    if retries_made >= limits.retries {
        return None;
    }
    let repeatable = route.repeatable;
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

/// The longest wait after this many retries: doubled each time, up to eight seconds.
fn backoff(retries_made: u32) -> Duration {
    const FIRST: Duration = Duration::from_millis(500);
    const LAST: Duration = Duration::from_secs(8);
    FIRST.saturating_mul(1 << retries_made.min(10)).min(LAST)
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::operation::Meta;

    const SECOND: Duration = Duration::from_secs(1);

    fn limits() -> Limits {
        Limits {
            timeout: SECOND * 60,
            try_timeout: None,
            idle_timeout: SECOND,
            retries: 2,
            max_retry_wait: SECOND * 60,
            body_limit: 1,
            header_limit: 1,
            redirects: 0,
            strict: false,
        }
    }

    fn meta(method: Method, idempotent: bool) -> Route {
        let meta =
            Meta { id: "x", method, path: "", server: "", accept: "", security: &[], idempotent, success_flag: None };
        Route::of(Box::leak(Box::new(meta)))
    }

    /// The longest wait, in milliseconds.
    fn wait(meta: &Route, retries_made: u32, outcome: Outcome) -> Option<u128> {
        next_wait(meta, &limits(), retries_made, outcome, SECOND * 3600, 1.0).map(|wait| wait.as_millis())
    }

    fn answered(status: u16, asked: Option<u64>) -> Outcome {
        Outcome::Answered(StatusCode::from_u16(status).unwrap(), asked.map(Duration::from_secs))
    }

    #[test]
    fn the_rules_as_a_table() {
        let safe = [
            meta(Method::GET, false),
            meta(Method::HEAD, false),
            meta(Method::PUT, false),
            meta(Method::DELETE, false),
            meta(Method::OPTIONS, false),
            meta(Method::QUERY, false),
            meta(Method::PATCH, true),
            meta(Method::POST, true),
        ];
        let unsafe_ = [meta(Method::POST, false), meta(Method::PATCH, false)];
        // Outcome, wait where sending twice is safe, wait where it is not.
        let table = [
            (Outcome::NotSent, Some(500), Some(500)),
            (Outcome::Broken, Some(500), None),
            (Outcome::Settled, None, None),
            (answered(200, None), None, None),
            (answered(400, None), None, None),
            (answered(401, None), None, None),
            (answered(404, Some(1)), None, None),
            (answered(409, None), None, None),
            (answered(408, None), Some(500), None),
            (answered(429, None), Some(500), None),
            (answered(500, None), Some(500), None),
            (answered(501, None), None, None),
            (answered(502, None), Some(500), None),
            (answered(503, None), Some(500), None),
            (answered(504, None), Some(500), None),
            (answered(500, Some(3)), Some(3_000), None),
            (answered(429, Some(3)), Some(3_000), Some(3_000)),
            (answered(503, Some(0)), Some(0), Some(0)),
            (answered(503, Some(60)), Some(60_000), Some(60_000)),
            (answered(503, Some(61)), None, None),
        ];
        for (outcome, where_safe, elsewhere) in table {
            for meta in &safe {
                assert_eq!(wait(meta, 0, outcome), where_safe, "{} {outcome:?}", meta.method);
            }
            for meta in &unsafe_ {
                assert_eq!(wait(meta, 0, outcome), elsewhere, "{} {outcome:?}", meta.method);
            }
        }
    }

    #[test]
    fn waits_double_up_to_eight_seconds_and_end() {
        let (get, many) = (meta(Method::GET, false), Limits { retries: u32::MAX, ..limits() });
        let longest = |made| next_wait(&get, &many, made, Outcome::NotSent, SECOND * 60, 1.0).unwrap().as_millis();
        assert_eq!([0, 1, 2, 3, 4, 5, 1000].map(longest), [500, 1000, 2000, 4000, 8000, 8000, 8000]);
        assert_eq!(wait(&get, 2, Outcome::NotSent), None);
        let none = next_wait(&get, &many, 0, Outcome::NotSent, SECOND, 0.0);
        assert_eq!(none, Some(Duration::ZERO));
    }

    #[test]
    fn no_wait_goes_past_the_deadline() {
        let get = meta(Method::GET, false);
        let with = |left| next_wait(&get, &limits(), 0, answered(503, Some(5)), left, 1.0);
        assert_eq!(with(SECOND * 5), None);
        assert_eq!(with(SECOND * 6), Some(SECOND * 5));
        assert_eq!(next_wait(&get, &limits(), 0, Outcome::Broken, Duration::ZERO, 0.0), None);
    }
}
