//! Code that calls the service, tested with the service's double.

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
    let mock = Mock::default();
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
    let mock = Mock::default();
    mock.edit_participant().returning_json(200, r#"{"success": true}"#).expect(1);
}
