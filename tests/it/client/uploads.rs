//! Bodies of requests that are sent as they are read.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use realtimekit::Error;
use realtimekit::runtime::bytes::Bytes;
use realtimekit::runtime::http::Method;
use realtimekit::runtime::{Core, Raw, Request, Upload};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::client::faults::core;
use crate::client::server::{Server, json};
use crate::client::support::{OK, client, edit};

/// Some chunks, one after the other.
struct Chunks(std::vec::IntoIter<Result<&'static str, &'static str>>);

impl futures_core::Stream for Chunks {
    type Item = Result<Bytes, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(|chunk| chunk.map(Bytes::from)))
    }
}

fn chunks() -> Chunks {
    Chunks(vec![Ok("first, "), Ok("second")].into_iter())
}

async fn put(core: &Core, upload: Upload) -> Result<(), Error> {
    core.call::<Raw>(Request::raw(Method::PUT, "/things/1").stream("text/plain", upload)).await.map(|_| ())
}

fn failing_once() -> [crate::client::server::Script; 2] {
    [json("503 Service Unavailable", ""), json("200 OK", "[]")]
}

#[tokio::test]
async fn a_file_is_sent_as_it_is_read_and_once_more_on_another_try() {
    let path = std::env::temp_dir().join(format!("clientwright-upload-{}", std::process::id()));
    let text = "0123456789".repeat(20_000);
    std::fs::write(&path, &text).unwrap();
    let server = Server::start(failing_once()).await;
    let progress = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&progress);
    let upload = Upload::file(&path).on_progress(move |sent, total| seen.lock().unwrap().push((sent, total)));
    put(&core(&server.url(), |_| {}), upload).await.unwrap();
    std::fs::remove_file(path).unwrap();
    assert_eq!(server.bodies(), [text.clone(), text]);
    let headers = server.requests().remove(0).headers();
    assert!(headers.contains(&"content-length: 200000".to_owned()), "{headers:?}");
    assert!(headers.contains(&"content-type: text/plain".to_owned()), "{headers:?}");
    let progress = progress.lock().unwrap();
    let total = Some(200_000);
    let tries = [(65_536, total), (131_072, total), (196_608, total), (200_000, total)];
    assert_eq!(*progress, [tries, tries].concat());
}

#[tokio::test]
async fn a_stream_is_made_again_for_another_try() {
    let server = Server::start(failing_once()).await;
    put(&core(&server.url(), |_| {}), Upload::stream(chunks).length(13)).await.unwrap();
    assert_eq!(server.bodies(), ["first, second", "first, second"]);
}

#[tokio::test]
async fn fault_upload_that_can_be_sent_once() {
    let server = Server::start(failing_once()).await;
    let error = put(&core(&server.url(), |_| {}), Upload::once(chunks()).length(13)).await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), server.asked()), (Some(503), 1));
}

/// Nobody knows how long it is: it goes out in chunks.
#[tokio::test]
async fn a_stream_of_unknown_length_is_chunked() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n0\r\n\r\n") {
            assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]").await.unwrap();
        String::from_utf8(bytes).unwrap()
    });
    put(&core(&url, |_| {}), Upload::once(chunks())).await.unwrap();
    let request = server.await.unwrap();
    assert!(request.contains("\r\ntransfer-encoding: chunked\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\n7\r\nfirst, \r\n6\r\nsecond\r\n0\r\n\r\n"), "{request}");
}

#[tokio::test]
async fn a_call_takes_another_body_than_the_one_it_was_given() {
    let server = Server::start([json("200 OK", OK)]).await;
    edit(&client(server.url()), "p").upload(Upload::once(chunks()).length(13)).await.unwrap();
    assert_eq!(server.bodies(), ["first, second"]);
    assert!(server.request().headers().contains(&"content-type: application/json".to_owned()));
}

#[tokio::test]
async fn fault_upload_of_what_cannot_be_read() {
    let server = Server::start([json("200 OK", "[]")]).await;
    let core = core(&server.url(), |config| config.options_mut().retries = Some(0));
    let error = put(&core, Upload::file("/no/such/file")).await.unwrap_err();
    assert!(error.to_string().starts_with("`raw` failed: nothing was sent: "), "{error}");
    assert_eq!(server.asked(), 0);

    for (upload, reason) in [
        (Upload::stream(chunks).length(12), "the request's body has 13 bytes, and was to have 12"),
        (Upload::stream(chunks).length(14), "the request's body has 13 bytes, and was to have 14"),
        (Upload::stream(|| Chunks(vec![Ok("a"), Err("no disk")].into_iter())).length(2), "no disk"),
    ] {
        let error = put(&core, upload).await.unwrap_err();
        assert!(error.to_string().ends_with(reason), "{error}");
    }
}
