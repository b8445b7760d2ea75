//! Nothing that prints shows a credential or a body.

use std::future::IntoFuture;

use clientwright_runtime::http::header::{AUTHORIZATION, HeaderValue};
use clientwright_runtime::uuid::Uuid;
use clientwright_runtime::{Patch, Reader, Secret, Writer};

use crate::double::Reply::Answer;
use crate::double::{CALL_LIMIT, Double, run};
use crate::mini::Client;
use crate::mini::types::{AccountId, AppId, EditParticipantBody};

const TOKEN: &str = "t0k3n-s3cret";

fn client(double: &Double) -> Client {
    Client::builder().api_token(TOKEN).http_client(double.clone()).timeout(CALL_LIMIT).build().unwrap()
}

fn call(client: &Client) -> crate::mini::Call<crate::mini::operations::EditParticipant> {
    let (account, app) = (AccountId::new("acc").unwrap(), AppId::new("app").unwrap());
    let body = EditParticipantBody::new().name(format!("name {TOKEN}"));
    client.edit_participant(&account, &app, Uuid::nil(), "pid", &body).retries(0)
}

#[track_caller]
fn hidden(shown: &str) {
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[test]
fn builders_clients_and_calls_show_nothing() {
    let double = Double::new([]);
    hidden(&format!("{:?}", Client::builder().api_token(TOKEN).base_url(format!("https://x:{TOKEN}@a.example"))));
    let client = client(&double);
    hidden(&format!("{client:?} {client:#?}"));
    let mut value = HeaderValue::from_static(TOKEN);
    value.set_sensitive(false);
    let call = call(&client).header(AUTHORIZATION, value).query("secret", TOKEN);
    hidden(&format!("{call:?} {call:#?}"));
    assert!(format!("{call:?}").contains("edit_participant"));
}

#[test]
fn responses_and_errors_show_nothing() {
    const HEADERS: &[(&str, &str)] =
        &[("set-cookie", TOKEN), ("x-api-key", TOKEN), ("x-amz-security-token", TOKEN), ("server", "fine")];
    const OK: &str = r#"{"success":true,"data":{"id":"00000000-0000-0000-0000-000000000000","token":"s3cret","created_at":"2024-05-01T12:00:00Z","updated_at":"2024-05-01T12:00:00Z","custom_participant_id":"c","preset_name":"p"}}"#;
    let double = Double::new([Answer(200, HEADERS, OK)]);
    let response = run(call(&client(&double)).into_future()).unwrap();
    assert_eq!(response.data.as_ref().unwrap().token.expose(), "s3cret");
    hidden(&format!("{response:?} {response:#?}"));
    assert!(format!("{response:?}").contains("fine"));

    for (status, body) in [
        (500, r#"{"success":false,"error":{"code":1,"message":"m"},"x":"s3cret"}"#),
        (404, r#"{"message":"m","x":"s3cret"}"#),
        (200, r#"{"success":true,"data":{"token":["s3cret"]}}"#),
        (200, r#"{"success":true,"data":{"token":"s3cret\q"}}"#),
        (200, r#"{"success":false,"x":"s3cret"}"#),
    ] {
        let double = Double::new([Answer(status, HEADERS, body)]);
        let error = run(call(&client(&double)).into_future()).unwrap_err();
        hidden(&format!("{error} {error:?} {error:#?}"));
        assert!(String::from_utf8_lossy(error.body().unwrap()).contains("s3cret"));
    }
}

#[test]
fn readers_and_writers_show_no_text() {
    let mut writer = Writer::new();
    writer.string(TOKEN);
    hidden(&format!("{writer:?}"));
    let text = writer.into_bytes();
    hidden(&format!("{:?}", Reader::new(&text).unwrap()));
}

#[test]
fn secrets_print_as_redacted() {
    assert_eq!(format!("{:?}", Patch::Value(Secret::new(TOKEN))), "Value([redacted])");
    assert_eq!(Secret::new("a"), Secret::from("a"));
    assert_ne!(Secret::new("a"), Secret::new("ab"));
    assert_ne!(Secret::new("a"), Secret::new("b"));
}
