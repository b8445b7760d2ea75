//! OpenAPI's styles, as a table.

use std::collections::BTreeMap;

use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::http::header::ACCEPT;
use clientwright_runtime::http::{self, Method};
use clientwright_runtime::jiff::Timestamp;
use clientwright_runtime::uuid::Uuid;
use clientwright_runtime::{
    HeaderStyle, Json, Parameter, ParameterValue, PathStyle, QueryStyle, Request, Secret, Value,
};

use crate::double::{Double, PLAIN, call, config, meta, ok};

fn sent(request: Request) -> http::Request<Bytes> {
    let double = Double::new([ok()]);
    call(config(&PLAIN, &double), request).unwrap();
    double.requests().remove(0)
}

fn value(json: &str) -> Value {
    Value::from_json(json.as_bytes()).unwrap()
}

const TEXT: &str = r#""a b""#;
const LIST: &str = r#"["a","b,c",1]"#;
const OBJECT: &str = r#"{"x":1,"y":"&"}"#;

#[test]
fn path_styles() {
    let meta = meta(|meta| meta.path = "/{v}/end");
    let table = [
        (PathStyle::Simple, ["a%20b", "a,b%2Cc,1", "x,1,y,%26"]),
        (PathStyle::SimpleExplode, ["a%20b", "a,b%2Cc,1", "x=1,y=%26"]),
        (PathStyle::Label, [".a%20b", ".a,b%2Cc,1", ".x,1,y,%26"]),
        (PathStyle::LabelExplode, [".a%20b", ".a.b%2Cc.1", ".x=1.y=%26"]),
        (PathStyle::Matrix, [";v=a%20b", ";v=a,b%2Cc,1", ";v=x,1,y,%26"]),
        (PathStyle::MatrixExplode, [";v=a%20b", ";v=a;v=b%2Cc;v=1", ";x=1;y=%26"]),
    ];
    for (style, expected) in table {
        for (json, expected) in [TEXT, LIST, OBJECT].into_iter().zip(expected) {
            let request = sent(Request::new(meta).path_style("v", style, &value(json)));
            assert_eq!(request.uri().path(), format!("/v4/{expected}/end"), "{style:?} {json}");
        }
    }
}

/// What services write for "never" comes back as it came, though jiff's last instant is a day earlier.
#[test]
fn instants() {
    for (read, written) in [
        ("2026-01-31T13:00:00+01:00", "2026-01-31T12%3A00%3A00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23%3A59%3A59Z"),
        ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23%3A59%3A59Z"),
    ] {
        let instant = Timestamp::from_json(format!("\"{read}\"").as_bytes()).unwrap();
        let request = sent(Request::new(&crate::double::GET).query("v", &instant));
        assert_eq!(request.uri().query(), Some(format!("v={written}").as_str()));
    }
}

#[test]
fn query_styles() {
    let table = [
        (QueryStyle::FormExplode, ["v=a%20b", "v=a&v=b%2Cc&v=1", "x=1&y=%26"]),
        (QueryStyle::Form, ["v=a%20b", "v=a,b%2Cc,1", "v=x,1,y,%26"]),
        (QueryStyle::SpaceDelimited, ["v=a%20b", "v=a%20b%2Cc%201", "v=x%201%20y%20%26"]),
        (QueryStyle::PipeDelimited, ["v=a%20b", "v=a%7Cb%2Cc%7C1", "v=x%7C1%7Cy%7C%26"]),
        (QueryStyle::DeepObject, ["v=a%20b", "v%5B0%5D=a&v%5B1%5D=b%2Cc&v%5B2%5D=1", "v%5Bx%5D=1&v%5By%5D=%26"]),
    ];
    for (style, expected) in table {
        for (json, expected) in [TEXT, LIST, OBJECT].into_iter().zip(expected) {
            let request = Request::new(&crate::double::GET).query_style("v", style, &value(json));
            assert_eq!(sent(request).uri().query(), Some(expected), "{style:?} {json}");
        }
        for empty in ["[]", "{}"] {
            let request = Request::new(&crate::double::GET).query_style("v", style, &value(empty));
            assert_eq!(sent(request).uri().query(), None, "{style:?} {empty}");
        }
    }
}

