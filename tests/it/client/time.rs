//! Servers that are slow, silent, gone, or stop in the middle.

use std::time::{Duration, Instant};

use realtimekit::Error;
use realtimekit::runtime::http::Method;
use realtimekit::runtime::{Raw, Request, TimeLimit, TransportErrorKind};
use tokio::net::TcpListener;

use crate::client::faults::core;
use crate::client::server::{Script, Server, answer, json, raw, silence};
use crate::client::support::{OK, ask_in_vain, client, edit};

const LIMIT: Duration = Duration::from_millis(200);
const SECOND: Duration = Duration::from_secs(1);

/// Each way of being late.
fn late() -> [(&'static str, Script); 4] {
    [
        ("silence", silence()),
        ("half a head", json("200 OK", OK).without_last(OK.len() + 10).then_silence()),
        ("half a body", json("200 OK", OK).without_last(10).then_silence()),
        ("an answer too late", json("200 OK", OK).after(SECOND * 20)),
    ]
}

/// A server whose queue of connections is full: what comes next waits for its place.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_connect_timeout_ends_the_wait_for_a_connection() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(connection) = tokio::time::timeout(SECOND, tokio::net::TcpStream::connect(address)).await {
        queue.push(connection.unwrap());
    }
    let builder = realtimekit::Client::builder().api_token("made-up").base_url(format!("http://{address}"));
    let client = builder.configure(|config| config.connect_timeout(LIMIT)).build().unwrap();
    let error = edit(&client, "p").retries(0).timeout(SECOND * 5).await.unwrap_err();
    let Error::Transport(failure) = &error else { panic!("{error:?}") };
    assert_eq!(failure.error().kind(), TransportErrorKind::Connect, "nothing was sent");
    drop((listener, queue));
}

#[tokio::test]
async fn the_timeout_ends_the_whole_call() {
    for (name, script) in late() {
        let server = Server::start([script]).await;
        let start = Instant::now();
        let error = edit(&client(server.url()), "p").timeout(LIMIT).await.expect_err(name);
        let took = start.elapsed();
        assert!((LIMIT..SECOND * 10).contains(&took), "{name}: {took:?}");
        let Error::Timeout(timeout) = &error else {
            panic!("{name}: {error:?}");
        };
        assert_eq!((timeout.limit(), timeout.reached()), (LIMIT, TimeLimit::Call), "{name}");
        assert_eq!(error.to_string(), "`edit_participant` timed out: the call took longer than 200ms");
        assert!(error.is_retryable() && error.status().is_none());
        assert_eq!(server.asked(), 1, "{name}");
    }
}

#[tokio::test]
async fn the_try_timeout_ends_one_try() {
    for (name, script) in late() {
        let server = Server::start([script]).await;
        let start = Instant::now();
        let call = edit(&client(server.url()), "p").try_timeout(LIMIT).retries(1);
        let error = call.await.expect_err(name);
        let took = start.elapsed();
        // Between the two tries is a wait of up to half a second.
        assert!((LIMIT * 2..SECOND * 10).contains(&took), "{name}: {took:?}");
        let Error::Timeout(timeout) = &error else {
            panic!("{name}: {error:?}");
        };
        assert_eq!((timeout.limit(), timeout.reached()), (LIMIT, TimeLimit::Try), "{name}");
        assert_eq!(error.to_string(), "`edit_participant` timed out: a try took longer than 200ms");
        assert_eq!(server.asked(), 2, "{name}");
    }
}

#[tokio::test]
async fn a_try_that_was_too_slow_is_made_again() {
    let server = Server::start([silence(), json("200 OK", OK)]).await;
    let edited = edit(&client(server.url()), "p").try_timeout(LIMIT).await.unwrap();
    assert!(edited.success);
    assert_eq!((server.asked(), server.connections()), (2, 2));
}

