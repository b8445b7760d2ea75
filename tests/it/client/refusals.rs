//! What is refused before anything is sent.

use realtimekit::runtime::Violation;
use realtimekit::types::{AccountId, AppId, EditParticipantBody};
use realtimekit::{Client, Error};

use crate::client::server::{Server, json};
use crate::client::support::{API_TOKEN, MEETING, OK, client, edit};

#[tokio::test]
async fn a_participant_id_that_is_no_segment_is_never_sent() {
    const DOTS: &str = "is, or decodes to, `.` or `..`";
    const CONTROL: &str = "holds a control character";
    let table = [
        ("", "is empty"),
        (".", DOTS),
        ("..", DOTS),
        ("%2e%2e", DOTS),
        ("%2E.", DOTS),
        (".%2e", DOTS),
        ("%2e", DOTS),
        ("%252e%252e", DOTS),
        ("../x", DOTS),
        ("x/..", DOTS),
        ("x/../y", DOTS),
        ("..\\x", DOTS),
        ("x%2f..", DOTS),
        ("..%5cx", DOTS),
        ("a\nb", CONTROL),
        ("a\0", CONTROL),
        ("\t", CONTROL),
        ("\u{7f}", CONTROL),
        ("\u{85}", CONTROL),
    ];
    let server = Server::start([json("200 OK", OK)]).await;
    let client = client(server.url());
    for (participant, rule) in table {
        let error = edit(&client, participant).await.expect_err(participant);
        let Error::Request(refused) = &error else {
            panic!("{participant:?}: {error:?}");
        };
        assert_eq!((refused.subject(), refused.rule()), ("path parameter `participant_id`", rule), "{participant:?}");
        let shown = format!("`edit_participant` was not sent: path parameter `participant_id` {rule}");
        assert_eq!((error.to_string(), error.message()), (shown.clone(), shown));
        assert!(error.status().is_none() && error.body().is_none() && error.retry_after().is_none());
        assert!(!error.is_retryable());
    }
    assert_eq!((server.asked(), server.connections()), (0, 0));
}

#[tokio::test]
async fn an_app_id_that_is_no_segment_is_never_sent() {
    let server = Server::start([json("200 OK", OK)]).await;
    let client = client(server.url());
    for app in ["", "..", "%2e%2e", "a\nb"] {
        let (account, app) = (AccountId::new("a").unwrap(), AppId::new(app).unwrap());
        let call = client.edit_participant(&account, &app, MEETING, "p", &EditParticipantBody::new());
        let error = call.await.unwrap_err();
        assert!(error.to_string().contains("path parameter `app_id`"), "{error}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_client_without_a_credential_names_what_is_missing() {
    let server = Server::start([json("200 OK", OK)]).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = edit(&client, "p").await.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert_eq!(error.to_string(), "`edit_participant` was not sent: the client has no credential for `api_token`");
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_credential_that_cannot_be_sent_makes_no_client() {
    let table = [
        ("", "the credential of `api_token` is empty"),
        ("Sn9m\nx", "the credential of `api_token` is no value that a header can have"),
        ("Sn9m\0", "the credential of `api_token` is no value that a header can have"),
    ];
    for (token, message) in table {
        let error = Client::builder().api_token(token).build().unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(!format!("{error:?}").contains("Sn9m"));
    }
}

/// Anyone on the way could read the token.
#[tokio::test]
async fn no_credential_goes_over_plain_http_to_another_host() {
    for url in [
        "http://api.example/client/v4",
        "HTTP://api.example",
        "http://192.0.2.1",
        "http://localhost.example",
        "http://127.0.0.1.example",
    ] {
        let error = edit(&client(url), "p").retries(0).await.expect_err(url);
        let Error::Request(refused) = &error else {
            panic!("{url}: {error:?}");
        };
        assert_eq!(refused.subject(), "the base URL");
        assert!(refused.rule().contains("over which no credential is sent"), "{error}");
    }
}

#[tokio::test]
async fn this_host_by_its_name_is_not_another_host() {
    let server = Server::start([json("200 OK", OK)]).await;
    let url = server.url().replace("127.0.0.1", "localhost");
    edit(&client(url), "p").await.unwrap();
    assert_eq!(server.asked(), 1);
}

#[test]
fn an_account_id_has_at_most_32_characters() {
    assert_eq!(AccountId::new("x".repeat(32)).unwrap().as_str(), "x".repeat(32));
    // Characters count, not bytes.
    assert!(AccountId::new("ä".repeat(32)).is_ok());
    let violation: Violation = AccountId::new("x".repeat(33)).unwrap_err();
    assert!(violation.to_string().contains("32"), "{violation}");
    assert!(!violation.to_string().contains("xxx"), "{violation}");
}

/// The description says 32, and the service's own app IDs have 36.
#[test]
fn an_app_id_of_36_characters_is_fine() {
    let app = AppId::new("14a396e7-ca44-4937-bf1f-050a69118543").unwrap();
    assert_eq!(app.to_string(), "14a396e7-ca44-4937-bf1f-050a69118543");
}

#[test]
fn a_user_agent_that_is_no_header_makes_no_client() {
    let built = Client::builder().api_token(API_TOKEN).user_agent("a\r\nb: c").build();
    let error = built.unwrap_err().to_string();
    assert_eq!(error, "the user agent is no value that a header can have");
}
