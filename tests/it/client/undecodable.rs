//! Successes that are not as described: the error names the place, and keeps the answer.

use std::error::Error as _;

use realtimekit::Error;

use crate::client::server::json;
use crate::client::support::{OK, ask_in_vain};

/// The documented answer with another value at one place.
fn with(pointer: &str, value: serde_json::Value) -> String {
    let mut body: serde_json::Value = serde_json::from_str(OK).unwrap();
    *body.pointer_mut(pointer).unwrap() = value;
    body.to_string()
}

/// The documented answer without a field of the participant.
fn without(name: &str) -> String {
    let mut body: serde_json::Value = serde_json::from_str(OK).unwrap();
    body["data"].as_object_mut().unwrap().shift_remove(name).unwrap();
    body.to_string()
}

#[tokio::test]
async fn a_wrong_type_is_named_with_its_place() {
    let table = [
        (with("/data/id", 7.into()), "data.id", "a UUID", "7"),
        (with("/data/id", "p-1".into()), "data.id", "a UUID", "\"p-1\""),
        (with("/data/created_at", "now".into()), "data.created_at", "a date and time", "\"now\""),
        (with("/data/name", true.into()), "data.name", "a string", "true"),
        (with("/data/preset_name", ().into()), "data.preset_name", "a string", "null"),
        (with("/data", "x".into()), "data", "an object", "\"x\""),
        (with("/data", vec![1].into()), "data", "an object", "an array"),
        (with("/success", "true".into()), "success", "a boolean", "\"true\""),
        ("[]".into(), "", "an object", "an array"),
        ("null".into(), "", "an object", "null"),
    ];
    for (body, path, expected, found) in table {
        let error = ask_in_vain(json("200 OK", &body)).await;
        let Error::Decode(undecodable) = &error else {
            panic!("{error:?}");
        };
        let at = undecodable.error();
        assert_eq!((at.path(), at.found()), (path, found), "{body}");
        assert!(at.expected().starts_with(expected), "{body}: {}", at.expected());
        assert_eq!(error.body().unwrap(), &body);
        assert_eq!(error.status().unwrap(), 200);
        assert!(!error.is_retryable());
        assert!(error.source().is_some());
        let shown = error.to_string();
        assert!(shown.starts_with("`edit_participant` answered 200 OK, but not as described: "), "{shown}");
        assert!(path.is_empty() || shown.contains(&format!("`{path}`")), "{shown}");
    }
}

#[tokio::test]
async fn a_required_field_that_is_missing_is_named() {
    for name in ["id", "token", "created_at", "updated_at", "custom_participant_id", "preset_name"] {
        let error = ask_in_vain(json("200 OK", &without(name))).await;
        let shown = error.message();
        assert!(shown.starts_with(&format!("at `data.{name}`: expected a required field, found none")), "{shown}");
    }
    let error = ask_in_vain(json("200 OK", "{}")).await;
    let shown = error.message();
    assert!(shown.starts_with("at `success`: expected a required field, found none"), "{shown}");
}

#[tokio::test]
async fn what_is_no_json_is_named_with_line_and_column() {
    let table = [
        ("", "expected a JSON value, found the end of the text (line 1, column 1)"),
        ("<html>", "expected a JSON value, found `<` (line 1, column 1)"),
        ("{\n  \"success\": tru\n}", "at `success`: expected "),
        ("{\"success\":true} {}", "expected the end of the text, found `{` (line 1, column 18)"),
        ("{\"success\":true,}", "at `success`: expected a value after the comma, found `}` (line 1, column 17)"),
    ];
    for (body, message) in table {
        let error = ask_in_vain(json("200 OK", body)).await;
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        let shown = error.message();
        assert!(shown.starts_with(message), "{body:?}: {shown}");
    }
}
