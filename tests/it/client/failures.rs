//! Failures that the server reports: what they are, and what they say.

use std::error::Error as _;

use realtimekit::Error;
use realtimekit::types::EditParticipantError;

use crate::client::server::{Server, answer, json};
use crate::client::support::{ERROR_500, GATEWAY, OK, ask_in_vain, client, edit};

#[tokio::test]
async fn the_documented_500_is_typed() {
    let headers = ["content-type: application/json", "cf-ray: 8f1c-FRA"];
    let error = ask_in_vain(answer("500 Internal Server Error", &headers, ERROR_500)).await;

    let Some(EditParticipantError::InternalServerError(said)) = error.api() else {
        panic!("{error:?}");
    };
    assert!(!said.success);
    assert!((said.error.code - 500.0).abs() < f64::EPSILON);
    assert_eq!(said.error.message, "Internal server error");

    assert!(matches!(error, Error::Api(_)));
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(error.operation(), "edit_participant");
    assert_eq!(error.request_id(), Some("8f1c-FRA"));
    assert_eq!(error.headers().unwrap()["content-type"], "application/json");
    assert_eq!(error.body().unwrap(), ERROR_500);
    assert_eq!(error.message(), "Internal server error");
    assert!(error.is_retryable());
    assert!(error.source().is_none());
    assert_eq!(
        error.to_string(),
        "`edit_participant` failed with 500 Internal Server Error: Internal server error (request 8f1c-FRA)"
    );
}

/// That the call failed matters more than how the server says so.
#[tokio::test]
async fn a_500_that_is_not_as_described_keeps_its_status_and_says_why() {
    let table = [
        (r#"{"success":false,"error":{"code":500}}"#, "error.message", "Internal Server Error"),
        (r#"{"success":false,"error":{"code":"x","message":"m"}}"#, "error.code", "m"),
        ("<h1>Sorry</h1>", "", "Sorry"),
        ("", "", "Internal Server Error"),
    ];
    for (body, path, message) in table {
        let error = ask_in_vain(answer("500 Internal Server Error", &[], body)).await;
        let Error::Undeclared(undeclared) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(undeclared.decode_error().unwrap().path(), path, "{body}");
        assert!(error.source().is_some());
        assert_eq!((error.status().unwrap().as_u16(), error.message().as_str()), (500, message));
    }
}

/// Status, kind of body, body, and the message in it.
const UNDECLARED: &[(&str, &str, &str, &str)] = &[
    ("403 Forbidden", JSON, GATEWAY, "No route for the URI (code 7003)"),
    (
        "400 Bad Request",
        JSON,
        r#"{"success":false,"errors":[{"code":1000,"message":"a"},{"code":1001,"message":"b"}]}"#,
        "a (code 1000); b (code 1001)",
    ),
    (
        "400 Bad Request",
        JSON,
        r#"{"success":false,"error":{"code":400,"message":"BAD_REQUEST \"id\" must be a valid GUID"}}"#,
        r#"BAD_REQUEST "id" must be a valid GUID"#,
    ),
    ("401 Unauthorized", JSON, r#"{"message":"Unauthorized"}"#, "Unauthorized"),
    (
        "422 Unprocessable Entity",
        PROBLEM,
        r#"{"type":"about:blank","title":"Not valid","detail":"`name` is too long","status":422}"#,
        "`name` is too long",
    ),
    ("422 Unprocessable Entity", PROBLEM, r#"{"title":"Not valid"}"#, "Not valid"),
    (
        "502 Bad Gateway",
        "text/html; charset=UTF-8",
        "<!DOCTYPE html>\n<html><head><title>502 Bad\n Gateway</title></head><body>…</body></html>",
        "502 Bad Gateway",
    ),
    ("503 Service Unavailable", "text/plain", "upstream\r\nis away", "upstream is away"),
    ("404 Not Found", JSON, "{}", "Not Found"),
    ("404 Not Found", JSON, "", "Not Found"),
    ("404 Not Found", JSON, r#"{"errors":[]}"#, "Not Found"),
    ("404 Not Found", JSON, r#"{"broken"#, "Not Found"),
    ("418 I'm a teapot", "image/png", "PNG", "I'm a teapot"),
    ("599 ", JSON, "{}", "status 599"),
];

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

#[tokio::test]
async fn undeclared_failures_say_what_the_server_says() {
    for (status, kind, body, message) in UNDECLARED {
        let kind = format!("content-type: {kind}");
        let error = ask_in_vain(answer(status, &[&kind, "cf-ray: r1"], body)).await;
        assert!(matches!(error, Error::Undeclared(_)), "{error:?}");
        assert_eq!(error.message(), *message, "{status} {body}");
        assert!(status.starts_with(error.status().unwrap().as_str()));
        assert_eq!(error.body().unwrap(), body);
        assert_eq!(error.request_id(), Some("r1"));
        assert!(error.api().is_none());
        let shown = error.to_string();
        assert!(shown.starts_with("`edit_participant` failed with ") && shown.ends_with(" (request r1)"), "{shown}");
        assert!(!shown.contains(['\n', '<']), "{shown}");
    }
}

#[tokio::test]
async fn an_answer_of_200_that_denies_its_success_is_an_error() {
    let table = [
        (r#"{"success":false,"error":{"code":404,"message":"No such participant"}}"#, "No such participant"),
        (GATEWAY, "No route for the URI (code 7003)"),
        (r#"{"success":false,"message":"Nope"}"#, "Nope"),
        (r#"{"success":false}"#, "the answer reports a failure"),
        (r#"{"success":false,"data":{}}"#, "the answer reports a failure"),
        (&OK.replace("true", "false"), "the answer reports a failure"),
    ];
    for (body, message) in table {
        let error = ask_in_vain(json("200 OK", body)).await;
        assert!(matches!(error, Error::Undeclared(_)), "{error:?}");
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(error.message(), message, "{body}");
        assert_eq!(error.body().unwrap(), body);
        assert!(!error.is_retryable());
        let shown = error.to_string();
        assert!(shown.starts_with("`edit_participant` answered 200 OK, but reports a failure"), "{shown}");
    }
}

/// The other host would see the token.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::start([json("200 OK", OK)]).await;
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let location = format!("location: {}/there", elsewhere.url());
        let error = ask_in_vain(answer(status, &[&location], "")).await;
        assert!(matches!(error, Error::Undeclared(_)), "{error:?}");
        assert!(status.starts_with(error.status().unwrap().as_str()));
        assert_eq!(error.headers().unwrap()["location"], format!("{}/there", elsewhere.url()));
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn which_failures_may_pass() {
    for (status, passing) in [
        ("400 Bad Request", false),
        ("401 Unauthorized", false),
        ("403 Forbidden", false),
        ("404 Not Found", false),
        ("408 Request Timeout", true),
        ("409 Conflict", false),
        ("429 Too Many Requests", true),
        ("500 Internal Server Error", true),
        ("501 Not Implemented", false),
        ("502 Bad Gateway", true),
        ("503 Service Unavailable", true),
        ("504 Gateway Timeout", true),
    ] {
        let error = ask_in_vain(json(status, "{}")).await;
        assert_eq!(error.is_retryable(), passing, "{status}");
    }
}

#[tokio::test]
async fn an_error_goes_through_a_question_mark() {
    async fn rename(server: &Server) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let client = client(server.url());
        edit(&client, "p").await?;
        Ok(())
    }
    let server = Server::start([json("404 Not Found", GATEWAY)]).await;
    let error = rename(&server).await.unwrap_err();
    assert_eq!(error.to_string(), "`edit_participant` failed with 404 Not Found: No route for the URI (code 7003)");
}
