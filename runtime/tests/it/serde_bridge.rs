//! serde at the edges.

use clientwright_runtime::{Json, Patch, Secret, Value};

use crate::mini::types::{AccountId, EditParticipantBody, GenericErrorResponse};

#[test]
fn a_generated_type_goes_through_serde() {
    let body = EditParticipantBody::new().name("Ada").picture(None::<String>);
    let text = serde_json::to_string(&body).unwrap();
    assert_eq!(text, r#"{"name":"Ada","picture":null}"#);
    assert_eq!(serde_json::from_str::<EditParticipantBody>(&text).unwrap(), body);
    assert_eq!(serde_json::to_string(&AccountId::new("a").unwrap()).unwrap(), "\"a\"");
}

#[test]
fn serde_keeps_the_path_of_an_error() {
    let error = serde_json::from_str::<GenericErrorResponse>(r#"{"success":false,"error":{"code":"x"}}"#).unwrap_err();
    assert!(error.to_string().starts_with("at `error.code`: expected a number, found \"x\""), "{error}");
}

#[test]
fn values_secrets_and_patches_go_through_serde() {
    let text = r#"{"a":[1,-2,1.5,true,null,"x"],"b":18446744073709551615}"#;
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(value, Value::from_json(text.as_bytes()).unwrap());
    assert_eq!(serde_json::to_string(&value).unwrap(), text);
    assert_eq!(serde_json::to_string(&Secret::new("s")).unwrap(), "\"s\"");
    assert_eq!(serde_json::from_str::<Secret>("\"s\"").unwrap(), Secret::new("s"));
    assert_eq!(serde_json::to_string(&Patch::Value(1)).unwrap(), "1");
    assert_eq!(serde_json::from_str::<Patch<u8>>("null").unwrap(), Patch::Null);
}