#[tokio::test]
async fn the_timeout_counts_tries_and_waits_together() {
    let busy = answer("503 Service Unavailable", &["retry-after: 0"], "").after(LIMIT / 2);
    let server = Server::start([busy]).await;
    let start = Instant::now();
    let call = edit(&client(server.url()), "p").retries(100).timeout(SECOND);
    let error = call.await.unwrap_err();
    assert!(start.elapsed() < SECOND * 10, "{:?}", start.elapsed());
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!((2..=10).contains(&server.asked()), "{}", server.asked());
}

#[tokio::test]
async fn a_slow_answer_within_the_limits_is_an_answer() {
    let server = Server::start([json("200 OK", OK).after(LIMIT)]).await;
    let call = edit(&client(server.url()), "p").timeout(SECOND * 20).try_timeout(SECOND * 10);
    assert!(call.await.unwrap().success);
}

#[tokio::test]
async fn an_answer_that_stops_in_the_middle_is_no_answer() {
    let (json, length) = (json("200 OK", OK), OK.len());
    for (left_out, script) in [1, 10, length, length + 10].map(|count| (count, json.clone().without_last(count))) {
        let error = ask_in_vain(script.then_close()).await;
        let Error::Transport(failure) = &error else {
            panic!("without {left_out}: {error:?}");
        };
        assert_eq!(failure.error().kind(), TransportErrorKind::Broken, "without {left_out}");
        assert!(error.status().is_none() && error.is_retryable());
        let shown = error.to_string();
        assert!(shown.starts_with("`edit_participant` failed: the connection broke: "), "{shown}");
    }
}

#[tokio::test]
async fn a_refused_connection_says_that_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);

    let error = edit(&client(url), "p").retries(1).await.unwrap_err();
    let Error::Transport(failure) = &error else {
        panic!("{error:?}");
    };
    assert_eq!((failure.error().kind(), failure.tries()), (TransportErrorKind::Connect, 2));
    let shown = error.to_string();
    assert!(shown.starts_with("`edit_participant` failed after 2 tries: no connection: "), "{shown}");
    assert!(error.is_retryable());
}

/// What nobody waits for any more must not hold a connection, nor be sent again.
#[tokio::test]
async fn a_call_that_is_dropped_ends() {
    let server = Server::start([silence()]).await;
    let call = edit(&client(server.url()), "p").into_future();
    assert!(tokio::time::timeout(LIMIT, call).await.is_err());
    until(|| server.closed_in_silence() == 1).await;
    assert_eq!((server.asked(), server.connections()), (1, 1));
}

#[tokio::test]
async fn a_try_that_takes_too_long_ends() {
    let server = Server::start([silence()]).await;
    let call = edit(&client(server.url()), "p").try_timeout(LIMIT).retries(1);
    call.await.unwrap_err();
    until(|| server.closed_in_silence() == 2).await;
}

/// Neither does what comes in piece by piece.
#[tokio::test]
async fn a_stream_that_is_dropped_ends() {
    let half = |kind: &str, body: &str| {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ntransfer-encoding: chunked\r\n\r\n");
        raw(format!("{head}{:x}\r\n{body}\r\n", body.len())).then_silence()
    };
    let server = Server::start([
        half("text/plain", "first"),
        half("text/event-stream", "data: first\n\n"),
        half("application/jsonl", "[\"first\"]\n"),
    ])
    .await;
    let (core, request) = (core(&server.url(), |_| {}), || Request::raw(Method::GET, "/things"));
    let mut stream = core.stream::<Raw>(request()).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "first");
    let mut events = core.text_events::<Raw>(request());
    assert_eq!(events.next().await.unwrap().unwrap().data, "first");
    let mut lines = core.lines::<Raw, Vec<String>>(request());
    assert_eq!(lines.next().await.unwrap().unwrap(), ["first"]);
    assert_eq!(server.closed_in_silence(), 0);
    drop(stream);
    until(|| server.closed_in_silence() == 1).await;
    drop(events);
    until(|| server.closed_in_silence() == 2).await;
    drop(lines);
    until(|| server.closed_in_silence() == 3).await;
    assert_eq!(server.asked(), 3);
}

async fn until(condition: impl Fn() -> bool) {
    for _ in 0..500 {
        if condition() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not in five seconds");
}
