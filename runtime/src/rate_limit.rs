//! When a server says to come back: `retry-after-ms`, `Retry-After`, and the `RateLimit` fields.
//!
//! Takes the head of an answer, gives a wait. It must not know what is done with it.

use std::time::Duration;

use http::header::{DATE, HeaderMap, RETRY_AFTER};
use http::{HeaderName, StatusCode};

use crate::clock::SystemTime;

const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const RATE_LIMIT_RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// The wait that an answer asks for, the most precise word first.
///
/// Services send `RateLimit` with every answer; it asks for a wait only where the answer is a 429.
pub(crate) fn asked_wait(status: StatusCode, headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let limit = || if status == StatusCode::TOO_MANY_REQUESTS { until_reset(headers) } else { None };
    milliseconds(headers).or_else(|| retry_after(headers, now)).or_else(limit)
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// Whole seconds; more digits than fit are a wait longer than any limit.
fn seconds(text: &str) -> Option<Duration> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| Duration::from_secs(text.parse().unwrap_or(u64::MAX)))
}

fn milliseconds(headers: &HeaderMap) -> Option<Duration> {
    let milliseconds: f64 = text(headers, &RETRY_AFTER_MS)?.parse().ok()?;
    Duration::try_from_secs_f64(milliseconds / 1000.0).ok()
}

/// `Retry-After`: seconds, or a date.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = text(headers, &RETRY_AFTER)?;
    if let Some(wait) = seconds(text) {
        return Some(wait);
    }
    // The server's own clock counts where it tells the time: this machine's may be wrong.
    let now = self::text(headers, &DATE).and_then(date).unwrap_or(now);
    // A date that has passed asks for no wait.
    Some(date(text)?.duration_since(now).unwrap_or_default())
}

fn date(text: &str) -> Option<SystemTime> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let seconds = parser.parse_timestamp(text).ok()?.as_second().try_into().unwrap_or_default();
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// The longest wait until a limit that is used up is reset.
///
/// `RateLimit: "default";r=0;t=30` is the field today. Where it has no `t`, the window of the
/// policy with the same name, `RateLimit-Policy: "default";q=100;w=60`, bounds the wait. Earlier
/// drafts said `RateLimit: limit=100, remaining=0, reset=30`, and before that `RateLimit-Reset: 30`.
fn until_reset(headers: &HeaderMap) -> Option<Duration> {
    let Some(limits) = text(headers, &RATE_LIMIT) else {
        return seconds(text(headers, &RATE_LIMIT_RESET)?);
    };
    let policies = text(headers, &RATE_LIMIT_POLICY).unwrap_or_default();
    let window = |name: &str| {
        let policy = items(policies).find(|item| item.name == name);
        policy.and_then(|policy| seconds(policy.parameter("w")?))
    };
    let used_up = items(limits).filter(|item| item.parameter("r") == Some("0"));
    let resets = used_up.filter_map(|item| item.parameter("t").and_then(seconds).or_else(|| window(item.name)));
    resets.max().or_else(|| {
        let fields: Vec<_> = items(limits).filter_map(|item| item.name.split_once('=')).collect();
        let field = |name: &str| fields.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        if field("remaining")? == "0" { seconds(field("reset")?) } else { None }
    })
}

/// A member of a structured list: `"name";key=value;key=value`.
struct Item<'h> {
    name: &'h str,
    parameters: &'h str,
}

impl<'h> Item<'h> {
    fn parameter(&self, key: &str) -> Option<&'h str> {
        let parameters = self.parameters.split(';').filter_map(|parameter| parameter.split_once('='));
        parameters.map(|(name, value)| (name.trim(), value.trim())).find(|(name, _)| *name == key).map(|(_, v)| v)
    }
}

/// Names with a comma or a semicolon in their quotes are possible, and not met; they fit nothing.
fn items(list: &str) -> impl Iterator<Item = Item<'_>> {
    list.split(',').map(|item| {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        Item { name: name.trim().trim_matches('"'), parameters }
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// The wait in milliseconds, of a 429 at `Sun, 06 Nov 1994 08:49:37 GMT`.
    fn wait(lines: &[(&'static str, &'static str)]) -> Option<u128> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let lines = lines.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
        let headers: HeaderMap = lines.collect();
        asked_wait(StatusCode::TOO_MANY_REQUESTS, &headers, now).map(|wait| wait.as_millis())
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let asked = |text: &'static str| wait(&[("retry-after", text)]);
        assert_eq!(asked("120"), Some(120_000));
        assert_eq!(asked(" 0 "), Some(0));
        assert_eq!(asked("99999999999999999999999"), Some(u128::from(u64::MAX) * 1000));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:47 GMT"), Some(10_000));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:00 GMT"), Some(0));
        assert_eq!(asked("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        for none in ["", "soon", "-1", "1.5", "Sun, 99 Nov 1994 08:49:47 GMT"] {
            assert_eq!(asked(none), None, "{none}");
        }
        assert_eq!(asked_wait(StatusCode::OK, &HeaderMap::new(), SystemTime::UNIX_EPOCH), None);
    }

    #[test]
    fn a_date_is_measured_by_the_clock_that_wrote_it() {
        let later = ("retry-after", "Tue, 01 Jan 2030 00:00:30 GMT");
        assert_eq!(wait(&[("date", "Tue, 01 Jan 2030 00:00:00 GMT"), later]), Some(30_000));
        let lines = [("date", "nonsense"), ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")];
        assert_eq!(wait(&lines), Some(10_000));
    }

    #[test]
    fn milliseconds_come_first() {
        assert_eq!(wait(&[("retry-after-ms", "250"), ("retry-after", "9")]), Some(250));
        assert_eq!(wait(&[("retry-after-ms", "1.5")]), Some(1));
        for none in ["", "-5", "NaN", "inf", "soon"] {
            assert_eq!(wait(&[("retry-after-ms", none), ("retry-after", "9")]), Some(9_000), "{none}");
        }
    }

    #[test]
    fn a_limit_that_is_used_up_says_when_it_is_reset() {
        let table: &[(&[(&str, &str)], _)] = &[
            (&[("ratelimit", r#""default";r=0;t=30"#)], Some(30_000)),
            (&[("ratelimit", r#""burst";r=0;t=2, "daily"; r=0; t=40"#)], Some(40_000)),
            (&[("ratelimit", r#""burst";r=0;t=2, "daily";r=50;t=40"#)], Some(2_000)),
            (&[("ratelimit", r#""default";r=50;t=30"#)], None),
            (&[("ratelimit", r#""default";r=0"#)], None),
            (&[("ratelimit", r#""d";r=0"#), ("ratelimit-policy", r#""b";q=1;w=9, "d";q=100;w=60"#)], Some(60_000)),
            (&[("ratelimit", "limit=100, remaining=0, reset=30")], Some(30_000)),
            (&[("ratelimit", "limit=100, remaining=7, reset=30")], None),
            (&[("ratelimit-reset", "7")], Some(7_000)),
            (&[("ratelimit", "")], None),
            (&[("ratelimit", r#""default";r=0;t=30"#), ("retry-after", "9")], Some(9_000)),
        ];
        for (lines, expected) in table {
            assert_eq!(wait(lines), *expected, "{lines:?}");
        }
        let headers = HeaderMap::from_iter([(RATE_LIMIT, HeaderValue::from_static(r#""default";r=0;t=30"#))]);
        let busy = asked_wait(StatusCode::SERVICE_UNAVAILABLE, &headers, SystemTime::UNIX_EPOCH);
        assert_eq!(busy, None, "it comes with every answer");
    }
}
