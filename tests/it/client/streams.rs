//! Answers that are taken as they come in.

use std::sync::{Arc, Mutex};

use realtimekit::Error;
use realtimekit::runtime::http::Method;
use realtimekit::runtime::{Raw, Request};

use crate::client::faults::{Read, core};
use crate::client::server::{Server, answer, json, raw};
use crate::client::support::{OK, client, edit};

fn read() -> Request {
    Request::raw(Method::GET, "/things/1")
}

#[tokio::test]
async fn a_call_gives_its_answer_as_it_comes_in() {
    let server = Server::start([answer("200 OK", &["x-kind: whole"], OK)]).await;
    let mut answer = edit(&client(server.url()), "p").stream().await.unwrap();
    assert_eq!((answer.total(), answer.received()), (Some(OK.len() as u64), 0));
    assert_eq!(answer.headers()["x-kind"], "whole");
    let progress = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&progress);
    answer.on_progress(move |received, total| seen.lock().unwrap().push((received, total)));
    let mut file = Vec::new();
    let written = answer.write_to(&mut file).await.unwrap().unwrap();
    assert_eq!((written, file.as_slice()), (OK.len() as u64, OK.as_bytes()));
    assert_eq!(progress.lock().unwrap().last(), Some(&(OK.len() as u64, Some(OK.len() as u64))));
    assert!(answer.next().await.is_none());
}

/// The end of the body is not there when its first bytes are taken.
#[tokio::test]
async fn the_first_bytes_are_there_before_the_last() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n";
    let server = Server::start([raw(head).then_silence()]).await;
    let mut answer = core(&server.url(), |_| {}).stream::<Raw>(read()).await.unwrap();
    assert_eq!(answer.next().await.unwrap().unwrap(), "first");
    assert_eq!((answer.total(), answer.received()), (None, 5));
}

#[tokio::test]
async fn a_failure_is_read_as_a_whole_and_tried_again() {
    let broken = json("503 Service Unavailable", r#"{"message":"come back"}"#);
    let server = Server::start([broken.clone(), json("200 OK", "[1]")]).await;
    let mut answer = core(&server.url(), |_| {}).stream::<Raw>(read()).await.unwrap();
    assert_eq!(answer.next().await.unwrap().unwrap(), "[1]");
    assert_eq!(server.asked(), 2);

    let server = Server::start([broken]).await;
    let core = core(&server.url(), |config| config.options_mut().retries = Some(0));
    let error = core.stream::<Read>(Request::new(<Read as realtimekit::runtime::Operation>::META).path("id", "1"));
    let error = error.await.unwrap_err();
    assert!(matches!(error, Error::Undeclared(_)), "{error:?}");
    assert_eq!(error.to_string(), "`read_thing` failed with 503 Service Unavailable: come back");
}

/// The limit for whole bodies is not one for streams, unless somebody sets it.
#[tokio::test]
async fn a_stream_can_be_longer_than_a_whole_answer() {
    const LENGTH: usize = (64 << 20) + 1;
    let server = Server::start([answer("200 OK", &[], &"x".repeat(LENGTH))]).await;
    let mut answer = core(&server.url(), |_| {}).stream::<Raw>(read()).await.unwrap();
    let written = answer.write_to(std::io::sink()).await.unwrap().unwrap();
    assert_eq!(written, LENGTH as u64);
}
