//! Events and lines, each as it comes in.

use realtimekit::Error;
use realtimekit::runtime::http::Method;
use realtimekit::runtime::{Event, Events, Lines, Raw, Request};

use crate::client::faults::core;
use crate::client::server::{Server, answer, json};

const SSE: &str = "content-type: text/event-stream; charset=utf-8";

fn request(method: Method) -> Request {
    Request::raw(method, "/things")
}

fn events<T: realtimekit::runtime::Json>(server: &Server, method: Method) -> Events<Raw, T> {
    core(&server.url(), |_| {}).events(request(method))
}

fn lines(server: &Server) -> Lines<Raw, Vec<u8>> {
    core(&server.url(), |_| {}).lines(request(Method::GET))
}

async fn data<T: realtimekit::runtime::Json>(events: &mut Events<Raw, T>) -> Vec<T> {
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        all.push(event.unwrap().data);
    }
    all
}

#[tokio::test]
async fn events_are_typed_and_end_at_a_word_that_is_no_json() {
    let text = ": hi\nid: 7\nevent: add\ndata: [1,\ndata: 2]\n\ndata: [3]\n\ndata: [DONE]\n\ndata: [4]\n\n";
    let server = Server::start([answer("200 OK", &[SSE], text)]).await;
    let mut events = events::<Vec<u8>>(&server, Method::POST);
    assert_eq!(server.asked(), 0, "nothing is sent before an event is wanted");
    let Event { id, event, data, .. } = events.next().await.unwrap().unwrap();
    assert_eq!((id.as_deref(), event.as_deref(), data), (Some("7"), Some("add"), vec![1, 2]));
    assert_eq!(self::data(&mut events).await, [[3]]);
    assert_eq!((events.last_id(), server.asked()), (Some("7"), 1));
    assert!(server.request().headers().contains(&"accept: text/event-stream".to_owned()));
}

#[tokio::test]
async fn data_can_be_text() {
    let server = Server::start([answer("200 OK", &[SSE], "data: [DONE]\n\ndata: ü\n\n")]).await;
    let mut events = core(&server.url(), |_| {}).text_events::<Raw>(request(Method::GET));
    assert_eq!(events.next().await.unwrap().unwrap().data, "[DONE]");
    assert_eq!(events.next().await.unwrap().unwrap().data, "ü");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_an_error_and_the_next_one_can_be_had() {
    let server = Server::start([answer("200 OK", &[SSE], "data: [1]\n\ndata: {}\n\ndata: [2]\n\n")]).await;
    let mut events = events::<Vec<u8>>(&server, Method::GET);
    assert_eq!(events.next().await.unwrap().unwrap().data, [1]);
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(&error, Error::Decode(found) if found.answer().body() == "{}"), "{error:?}");
    assert!(events.next().await.is_none());
    events.resume();
    assert_eq!((data(&mut events).await, server.asked()), (vec![vec![2]], 1));
}

#[tokio::test]
async fn what_is_no_stream_of_events_says_so() {
    let server = Server::start([json("200 OK", "[1]")]).await;
    let error = events::<Vec<u8>>(&server, Method::GET).next().await.unwrap().unwrap_err();
    let shown = error.to_string();
    assert!(shown.contains("expected an answer of the type text/event-stream, found application/json"), "{shown}");

    let server = Server::start([json("404 Not Found", r#"{"message":"no such stream"}"#)]).await;
    let error = events::<Vec<u8>>(&server, Method::GET).next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "`raw` failed with 404 Not Found: no such stream");
}

#[tokio::test]
async fn lines_and_sequences_are_values() {
    for (kind, text) in [
        ("application/x-ndjson", "[1]\r\n\n[2,3]\n[4]"),
        ("application/jsonl", "[1]\n[2,3]\n[4]\n"),
        ("application/json-seq", "\x1e[1]\n\x1e[2,\n3]\n\x1e[4]\n"),
    ] {
        let server = Server::start([answer("200 OK", &[&format!("content-type: {kind}")], text)]).await;
        let (mut lines, mut all) = (lines(&server), Vec::new());
        while let Some(line) = lines.next().await {
            all.push(line.unwrap());
        }
        assert_eq!(all, [vec![1], vec![2, 3], vec![4]], "{kind}");
    }
}

#[tokio::test]
async fn a_line_that_cannot_be_read_is_an_error_and_the_next_one_can_be_had() {
    let server = Server::start([answer("200 OK", &["content-type: application/jsonl"], "{}\n[1]\n")]).await;
    let mut lines = lines(&server);
    assert!(matches!(lines.next().await, Some(Err(Error::Decode(_)))));
    assert!(lines.next().await.is_none());
    lines.resume();
    assert_eq!(lines.next().await.unwrap().unwrap(), [1]);
}
