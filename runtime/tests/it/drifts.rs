//! Answers that depart from their description: read where that can be borne, with a word on it; refused by a strict
//! client.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::{
    BoxError, DecodeError, Drift, Error, Hooks, Json, Meta, Operation, Patch, Reader, Request, Response, Undeclared,
    Value, Writer, http,
};

use crate::double::Reply::Answer as Reply;
use crate::double::{Double, PLAIN, config, meta, ok, run};

/// A field of each kind that can hold that something is missing, and one that cannot.
#[derive(Debug, Default, PartialEq)]
struct Page {
    name: String,
    list: Vec<String>,
    map: BTreeMap<String, u8>,
    inner: Option<Box<Self>>,
    patch: Patch<Box<Self>>,
}

impl Json for Page {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let (mut name, mut list, mut map, mut inner, mut patch) = (None, None, None, None, Patch::Absent);
        reader.begin_object()?;
        while let Some(field) = reader.next_field(&["name", "list", "map", "inner", "patch"])? {
            match field {
                0 => name = Some(reader.value()?),
                1 => list = Some(reader.value()?),
                2 => map = Some(reader.value()?),
                3 => inner = reader.value()?,
                4 => patch = reader.value()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            name: reader.required(name, "name")?,
            list: reader.required(list, "list")?,
            map: reader.required(map, "map")?,
            inner,
            patch,
        })
    }

    fn write(&self, _: &mut Writer) {}
}

enum GetPage {}

impl Operation for GetPage {
    type Output = Page;
    type Error = Undeclared;

    const META: &'static Meta = &Meta::new("get_page", http::Method::GET, "/things");
}

#[derive(Clone, Debug, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Hooks for Notes {
    fn drift(&self, drift: &Drift) {
        assert_eq!((drift.operation(), drift.status().as_u16()), ("get_page", 200));
        assert_eq!(drift.path(), drift.error().path());
        self.0.lock().unwrap().push(drift.to_string());
    }
}

type Outcome = Result<Response<Page>, Error>;

fn read(body: &'static str) -> (Outcome, Vec<String>) {
    let notes = Notes::default();
    let mut config = config(&PLAIN, &Double::new([Reply(200, &[], body)]));
    config.hooks(notes.clone());
    let outcome = run(config.build().unwrap().call::<GetPage>(Request::new(GetPage::META)));
    let notes = notes.0.lock().unwrap().clone();
    (outcome, notes)
}

fn refused_strictly(body: &'static str) -> String {
    let mut config = config(&PLAIN, &Double::new([Reply(200, &[], body)]));
    config.options_mut().strict = Some(true);
    let error = run(config.build().unwrap().call::<GetPage>(Request::new(GetPage::META))).unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    error.message()
}

