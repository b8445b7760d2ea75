//! The double of the service, as a user's tests use it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use realtimekit::mock::Mock;
use realtimekit::runtime::Request;
use realtimekit::runtime::TransportErrorKind;
use realtimekit::runtime::http::{self, Method};
use realtimekit::types::{EditParticipantBody, EditParticipantError};
use realtimekit::{Client, Error, Value};

use crate::client::support::{ERROR_500, OK, edit, send};

/// What a double complains of when it is dropped.
fn complaint(mock: Mock) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(mock))).unwrap_err();
    *panic.downcast::<String>().unwrap()
}

/// Why a call was refused.
fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error<EditParticipantError>>) -> String {
    let Err(Error::Transport(failure)) = outcome else { panic!("{outcome:?}") };
    assert_eq!((failure.error().kind(), failure.tries()), (TransportErrorKind::Refused, 1));
    failure.error().to_string()
}

#[tokio::test]
async fn a_call_gets_what_the_test_says_of_it() {
    let mock = Mock::new();
    let body = EditParticipantBody::new().name("Jane Doe");
    let ok = mock.edit_participant().path("participant_id", "a/b").json(&body).returning_json(200, OK).expect(1);
    mock.edit_participant().path("participant_id", "gone").returning_json(500, ERROR_500).expect(1);
    let client = mock.client();
    let edited = send(&client, "a/b", &body).await.unwrap();
    assert_eq!(edited.data.as_ref().unwrap().name.as_deref(), Some("name"));
    let error = edit(&client, "gone").retries(0).await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(ok.calls(), 1);
    let requests = mock.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].headers()["authorization"], "Bearer made-up:credential");
    mock.verify();
}

/// The documented 200, as a type.
fn documented() -> realtimekit::types::AddParticipant {
    realtimekit::runtime::Json::from_json(OK.as_bytes()).unwrap()
}

#[tokio::test]
async fn retries_limits_and_failures_take_no_time() {
    let mock = Mock::new();
    let busy = http::Response::builder().status(503).header("retry-after", "40").body("busy").unwrap();
    mock.edit_participant().answering(busy).expect(1);
    mock.edit_participant().failing(TransportErrorKind::Connect).expect(1);
    mock.edit_participant().returning(200, &documented()).expect(1);
    mock.edit_participant().silent();
    let client = mock.client();
    assert_eq!(*edit(&client, "p").await.unwrap(), documented());
    let pauses = mock.pauses();
    assert_eq!((pauses.len(), pauses[0]), (2, Duration::from_secs(40)));
    let error = edit(&client, "p").retries(0).timeout(Duration::from_hours(1)).await.unwrap_err();
    assert!(matches!(&error, Error::Timeout(timeout) if timeout.limit() == Duration::from_hours(1)), "{error:?}");
}

/// Which call comes, and what the double says of it.
#[tokio::test]
async fn a_call_that_nobody_expects_is_refused_and_fails_the_test() {
    let mock = Mock::new();
    let client = mock.client();
    let nothing = refusal(edit(&client, "p").await);
    assert!(nothing.starts_with("nothing was sent: `PATCH /accounts/"), "{nothing}");
    assert!(nothing.ends_with("/participants/p` was called, and nothing is mocked for it"), "{nothing}");

    mock.edit_participant().path("participant_id", "q").returning_json(200, OK).expect(2);
    let other = refusal(edit(&client, "p").await);
    assert!(other.contains("`edit_participant` was called by `PATCH /accounts/"), "{other}");
    assert!(other.ends_with("mocked for other calls: where path parameter `participant_id` is `q`"), "{other}");

    edit(&client, "q").await.unwrap();
    let said = complaint(mock);
    let lines: Vec<&str> = said.lines().collect();
    let missing = "`edit_participant` where path parameter `participant_id` is `q` was called once in place of 2 times";
    assert_eq!(lines, [missing, nothing.split_once(": ").unwrap().1, other.split_once(": ").unwrap().1]);
}

#[tokio::test]
async fn a_call_too_many_is_refused() {
    let mock = Mock::new();
    mock.edit_participant().returning_json(200, OK).expect(1);
    let client = mock.client();
    edit(&client, "p").await.unwrap();
    let refused = refusal(edit(&client, "p").await);
    assert!(refused.ends_with("mocked for other calls: no more than once"), "{refused}");
    assert!(complaint(mock).ends_with("no more than once"));
}

const PATH: &str = "/accounts/a/realtime/kit/b/meetings/3fa85f64-5717-4562-b3fc-2c963f66afa6/participants/p";

