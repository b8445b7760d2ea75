//! Answers that are no answers, or other ones than they say.

use realtimekit::Error;
use realtimekit::runtime::TransportErrorKind;

use crate::client::faults::{seen, seen_once};
use crate::client::server::{Server, answer, json, raw};
use crate::client::support::{OK, client, edit};

/// What is no HTTP is a broken connection: nobody knows what the server has done.
#[tokio::test]
async fn fault_garbage() {
    for bytes in ["\0\0\u{1}\u{2}garbage\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/9.9 200 OK\r\n\r\n", "\r\n\r\n\r\n"]
    {
        let (error, asked) = seen(raw(bytes).then_close()).await;
        let Error::Transport(failure) = &error else { panic!("{error:?}") };
        assert_eq!((failure.error().kind(), asked), (TransportErrorKind::Broken, 3), "{bytes:?}");
        let (error, asked) = seen_once(raw(bytes).then_close()).await;
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert_eq!(asked, 1, "{bytes:?}");
    }
}

/// Less than it says is a broken connection; more is not taken for the answer to the next request.
#[tokio::test]
async fn fault_wrong_length() {
    let long = raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"success\":true}").then_close();
    let (error, asked) = seen(long).await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(asked, 3);

    let smuggled = "HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n{\"success\":true}\
        HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{\"success\":true,\"data\":null,\"not\":\"mine\"}";
    let server = Server::start([raw(smuggled), json("200 OK", OK)]).await;
    let client = client(server.url());
    assert!(edit(&client, "p").await.unwrap().data.is_none());
    assert!(edit(&client, "q").await.unwrap().data.is_some(), "its own answer");
    assert_eq!((server.asked(), server.connections()), (2, 2));

    let two = raw("HTTP/1.1 200 OK\r\ncontent-length: 16\r\ncontent-length: 2\r\n\r\n{\"success\":true}");
    let (error, asked) = seen(two).await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(asked, 3);
}

/// A page of a proxy: what it says of itself is the message.
#[tokio::test]
async fn fault_html() {
    let page = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>502</h1></body></html>";
    let html = |status| answer(status, &["content-type: text/html"], page);
    let (error, asked) = seen(html("502 Bad Gateway")).await;
    assert_eq!(error.to_string(), "`edit_participant` failed with 502 Bad Gateway: Bad gateway");
    assert_eq!(asked, 3);
    let (error, asked) = seen(html("200 OK")).await;
    let shown = error.to_string();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert!(shown.starts_with("`edit_participant` answered 200 OK, but not as described: "), "{shown}");
    assert_eq!((error.body().unwrap(), asked), (&page.into(), 1));
}

/// What counts is the body: servers name it wrongly.
#[tokio::test]
async fn fault_wrong_content_type() {
    for kind in ["text/html", "text/plain; charset=utf-8", "application/octet-stream", "nonsense"] {
        let server = Server::start([answer("200 OK", &[&format!("content-type: {kind}")], OK)]).await;
        assert!(edit(&client(server.url()), "p").await.unwrap().data.is_some(), "{kind}");
        assert_eq!(server.asked(), 1);
    }
    let (error, asked) = seen(json("200 OK", "id,name\n1,Jane\n")).await;
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(asked, 1);
}

/// What comes before the answer is passed over.
#[tokio::test]
async fn fault_1xx() {
    let early = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n";
    let bytes = format!("{early}HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n{{\"success\":true}}");
    let server = Server::start([raw(bytes)]).await;
    assert!(edit(&client(server.url()), "p").await.unwrap().success);
    assert_eq!((server.asked(), server.connections()), (1, 1));

    let (error, asked) = seen(raw("HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n").then_close()).await;
    assert_eq!((error.status().unwrap().as_u16(), asked), (101, 1));
}

/// A 204 has no body; what comes all the same is not taken for the next answer.
#[tokio::test]
async fn fault_204_with_a_body() {
    let script = raw("HTTP/1.1 204 No Content\r\ncontent-length: 16\r\n\r\n{\"success\":true}");
    let server = Server::start([script, json("200 OK", OK)]).await;
    let client = client(server.url());
    let error = edit(&client, "p").await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!((error.status().unwrap().as_u16(), error.body().unwrap().len()), (204, 0));
    assert!(edit(&client, "q").await.unwrap().data.is_some());
    assert_eq!(server.asked(), 2);
}
