//! The feature `serde`: the same JSON through serde as on the wire.

use realtimekit::types::{AddParticipant, EditParticipantBody};
use realtimekit::{Patch, Secret};

use crate::client::support::OK;

#[test]
fn an_answer_goes_through_serde_and_back() {
    let participant: AddParticipant = serde_json::from_str(OK).unwrap();
    let json = serde_json::to_value(&participant).unwrap();
    let expected: serde_json::Value = serde_json::from_str(OK).unwrap();
    assert_eq!(json, expected);
    assert_eq!(serde_json::from_value::<AddParticipant>(json).unwrap(), participant);
}

#[test]
fn the_three_states_go_through_serde_and_back() {
    for (body, text) in [
        (EditParticipantBody::new(), "{}"),
        (EditParticipantBody::new().name(Patch::Null), r#"{"name":null}"#),
        (EditParticipantBody::new().name("Jane"), r#"{"name":"Jane"}"#),
    ] {
        assert_eq!(serde_json::to_string(&body).unwrap(), text);
        assert_eq!(serde_json::from_str::<EditParticipantBody>(text).unwrap(), body);
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let error = serde_json::from_str::<AddParticipant>(&OK.replace("182bd5e5", "x")).unwrap_err();
    assert!(error.to_string().contains("`data.id`"), "{error}");
}

/// On purpose: whoever writes a token to JSON wants to send it or store it.
#[test]
fn a_secret_is_written_out() {
    assert_eq!(serde_json::to_string(&Secret::new("token")).unwrap(), r#""token""#);
}
