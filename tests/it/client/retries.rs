//! What is sent again, how often, and after what wait.

use std::time::{Duration, Instant};

use realtimekit::runtime::TransportErrorKind;
use realtimekit::runtime::jiff::Timestamp;
use realtimekit::{Client, Error};

use crate::client::server::{Script, Server, answer, hang_up, json};
use crate::client::support::{API_TOKEN, ERROR_500, Edit, GATEWAY, OK, client, edit};

const SECOND: Duration = Duration::from_secs(1);

/// `PATCH` is not idempotent by itself; `clientwright.toml` says that this one is.
#[tokio::test]
async fn what_may_pass_is_sent_again() {
    let failures = [
        json("408 Request Timeout", "{}"),
        json("429 Too Many Requests", "{}"),
        json("500 Internal Server Error", ERROR_500),
        json("502 Bad Gateway", "<html>"),
        json("503 Service Unavailable", ""),
        json("504 Gateway Timeout", ""),
        hang_up(),
        json("200 OK", OK).without_last(1).then_close(),
    ];
    for failure in failures {
        let server = Server::start([failure.clone(), json("200 OK", OK)]).await;
        let edited = edit(&client(server.url()), "p").await;
        assert!(edited.is_ok(), "{edited:?} after {failure:?}");
        let requests = server.requests();
        assert_eq!(requests.len(), 2, "{failure:?}");
        assert_eq!(requests[0].bytes, requests[1].bytes, "{failure:?}");
    }
}

#[tokio::test]
async fn what_will_not_pass_is_sent_once() {
    let failures = [
        json("400 Bad Request", "{}"),
        json("401 Unauthorized", GATEWAY),
        json("403 Forbidden", GATEWAY),
        json("404 Not Found", GATEWAY),
        answer("404 Not Found", &["retry-after: 0"], ""),
        json("409 Conflict", ""),
        json("501 Not Implemented", ""),
        json("200 OK", r#"{"success":false}"#),
        json("200 OK", "{}"),
        json("302 Found", ""),
    ];
    for failure in failures {
        let server = Server::start([failure.clone()]).await;
        let edited = edit(&client(server.url()), "p").await;
        assert!(edited.is_err(), "{failure:?}");
        assert_eq!(server.asked(), 1, "{failure:?}");
    }
}

async fn ask_often(script: Script, set: impl Fn(&Client) -> Edit) -> usize {
    let server = Server::start([script]).await;
    let client = Client::builder().api_token(API_TOKEN).base_url(server.url()).retries(1).build().unwrap();
    set(&client).await.unwrap_err();
    server.asked()
}

#[tokio::test]
async fn a_call_says_how_often_and_else_its_client() {
    let busy = answer("503 Service Unavailable", &["retry-after: 0"], "");
    let of_the_client = ask_often(busy.clone(), |client| edit(client, "p")).await;
    let never = ask_often(busy.clone(), |client| edit(client, "p").retries(0)).await;
    let four_times = ask_often(busy.clone(), |client| edit(client, "p").retries(4)).await;
    assert_eq!([of_the_client, never, four_times], [2, 1, 5]);

    let server = Server::start([busy]).await;
    edit(&client(server.url()), "p").await.unwrap_err();
    assert_eq!(server.asked(), 3, "twice again where nobody says how often");
}

#[tokio::test]
async fn the_last_answer_is_the_error() {
    let server =
        Server::start([answer("503 Service Unavailable", &["retry-after: 0"], ""), json("403 Forbidden", GATEWAY)])
            .await;
    let error = edit(&client(server.url()), "p").await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), server.asked()), (403, 2));
}

#[tokio::test]
async fn the_wait_that_the_server_asks_for_is_kept() {
    let server =
        Server::start([answer("429 Too Many Requests", &["retry-after: 1"], GATEWAY), json("200 OK", OK)]).await;
    edit(&client(server.url()), "p").await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    let waited = requests[1].at.abs_diff(requests[0].at);
    assert!((SECOND..SECOND * 5).contains(&waited), "{waited:?}");
}

#[tokio::test]
async fn a_wait_that_is_too_long_comes_back_at_once_and_says_how_long() {
    let later = Timestamp::now() + Duration::from_mins(5);
    let date = later.strftime("retry-after: %a, %d %b %Y %H:%M:%S GMT").to_string();
    for header in ["retry-after: 300", &date] {
        let server = Server::start([answer("429 Too Many Requests", &[header], GATEWAY)]).await;
        let start = Instant::now();
        let error = edit(&client(server.url()), "p").await.expect_err(header);
        assert!(start.elapsed() < SECOND * 5, "{:?}", start.elapsed());
        assert_eq!(server.asked(), 1, "{header}");
        assert!(error.is_retryable());
        let wait = error.retry_after().unwrap();
        assert!((SECOND * 290..=SECOND * 300).contains(&wait), "{header}: {wait:?}");
        assert_eq!(error.message(), "No route for the URI (code 7003)");
    }
}

/// The call would be over before the wait is.
#[tokio::test]
async fn a_wait_past_the_timeout_is_not_begun() {
    let server = Server::start([answer("503 Service Unavailable", &["retry-after: 10"], "")]).await;
    let start = Instant::now();
    let error = edit(&client(server.url()), "p").timeout(SECOND * 9).await.unwrap_err();
    assert!(start.elapsed() < SECOND * 5, "{:?}", start.elapsed());
    assert_eq!((error.status().unwrap().as_u16(), server.asked()), (503, 1));
    assert_eq!(error.retry_after(), Some(SECOND * 10));
}

#[tokio::test]
async fn a_broken_connection_says_how_often_it_was_tried() {
    let server = Server::start([hang_up()]).await;
    let error = edit(&client(server.url()), "p").retries(1).await.unwrap_err();
    let Error::Transport(failure) = &error else {
        panic!("{error:?}");
    };
    assert_eq!((failure.tries(), server.asked()), (2, 2));
    assert_eq!(failure.error().kind(), TransportErrorKind::Broken);
    let shown = error.to_string();
    assert!(shown.starts_with("`edit_participant` failed after 2 tries: the connection broke: "), "{shown}");
}
