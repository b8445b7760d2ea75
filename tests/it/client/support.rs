//! What the tests have in common: the documented examples, a client, a call.

use realtimekit::operations::EditParticipant;
use realtimekit::runtime::uuid::Uuid;
use realtimekit::types::{AccountId, AddParticipant, AppId, EditParticipantBody, EditParticipantError};
use realtimekit::{Call, Client, Error, Response};

use crate::client::server::{Script, Server};

pub(crate) const API_TOKEN: &str = "api-token-Sn9mVyT4";
pub(crate) const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
pub(crate) const APP: &str = "14a396e7-ca44-4937-bf1f-050a69118543";
pub(crate) const MEETING: Uuid = Uuid::from_u128(0x3fa8_5f64_5717_4562_b3fc_2c96_3f66_afa6);

/// The documented 200.
pub(crate) const OK: &str = r#"{
  "success": true,
  "data": {
    "id": "182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e",
    "token": "token",
    "created_at": "2019-12-27T18:11:19.117Z",
    "custom_participant_id": "custom_participant_id",
    "preset_name": "preset_name",
    "updated_at": "2019-12-27T18:11:19.117Z",
    "name": "name",
    "picture": "https://example.com"
  }
}"#;

/// The documented 500.
pub(crate) const ERROR_500: &str = r#"{"success":false,"error":{"code":500,"message":"Internal server error"}}"#;

/// What Cloudflare's gateway says before the service has seen a request.
pub(crate) const GATEWAY: &str =
    r#"{"success":false,"errors":[{"code":7003,"message":"No route for the URI"}],"messages":[],"result":null}"#;

pub(crate) type Edit = Call<EditParticipant>;
pub(crate) type Outcome = Result<Response<AddParticipant>, Error<EditParticipantError>>;

/// A client that refuses what departs from the description, as tests should.
pub(crate) fn client(base_url: impl Into<String>) -> Client {
    let builder = Client::builder().api_token(API_TOKEN).base_url(base_url);
    builder.configure(|config| config.options_mut().strict = Some(true)).build().unwrap()
}

/// Renames a participant.
pub(crate) fn edit(client: &Client, participant: &str) -> Edit {
    send(client, participant, &EditParticipantBody::new().name("Jane Doe"))
}

pub(crate) fn send(client: &Client, participant: &str, body: &EditParticipantBody) -> Edit {
    let (account, app) = (AccountId::new(ACCOUNT).unwrap(), AppId::new(APP).unwrap());
    client.edit_participant(&account, &app, MEETING, participant, body)
}

/// Asks a server that answers by a script, without retries.
pub(crate) async fn ask(script: Script) -> Outcome {
    let server = Server::start([script]).await;
    let outcome = edit(&client(server.url()), "p").retries(0).await;
    assert_eq!(server.asked(), 1, "how often the server was asked");
    outcome
}

/// Asks a server whose answer must be an error.
pub(crate) async fn ask_in_vain(script: Script) -> Error<EditParticipantError> {
    ask(script).await.expect_err("an error")
}
