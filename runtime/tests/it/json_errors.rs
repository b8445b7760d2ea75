//! An error says where, what was expected and what stood there, and shows no secret.

use std::collections::BTreeMap;

use clientwright_runtime::uuid::Uuid;
use clientwright_runtime::{DecodeError, Json, Reader, Secret, Value, Writer};

use crate::mini::types::AddParticipant;

fn error<T: Json>(text: &str) -> String {
    T::from_json(text.as_bytes()).map(|_| ()).unwrap_err().to_string()
}

const DATA: &str = r#"{"success":true,"data":{"id":"ID","token":TOKEN,"created_at":"2024-05-01T12:00:00Z","updated_at":"2024-05-01T12:00:00Z","custom_participant_id":"c"}}"#;

#[test]
fn a_generated_type_knows_its_path() {
    let bad_id = DATA.replace("TOKEN", "\"t\"").replace("ID\"", "abc\"");
    assert_eq!(error::<AddParticipant>(&bad_id), r#"at `data.id`: expected a UUID, found "abc" (line 1, column 30)"#);
    let missing = DATA.replace("TOKEN", "\"t\"").replace("\"ID\"", "\"00000000-0000-0000-0000-000000000000\"");
    let missing = error::<AddParticipant>(&missing);
    assert!(missing.starts_with("at `data.preset_name`: expected a required field, found none (line 1, "), "{missing}");
    assert_eq!(error::<AddParticipant>("{}"), "at `success`: expected a required field, found none (line 1, column 3)");
    assert_eq!(error::<AddParticipant>("[]"), "expected an object, found an array (line 1, column 1)");
    assert_eq!(
        error::<AddParticipant>("\n  {\"success\": \"yes\"}"),
        "at `success`: expected a boolean, found \"yes\" (line 2, column 15)"
    );
}

#[test]
fn paths_name_items_entries_and_odd_names() {
    type Items = BTreeMap<String, Vec<BTreeMap<String, u8>>>;
    assert_eq!(
        error::<Items>(r#"{"items":[{},{"a":1,"name":true}]}"#),
        "at `items[1].name`: expected an integer that fits `u8`, found true (line 1, column 28)"
    );
    assert_eq!(
        error::<Items>(r#"{"we.ird \"x":[{"":null}]}"#),
        r#"at `["we.ird \"x"][0][""]`: expected an integer that fits `u8`, found null (line 1, column 20)"#
    );
    assert_eq!(
        error::<Items>(r#"{"a":[{}],"b":[,]}"#),
        "at `b[0]`: expected a JSON value, found `,` (line 1, column 16)"
    );
    assert_eq!(
        error::<Vec<Vec<u8>>>("[[1],[2,300]]"),
        "at `[1][1]`: expected an integer that fits `u8`, found 300 (line 1, column 9)"
    );
    assert_eq!(error::<Vec<u8>>("[1,2"), "at `[1]`: expected `,` or `]`, found the end of the text (line 1, column 5)");
    assert_eq!(error::<Vec<u8>>("[1]x"), "expected the end of the text, found `x` (line 1, column 4)");
    assert_eq!(error::<u8>(""), "expected a JSON value, found the end of the text (line 1, column 1)");
    assert_eq!(error::<Vec<String>>("[\"ä\",\n \"ö\", 1]"), "at `[2]`: expected a string, found 1 (line 2, column 7)");
}

#[test]
fn what_is_found_is_cut_short() {
    let long = format!("\"{}\"", "ä".repeat(1000));
    let error = Uuid::from_json(long.as_bytes()).unwrap_err();
    assert_eq!(error.found(), format!("\"{}…\"", "ä".repeat(40)));
    let error = Uuid::from_json("9".repeat(1000).as_bytes()).unwrap_err();
    assert_eq!(error.found().chars().count(), 41);
    assert_eq!(error.expected(), "a UUID");
    assert_eq!((error.line(), error.column(), error.offset()), (1, 1, 0));
}

#[test]
fn an_error_is_one_pointer_wide() {
    assert_eq!(size_of::<DecodeError>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), DecodeError>>(), size_of::<usize>());
}

#[test]
fn a_secret_of_another_type_is_named_by_its_kind() {
    assert_eq!(error::<Secret>("123456"), "expected a secret string, found a number (line 1, column 1)");
    assert_eq!(error::<Secret>("[\"s3cret\"]"), "expected a secret string, found an array (line 1, column 1)");
    let number = DATA.replace("TOKEN", "987654321");
    assert!(!error::<AddParticipant>(&number).contains("987654321"));
}

#[test]
fn a_broken_secret_is_not_shown() {
    for broken in ["\"s3cret\\x\"", "\"s3cret\\ud800\"", "\"s3cret", "\"s3cret\n\""] {
        let error = Secret::from_json(broken.as_bytes()).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("s3c"), "{shown}");
    }
    let error = Reader::new(b"\"s3cret\xff\"").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("s3c"));
}

#[test]
fn a_mismatch_can_be_told_without_the_value() {
    let mut reader = Reader::new(b"[\"s3cret\"]").unwrap();
    reader.begin_array().unwrap();
    reader.next_item().unwrap();
    assert_eq!(reader.str().unwrap(), "s3cret");
    assert_eq!(
        reader.mismatch("`a` or `b`").to_string(),
        r#"at `[0]`: expected `a` or `b`, found "s3cret" (line 1, column 2)"#
    );
    assert_eq!(
        reader.mismatch_redacted("`a` or `b`").to_string(),
        "at `[0]`: expected `a` or `b`, found a string (line 1, column 2)"
    );
}

#[test]
fn a_control_character_in_what_is_found_is_escaped() {
    let error = Uuid::from_json(br#""a\u001b[31mb\n""#).unwrap_err();
    assert!(!error.to_string().contains(['\u{1b}', '\n']), "{error}");
    let error = Value::from_json(b"\x1b").unwrap_err();
    assert!(!error.to_string().contains('\u{1b}'), "{error}");
}

/// A closed enum as generated code has it.
#[derive(Debug)]
enum Colour {
    Red,
}

impl Json for Colour {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.str()? {
            "red" => Ok(Self::Red),
            _ => Err(reader.mismatch("`red`")),
        }
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Red => writer.string("red"),
        }
    }
}

#[test]
fn a_closed_enum_says_what_it_knows() {
    assert_eq!(Colour::from_json(b"\"red\"").unwrap().to_json(), b"\"red\"");
    assert_eq!(error::<Vec<Colour>>("[\"blue\"]"), "at `[0]`: expected `red`, found \"blue\" (line 1, column 2)");
}
