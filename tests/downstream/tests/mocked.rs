//! Code that calls the service, tested with the service's double.

use std::process::Command;

use realtimekit::mock::Mock;
use realtimekit::runtime::TransportErrorKind;
use realtimekit::types::{AccountId, AppId, EditParticipantBody, EditParticipantError};
use realtimekit::{Client, Error};

/// What is tested.
async fn rename(client: &Client, participant: &str, name: &str) -> Result<(), Error<EditParticipantError>> {
    let (account, app) = (AccountId::new("account").unwrap(), AppId::new("app").unwrap());
    let meeting = "3fa85f64-5717-4562-b3fc-2c963f66afa6".parse().unwrap();
    let body = EditParticipantBody::new().name(name);
    client.edit_participant(&account, &app, meeting, participant, &body).await.map(drop)
}

#[tokio::test]
async fn a_participant_is_renamed_though_the_first_try_fails() {
    let mock = Mock::new();
    mock.edit_participant().failing(TransportErrorKind::Connect).expect(1);
    mock.edit_participant()
        .path("participant_id", "p1")
        .json(&EditParticipantBody::new().name("Jane Doe"))
        .returning_json(200, r#"{"success": true}"#)
        .expect(1);
    rename(&mock.client(), "p1", "Jane Doe").await.unwrap();
}

#[tokio::test]
#[should_panic(expected = "`edit_participant` was called 0 times in place of once")]
async fn a_test_fails_where_an_expected_call_does_not_come() {
    let mock = Mock::new();
    mock.edit_participant().returning_json(200, r#"{"success": true}"#).expect(1);
}

/// A program is tested from outside, by the double on a port.
#[tokio::test]
async fn the_program_renames_a_participant() {
    let mock = Mock::new();
    let participant = r#"{"success":true,"data":{"id":"182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e","token":"t",
        "name":"Jane Doe","custom_participant_id":"c","preset_name":"p","created_at":"2019-12-27T18:11:19.117Z",
        "updated_at":"2019-12-28T08:00:00Z"}}"#;
    mock.edit_participant()
        .header("authorization", "Bearer made-up")
        .json(&EditParticipantBody::new().name("Jane Doe"))
        .returning_json(200, participant)
        .expect(1);
    let server = mock.serve().await.unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_downstream"));
    program.arg("Jane Doe").env("CLOUDFLARE_API_TOKEN", "made-up").env("CLOUDFLARE_BASE_URL", server.url());
    let output = tokio::task::spawn_blocking(move || program.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
