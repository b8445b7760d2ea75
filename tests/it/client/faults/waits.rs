//! Servers that say when to come back.

use std::time::{Duration, Instant};

use realtimekit::runtime::jiff::Timestamp;

use crate::client::faults::{Create, call, core, seen, seen_once};
use crate::client::server::{Server, answer, json};
use crate::client::support::{OK, client, edit};

const SECOND: Duration = Duration::from_secs(1);

fn date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A wait that is short enough is kept, for what may not be repeated too: a 429 was not executed.
#[tokio::test]
async fn fault_429_with_a_short_wait() {
    let soon = format!("retry-after: {}", date(Timestamp::now() + SECOND * 2));
    let table: &[(&[&str], Duration)] = &[
        (&["retry-after: 1"], SECOND),
        (&[&soon], Duration::ZERO),
        (&["retry-after-ms: 700"], Duration::from_millis(700)),
        (&["retry-after-ms: 700", "retry-after: 99"], Duration::from_millis(700)),
        (&["ratelimit: \"default\";r=0;t=1", "ratelimit-policy: \"default\";q=1200;w=300"], SECOND),
        (&["ratelimit: limit=10, remaining=0, reset=1"], SECOND),
        (&["ratelimit-reset: 1"], SECOND),
    ];
    for (headers, wait) in table {
        let server = Server::start([answer("429 Too Many Requests", headers, ""), json("200 OK", "{}")]).await;
        call::<Create>(&core(&server.url(), |_| {}), "1").await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 2, "{headers:?}");
        let waited = requests[1].at.abs_diff(requests[0].at);
        assert!((*wait..*wait + SECOND * 4).contains(&waited), "{headers:?}: {waited:?}");
    }
}

/// A wait past the cap comes back at once, and says how long it is: no retry is burnt in a block of five minutes.
#[tokio::test]
async fn fault_429_with_a_long_wait() {
    let later = format!("retry-after: {}", date(Timestamp::now() + SECOND * 301));
    let table: &[&[&str]] = &[
        &["retry-after: 300"],
        &[&later],
        &["retry-after-ms: 300000"],
        &["ratelimit: \"default\";r=0;t=300"],
        &["ratelimit: \"default\";r=0", "ratelimit-policy: \"default\";q=1200;w=300"],
    ];
    for headers in table {
        let server = Server::start([answer("429 Too Many Requests", headers, "")]).await;
        // The call has the time to wait, and does not.
        let call = edit(&client(server.url()), "p").timeout(SECOND * 600).into_future();
        let error = tokio::time::timeout(SECOND * 5, call).await.expect("an error at once").unwrap_err();
        assert_eq!(server.asked(), 1, "{headers:?}");
        let wait = error.retry_after().unwrap();
        assert!((SECOND * 298..=SECOND * 301).contains(&wait), "{headers:?}: {wait:?}");
        let shown = error.to_string();
        assert!(shown.contains("429 Too Many Requests; the server asks to wait "), "{shown}");
        assert!(error.is_retryable());
    }
}

/// Without a word on when, only what may be repeated is.
#[tokio::test]
async fn fault_429_without_a_wait() {
    for headers in [&[][..], &["retry-after: soon"], &["ratelimit: \"default\";r=7;t=300"]] {
        assert_eq!(seen(answer("429 Too Many Requests", headers, "")).await.1, 3, "{headers:?}");
        assert_eq!(seen_once(answer("429 Too Many Requests", headers, "")).await.1, 1, "{headers:?}");
    }
}

#[tokio::test]
async fn fault_retryable_statuses() {
    for status in ["408 Request Timeout", "429 Too Many Requests", "500 Internal Server Error"] {
        fault_passing(status).await;
    }
    for status in ["502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"] {
        fault_passing(status).await;
    }
    let (error, asked) = seen_once(answer("503 Service Unavailable", &["retry-after: 0"], "")).await;
    assert_eq!((error.status().unwrap().as_u16(), asked), (503, 3), "it says that it did nothing");
}

async fn fault_passing(status: &str) {
    let (error, asked) = seen(json(status, "{}")).await;
    assert!(status.starts_with(error.status().unwrap().as_str()));
    assert_eq!(asked, 3, "{status}");
    assert_eq!(seen_once(json(status, "{}")).await.1, 1, "{status}");
    super::passes(json(status, "{}")).await;
}

/// This machine's clock is wrong by years: a date counts by the clock of the server that wrote it.
#[tokio::test]
async fn fault_a_clock_that_jumps() {
    const TEN_YEARS: Duration = Duration::from_hours(10 * 365 * 24);
    for then in [Timestamp::now() - TEN_YEARS, Timestamp::now() + TEN_YEARS] {
        let headers = [format!("date: {}", date(then)), format!("retry-after: {}", date(then + SECOND))];
        let busy = answer("503 Service Unavailable", &[&headers[0], &headers[1]], "");
        let server = Server::start([busy, json("200 OK", OK)]).await;
        let start = Instant::now();
        edit(&client(server.url()), "p").await.unwrap();
        assert!((SECOND..SECOND * 5).contains(&start.elapsed()), "{:?}", start.elapsed());
        assert_eq!(server.asked(), 2);
    }
}
