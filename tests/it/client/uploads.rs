//! Bodies of requests that are sent as they are read.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use realtimekit::Error;
use realtimekit::runtime::bytes::Bytes;
use realtimekit::runtime::http::Method;
use realtimekit::runtime::{Core, Form, FormPart, Raw, Request, Upload};
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

/// Sends a form with a text, and then a file.
async fn post(core: &Core, file: impl Into<FormPart>) -> Result<(), Error> {
    let mut form = Form::new();
    form.value("title", &"A cat".to_owned());
    form.part("picture", &file.into());
    core.call::<Raw>(Request::raw(Method::PUT, "/cats").multipart("multipart/form-data", &form)).await.map(|_| ())
}

/// The body of that form.
fn form(boundary: &str, file_name: &str, content: &str) -> String {
    let disposition = "Content-Disposition: form-data; name=";
    format!(
        "--{boundary}\r\n{disposition}\"title\"\r\n\r\nA cat\r\n\
         --{boundary}\r\n{disposition}\"picture\"; filename=\"{file_name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n{content}\r\n--{boundary}--\r\n"
    )
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

/// Takes one request in chunks, and gives all that came.
async fn chunked() -> (String, tokio::task::JoinHandle<String>) {
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
    (url, server)
}

/// Nobody knows how long it is: it goes out in chunks.
#[tokio::test]
async fn a_stream_of_unknown_length_is_chunked() {
    let (url, server) = chunked().await;
    put(&core(&url, |_| {}), Upload::once(chunks())).await.unwrap();
    let request = server.await.unwrap();
    assert!(request.contains("\r\ntransfer-encoding: chunked\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\n7\r\nfirst, \r\n6\r\nsecond\r\n0\r\n\r\n"), "{request}");
}

/// From memory, a file, a stream: the same on the wire, with its length, and once more on another try.
#[tokio::test]
async fn a_part_is_in_memory_or_a_file_or_a_stream() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cat.png");
    std::fs::write(&path, "first, second").unwrap();
    let parts = [
        ("cat.png", FormPart::file("cat.png", "first, second")),
        ("cat.png", Upload::file(&path).into()),
        ("picture", Upload::stream(chunks).length(13).into()),
        ("my.png", FormPart::upload(Upload::stream(chunks).length(13)).file_name("my.png")),
    ];
    for (name, part) in parts {
        let server = Server::start(failing_once()).await;
        post(&core(&server.url(), |_| {}), part).await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        for request in requests {
            let headers = request.headers();
            let content_type = headers.iter().find_map(|line| line.strip_prefix("content-type: ")).unwrap();
            let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
            assert_eq!(request.body(), form(boundary, name, "first, second"));
            assert!(headers.contains(&format!("content-length: {}", request.body().len())), "{headers:?}");
        }
    }
}

#[tokio::test]
async fn a_form_with_a_part_of_unknown_length_is_chunked() {
    let (url, server) = chunked().await;
    post(&core(&url, |_| {}), Upload::once(chunks())).await.unwrap();
    let request = server.await.unwrap();
    assert!(request.contains("\r\ntransfer-encoding: chunked\r\n"), "{request}");
    assert!(
        request.contains("filename=\"picture\"") && request.contains("\r\n\r\n\r\n7\r\nfirst, \r\n6\r\nsecond\r\n")
    );
}

#[tokio::test]
async fn fault_form_that_can_be_sent_once() {
    let server = Server::start(failing_once()).await;
    let core = core(&server.url(), |_| {});
    let part = FormPart::upload(Upload::once(chunks()).length(13));
    let error = post(&core, part.clone()).await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), server.asked()), (Some(503), 1));
    let again = post(&core, part).await.unwrap_err().to_string();
    assert_eq!((again.as_str(), server.asked()), ("`raw` failed: nothing was sent: the body was sent already", 1));
}

/// The parts after it would be taken for its content.
#[tokio::test]
async fn fault_part_of_another_length() {
    let server = Server::start([json("200 OK", "[]")]).await;
    let core = core(&server.url(), |config| config.options_mut().retries = Some(0));
    for length in [12, 14] {
        let error = post(&core, Upload::stream(chunks).length(length)).await.unwrap_err().to_string();
        assert!(error.ends_with(&format!("has 13 bytes, and was to have {length}")), "{error}");
    }
    let error = post(&core, Upload::file("/no/such/file")).await.unwrap_err().to_string();
    assert!(error.starts_with("`raw` failed: nothing was sent: "), "{error}");
    assert_eq!(server.asked(), 0);
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
