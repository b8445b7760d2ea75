//! What a client can be told for all its calls, and HTTP clients of a user's own.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use realtimekit::runtime::bytes::Bytes;
use realtimekit::runtime::http::{self, HeaderName, HeaderValue};
use realtimekit::runtime::{Body, BoxFuture, HttpClient, TimeLimit, TransportError, TransportErrorKind};
use realtimekit::{Client, ClientBuilder, Error};

use crate::client::server::{Recorded, Server, answer, json};
use crate::client::support::{API_TOKEN, OK, edit};

fn builder(server: &Server) -> ClientBuilder {
    Client::builder().api_token(API_TOKEN).base_url(server.url())
}

#[tokio::test]
async fn a_header_of_the_client_is_on_each_call_that_has_none_of_that_name() {
    let (name, of) = (HeaderName::from_static("x-trace"), HeaderValue::from_static);
    let server = Server::start([json("200 OK", OK)]).await;
    let client = builder(&server).header(name.clone(), of("client")).build().unwrap();
    edit(&client, "p").await.unwrap();
    edit(&client, "p").with_header(name, of("call")).await.unwrap();

    let sent: Vec<_> = server.requests().iter().flat_map(Recorded::headers).collect();
    let sent: Vec<_> = sent.iter().filter(|line| line.starts_with("x-trace")).collect();
    assert_eq!(sent, ["x-trace: client", "x-trace: call"]);
}

#[tokio::test]
async fn a_call_takes_its_limits_from_its_client() {
    const LIMIT: Duration = Duration::from_millis(100);
    let server = Server::start([json("200 OK", OK).after(LIMIT * 100)]).await;
    for (builder, reached) in [
        (builder(&server).timeout(LIMIT), TimeLimit::Call),
        (builder(&server).try_timeout(LIMIT).retries(0), TimeLimit::Try),
    ] {
        let error = edit(&builder.build().unwrap(), "p").await.unwrap_err();
        let Error::Timeout(timeout) = &error else {
            panic!("{error:?}");
        };
        assert_eq!((timeout.limit(), timeout.reached()), (LIMIT, reached));
    }
}

#[tokio::test]
async fn the_longest_wait_can_be_set() {
    let server = Server::start([answer("429 Too Many Requests", &["retry-after: 1"], "")]).await;
    let client = builder(&server).max_retry_wait(Duration::from_millis(999)).build().unwrap();
    let error = edit(&client, "p").await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn a_body_past_the_limit_is_no_answer() {
    let server = Server::start([json("200 OK", OK)]).await;
    let client = |limit| builder(&server).body_limit(limit).build().unwrap();
    edit(&client(OK.len()), "p").await.unwrap();

    let error = edit(&client(OK.len() - 1), "p").await.unwrap_err();
    let Error::Transport(failure) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(failure.error().kind(), TransportErrorKind::BodyLimit);
    assert!(!error.is_retryable());
    assert_eq!(server.asked(), 2);
}

/// An HTTP client without a network: it keeps the requests, and answers as documented.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Vec<http::Request<Bytes>>>>);

impl HttpClient for Recorder {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.lock().unwrap().push(request);
        Box::pin(async { Ok(http::Response::new(Body::from(Bytes::from(OK)))) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[tokio::test]
async fn calls_go_through_the_http_client_that_is_given() {
    let recorder = Recorder::default();
    let builder = Client::builder().api_token(API_TOKEN);
    let client = builder.http_client(recorder.clone()).build().unwrap();
    assert!(edit(&client, "p").await.unwrap().success);

    let request = recorder.0.lock().unwrap().remove(0);
    assert_eq!(request.method(), "PATCH");
    let url = request.uri().to_string();
    assert!(url.starts_with("https://api.cloudflare.com/client/v4/accounts/"), "{url}");
    let credential = &request.headers()["authorization"];
    assert!(credential.is_sensitive(), "so that no HTTP client logs it");
    assert_eq!(credential, &format!("Bearer {API_TOKEN}"));
}

#[tokio::test]
async fn credentials_over_plain_http_can_be_allowed() {
    let recorder = Recorder::default();
    let builder = Client::builder().api_token(API_TOKEN).base_url("http://api.example").http_client(recorder.clone());
    let client = builder.allow_open_credentials().build().unwrap();
    edit(&client, "p").await.unwrap();
    assert_eq!(recorder.0.lock().unwrap()[0].uri().host(), Some("api.example"));
}
