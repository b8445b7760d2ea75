//! Faults while events come in: a `GET` goes on where it was, anything else is not asked for again.

use std::time::Duration;

use realtimekit::Error;
use realtimekit::runtime::http::Method;
use realtimekit::runtime::{CallOptions, Event, Raw, Request, TransportErrorKind};
use tokio::time::timeout;

use crate::client::faults::core;
use crate::client::server::{Script, Server, answer};

const LIMIT: Duration = Duration::from_millis(200);

/// Events of which the last lacks its end.
fn cut(text: &str) -> Script {
    answer("200 OK", &["content-type: text/event-stream"], &format!("{text}data: cut\n\n")).without_last(6)
}

fn whole(text: &str) -> Script {
    answer("200 OK", &["content-type: text/event-stream"], text)
}

/// The data of all events, and the error after them.
async fn taken(server: &Server, method: Method, set: impl FnOnce(&mut CallOptions)) -> (Vec<String>, Option<Error>) {
    let core = core(&server.url(), |config| set(config.options_mut()));
    let mut events = core.text_events::<Raw>(Request::raw(method, "/things"));
    let mut came = Vec::new();
    while let Some(event) = timeout(LIMIT * 50, events.next()).await.expect("an end of the wait") {
        match event {
            Ok(Event { data, .. }) => came.push(data),
            Err(error) => return (came, Some(error)),
        }
    }
    (came, None)
}

fn kind(error: Option<Error>) -> Option<TransportErrorKind> {
    let Some(Error::Transport(failure)) = error else { return None };
    Some(failure.error().kind())
}

fn last_ids(server: &Server) -> Vec<Option<String>> {
    let id = |request: &crate::client::server::Recorded| {
        request.headers().iter().find_map(|line| line.strip_prefix("last-event-id: ").map(str::to_owned))
    };
    server.requests().iter().map(id).collect()
}

#[tokio::test]
async fn fault_events_cut_off() {
    let first = cut("retry: 1\nid: 1\ndata: a\n\nid: 2\ndata: b\n\n").then_close();
    let server = Server::start([first, cut("").then_close(), whole("data: c\n\n")]).await;
    let (came, error) = taken(&server, Method::GET, |_| {}).await;
    assert_eq!((came, error.map(|error| error.to_string())), (vec!["a".to_owned(), "b".into(), "c".into()], None));
    assert_eq!(last_ids(&server), [None, Some("2".to_owned()), Some("2".to_owned())]);
}

/// It is asked for again as often in a row as there are retries; an event begins a new row.
#[tokio::test]
async fn fault_events_cut_off_again_and_again() {
    let (event, none) = (cut("retry: 1\ndata: a\n\n").then_close(), cut("").then_close());
    let server = Server::start([event.clone(), none.clone(), event, none]).await;
    let (came, error) = taken(&server, Method::GET, |_| {}).await;
    assert_eq!((came.len(), kind(error), server.asked()), (2, Some(TransportErrorKind::Broken), 5));
}

#[tokio::test]
async fn fault_events_of_a_post_cut_off() {
    let server = Server::start([cut("id: 1\ndata: a\n\n").then_close()]).await;
    let (came, error) = taken(&server, Method::POST, |_| {}).await;
    assert_eq!((came.len(), kind(error), server.asked()), (1, Some(TransportErrorKind::Broken), 1));
}

#[tokio::test]
async fn fault_events_silence() {
    let silent = cut("retry: 1\nid: 1\ndata: a\n\n").then_silence();
    let server = Server::start([silent, whole("data: b\n\n")]).await;
    let (came, error) = taken(&server, Method::GET, |options| options.idle_timeout = Some(LIMIT)).await;
    assert_eq!((came.len(), error.is_none(), last_ids(&server).len()), (2, true, 2));
}

#[tokio::test]
async fn fault_events_gone_after_a_cut_off() {
    let server = Server::start([cut("retry: 1\ndata: a\n\n").then_close(), answer("410 Gone", &[], "")]).await;
    let (came, error) = taken(&server, Method::GET, |_| {}).await;
    assert_eq!((came.len(), server.asked()), (1, 2));
    assert!(matches!(error, Some(Error::Undeclared(_))), "{error:?}");
}

#[tokio::test]
async fn fault_events_too_long() {
    let server = Server::start([whole(&format!("data: a\n\ndata: {}\n\n", "x".repeat(200)))]).await;
    let (_, error) = taken(&server, Method::GET, |options| options.body_limit = Some(100)).await;
    let shown = error.as_ref().unwrap().to_string();
    assert!(shown.ends_with("the answer is too large: an event or a line has more than 100 bytes"), "{shown}");
    assert_eq!((kind(error), server.asked()), (Some(TransportErrorKind::ItemLimit), 1));
}

#[tokio::test]
async fn fault_events_slow_drip() {
    let server = Server::start([whole("data: a\n\ndata: b\r\n\r\n").dripping(LIMIT / 20)]).await;
    let (came, error) = taken(&server, Method::GET, |options| options.idle_timeout = Some(LIMIT * 5)).await;
    assert_eq!((came, error.is_none()), (vec!["a".to_owned(), "b".into()], true));
}

#[tokio::test]
async fn fault_lines_cut_off() {
    let script = answer("200 OK", &["content-type: application/jsonl"], "[1]\n[2]\n").without_last(2).then_close();
    let server = Server::start([script]).await;
    let mut lines = core(&server.url(), |_| {}).lines::<Raw, Vec<u8>>(Request::raw(Method::GET, "/things"));
    assert_eq!(lines.next().await.unwrap().unwrap(), [1]);
    assert_eq!(kind(lines.next().await.unwrap().err()), Some(TransportErrorKind::Broken));
    assert!(lines.next().await.is_none());
    assert_eq!(server.asked(), 1);
}