/// What is deeper than a style goes is JSON text, and what has none is left out.
#[test]
fn depth() {
    const LIST: &str = r#"[{"x":1},[2,"c"],null]"#;
    const OBJECT: &str = r#"{"a":{"b":[1,{"c":true}]},"d":null}"#;
    let json = |text: &str| {
        let encoded = |byte: u8| match char::from(byte) {
            plain if plain.is_ascii_alphanumeric() => plain.to_string(),
            _ => format!("%{byte:02X}"),
        };
        text.bytes().map(encoded).collect::<String>()
    };
    let (x, c, b) = (json(r#"{"x":1}"#), json(r#"[2,"c"]"#), json(r#"{"b":[1,{"c":true}]}"#));
    let table = [
        (QueryStyle::FormExplode, [format!("v={x}&v={c}"), format!("a={b}")]),
        (QueryStyle::Form, [format!("v={x},{c}"), format!("v=a,{b}")]),
        (QueryStyle::SpaceDelimited, [format!("v={x}%20{c}"), format!("v=a%20{b}")]),
        (QueryStyle::PipeDelimited, [format!("v={x}%7C{c}"), format!("v=a%7C{b}")]),
        (
            QueryStyle::DeepObject,
            [
                "v%5B0%5D%5Bx%5D=1&v%5B1%5D%5B0%5D=2&v%5B1%5D%5B1%5D=c".to_owned(),
                "v%5Ba%5D%5Bb%5D%5B0%5D=1&v%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=true".to_owned(),
            ],
        ),
    ];
    for (style, expected) in table {
        for (json, expected) in [LIST, OBJECT].into_iter().zip(expected) {
            let items = value(json).as_array().map(<[Value]>::to_vec);
            let items = items.as_ref().map(|items| items.parameter());
            for given in [ParameterValue::from_json(&value(json)), value(json).parameter()].into_iter().chain(items) {
                let request = Request::new(&crate::double::GET).query_style("v", style, &given);
                assert_eq!(sent(request).uri().query(), Some(expected.as_str()), "{style:?} {json}");
            }
        }
    }
}

#[test]
fn reserved_characters_may_stay() {
    let request = Request::new(&crate::double::GET)
        .query_reserved("v", QueryStyle::FormExplode, "a:/?@!$()*,;=b%20c&d+e#f[g]'h i\u{e9}%")
        .query_reserved("w", QueryStyle::Form, &vec!["/a", "b"]);
    let expected = "v=a:/?@!$()*,;=b%20c%26d%2Be%23f%5Bg%5D%27h%20i%C3%A9%25&w=/a,b";
    assert_eq!(sent(request).uri().query().unwrap(), expected);
}

#[test]
fn header_styles() {
    let table = [
        (HeaderStyle::Simple, ["a b", "a,b,c,1", "x,1,y,&"]),
        (HeaderStyle::SimpleExplode, ["a b", "a,b,c,1", "x=1,y=&"]),
    ];
    for (style, expected) in table {
        for (json, expected) in [TEXT, LIST, OBJECT].into_iter().zip(expected) {
            let request = Request::new(&crate::double::GET).header_style("v", style, &value(json));
            assert_eq!(sent(request).headers()["v"], expected, "{style:?} {json}");
        }
    }
}

#[test]
fn query_names_and_values_are_encoded() {
    let request = Request::new(&crate::double::GET)
        .query("filter[name]", "a&b=c d+e/é'")
        .query("empty", "")
        .query("ids", &vec![Uuid::nil()])
        .extra_query("x y", "#");
    assert_eq!(
        sent(request).uri().query().unwrap(),
        "filter%5Bname%5D=a%26b%3Dc%20d%2Be%2F%C3%A9%27&empty=&ids=00000000-0000-0000-0000-000000000000&x%20y=%23"
    );
}

#[test]
fn values_become_text() {
    let text = |value: &dyn Parameter| value.parameter().as_text().map(str::to_owned);
    assert_eq!(text(&true).unwrap(), "true");
    assert_eq!(text(&-5_i64).unwrap(), "-5");
    assert_eq!(text(&2.0).unwrap(), "2");
    assert_eq!(text(&0.1_f32).unwrap(), "0.1");
    assert_eq!(text(&Secret::new("s")).unwrap(), "s");
    assert_eq!(text(&"a".to_owned()).unwrap(), "a");
    assert_eq!(text(&&5_u8).unwrap(), "5");
    assert_eq!(text(&vec![1]), None);
    let map = BTreeMap::from([("a".to_owned(), vec![1, 2])]);
    assert!(map.parameter() == ParameterValue::Object(vec![("a".into(), "1,2".into())]));
    assert!(vec![Some(1), None, Some(2)].parameter() == ParameterValue::List(vec!["1".into(), "2".into()]));
    let map = BTreeMap::from([("a".to_owned(), Some(1)), ("b".to_owned(), None)]);
    assert!(map.parameter() == ParameterValue::Object(vec![("a".into(), "1".into())]));
    assert!(ParameterValue::json(&vec![1_u8]) == ParameterValue::Text("[1]".into()));
    assert!(!format!("{:?}", Secret::new("s3cret").parameter()).contains("s3cret"));
}

#[test]
fn headers_and_cookies() {
    let request = Request::new(&crate::double::GET)
        .header_parameter("X-Trace", &vec!["a", "b"])
        .cookie("session", "a b;c%é")
        .cookie("n", &1);
    let headers = sent(request).headers().clone();
    assert_eq!(headers["x-trace"], "a,b");
    assert_eq!(headers["cookie"], "session=a%20b%3Bc%25%C3%A9; n=1");
    assert_eq!(headers["accept"], "application/json");
    assert_eq!(headers["user-agent"], "plain/1.0");
    for bad in ["a\r\nb", "\u{0}"] {
        let request = Request::new(&crate::double::GET).header_parameter("x-trace", bad);
        let error = call(config(&PLAIN, &Double::new([])), request).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`get_thing` was not sent: header `x-trace` holds what no header can hold: a line break, or other than ASCII"
        );
    }
}

#[test]
fn odd_facts_are_no_panic() {
    let odd = meta(|meta| meta.accept = "a\nb");
    assert_eq!(
        call(config(&PLAIN, &Double::new([])), Request::new(odd)).unwrap_err().to_string(),
        "`get_thing` was not sent: header `accept` is no value that a header can have"
    );
}

#[test]
fn bodies() {
    let post = meta(|meta| meta.method = Method::POST);
    let check = |request: Request, kind: &str, body: &str| {
        let request = sent(request);
        assert_eq!(request.headers()["content-type"], kind);
        assert_eq!(request.body(), body);
    };
    check(Request::new(post).json(&vec![1_u8]), "application/json", "[1]");
    check(Request::new(post).json_as("application/merge-patch+json", &1_u8), "application/merge-patch+json", "1");
    check(Request::new(post).text("text/plain", "hi"), "text/plain", "hi");
    check(Request::new(post).bytes("application/octet-stream", vec![b'x']), "application/octet-stream", "x");
    let form = value(r#"{"a":"x y","b":[1,2],"c":{"d":"\""},"n":null,"e":true}"#);
    let kind = "application/x-www-form-urlencoded";
    check(Request::new(post).form(&form), kind, "a=x%20y&b=1&b=2&c=%7B%22d%22%3A%22%5C%22%22%7D&e=true");
    let nested = value(r#"{"a":[1,{"b":2}],"c":{"d":"e"},"n":null}"#);
    check(Request::new(post).form_deep(&nested), kind, "a%5B0%5D=1&a%5B1%5D%5Bb%5D=2&c%5Bd%5D=e");
    let styles = [("a", QueryStyle::PipeDelimited), ("c", QueryStyle::DeepObject)];
    check(Request::new(post).form_styled(&styles, &value(r#"{"a":[1,2],"c":{"d":"e"}}"#)), kind, "a=1%7C2&c%5Bd%5D=e");
    let error = call(config(&PLAIN, &Double::new([])), Request::new(post).form(&1_u8)).unwrap_err();
    assert!(error.to_string().ends_with("the body is no object, as a form must be"), "{error}");
}

#[test]
fn headers_of_options_take_the_place_of_others() {
    let double = Double::new([ok()]);
    let mut config = config(&PLAIN, &double);
    let name = ACCEPT;
    config.options_mut().headers.insert(name.clone(), "text/plain".parse().unwrap());
    config.options_mut().headers.insert("x-a", "client".parse().unwrap());
    let mut request = Request::new(&crate::double::GET);
    request.options_mut().headers.insert("x-a", "call".parse().unwrap());
    call(config, request).unwrap();
    let sent = double.requests().remove(0);
    assert_eq!(sent.headers().get_all(name).iter().collect::<Vec<_>>(), ["text/plain"]);
    assert_eq!(sent.headers().get_all("x-a").iter().collect::<Vec<_>>(), ["call"]);
}