/// Body, what is read of it, and where it departs.
#[test]
fn what_is_missing_or_null_is_read_where_it_can_be_held() {
    let named = || Page { name: "n".to_owned(), ..Page::default() };
    let within = |page| Page { inner: Some(Box::new(page)), ..named() };
    let table = [
        (r#"{"name":"n"}"#, named(), vec!["list", "map"]),
        (r#"{"name":"n","list":null,"map":null}"#, named(), vec!["list", "map"]),
        (r#"{"name":"n","list":[],"map":{},"inner":{"list":[],"map":{}}}"#, named(), vec!["inner.name"]),
        (r#"{"inner":{"list":null,"name":null,"map":{}},"name":"n","map":{},"list":[]}"#, named(), vec!["inner.name"]),
        (
            r#"{"inner":{"inner":{"list":[]},"name":"n","list":null,"map":{}},"name":"n","map":{},"list":[]}"#,
            within(named()),
            vec!["inner.inner.name", "inner.list"],
        ),
    ];
    for (body, page, places) in table {
        let (outcome, notes) = read(body);
        assert_eq!(*outcome.unwrap(), page, "{body}");
        assert_eq!(notes.len(), places.len(), "{notes:?}");
        for (note, place) in notes.iter().zip(&places) {
            let start = format!("`get_page` answered 200 OK, not quite as described: at `{place}`: expected ");
            assert!(note.starts_with(&start), "{note}");
        }
        let refused = refused_strictly(body);
        assert!(refused.starts_with("at `") && refused.contains("`: expected "), "{refused}");
    }
}

/// Nothing can hold it, or it is no absence.
#[test]
fn the_rest_is_an_error_with_its_place() {
    let table = [
        (r#"{"list":[],"map":{}}"#, "at `name`: expected a required field, found none"),
        (r#"{"name":null,"list":[],"map":{}}"#, "at `name`: expected a string, found null"),
        (r#"{"name":"n","list":7}"#, "at `list`: expected an array, found 7"),
        (r#"{"name":"n","list":[null]}"#, "at `list[0]`: expected a string, found null"),
        (r#"{"name":"n","inner":{"name":7}}"#, "at `inner.name`: expected a string, found 7"),
        (r#"{"inner":{"name":null},"name":"n","list":[],"map":true}"#, "at `map`: expected an object, found true"),
        (r#"{"inner":{"name":null}"#, "at `inner`: expected `,` or `}`"),
        // Were it null, it would be cleared when it is sent back.
        (r#"{"name":"n","list":[],"map":{},"patch":{"name":null}}"#, "at `patch.name`: expected a string, found null"),
    ];
    for (body, message) in table {
        let (outcome, notes) = read(body);
        let error = outcome.unwrap_err();
        assert!(error.message().starts_with(message), "{body}: {}", error.message());
        assert!(notes.is_empty(), "{notes:?}");
    }
}

/// A field of each way in which one can be missing.
#[derive(PartialEq)]
struct Fields {
    nullable: Option<String>,
    optional: Option<String>,
    list: Option<Vec<String>>,
    any: Option<Value>,
    nullish: Option<String>,
    default: String,
}

clientwright_runtime::object!(Fields {
    "nullable" nullable nullable, "optional" optional optional, "list" optional list, "any" any any,
    "nullish" nullish nullish, "default" default default = "d".to_owned()
});

enum GetFields {}

impl Operation for GetFields {
    type Output = Fields;
    type Error = Undeclared;

    const META: &'static Meta = &Meta::new("get_page", http::Method::GET, "/things");
}

/// A null that was not announced is an absence, and says so.
#[test]
fn what_may_be_missing_is_not_null_for_that() {
    let text = |text: &str| Some(text.to_owned());
    let nothing =
        || Fields { nullable: None, optional: None, list: None, any: None, nullish: None, default: "d".to_owned() };
    let full = Fields {
        nullable: text("a"),
        optional: text("b"),
        list: Some(vec!["c".to_owned()]),
        any: Some(Value::Null),
        nullish: text("e"),
        default: "f".to_owned(),
    };
    let table: [(_, _, &[&str]); 8] = [
        (r#"{"nullable":"a","optional":"b","list":["c"],"any":null,"nullish":"e","default":"f"}"#, full, &[]),
        (r#"{"nullable":null}"#, nothing(), &[]),
        (r#"{"nullable":null,"nullish":null}"#, nothing(), &[]),
        ("{}", nothing(), &["at `nullable`: expected a required field, found none"]),
        (r#"{"nullable":null,"optional":null}"#, nothing(), &["at `optional`: expected a string, found null"]),
        (r#"{"nullable":null,"list":null}"#, nothing(), &["at `list`: expected an array, found null"]),
        (r#"{"default":null,"nullable":null}"#, nothing(), &["at `default`: expected a string, found null"]),
        (r#"{"list":["c",null],"nullable":null}"#, nothing(), &["at `list[1]`: expected a string, found null"]),
    ];
    for (body, fields, departures) in table {
        let notes = Notes::default();
        let double = Double::new([Reply(200, &[], body), Reply(200, &[], body)]);
        let mut config = config(&PLAIN, &double);
        config.hooks(notes.clone());
        let core = config.build().unwrap();
        assert_eq!(*run(core.call::<GetFields>(Request::new(GetFields::META))).unwrap(), fields, "{body}");
        let notes = notes.0.lock().unwrap();
        assert_eq!(notes.len(), departures.len(), "{notes:?}");
        let mut strict = Request::new(GetFields::META);
        strict.options_mut().strict = Some(true);
        match (run(core.call::<GetFields>(strict)), departures.first()) {
            (Ok(read), None) => assert_eq!(*read, fields),
            (Err(Error::Decode(refused)), Some(departure)) => {
                assert!(notes[0].contains(departure), "{notes:?}");
                assert!(refused.error().to_string().starts_with(departure), "{refused:?}");
            }
            (outcome, _) => panic!("{body}: {outcome:?}"),
        }
    }
}

/// Adds a header before each try, notes each answer, and refuses what is asked to be refused.
#[derive(Clone, Debug, Default)]
struct Around(Arc<Mutex<Vec<u16>>>, bool);

impl Hooks for Around {
    fn before_send(&self, operation: &'static str, request: &mut http::Request<Bytes>) -> Result<(), BoxError> {
        assert_eq!(operation, "get_page");
        if self.1 {
            return Err("no key to sign with".into());
        }
        let tries = self.0.lock().unwrap().len();
        request.headers_mut().insert("x-signature", format!("try {tries}").parse()?);
        Ok(())
    }

    fn after_answer(&self, _: &'static str, answer: &clientwright_runtime::Answer) {
        self.0.lock().unwrap().push(answer.status().as_u16());
    }
}

#[test]
fn hooks_stand_around_each_try() {
    let (double, hooks) = (Double::new([Reply(503, &[], ""), ok()]), Around::default());
    let mut configured = config(&PLAIN, &double);
    configured.hooks(hooks.clone());
    let request = || Request::new(meta(|meta| meta.id = "get_page"));
    let _ = run(configured.build().unwrap().call::<GetPage>(request()));
    assert_eq!(*hooks.0.lock().unwrap(), [503, 200]);
    let signatures: Vec<_> = double.requests().iter().map(|request| request.headers()["x-signature"].clone()).collect();
    assert_eq!(signatures, ["try 0", "try 1"]);

    let double = Double::new([]);
    let mut configured = config(&PLAIN, &double);
    configured.hooks(Around(Arc::default(), true));
    let error = run(configured.build().unwrap().call::<GetPage>(request())).unwrap_err();
    assert_eq!(error.to_string(), "`get_page` was not sent: the request was refused by a hook: no key to sign with");
    assert!(!error.is_retryable() && double.requests().is_empty());
}
