//! What an error says.

use std::error::Error as _;

use clientwright_runtime::http::HeaderMap;
use clientwright_runtime::{Answer, DecodeError, Error, Meta, Operation, Request, Undeclared, Value};

use crate::double::Reply::Answer as Reply;
use crate::double::{Double, PLAIN, call, config, meta, run};

type Headers = &'static [(&'static str, &'static str)];

fn failed(status: u16, headers: Headers, body: &'static str) -> Error<Value> {
    let double = Double::new([Reply(status, headers, body)]);
    let mut request = Request::new(meta(|_| {}));
    request.options_mut().retries = Some(0);
    call(config(&PLAIN, &double), request).unwrap_err()
}

const HTML: Headers = &[("content-type", "text/html; charset=UTF-8")];
const TEXT: Headers = &[("content-type", "text/plain")];
const MESSAGES: &[(Headers, &str, &str)] = &[
    (&[], r#"{"success":false,"error":{"code":500,"message":"it broke"}}"#, "it broke"),
    (
        &[],
        r#"{"success":false,"errors":[{"code":7003,"message":"No route for the URI"},{"message":"b"}],"messages":[]}"#,
        "No route for the URI (code 7003); b",
    ),
    (&[], r#"{"errors":["plain",{"code":"X1","detail":"d"}]}"#, "plain; d (code X1)"),
    (&[], r#"{"message":"Unauthorized"}"#, "Unauthorized"),
    (&[], r#"{"errors":[],"message":"Unauthorized"}"#, "Unauthorized"),
    (&[], r#"{"errors":{"name":["bad"]},"message":"Unprocessable"}"#, "Unprocessable"),
    (&[], r#"{"errors":null,"title":"t"}"#, "t"),
    (&[], r#"{"error":"invalid_grant","error_description":"expired"}"#, "expired"),
    (&[], r#"{"error":"invalid_grant"}"#, "invalid_grant"),
    (&[], r#"{"type":"about:blank","title":"Out of credit","detail":"Your balance is 30."}"#, "Your balance is 30."),
    (&[], r#"{"title":"Out of credit","status":403}"#, "Out of credit"),
    (&[], r#""just text""#, "just text"),
    (&[], r#"{"other":1}"#, "Internal Server Error"),
    (&[], "", "Internal Server Error"),
    (&[], "{broken", "Internal Server Error"),
    (
        HTML,
        "<!DOCTYPE html><html><head><TITLE>502: Bad\n gateway</TITLE></head><body>x</body></html>",
        "502: Bad gateway",
    ),
    (HTML, "<html><body><h1>Oh no</h1><p>It broke.</p></body></html>", "Oh no It broke."),
    (TEXT, "upstream connect error\r\nreset", "upstream connect error reset"),
    (&[("content-type", "image/png")], "PNG", "Internal Server Error"),
    (TEXT, "a\u{1b}[31mb", "a [31mb"),
];

#[test]
fn messages_are_read_from_the_shapes_that_servers_use() {
    for (headers, body, message) in MESSAGES {
        assert_eq!(failed(500, headers, body).message(), *message, "{body}");
    }
    let long: &'static str = "x".repeat(10_000).leak();
    assert_eq!(failed(500, &[], long).message().chars().count(), 301);
}

#[test]
fn one_sentence_says_all() {
    let shown = |status, headers, body| failed(status, headers, body).to_string();
    let id: Headers = &[("x-request-id", "8f1-FRA")];
    assert_eq!(
        shown(500, id, r#"{"message":"it broke"}"#),
        "`get_thing` failed with 500 Internal Server Error: it broke (request 8f1-FRA)"
    );
    assert_eq!(shown(404, &[], ""), "`get_thing` failed with 404 Not Found");
    assert_eq!(shown(599, &[], ""), "`get_thing` failed with status 599");
    assert_eq!(shown(302, &[("location", "https://other.example")], ""), "`get_thing` failed with 302 Found");
    assert_eq!(
        shown(200, id, "[1"),
        "`get_thing` answered 200 OK, but not as described: at `[0]`: expected `,` or `]`, found the end of the text (line 1, column 3) (request 8f1-FRA)"
    );
}

#[test]
fn errors_are_told_apart() {
    let declared = failed(400, &[], r#"{"code":1}"#);
    assert_eq!(declared.api().and_then(|error| error.get("code")).and_then(Value::as_i64), Some(1));
    assert!(matches!(&declared, Error::Api(error) if error.answer().status() == 400));

    // A declared status with another body is undeclared, with the reason as its source.
    let other = failed(400, &[("x-request-id", "r")], "<html><title>Bad</title>");
    assert!(matches!(&other, Error::Undeclared(error) if error.decode_error().is_some()));
    assert_eq!(other.to_string(), "`get_thing` failed with 400 Bad Request: Bad (request r)");
    assert!(other.source().unwrap().to_string().starts_with("expected a JSON value"));

    let unknown = failed(418, &[], "tea");
    assert!(matches!(&unknown, Error::Undeclared(error) if error.decode_error().is_none()));
    assert_eq!((unknown.status().unwrap().as_u16(), unknown.body().unwrap().as_ref()), (418, b"tea".as_slice()));
    assert!(unknown.source().is_none() && !unknown.is_retryable());

    let unreadable = failed(200, &[], "no JSON");
    assert!(matches!(&unreadable, Error::Decode(_)));
    assert_eq!(unreadable.body().unwrap(), "no JSON");
    assert!(unreadable.source().is_some());
}

#[test]
fn an_error_is_small_and_travels() {
    fn travels<T: Send + Sync + 'static>() {}
    travels::<Error>();
    travels::<Error<Value>>();
    assert!(size_of::<Error<Value>>() <= 16);
    assert!(size_of::<Error>() <= 16);
}

/// An operation with a flag in its answer, as generated code has it.
enum Flagged {}

impl Operation for Flagged {
    type Output = bool;
    type Error = Undeclared;

    const META: &'static Meta = &crate::double::GET_COPY.success_flag("success");

    fn read_output(answer: &Answer) -> Option<Result<bool, DecodeError>> {
        answer.status().is_success().then(|| {
            let value: Value = answer.json()?;
            value.get("success").map_or(Ok(true), Value::to).and_then(|success| {
                value.get("data").map_or(Ok(None), Value::to::<Option<bool>>)?;
                Ok(success)
            })
        })
    }

    fn is_success(output: &bool) -> bool {
        *output
    }
}

fn flagged(body: &'static str) -> Result<bool, Error> {
    let double = Double::new([Reply(200, &[], body)]);
    let core = config(&PLAIN, &double).build().unwrap();
    run(core.call::<Flagged>(Request::new(Flagged::META))).map(clientwright_runtime::Response::into_inner)
}

#[test]
fn a_success_that_says_it_is_none_is_an_error() {
    assert!(flagged(r#"{"success":true}"#).unwrap());
    let error = flagged(r#"{"success":false,"error":{"message":"no such app"}}"#).unwrap_err();
    assert_eq!(error.to_string(), "`flagged` answered 200 OK, but reports a failure: no such app");
    // The failure matters more than the shape of its answer.
    let error = flagged(r#"{"success":false,"data":"x","message":"quota"}"#).unwrap_err();
    assert!(matches!(&error, Error::Undeclared(error) if error.decode_error().is_some()));
    assert_eq!(error.message(), "quota");
    assert!(matches!(flagged(r#"{"success":true,"data":"x"}"#), Err(Error::Decode(_))));
    assert!(matches!(flagged(r#"{"data":"x"}"#), Err(Error::Decode(_))));
}

#[test]
fn an_answer_gives_its_body_in_any_form() {
    let answer = Answer::new(200.try_into().unwrap(), HeaderMap::new(), "[1]".into(), &[]);
    assert_eq!(answer.json::<Vec<u8>>().unwrap(), [1]);
    assert_eq!(answer.text().unwrap(), "[1]");
    assert_eq!(answer.bytes(), "[1]");
    assert!(!answer.is_empty() && answer.request_id().is_none());
    let answer = Answer::new(200.try_into().unwrap(), HeaderMap::new(), vec![b'a', 0xff].into(), &[]);
    assert_eq!(answer.text().unwrap_err().to_string(), "expected UTF-8, found another byte (line 1, column 2)");
}
