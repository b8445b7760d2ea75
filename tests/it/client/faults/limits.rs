//! Answers that are too large. They are not asked for again: the next one would be as large.

use realtimekit::runtime::TransportErrorKind;
use realtimekit::{Client, Error};

use crate::client::faults::seen;
use crate::client::server::{Script, Server, json, raw};
use crate::client::support::{API_TOKEN, OK, client, edit};

const LIMIT: usize = 1 << 20;

fn limited(server: &Server) -> Client {
    Client::builder().api_token(API_TOKEN).base_url(server.url()).body_limit(LIMIT).build().unwrap()
}

async fn refused(script: Script, kind: TransportErrorKind, shown: &str) {
    let (error, asked) = seen(script).await;
    let Error::Transport(failure) = &error else { panic!("{error:?}") };
    assert_eq!((failure.error().kind(), asked), (kind, 1));
    assert_eq!(error.to_string(), format!("`edit_participant` failed: the answer is too large: {shown}"));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn fault_huge_body() {
    let whole = json("200 OK", &"x".repeat(LIMIT + 1));
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000)).repeat(17);
    let endless = raw(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunk}")).then_silence();
    for script in [whole, endless] {
        let server = Server::start([script]).await;
        let shown = edit(&limited(&server), "p").await.unwrap_err().to_string();
        assert!(shown.ends_with("the answer is too large: the body has more than 1048576 bytes"), "{shown}");
        assert_eq!(server.asked(), 1);
    }
}

/// The length is known before the body is there.
#[tokio::test]
async fn fault_huge_body_that_is_announced() {
    let script = raw("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n").then_silence();
    refused(script, TransportErrorKind::BodyLimit, "the body has more than 67108864 bytes").await;
}

#[tokio::test]
async fn fault_huge_header() {
    let with =
        |header: String| raw(format!("HTTP/1.1 200 OK\r\n{header}\r\ncontent-length: 16\r\n\r\n{{\"success\":true}}"));
    let limit = TransportErrorKind::HeaderLimit;
    let long = format!("x-long: {}", "x".repeat(64 << 10));
    refused(with(long.clone()), limit, "the headers have more than 65536 bytes").await;
    refused(with(format!("x-long: {}", "x".repeat(1 << 20))), limit, "message head is too large").await;
    let many = vec!["x-many: 1"; 1000].join("\r\n");
    refused(with(many), limit, "message head is too large").await;

    let server = Server::start([with(long), json("200 OK", OK)]).await;
    let more = edit(&client(server.url()), "p").configure(|options| options.header_limit = Some(100 << 10)).await;
    assert!(more.unwrap().success);
    assert_eq!(server.asked(), 1);
}