/// Requests that this client would not make, and what is wrong with them.
#[tokio::test]
async fn a_request_that_departs_from_the_description_is_refused() {
    let patch = || Request::raw(Method::PATCH, PATH);
    let json = |text: &str| patch().bytes("application/json", text.to_owned());
    let table = [
        (patch(), "without a body"),
        (patch().text("text/plain", "x"), "with a body of `text/plain`, where `application/json` is described"),
        (json(r#"{"name":7}"#), "whose body is not as described: at `name`: expected a string, found 7"),
        (json("{"), "whose body is not as described: expected "),
    ];
    for (request, departure) in table {
        let mock = Mock::new();
        mock.edit_participant().returning_json(200, OK);
        let outcome = mock.client().raw(request).await;
        let Err(Error::Transport(failure)) = outcome else { panic!("{outcome:?}") };
        let said = failure.error().to_string();
        let start = format!("nothing was sent: `edit_participant` was called by a request {departure}");
        assert!(said.starts_with(&start), "{said}");
        assert!(complaint(mock).contains(departure));
    }
    let mock = Mock::new();
    mock.edit_participant().returning_json(200, OK).expect(1);
    let whole = json(r#"{"name":null}"#).accept("application/json");
    assert!(mock.client().raw(whole).await.unwrap().json::<Value>().unwrap().get("data").is_some());
}

#[tokio::test]
async fn what_only_a_test_knows_is_a_condition_and_an_answer_of_its_own() {
    let mock = Mock::new();
    let long = |request: &http::Request<realtimekit::runtime::bytes::Bytes>| request.body().len() > 40;
    mock.edit_participant().when(long).answering(http::Response::builder().status(413).body("").unwrap()).expect(1);
    mock.edit_participant().header("x-dry-run", "1").query("why", "a b&c").answering_with(|request| {
        let text = OK.replace("\"name\": \"name\"", &format!("\"name\": {:?}", request.method().as_str()));
        http::Response::new(text.into())
    });
    let client: Client = mock.client();
    let body = EditParticipantBody::new().name("a name of more than forty characters, which is long");
    assert_eq!(send(&client, "p", &body).retries(0).await.unwrap_err().status().unwrap(), 413);
    let dry = edit(&client, "p").with_header("x-dry-run".parse().unwrap(), "1".parse().unwrap());
    let edited = dry.with_query("why", "a b&c").await.unwrap();
    assert_eq!(edited.data.as_ref().unwrap().name.as_deref(), Some("PATCH"));
}

/// A test whose double answers what the service never would proves nothing.
#[test]
fn an_answer_that_is_not_as_described_is_no_expectation() {
    let mock = Mock::new();
    let said = |status: u16, text: &'static str| {
        let panic =
            catch_unwind(AssertUnwindSafe(|| mock.edit_participant().returning_json(status, text))).unwrap_err();
        *panic.downcast::<String>().unwrap()
    };
    let start = "the mocked answer 200 OK of `edit_participant` is not as described: at `success`: expected a required";
    assert!(said(200, "{}").starts_with(start));
    assert!(said(500, r#"{"success":false,"error":{"code":1}}"#).contains("at `error.message`: expected a required"));
    assert_eq!(said(99, "{}"), "99 is no status");
    mock.edit_participant().returning_json(404, "{}");
}

/// On a port, the same mocks answer other programs, and this one over the network.
#[cfg(feature = "mock-server")]
#[tokio::test]
async fn a_double_on_a_port_answers_as_its_mocks_say() {
    use crate::client::support::client;

    let mock = Mock::new();
    mock.edit_participant().path("participant_id", "p").failing(TransportErrorKind::Broken).expect(1);
    mock.edit_participant().path("participant_id", "p").returning_json(200, OK).expect(1);
    mock.edit_participant().path("participant_id", "q").silent();
    let server = mock.serve().await.unwrap();
    let client = client(server.url());
    assert!(edit(&client, "p").await.unwrap().data.is_some());
    let silent = edit(&client, "q").timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(matches!(silent, Error::Timeout(_)), "{silent:?}");
    mock.verify();
    let error = edit(&client, "r").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 501);
    let said = String::from_utf8(error.body().unwrap().to_vec()).unwrap();
    assert!(said.ends_with("mocked for other calls: where path parameter `participant_id` is `p`"), "{said}");
    drop(server);
    let gone = edit(&client, "p").retries(0).await.unwrap_err();
    assert!(matches!(gone, Error::Transport(_)), "{gone:?}");
    assert_eq!(complaint(mock), said);
}
