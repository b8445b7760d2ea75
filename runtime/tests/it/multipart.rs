//! Multipart bodies, read as a server reads them.

use clientwright_runtime::http::{HeaderName, HeaderValue};
use clientwright_runtime::{Form, FormPart, Multipart, Request, Value, http};

use crate::double::{Double, PLAIN, call, config, meta, ok};

/// A part as it arrived: its headers, in order, and its content.
#[derive(Debug, PartialEq)]
struct Arrived {
    headers: Vec<String>,
    content: Vec<u8>,
}

/// What generated code looks like for a body of several parts.
struct Upload {
    file: FormPart,
    tags: Vec<String>,
    count: i64,
    note: Option<String>,
    pages: Vec<FormPart>,
}

impl Multipart for Upload {
    fn write(&self, form: &mut Form) {
        form.part("file", &self.file);
        form.content_type("file", "image/png");
        form.value("tags", &self.tags);
        form.value("count", &self.count);
        form.value("note", &self.note);
        form.parts("pages", &self.pages);
    }
}

fn request(body: &impl Multipart) -> Request {
    Request::new(meta(|meta| meta.method = http::Method::POST)).multipart("multipart/form-data", body)
}

/// What goes out, taken apart.
fn sent(body: &impl Multipart) -> Vec<Arrived> {
    let double = Double::new([ok()]);
    call(config(&PLAIN, &double), request(body)).unwrap();
    let request = double.requests().remove(0);
    let content_type = request.headers()["content-type"].to_str().unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert!(boundary.len() <= 70, "RFC 2046 allows no longer one");
    split(request.body(), boundary)
}

fn split(body: &[u8], boundary: &str) -> Vec<Arrived> {
    let mut rest = body.strip_prefix(format!("--{boundary}\r\n").as_bytes()).unwrap();
    let mut parts = Vec::new();
    loop {
        let (head, content) = cut(rest, b"\r\n\r\n");
        let (content, after) = cut(content, format!("\r\n--{boundary}").as_bytes());
        let headers = String::from_utf8(head.to_vec()).unwrap().split("\r\n").map(str::to_owned).collect();
        parts.push(Arrived { headers, content: content.to_vec() });
        if after == b"--\r\n" {
            return parts;
        }
        rest = after.strip_prefix(b"\r\n").unwrap();
    }
}

fn cut<'b>(bytes: &'b [u8], mark: &[u8]) -> (&'b [u8], &'b [u8]) {
    let at = bytes.windows(mark.len()).position(|window| window == mark).unwrap();
    (&bytes[..at], &bytes[at + mark.len()..])
}

fn part(headers: &[&str], content: &[u8]) -> Arrived {
    Arrived { headers: headers.iter().map(|&header| header.to_owned()).collect(), content: content.to_vec() }
}

#[test]
fn files_text_and_lists_arrive() {
    let upload = Upload {
        file: FormPart::file("cat.png", vec![0, 0xff, b'\r', b'\n', b'-', b'-']),
        tags: vec!["a".to_owned(), "b c".to_owned()],
        count: 7,
        note: None,
        pages: vec![FormPart::bytes("1"), FormPart::file("2.pdf", "2").content_type("application/pdf")],
    };
    let disposition = |rest: &str| format!("Content-Disposition: form-data; {rest}");
    let plain = |name: &str, text: &str| part(&[&disposition(&format!("name=\"{name}\""))], text.as_bytes());
    assert_eq!(
        sent(&upload),
        [
            part(
                &[&disposition("name=\"file\"; filename=\"cat.png\""), "Content-Type: image/png"],
                &[0, 0xff, b'\r', b'\n', b'-', b'-']
            ),
            plain("tags", "a"),
            plain("tags", "b c"),
            plain("count", "7"),
            part(&[&disposition("name=\"pages\"; filename=\"pages\""), "Content-Type: application/octet-stream"], b"1"),
            part(&[&disposition("name=\"pages\"; filename=\"2.pdf\""), "Content-Type: application/pdf"], b"2"),
        ]
    );
}

#[test]
fn what_has_parts_itself_is_json() {
    let mut form = Form::new();
    let value = |text: &str| <Value as clientwright_runtime::Json>::from_json(text.as_bytes()).unwrap();
    form.value("object", &value(r#"{"a":[1]}"#));
    form.value("nested", &value("[[1],{\"b\":2},null,true]"));
    form.json("list", &vec!["x".to_owned()]);
    form.part("own", &FormPart::json(&1_i64).header(HeaderName::from_static("x-part"), HeaderValue::from_static("7")));
    let contents: Vec<String> = sent(&form)
        .into_iter()
        .map(|part| format!("{} | {}", part.headers.join(" | "), String::from_utf8(part.content).unwrap()))
        .collect();
    let json = "Content-Type: application/json";
    assert_eq!(
        contents,
        [
            format!("Content-Disposition: form-data; name=\"object\" | {json} | {{\"a\":[1]}}"),
            format!("Content-Disposition: form-data; name=\"nested\" | {json} | [1]"),
            format!("Content-Disposition: form-data; name=\"nested\" | {json} | {{\"b\":2}}"),
            "Content-Disposition: form-data; name=\"nested\" | true".to_owned(),
            format!("Content-Disposition: form-data; name=\"list\" | {json} | [\"x\"]"),
            format!("Content-Disposition: form-data; name=\"own\" | {json} | x-part: 7 | 1"),
        ]
    );
}

/// As browsers do: nothing in a name ends the quotes or the line.
#[test]
fn names_are_quoted() {
    let mut form = Form::new();
    form.part("a\"b\r\nc", &FormPart::file("ä\"\r\nX: y\\.txt", ""));
    assert_eq!(
        sent(&form)[0].headers[0],
        "Content-Disposition: form-data; name=\"a%22b%0D%0Ac\"; filename=\"ä%22%0D%0AX: y\\.txt\""
    );
}

#[test]
fn a_content_type_that_is_none_is_refused() {
    let mut form = Form::new();
    form.part("file", &FormPart::bytes("x").content_type("text/plain\r\nX: y"));
    let error = call(config(&PLAIN, &Double::new([])), request(&form)).unwrap_err();
    assert!(error.to_string().contains("has a part `file` that has a content type"), "{error}");
}

#[test]
fn no_part_is_shown() {
    let part = FormPart::file("cat.png", "s3cret");
    assert!(!format!("{part:?}").contains("s3cret"));
}
