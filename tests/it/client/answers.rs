//! Successes: what is read, and what stands beside it.

use realtimekit::operations::EditParticipant;
use realtimekit::runtime::jiff::Timestamp;
use realtimekit::runtime::uuid::uuid;
use realtimekit::types::AddParticipant;
use realtimekit::{Error, Response};

use crate::client::server::{Server, answer, json, raw};
use crate::client::support::{OK, ask, client, edit};

#[tokio::test]
async fn the_documented_answer_is_read_field_by_field() {
    let headers = ["content-type: application/json; charset=utf-8", "cf-ray: 8f1c2d3e4f5a6b7c-FRA"];
    let edited: Response<AddParticipant> = ask(answer("200 OK", &headers, OK)).await.unwrap();

    assert_eq!(edited.status(), 200);
    assert_eq!(edited.headers()["cf-ray"], "8f1c2d3e4f5a6b7c-FRA");
    assert_eq!(edited.request_id(), Some("8f1c2d3e4f5a6b7c-FRA"));

    let time: Timestamp = "2019-12-27T18:11:19.117Z".parse().unwrap();
    assert!(edited.success);
    let participant = edited.data.as_ref().unwrap();
    assert_eq!(participant.id, uuid!("182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e"));
    assert_eq!(participant.token.expose(), "token");
    assert_eq!(participant.created_at, time);
    assert_eq!(participant.custom_participant_id, "custom_participant_id");
    assert_eq!(participant.preset_name, "preset_name");
    assert_eq!(participant.updated_at, time);
    assert_eq!(participant.name.as_deref(), Some("name"));
    assert_eq!(participant.picture.as_deref(), Some("https://example.com"));

    let kept: AddParticipant = edited.into_inner();
    assert!(kept.data.is_some());
}

#[tokio::test]
async fn what_is_not_there_is_none() {
    let without = r#"{"success":true,"data":{"id":"182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e","token":"t",
        "created_at":"2019-12-27T18:11:19Z","updated_at":"2019-12-27T18:11:19Z",
        "custom_participant_id":"","preset_name":""EXTRA}}"#;
    for extra in ["", r#","name":null,"picture":null"#, r#","new":[{"deep":1}],"other":null"#] {
        let edited = ask(json("200 OK", &without.replace("EXTRA", extra))).await.unwrap();
        let participant = edited.data.as_ref().unwrap();
        assert_eq!((&participant.name, &participant.picture), (&None, &None), "{extra}");
    }
    for body in [r#"{"success":true}"#, r#"{"new":1,"success":true}"#, " {\n\"success\" :\ttrue\r\n} "] {
        let edited = ask(json("200 OK", body)).await.unwrap();
        assert!(edited.success && edited.data.is_none(), "{body}");
        assert_eq!(edited.request_id(), None);
    }
}

/// `data` may be absent, and is not nullable.
#[tokio::test]
async fn a_null_that_was_not_announced_is_refused_by_a_strict_client_and_read_by_others() {
    let server = Server::start([json("200 OK", r#"{"success":true,"data":null}"#)]).await;
    let client = client(server.url());
    let Err(Error::Decode(refused)) = edit(&client, "p").await else { panic!("it is strict") };
    assert!(refused.error().to_string().starts_with("at `data`: expected an object, found null"), "{refused:?}");
    let lenient = edit(&client, "p").configure(|options| options.strict = Some(false)).await.unwrap();
    assert!(lenient.success && lenient.data.is_none());
}

#[tokio::test]
async fn times_are_read_with_their_offset() {
    let table = [
        ("2019-12-27T18:11:19.117Z", 1_577_470_279_117),
        ("2019-12-27T19:11:19.117+01:00", 1_577_470_279_117),
        ("2019-12-27t18:11:19z", 1_577_470_279_000),
    ];
    for (text, milliseconds) in table {
        let body = OK.replace("2019-12-27T18:11:19.117Z", text);
        let edited = ask(json("200 OK", &body)).await.unwrap();
        let participant = edited.data.as_ref().unwrap();
        assert_eq!(participant.created_at.as_millisecond(), milliseconds, "{text}");
    }
}

#[tokio::test]
async fn an_answer_is_read_however_it_is_framed() {
    let gzipped: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 36\r\n\r\n\
        \x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x2a\x2e\x4d\x4e\x4e\x2d\x2e\x56\xb2\x2a\
        \x29\x2a\x4d\xad\x05\x00\xdf\xf7\xf6\x66\x10\x00\x00\x00";
    let chunked: &[u8] = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
        4\r\n{\"su\r\nc\r\nccess\":true}\r\n0\r\n\r\n";
    let until_close: &[u8] = b"HTTP/1.0 200 OK\r\n\r\n{\"success\":true}";
    let early_hints: &[u8] = b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n\
        HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n{\"success\":true}";
    for bytes in [gzipped, chunked, until_close, early_hints] {
        let edited = ask(raw(bytes).then_close()).await;
        assert!(edited.is_ok(), "{edited:?}\n{}", String::from_utf8_lossy(bytes));
    }
}

/// Servers say 201 or 202 where their description says 200.
#[tokio::test]
async fn another_success_with_the_documented_body_is_a_success() {
    for status in ["201 Created", "202 Accepted", "299 Odd"] {
        let edited = ask(json(status, OK)).await.unwrap();
        assert!(status.starts_with(edited.status().as_str()));
        assert!(edited.data.is_some());
    }
}

#[tokio::test]
async fn another_success_without_the_documented_body_is_an_error_with_the_answer() {
    for (status, body) in [("204 No Content", ""), ("202 Accepted", ""), ("202 Accepted", "queued")] {
        let error = ask(answer(status, &[], body)).await.expect_err(status);
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(status.starts_with(error.status().unwrap().as_str()));
        assert_eq!(error.body().unwrap(), body);
    }
}

#[tokio::test]
async fn twenty_calls_at_once_all_come_back() {
    let server = Server::start([json("200 OK", OK)]).await;
    let client = client(server.url());
    let calls: Vec<_> = (0..20).map(|number| tokio::spawn(edit(&client, &number.to_string()).into_future())).collect();
    for call in calls {
        let edited = call.await.unwrap().unwrap();
        assert!(edited.success);
    }
    assert_eq!(server.asked(), 20);
}

#[tokio::test]
async fn an_answer_can_be_read_by_the_operation_alone() {
    use realtimekit::runtime::{Answer, Operation, bytes::Bytes, http};

    let of = |status| Answer::new(status, http::HeaderMap::new(), Bytes::from(OK), &[]);
    let read = EditParticipant::read_output(&of(http::StatusCode::OK));
    assert!(read.unwrap().unwrap().data.is_some());
    assert!(EditParticipant::read_output(&of(http::StatusCode::NOT_FOUND)).is_none());
}
