//! Faults while an answer is taken as it comes in. Nothing is asked for again: what was taken cannot be taken back.

use std::time::Duration;

use realtimekit::Error;
use realtimekit::runtime::http::Method;
use realtimekit::runtime::{CallOptions, Raw, Request, TimeLimit, TransportErrorKind};

use crate::client::faults::core;
use crate::client::server::{Script, Server, answer, raw};

const LIMIT: Duration = Duration::from_millis(200);

/// What came before the fault, the fault, and how often the server was asked.
async fn taken(script: Script, set: impl FnOnce(&mut CallOptions)) -> (Vec<u8>, Error, usize) {
    let server = Server::start([script]).await;
    let core = core(&server.url(), |config| set(config.options_mut()));
    let mut answer = core.stream::<Raw>(Request::raw(Method::GET, "/things")).await.unwrap();
    let mut came = Vec::new();
    let error = loop {
        let next = tokio::time::timeout(LIMIT * 50, answer.next()).await.expect("an end of the wait");
        match next.expect("a fault") {
            Ok(chunk) => came.extend_from_slice(&chunk),
            Err(error) => break error,
        }
    };
    assert!(answer.next().await.is_none(), "it ends after an error");
    (came, error, server.asked())
}

fn kind(error: &Error) -> Option<TransportErrorKind> {
    let Error::Transport(failure) = error else { return None };
    Some(failure.error().kind())
}

#[tokio::test]
async fn fault_stream_cut_off() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n";
    for script in [answer("200 OK", &[], "first, second").without_last(8), raw(chunked)] {
        let (came, error, asked) = taken(script.then_close(), |_| {}).await;
        assert_eq!((came.as_slice(), kind(&error), asked), (&b"first"[..], Some(TransportErrorKind::Broken), 1));
    }
}

#[tokio::test]
async fn fault_stream_silence() {
    let script = answer("200 OK", &[], "first, second").without_last(8).then_silence();
    let (came, error, asked) = taken(script, |options| options.idle_timeout = Some(LIMIT)).await;
    assert_eq!((came.as_slice(), asked), (&b"first"[..], 1));
    let Error::Timeout(timeout) = &error else { panic!("{error:?}") };
    assert_eq!((timeout.reached(), timeout.limit()), (TimeLimit::Idle, LIMIT));
    assert_eq!(error.to_string(), "`raw` timed out: nothing more of its answer came within 200ms");
}

/// Slow is not silent: neither the limit of the call nor that of the wait ends it.
#[tokio::test]
async fn fault_stream_slow_drip() {
    let server = Server::start([answer("200 OK", &[], &"x".repeat(40)).dripping(LIMIT / 10)]).await;
    let core = core(&server.url(), |config| {
        let options = config.options_mut();
        (options.timeout, options.idle_timeout) = (Some(LIMIT * 10), Some(LIMIT * 5));
    });
    let mut answer = core.stream::<Raw>(Request::raw(Method::GET, "/things")).await.unwrap();
    assert_eq!(answer.write_to(std::io::sink()).await.unwrap().unwrap(), 40);
}

#[tokio::test]
async fn fault_stream_too_long() {
    let announced = answer("200 OK", &[], &"x".repeat(101));
    let chunk = "40\r\n".to_owned() + &"x".repeat(0x40) + "\r\n";
    let endless = raw(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunk}{chunk}")).then_silence();
    for script in [announced, endless] {
        let (_, error, asked) = taken(script, |options| options.body_limit = Some(100)).await;
        assert_eq!((kind(&error), asked), (Some(TransportErrorKind::BodyLimit), 1));
        assert!(error.to_string().ends_with("the answer is too large: the body has more than 100 bytes"), "{error}");
    }
}
