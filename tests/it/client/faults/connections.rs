//! Connections that are refused, reset, closed, silent or slow.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use realtimekit::Error;
use realtimekit::runtime::{TimeLimit, TransportErrorKind};
use tokio::net::TcpListener;

use crate::client::faults::{Create, call, core, passes, seen, seen_once};
use crate::client::server::{Server, hang_up, json, reset, silence};
use crate::client::support::{OK, client, edit};

fn kind<E>(error: &Error<E>) -> Option<(TransportErrorKind, u32)> {
    let Error::Transport(failure) = error else { return None };
    Some((failure.error().kind(), failure.tries()))
}

/// Nothing was sent: both are tried again.
#[tokio::test]
async fn fault_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let core = core(&url, |_| {});
    let error = edit(&client(url), "p").await.unwrap_err();
    assert_eq!(kind(&error), Some((TransportErrorKind::Connect, 3)));
    let shown = error.to_string();
    assert!(shown.starts_with("`edit_participant` failed after 3 tries: no connection: "), "{shown}");
    let error = call::<Create>(&core, "1").await.unwrap_err();
    assert_eq!(kind(&error), Some((TransportErrorKind::Connect, 3)));
}

/// Nothing was sent here either: the connection was there, and broke before it had a request.
#[tokio::test]
async fn fault_reset_before_the_request() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&connections);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            seen.fetch_add(1, Ordering::SeqCst);
            stream.set_zero_linger().unwrap();
        }
    });
    let error = call::<Create>(&core(&url, |_| {}), "1").await.unwrap_err();
    assert_eq!(kind(&error), Some((TransportErrorKind::Connect, 3)), "{error:?}");
    assert_eq!(connections.load(Ordering::SeqCst), 3);
}

/// The server may have done what was asked: only what may be done twice is sent again.
#[tokio::test]
async fn fault_reset_after_the_request() {
    for script in [reset(), hang_up()] {
        let (error, asked) = seen(script.clone()).await;
        assert_eq!((kind(&error), asked), (Some((TransportErrorKind::Broken, 3)), 3));
        let (error, asked) = seen_once(script.clone()).await;
        assert_eq!((kind(&error), asked), (Some((TransportErrorKind::Broken, 1)), 1));
        assert!(error.is_retryable(), "the caller may know better");
        passes(script).await;
    }
}

#[tokio::test]
async fn fault_silence() {
    let limit = Duration::from_millis(150);
    let server = Server::start([silence()]).await;
    let error = edit(&client(server.url()), "p").try_timeout(limit).await.unwrap_err();
    assert_eq!(error.to_string(), "`edit_participant` timed out: a try took longer than 150ms");
    assert_eq!(server.asked(), 3);
    let core = core(&server.url(), |config| config.options_mut().try_timeout = Some(limit));
    assert!(matches!(call::<Create>(&core, "1").await, Err(Error::Timeout(_))));
    assert_eq!(server.asked(), 4);
}

/// Every byte comes in time, and the whole never does.
#[tokio::test]
async fn fault_slow_drip() {
    let limit = Duration::from_millis(300);
    let (head, body) = (json("200 OK", OK), json("200 OK", OK).without_last(OK.len()));
    for script in [head, body] {
        let server = Server::start([script.dripping(Duration::from_millis(20))]).await;
        let start = Instant::now();
        let error = edit(&client(server.url()), "p").timeout(limit).await.unwrap_err();
        assert!(matches!(&error, Error::Timeout(timeout) if timeout.reached() == TimeLimit::Call), "{error:?}");
        assert!(start.elapsed() < limit * 20);
        assert_eq!(server.asked(), 1);
    }
}

#[tokio::test]
async fn fault_cut_off_body() {
    let script = json("200 OK", OK).without_last(1).then_close();
    let (error, asked) = seen(script.clone()).await;
    assert_eq!((kind(&error), asked), (Some((TransportErrorKind::Broken, 3)), 3));
    let (error, asked) = seen_once(script.clone()).await;
    assert_eq!((kind(&error), asked), (Some((TransportErrorKind::Broken, 1)), 1));
    passes(script).await;
}
