//! Connections that close while a request is on its way to them.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use realtimekit::Error;
use realtimekit::runtime::bytes::Bytes;
use realtimekit::runtime::{Body, BoxFuture, HttpClient, ReqwestClient, TransportError, TransportErrorKind, http};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::client::faults::{Create, call, core};

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

/// Reqwest's client, which does not wait between tries.
#[derive(Debug)]
struct Hasty(ReqwestClient);

impl HttpClient for Hasty {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep(duration)
    }

    fn pause(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// Lets every task that is ready go on once.
async fn turn() {
    let mut is_over = false;
    poll_fn(|context| {
        if std::mem::replace(&mut is_over, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

async fn answer(stream: &mut TcpStream) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0);
    }
    stream.write_all(ANSWER).await.unwrap();
}

/// Closes the first connection after some turns, and says how many bytes of a request came in on it since it was opened,
/// or since it was answered once. If there were none, other connections are answered; else there is nobody any more.
async fn close_after(turns: usize, is_kept: bool, listener: TcpListener) -> usize {
    let (mut stream, _) = listener.accept().await.unwrap();
    if is_kept {
        answer(&mut stream).await;
    }
    for _ in 0..turns {
        turn().await;
    }
    // What is on its way still comes in.
    stream.shutdown().await.unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    if rest.is_empty() {
        tokio::spawn(async move {
            loop {
                answer(&mut listener.accept().await.unwrap().0).await;
            }
        });
    }
    rest.len()
}

/// What became of calls that must not be repeated, and how many bytes of theirs the server has.
async fn race(turns: usize, is_kept: bool) -> (Result<(), Error>, usize) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let core = core(&format!("http://{}", listener.local_addr().unwrap()), |config| {
        config.http_client(Hasty(ReqwestClient::new().unwrap()));
    });
    let server = tokio::spawn(close_after(turns, is_kept, listener));
    if is_kept {
        call::<Create>(&core, "0").await.unwrap();
    }
    let result = call::<Create>(&core, "1").await.map(drop);
    // Nothing holds the connection any more.
    drop(core);
    (result, server.await.unwrap())
}

/// What the server has nothing of is sent again; what it has something of is not, for it may have been done.
fn is_repeated_only_if_nothing_was_sent(is_kept: bool) {
    // Sockets are looked at between any two steps, so that a step more is another moment at which the connection closes.
    let mut run_time = tokio::runtime::Builder::new_current_thread();
    let run_time = run_time.enable_all().event_interval(1).build().unwrap();
    let mut outcomes = String::new();
    for turns in 0..16 {
        let (result, sent) = run_time.block_on(race(turns, is_kept));
        match result {
            Ok(()) => {
                assert_eq!(sent, 0, "{turns}: sent twice");
                outcomes.push('o');
            }
            Err(Error::Transport(failure)) => {
                assert_eq!((failure.error().kind(), failure.tries()), (TransportErrorKind::Broken, 1), "{failure:?}");
                assert_ne!(sent, 0, "{turns}: given up, though nothing was sent: {failure:?}");
                outcomes.push('x');
            }
            Err(error) => panic!("{turns}: {error:?}"),
        }
    }
    assert!(outcomes.contains('o') && outcomes.contains('x'), "{outcomes}");
}

/// A new connection that closes at once: hyper gives up, and says differently for each moment that nothing was sent.
#[test]
fn fault_closed_before_the_request() {
    is_repeated_only_if_nothing_was_sent(false);
}

/// That hyper takes another connection where a kept one had closed before it took the request is its own doing, and held
/// here; that what it took is not sent again is ours.
#[test]
fn fault_keep_alive_race() {
    is_repeated_only_if_nothing_was_sent(true);
}
