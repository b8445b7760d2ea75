//! The same texts, read and written by `serde_json`.

use clientwright_runtime::{Json, Value};
use proptest::prelude::*;

/// Texts that are almost JSON, for the judgement whether they are.
fn nearly_json() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"\\u0061\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\q\"",
        "0",
        "-0",
        "01",
        "1.5",
        "-1e5",
        "1E+2",
        "1.",
        "1e",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\n",
        "\"",
        "\u{e9}",
    ]);
    prop::collection::vec(token, 0..8).prop_map(|tokens| tokens.concat())
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<f64>().prop_filter("JSON has no others", |number| number.is_finite()).prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..8).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// What `serde_json` says of a text; nothing where it stops at a number that fits no float, which
/// is JSON all the same.
fn judgement(text: &[u8]) -> Option<bool> {
    match serde_json::from_slice::<serde_json::Value>(text) {
        Ok(_) => Some(true),
        Err(error) => (!error.to_string().starts_with("number out of range")).then_some(false),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_value_is_read_and_written_alike(value in json()) {
        let text = serde_json::to_vec(&value).unwrap();
        let ours = Value::from_json(&text).unwrap();
        let back: serde_json::Value = serde_json::from_slice(&ours.to_json()).unwrap();
        prop_assert_eq!(&back, &value);
        prop_assert_eq!(ours.to_json(), text);
    }

    #[test]
    fn strings_and_numbers_are_written_alike(text in any::<String>(), number in any::<f64>(), single in any::<f32>()) {
        prop_assert_eq!(text.to_json(), serde_json::to_vec(&text).unwrap());
        for (ours, number) in [(number.to_json(), number), (single.to_json(), f64::from(single))] {
            let back: Option<f64> = serde_json::from_slice(&ours).unwrap();
            prop_assert_eq!(back.is_some(), number.is_finite());
        }
        if number.is_finite() {
            prop_assert_eq!(f64::from_json(&number.to_json()).unwrap().to_bits(), number.to_bits());
        }
        if single.is_finite() {
            prop_assert_eq!(f32::from_json(&single.to_json()).unwrap().to_bits(), single.to_bits());
        }
    }

    #[test]
    fn the_same_texts_are_json(text in nearly_json()) {
        let ours = Value::from_json(text.as_bytes()).is_ok();
        prop_assert_eq!(ours, judgement(text.as_bytes()).unwrap_or(ours), "{}", text);
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let ours = Value::from_json(&bytes).is_ok();
        prop_assert_eq!(ours, judgement(&bytes).unwrap_or(ours));
    }

    #[test]
    fn integers_are_what_they_say(number in any::<i64>(), zeros in 0_usize..5) {
        let text = format!("{number}.{}", "0".repeat(zeros + 1));
        prop_assert_eq!(i64::from_json(text.as_bytes()).unwrap(), number);
        let text = format!("{number}{}e-{zeros}", "0".repeat(zeros));
        prop_assert_eq!(i64::from_json(text.as_bytes()).unwrap(), number);
    }
}
