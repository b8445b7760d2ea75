//! Nothing that prints shows the API token, a participant's token, or a body.

use std::error::Error as StdError;

use realtimekit::Client;
use realtimekit::runtime::http::{HeaderName, HeaderValue};
use realtimekit::types::EditParticipantBody;

use crate::client::server::{answer, json};
use crate::client::support::{API_TOKEN, ERROR_500, OK, ask, ask_in_vain, client, edit, send};

const JOIN_TOKEN: &str = "join-token-Sn9mQ2";
/// A part of all secrets here.
const SECRET: &str = "Sn9m";

#[track_caller]
fn hidden(shown: &str) {
    assert!(!shown.contains(SECRET), "{shown}");
}

/// Checks all that prints of an error: itself, its message, its causes.
#[track_caller]
fn hidden_in(error: &(dyn StdError + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        hidden(&format!("{error}\n{error:?}\n{error:#?}"));
        next = error.source();
    }
}

#[tokio::test]
async fn clients_and_calls_show_no_secret() {
    let builder = Client::builder().api_token(API_TOKEN).base_url(format!("https://user:{API_TOKEN}@api.example"));
    hidden(&format!("{builder:?} {builder:#?}"));
    hidden_in(&builder.build().unwrap_err());

    let client = client("http://127.0.0.1:1");
    hidden(&format!("{client:?} {client:#?}"));
    let body = EditParticipantBody::new().name(JOIN_TOKEN);
    let call = send(&client, "p", &body)
        .with_header(HeaderName::from_static("x-other"), HeaderValue::from_static(API_TOKEN))
        .with_query("key", API_TOKEN)
        .retries(0);
    hidden(&format!("{call:?} {call:#?}"));
    // Nobody listens there.
    hidden_in(&call.await.unwrap_err());
}

#[tokio::test]
async fn a_success_shows_no_token() {
    let body = OK.replace(r#""token": "token""#, &format!(r#""token": "{JOIN_TOKEN}""#));
    let cookie = format!("set-cookie: session={JOIN_TOKEN}");
    let edited = ask(answer("200 OK", &[&cookie], &body)).await.unwrap();
    let participant = edited.data.clone().unwrap();
    assert_eq!(participant.token.expose(), JOIN_TOKEN);
    hidden(&format!("{edited:?} {edited:#?} {participant:?} {participant:#?}"));
    assert!(format!("{participant:?}").contains(r#""token":"[redacted]""#));
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_shows_no_token() {
    let token = |value: &str| OK.replace(r#""token": "token""#, &format!(r#""token": {value}"#));
    let good = token(&format!("{JOIN_TOKEN:?}"));
    let bodies = [
        // The token itself is wrong.
        token(&format!("[{JOIN_TOKEN:?}]")),
        token(&format!("{{\"Sn9m\":{JOIN_TOKEN:?}}}")),
        token("\"Sn9m\\x\""),
        token("\"Sn9m\\ud800\""),
        token("\"Sn9m\n\""),
        token("\"Sn9m"),
        token("Sn9m"),
        // Something beside it is wrong.
        good.replace("182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e", "x"),
        good.replace("custom_participant_id", "other"),
        good.replace("true", "false"),
        good[..good.find("created_at").unwrap()].to_owned(),
    ];
    for body in &bodies {
        let error = ask_in_vain(json("200 OK", body)).await;
        hidden_in(&error);
        hidden(&error.message());
        assert_eq!(error.body().unwrap(), body, "it is there for whoever asks");
    }
    let error = ask_in_vain(json("200 OK", &token("9876543210"))).await;
    assert!(!format!("{error} {error:?}").contains("98765"), "{error}");
}

#[tokio::test]
async fn failures_show_no_secret() {
    let cookie = format!("set-cookie: session={API_TOKEN}");
    let challenge = format!("www-authenticate: Bearer {API_TOKEN}");
    for (status, body) in [("500 Internal Server Error", ERROR_500), ("401 Unauthorized", "{}")] {
        let error = ask_in_vain(answer(status, &[&cookie, &challenge], body)).await;
        hidden_in(&error);
    }
    let refused = edit(&client("http://api.example"), "..").await.unwrap_err();
    hidden_in(&refused);
}
