//! Answers in other content types, their headers, and answers that depart from what is declared.

use clientwright_runtime::jiff::Timestamp;
use clientwright_runtime::uuid::Uuid;
use clientwright_runtime::{AnswerHeaders, AsBytes, AsJson, AsText, Error, Operation, Request, Response, Value};

use crate::double::{Anything, Double, GET, PLAIN, Reply, config, run};

fn ask<O: Operation>(double: &Double, accept: &str) -> Result<Response<O::Output>, Error<O::Error>> {
    run(config(&PLAIN, double).build().unwrap().call::<O>(Request::new(&GET).accept(accept)))
}

#[test]
fn another_content_type_is_asked_for_and_read() {
    let double = Double::new([
        Reply::Answer(200, &[], "a;b"),
        Reply::Answer(200, &[], "a;b"),
        Reply::Answer(200, &[], "[1,2]"),
        Reply::Answer(400, &[], r#"{"why":1}"#),
    ]);
    assert_eq!(*ask::<AsText<Anything>>(&double, "text/csv").unwrap(), "a;b");
    assert_eq!(&**ask::<AsBytes<Anything>>(&double, "application/pdf").unwrap(), b"a;b");
    assert_eq!(*ask::<AsJson<Anything, Vec<i64>>>(&double, "application/vnd.x+json").unwrap(), [1, 2]);
    let failure = ask::<AsText<Anything>>(&double, "text/csv").unwrap_err();
    assert_eq!(failure.api().unwrap().get("why").and_then(Value::as_i64), Some(1));
    let asked: Vec<_> = double.requests().iter().map(|request| request.headers()["accept"].clone()).collect();
    assert_eq!(asked, ["text/csv", "application/pdf", "application/vnd.x+json", "text/csv"]);
}

#[test]
fn headers_are_read_as_types() {
    let headers = &[
        ("x-count", "42"),
        ("x-wrong", "many"),
        ("etag", "\"7\""),
        ("x-digits", "007"),
        ("x-ok", "true"),
        ("x-at", "2026-01-31T12:00:00Z"),
        ("x-id", "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
        ("x-list", "1, 2,3"),
    ];
    let answer = ask::<Anything>(&Double::new([Reply::Answer(200, headers, "{}")]), "*/*").unwrap();
    assert_eq!(answer.header::<i64>("X-Count"), Some(42));
    assert_eq!((answer.header::<i64>("x-wrong"), answer.header::<i64>("x-missing")), (None, None));
    assert_eq!(answer.header::<String>("etag").as_deref(), Some("\"7\""));
    assert_eq!(answer.header::<String>("x-digits").as_deref(), Some("007"));
    assert_eq!(answer.header::<bool>("x-ok"), Some(true));
    assert_eq!(answer.header::<Timestamp>("x-at"), "2026-01-31T12:00:00Z".parse().ok());
    assert_eq!(answer.header::<Uuid>("x-id"), "3fa85f64-5717-4562-b3fc-2c963f66afa6".parse().ok());
    assert_eq!(answer.header_list::<i64>("x-list"), Some(vec![1, 2, 3]));
    assert_eq!((answer.header_list::<i64>("x-wrong"), answer.header_list::<i64>("x-missing")), (None, None));
}

/// An operation that declares nothing in its success.
enum Nothing {}

impl Operation for Nothing {
    type Output = ();
    type Error = Value;

    const META: &'static clientwright_runtime::Meta = &GET;
}

#[test]
fn a_body_that_is_not_declared_is_kept_and_one_that_is_missing_is_an_error() {
    let double = Double::new([Reply::Answer(200, &[], r#"{"id":7}"#), Reply::Answer(200, &[], "")]);
    let answer = ask::<Nothing>(&double, "*/*").unwrap();
    assert_eq!(answer.body(), r#"{"id":7}"#);
    let error = ask::<Anything>(&double, "*/*").unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
    assert!(error.to_string().contains("200 OK"), "{error}");
}
