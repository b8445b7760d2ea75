//! What is read and written, byte for byte.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::net::{Ipv4Addr, Ipv6Addr};

#[cfg(all(feature = "chrono", feature = "time", feature = "rust_decimal"))]
use clientwright_runtime::Parameter;
use clientwright_runtime::jiff::Timestamp;
use clientwright_runtime::jiff::civil::{Date, Time};
use clientwright_runtime::uuid::Uuid;
use clientwright_runtime::{Base64, Base64Url, Json, Patch, Reader, Secret, Value, Writer};

fn read<T: Json>(text: &str) -> Result<T, String> {
    T::from_json(text.as_bytes()).map_err(|error| error.to_string())
}

#[track_caller]
fn both_ways<T: Json + PartialEq + Debug>(value: T, text: &str) {
    assert_eq!(String::from_utf8(value.to_json()).unwrap(), text);
    assert_eq!(read::<T>(text), Ok(value));
}

#[test]
fn scalars_go_both_ways() {
    both_ways(None::<bool>, "null");
    both_ways(true, "true");
    both_ways(false, "false");
    both_ways(i8::MIN, "-128");
    both_ways(u8::MAX, "255");
    both_ways(i64::MIN, "-9223372036854775808");
    both_ways(u64::MAX, "18446744073709551615");
    both_ways(0.1, "0.1");
    both_ways(0.1_f32, "0.1");
    both_ways(f64::MAX, "1.7976931348623157e+308");
    both_ways(5e-324, "5e-324");
    both_ways("text".to_owned(), r#""text""#);
    both_ways(Uuid::from_u128(0x0a), r#""00000000-0000-0000-0000-00000000000a""#);
    both_ways("2024-05-01T12:00:00.5Z".parse::<Timestamp>().unwrap(), r#""2024-05-01T12:00:00.5Z""#);
    both_ways("2024-05-01".parse::<Date>().unwrap(), r#""2024-05-01""#);
    both_ways("12:30:00".parse::<Time>().unwrap(), r#""12:30:00""#);
    both_ways(Base64(vec![0xff, 0xfe, 0]), r#""//4A""#);
    both_ways(Secret::new("s"), r#""s""#);
}

#[test]
fn containers_go_both_ways() {
    both_ways(Box::new(vec![Some(1_u8), None]), "[1,null]");
    both_ways(Vec::<u8>::new(), "[]");
    both_ways(vec![vec![1_u8], vec![]], "[[1],[]]");
    both_ways(BTreeMap::from([("a\"b".to_owned(), 1_u8), ("c".to_owned(), 2)]), r#"{"a\"b":1,"c":2}"#);
    both_ways(Patch::<u8>::Null, "null");
    both_ways(Patch::Value(1_u8), "1");
}

#[test]
fn floats_are_written_as_a_person_would() {
    let written = |number: f64| String::from_utf8(number.to_json()).unwrap();
    assert_eq!(written(500.0), "500");
    assert_eq!(written(-3.0), "-3");
    assert_eq!(written(9_007_199_254_740_991.0), "9007199254740991");
    assert_eq!(written(-0.0), "-0.0");
    assert_eq!(written(1e300), "1e+300");
    assert_eq!(written(f64::NAN), "null");
    assert_eq!(written(f64::INFINITY), "null");
    assert_eq!(String::from_utf8(0.3_f32.to_json()).unwrap(), "0.3");
    assert_eq!(String::from_utf8(16_777_216_f32.to_json()).unwrap(), "16777216");
}

#[test]
fn integers_come_in_any_notation_that_is_whole() {
    assert_eq!(read::<u8>("1.0"), Ok(1));
    assert_eq!(read::<u8>("1e2"), Ok(100));
    assert_eq!(read::<u8>("2.5e1"), Ok(25));
    assert_eq!(read::<u8>("2550E-1"), Ok(255));
    assert_eq!(read::<i32>("-1.20e1"), Ok(-12));
    assert_eq!(read::<i64>("-0"), Ok(0));
    assert_eq!(read::<u8>("-0.0"), Ok(0));
    assert_eq!(
        read::<u8>("0e999999999999"),
        Err("expected an integer that fits `u8`, found 0e999999999999 (line 1, column 1)".into())
    );
    assert_eq!(read::<u64>("1.8446744073709551615e19"), Ok(u64::MAX));
    for text in ["256", "-1", "1.5", "1e-1", "1e40", "1e400", "123456789012345678901234567890123456789012345678"] {
        let error = read::<u8>(text).unwrap_err();
        assert!(error.starts_with("expected an integer that fits `u8`, found "), "{error}");
    }
    assert!(read::<f64>("1e999").unwrap_err().starts_with("expected a number that fits `f64`, found 1e999"));
}

#[test]
fn every_escape_is_read_and_written() {
    let read = |text: &[u8]| String::from_json(text).unwrap();
    assert_eq!(read(br#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00""#), "\"\\/\u{8}\u{c}\n\r\tAé😀");
    for code in 0..=0x10_FFFF_u32 {
        let Some(sign) = char::from_u32(code) else { continue };
        let text = format!("a{sign}b");
        let json = text.to_json();
        assert_eq!(read(&json), text, "{code:x}");
        if code < 0x20 || sign == '"' || sign == '\\' {
            assert_eq!(json[2], b'\\', "{code:x}");
        } else {
            assert_eq!(json, format!("\"{text}\"").into_bytes(), "{code:x}");
        }
    }
    assert_eq!("\u{8}\u{c}\n\r\t\u{0}\u{1f}".to_owned().to_json(), br#""\b\f\n\r\t\u0000\u001f""#);
}

#[test]
fn what_is_no_json_is_an_error() {
    let texts: &[&[u8]] = &[
        b"",
        b" ",
        b"nul",
        b"nulll",
        b"tru",
        b"{",
        b"[",
        b"[1",
        b"[1,",
        b"[1,]",
        b"[,1]",
        b"{\"a\"",
        b"{\"a\":",
        b"{\"a\":1",
        b"{\"a\":1,}",
        b"{a:1}",
        b"{\"a\" 1}",
        b"[1 2]",
        b"\"",
        b"\"\\x\"",
        b"\"\\u12\"",
        b"\"\\u12g4\"",
        b"\"\\ud800\"",
        b"\"\\udc00\"",
        b"\"\\ud800\\ud800\"",
        b"\"\n\"",
        b"01",
        b"1.",
        b".5",
        b"+1",
        b"-",
        b"1e",
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1 2",
        b"{} []",
        b"\xff",
        b"\"\xff\"",
        b"\"\xed\xa0\x80\"",
        b"'a'",
        b"/**/1",
        b"\xef\xbb\xbf1",
    ];
    for text in texts {
        let error = Value::from_json(text).unwrap_err();
        let text = String::from_utf8_lossy(text);
        assert!(
            error.to_string().starts_with("expected ") || error.path() == "a" || error.path().starts_with('['),
            "{text}: {error}"
        );
    }
}

#[test]
fn white_space_is_fine_everywhere() {
    let text = b" \r\n\t{ \"a\" : [ 1 , 2 ] , \"b\" : { } } \n";
    assert_eq!(Value::from_json(text).unwrap().to_string(), r#"{"a":[1,2],"b":{}}"#);
}

#[test]
fn the_last_of_equal_names_counts() {
    assert_eq!(read::<BTreeMap<String, u8>>(r#"{"a":1,"a":2}"#), Ok(BTreeMap::from([("a".to_owned(), 2)])));
    let value = Value::from_json(br#"{"a":1,"b":2,"\u0061":3}"#).unwrap();
    assert_eq!(value.to_string(), r#"{"b":2,"a":3}"#);
    let many: Vec<_> = (0..200_000).map(|number| format!("\"{number}\":1,")).collect();
    let many = many.concat();
    let value = Value::from_json(format!("{{{many}\"0\":2}}").as_bytes()).unwrap();
    assert_eq!(value.as_object().unwrap().len(), 200_000);
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    let deep = |open: &str, count: usize| open.repeat(count).into_bytes();
    for open in ["[", "{\"a\":", "[{\"a\":"] {
        let error = Value::from_json(&deep(open, 1_000_000)).unwrap_err();
        assert!(error.to_string().contains("no deeper nesting than 128 levels"), "{error}");
        let text = deep(open, 1_000_000);
        let mut reader = Reader::new(&text).unwrap();
        assert!(reader.skip().is_err());
        let mut reader = Reader::new(&text).unwrap();
        assert!(reader.discriminator("a").is_err());
    }
    let fine = ["[".repeat(128), "]".repeat(128)].concat();
    assert!(Value::from_json(fine.as_bytes()).is_ok());
}

#[test]
fn fields_are_written_in_their_three_states() {
    let mut writer = Writer::new();
    writer.begin_object();
    writer.optional("none", &None::<u8>);
    writer.patch("absent", &Patch::<u8>::Absent);
    writer.patch("null", &Patch::<u8>::Null);
    writer.patch("value", &Patch::Value(1_u8));
    writer.optional("some", &Some("{".to_owned()));
    writer.entry("odd \"name\"", &vec!["[".to_owned(), "x".to_owned()]);
    writer.end_object();
    assert_eq!(
        String::from_utf8(writer.into_bytes()).unwrap(),
        r#"{"null":null,"value":1,"some":"{","odd \"name\"":["[","x"]}"#
    );
}

#[test]
fn fields_are_found_in_any_order_and_with_escapes() {
    let read = |text: &'static str| {
        let mut reader = Reader::new(text.as_bytes()).unwrap();
        let mut found = Vec::new();
        reader.begin_object().unwrap();
        while let Some(field) = reader.next_field(&["a", "b", "c"]).unwrap() {
            found.push((field, reader.unknown_field()));
            reader.skip().unwrap();
        }
        reader.finish().unwrap();
        found.into_iter().map(|(index, name)| format!("{index}{name}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(read(r#"{"a":1,"b":2,"c":3}"#), "0a 1b 2c");
    assert_eq!(read(r#"{"c":1,"a":2,"b":3}"#), "2c 0a 1b");
    assert_eq!(read(r#"{"x\"":1,"\u0062":2,"c":3,"":0}"#), "3x\" 1b 2c 3");
    assert_eq!(read("{}"), "");
}

#[test]
fn values_keep_digits_and_order() {
    both_ways(Value::from_json(b"1e999").unwrap(), "1e999");
    let text = r#"{"z":1.10,"a":123456789012345678901234567890,"n":null,"l":[true,-0]}"#;
    let value = Value::from_json(text.as_bytes()).unwrap();
    assert_eq!(value.to_string(), text);
    let other = r#"{"n":null,"a":123456789012345678901234567890,"l":[true,0],"z":1.1}"#;
    assert_eq!(value, Value::from_json(other.as_bytes()).unwrap());
    assert_ne!(value, Value::from_json(br#"{"z":1.1}"#).unwrap());
    assert_eq!(value.pointer("/l/0"), Some(&Value::Bool(true)));
    assert_eq!(value.pointer("/l/x"), None);
    assert_eq!(Value::from_json(br#"{"a/b":{"m~n":1}}"#).unwrap().pointer("/a~1b/m~0n"), Some(&1_i64.into()));
}

#[test]
fn raw_text_is_captured_in_place() {
    let mut reader = Reader::new(br#"[ {"a": [1, 2]} , 3]"#).unwrap();
    reader.begin_array().unwrap();
    assert!(reader.next_item().unwrap());
    assert_eq!(reader.raw().unwrap(), br#"{"a": [1, 2]}"#);
    assert!(reader.next_item().unwrap());
    assert_eq!(reader.value::<u8>().unwrap(), 3);
    assert!(!reader.next_item().unwrap());
}

#[test]
fn types_of_formats_go_both_ways() {
    use clientwright_runtime::jiff::{SpanFieldwise, ToSpan as _};
    both_ways(SpanFieldwise(1.days().minutes(90)), r#""P1DT90M""#);
    both_ways(Ipv4Addr::LOCALHOST, r#""127.0.0.1""#);
    both_ways(Ipv6Addr::LOCALHOST, r#""::1""#);
    both_ways(Base64Url(vec![0xff, 0xfe, 0]), r#""__4A""#);
    assert_eq!(read::<Base64Url>(r#""_w==""#), Ok(Base64Url(vec![0xff])));
    assert_eq!(read::<Ipv4Addr>(r#""a.b""#).unwrap_err(), "expected an IPv4 address, found \"a.b\" (line 1, column 1)");
}

/// What the service wrote is written back: an offset, a fraction, a trailing zero of a price.
#[cfg(all(feature = "chrono", feature = "time", feature = "rust_decimal"))]
#[test]
fn types_of_other_crates_go_both_ways() {
    fn unchanged<T: Json + Parameter>(text: &str) {
        let value = T::from_json(format!("{text:?}").as_bytes()).unwrap();
        assert_eq!(String::from_utf8(value.to_json()).unwrap(), format!("{text:?}"));
        assert_eq!(value.parameter().as_text(), Some(text));
    }
    use clientwright_runtime::{chrono, rust_decimal, time};
    for text in ["2024-05-01T12:00:00Z", "2024-05-01T12:00:00+02:00"] {
        unchanged::<chrono::DateTime<chrono::FixedOffset>>(text);
        unchanged::<time::OffsetDateTime>(text);
    }
    unchanged::<chrono::DateTime<chrono::FixedOffset>>("2024-05-01T12:00:00.500-03:30");
    unchanged::<time::OffsetDateTime>("2024-05-01T12:00:00.5-03:30");
    unchanged::<chrono::NaiveDate>("2024-05-01");
    unchanged::<time::Date>("2024-05-01");
    for text in ["09:05:00", "23:59:59"] {
        unchanged::<chrono::NaiveTime>(text);
        unchanged::<time::Time>(text);
    }
    unchanged::<time::Time>("09:05:00.25");
    assert!(read::<time::Time>("\"09:05:00Z\"").is_err(), "its offset would be lost");
    unchanged::<rust_decimal::Decimal>("9.90");
    assert_eq!(
        read::<time::Date>("\"1.5.2024\"").unwrap_err(),
        "expected a date, found \"1.5.2024\" (line 1, column 1)"
    );
}

#[test]
fn the_end_of_time_is_read_and_written() {
    for text in ["9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59Z", "9999-12-31T11:59:59+00:00"] {
        let read = Timestamp::from_json(format!("\"{text}\"").as_bytes()).unwrap();
        assert_eq!(read, Timestamp::MAX, "{text}");
        assert_eq!(read.to_json(), b"\"9999-12-31T23:59:59Z\"");
    }
    for text in ["9999-12-31T23:59:59", "9999-12-31T25:00:00Z", "9999-12-32T00:00:00Z"] {
        assert!(Timestamp::from_json(format!("\"{text}\"").as_bytes()).is_err(), "{text}");
    }
}
