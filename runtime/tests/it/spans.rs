//! What goes to `tracing`: spans by the names of OpenTelemetry, and nothing secret.

use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use clientwright_runtime::http::Method;
use clientwright_runtime::{Api, Meta, Operation, Request, Scheme, SchemeKind, Undeclared, Value};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::double::Reply::{Answer, NoConnection};
use crate::double::{Anything, Double, config, meta, run};

/// Writes down everything that it is told.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>, Arc<AtomicU64>);

impl Notes {
    fn add(&self, head: &str, fields: impl FnOnce(&mut dyn Visit)) {
        let mut line = Line(head.to_owned());
        fields(&mut line);
        let _ = writeln!(self.0.lock().unwrap(), "{}", line.0);
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("clientwright_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.1.fetch_add(1, Ordering::SeqCst) + 1;
        self.add(&format!("{id} {}", span.metadata().name()), |line| span.record(line));
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.add(&format!("{}", span.into_u64()), |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.add("event", |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

static API: Api = Api {
    base_url: "https://api.example.com/v4",
    base_url_env: None,
    user_agent: "spans/1.0",
    request_id: &[],
    schemes: &[Scheme { name: "key", kind: SchemeKind::QueryKey("key"), env: &[] }],
};

#[test]
fn a_call_and_its_tries_have_spans() {
    let double = Double::new([Answer(503, &[], "s3cret"), NoConnection, Answer(200, &[], r#"{"token":"s3cret"}"#)]);
    let mut config = config(&API, &double);
    config.credential("key", "s3cret");
    let facts = meta(|meta| {
        meta.path = "/things/{id}";
        meta.method = Method::PUT;
        meta.security = &[&["key"]];
    });
    let request = Request::new(facts).path("id", "s3cret").json(&Value::from("s3cret"));
    let notes = Notes::default();
    let core = config.build().unwrap();
    tracing::subscriber::with_default(notes.clone(), || run(core.call::<Anything>(request)).unwrap());
    let http = r#"http.request.method="PUT""#;
    let template = r#"url.template="/things/{id}""#;
    let server = r#"url.scheme="https" server.address="api.example.com" server.port=443"#;
    let one_try =
        |id: u8| format!(r#"{id} try otel.name=PUT /things/{{id}} otel.kind="client" {http} {template} {server}"#);
    let expected = [
        format!(
            r#"1 call otel.name="get_thing" otel.kind="internal" {http} {template} server.address="api.example.com""#
        ),
        one_try(2),
        "2 http.response.status_code=503".to_owned(),
        r#"2 error.type="503""#.to_owned(),
        r#"2 otel.status_code="ERROR""#.to_owned(),
        one_try(3),
        "3 http.request.resend_count=1".to_owned(),
        r#"3 error.type="connect""#.to_owned(),
        r#"3 otel.status_code="ERROR""#.to_owned(),
        one_try(4),
        "4 http.request.resend_count=2".to_owned(),
        "4 http.response.status_code=200".to_owned(),
        "1 http.response.status_code=200".to_owned(),
    ];
    let told = notes.0.lock().unwrap().clone();
    assert_eq!(told.lines().collect::<Vec<_>>(), expected);
    assert!(!told.contains("s3cret"));
}

/// A list of names that is null where none was announced.
enum Names {}

impl Operation for Names {
    type Output = Vec<String>;
    type Error = Undeclared;

    const META: &'static Meta = &Meta::new("list_names", Method::GET, "/names");
}

#[test]
fn a_departure_is_an_event_with_its_place() {
    let config = config(&API, &Double::new([Answer(200, &[], "null")]));
    let (notes, core) = (Notes::default(), config.build().unwrap());
    tracing::subscriber::with_default(notes.clone(), || run(core.call::<Names>(Request::new(Names::META))).unwrap());
    let told = notes.0.lock().unwrap().clone();
    let event = r#"event message=the answer is not quite as described operation="list_names" http.response.status_code=200 path="" expected="an array" found="null""#;
    assert_eq!(told.lines().last(), Some(event));
}
