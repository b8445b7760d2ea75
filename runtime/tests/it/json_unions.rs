//! Unions look at the value in place.

use clientwright_runtime::{DecodeError, Json, Kind, Reader, Shape, Value, Writer, integers, object, strings, union};

const fn object(
    required: &'static [&'static str],
    constants: &'static [(&'static str, &'static str)],
    known: &'static [&'static str],
) -> Shape {
    Shape::object(known).required(required).constants(constants)
}

const fn scalar(kinds: &'static [Kind]) -> Shape {
    Shape::of(kinds)
}

static PETS: &[Shape] = &[
    object(&["name"], &[], &["name", "age"]),
    object(&["name", "bark"], &[], &["name", "bark", "age"]),
    object(&["kind"], &[("kind", "bird")], &["kind", "wings"]),
    object(&["kind"], &[("kind", "2"), ("tame", "true")], &["kind", "tame"]),
    scalar(&[Kind::String, Kind::Null]),
    scalar(&[Kind::Array]),
    scalar(&[Kind::Number]),
];

#[track_caller]
fn chosen(text: &str) -> Option<usize> {
    let mut reader = Reader::new(text.as_bytes()).unwrap();
    let chosen = reader.one_of(PETS, |_, shape| Ok(shape)).unwrap();
    // Nothing was consumed.
    assert_eq!(reader.value::<Value>().ok(), text.parse::<Text>().unwrap().0);
    (chosen < PETS.len()).then_some(chosen)
}

struct Text(Option<Value>);

impl std::str::FromStr for Text {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(Self(Value::from_json(text.as_bytes()).ok()))
    }
}

#[test]
fn the_kind_decides_first() {
    assert_eq!(chosen("\"x\""), Some(4));
    assert_eq!(chosen("null"), Some(4));
    assert_eq!(chosen(" [1]"), Some(5));
    assert_eq!(chosen("-1"), Some(6));
    assert_eq!(chosen("true"), None);
}

#[test]
fn required_fields_must_be_there_and_known_ones_count() {
    assert_eq!(chosen(r#"{"name":"a"}"#), Some(0));
    assert_eq!(chosen(r#"{"name":"a","age":1}"#), Some(0));
    assert_eq!(chosen(r#"{"name":"a","bark":"wuff"}"#), Some(1));
    assert_eq!(chosen(r#"{"n\u0061me":"a","b\u0061rk":{"x":[]}}"#), Some(1));
    assert_eq!(chosen(r#"{"bark":"wuff"}"#), None);
    assert_eq!(chosen("{}"), None);
}

#[test]
fn constants_must_agree() {
    assert_eq!(chosen(r#"{"kind":"bird"}"#), Some(2));
    assert_eq!(chosen(r#"{"kind":"b\u0069rd"}"#), Some(2));
    assert_eq!(chosen(r#"{"kind":"fish"}"#), None);
    assert_eq!(chosen(r#"{"kind":2}"#), Some(3));
    assert_eq!(chosen(r#"{"kind":2,"tame":true}"#), Some(3));
    assert_eq!(chosen(r#"{"kind":2,"tame":false}"#), None);
    assert_eq!(chosen(r#"{"kind":null}"#), None);
    assert_eq!(chosen(r#"{"kind":"fish","kind":"bird"}"#), Some(2));
}

#[test]
fn a_broken_text_is_told_by_reading_it() {
    for text in [r#"{"name":"#, r#"{"name" 1}"#, r#"{"bark":[1"#, "", "?"] {
        assert!(chosen(text).is_some(), "{text}");
    }
}

static ALIKE: &[Shape] = &[scalar(&[Kind::Array]), scalar(&[Kind::Array]), scalar(&[Kind::Array])];

/// Reads the first of several kinds of lists that it can be.
fn list(text: &str) -> Result<String, String> {
    let mut reader = Reader::new(text.as_bytes()).unwrap();
    let read = reader.one_of(ALIKE, |reader, shape| match shape {
        0 => reader.value::<Vec<u8>>().map(|items| format!("bytes {items:?}")),
        1 => reader.value::<Vec<Vec<bool>>>().map(|items| format!("flags {items:?}")),
        _ => reader.value::<Vec<String>>().map(|items| format!("texts {items:?}")),
    });
    if read.is_ok() {
        reader.finish().unwrap();
    }
    read.map_err(|error| error.to_string())
}

#[test]
fn of_what_looks_alike_the_first_that_can_be_read_is_taken() {
    assert_eq!(list("[1, 2]").unwrap(), "bytes [1, 2]");
    assert_eq!(list("[[true], []]").unwrap(), "flags [[true], []]");
    assert_eq!(list("[\"a\"]").unwrap(), "texts [\"a\"]");
    assert_eq!(list("[]").unwrap(), "bytes []");
    // The first one tells what is wrong.
    assert_eq!(
        list("[1, [true], \"a\"]").unwrap_err(),
        "at `[1]`: expected an integer that fits `u8`, found an array (line 1, column 5)"
    );
}

static MESSAGES: &[Shape] = &[Shape::object(&["role", "text"]), Shape::object(&["role", "text", "status"])];

fn message(text: &str) -> Result<&'static str, String> {
    let mut reader = Reader::new(text.as_bytes()).unwrap();
    let read = reader.one_of(MESSAGES, |reader, shape| {
        reader.begin_object()?;
        while let Some(field) = reader.next_field(&["role", "text", "status"])? {
            match (shape, field) {
                (1, 1) => drop(reader.value::<Vec<String>>()?),
                (0, 0 | 1) | (1, 0 | 2) => drop(reader.value::<String>()?),
                _ => reader.skip()?,
            }
        }
        Ok(if shape == 0 { "plain" } else { "listed" })
    });
    read.map_err(|error| error.to_string())
}

#[test]
fn where_what_knows_most_of_the_fields_cannot_be_read_another_can() {
    assert_eq!(message(r#"{"role": "user", "text": ["a"], "status": "new"}"#), Ok("listed"));
    assert_eq!(message(r#"{"role": "user", "text": "a", "status": "new"}"#), Ok("plain"));
    let none = "at `text`: expected an array, found 5 (line 1, column 27)";
    assert_eq!(message(r#"{"status": "new", "text": 5}"#), Err(none.into()));
    let unlike = "at `status`: expected a string, found 5 (line 1, column 12)";
    assert_eq!(message(r#"{"status": 5}"#), Err(unlike.into()), "the other one has no field of it");
}

static PAGES: &[Shape] = &[Shape::object(&["next", "last"]), Shape::object(&["prev", "first"])];

#[test]
fn what_would_lose_a_field_that_another_knows_is_not_taken() {
    let chosen = |text: &str| {
        let mut reader = Reader::new(text.as_bytes()).unwrap();
        let read = reader.one_of(PAGES, |reader, shape| {
            let known = PAGES.get(shape).map_or(&["next", "last", "prev", "first"][..], |shape| shape.known);
            reader.begin_object()?;
            while let Some(field) = reader.next_field(known)? {
                if field < known.len() { reader.skip()? } else { reader.ignore()? }
            }
            Ok(shape)
        });
        read.ok()
    };
    assert_eq!(chosen(r#"{"next": 1, "more": 2}"#), Some(0), "nobody knows the other one");
    assert_eq!(chosen(r#"{"first": 1, "prev": 2}"#), Some(1));
    assert_eq!(chosen(r#"{"next": 1, "last": 2, "prev": 3}"#), Some(2));
}

enum Colour {
    Red,
    Other(String),
}

clientwright_runtime::strings!(Colour { "red" => Red, _ => Other });

#[test]
fn of_those_that_know_as_many_fields_one_that_lists_the_values_is_taken() {
    let chosen = |text: &str| {
        let mut reader = Reader::new(text.as_bytes()).unwrap();
        let read = reader.one_of(ALIKE, |reader, shape| {
            match shape {
                0 => drop(reader.value::<Vec<Colour>>()?),
                1 => drop(reader.value::<Vec<u8>>()?),
                _ => drop(reader.value::<Vec<String>>()?),
            }
            Ok(shape)
        });
        read.ok()
    };
    assert_eq!(chosen(r#"["red"]"#), Some(0));
    assert_eq!(chosen(r#"["red", "blue"]"#), Some(2));
    assert_eq!(chosen("[1]"), Some(1));
}

static NESTS: &[Shape] = &[scalar(&[Kind::Array, Kind::Number]), scalar(&[Kind::Array])];

/// A union that can be read as either of two in each of its levels.
struct Nest;

impl Json for Nest {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.one_of(NESTS, |reader, _| {
            if reader.peek_kind()? == Kind::Number {
                reader.value::<u8>()?;
            } else {
                reader.value::<Vec<Self>>()?;
            }
            Ok(Self)
        })
    }

    fn write(&self, _: &mut Writer) {}
}

#[test]
fn unions_within_unions_do_not_take_time_without_end() {
    let nested = |inner: &str| format!("{}{inner}{}", "[".repeat(100), "]".repeat(100));
    assert!(Nest::from_json(nested("1").as_bytes()).is_ok());
    let error = Nest::from_json(nested("-1").as_bytes()).err().map(|error| error.found().to_owned());
    assert_eq!(error.as_deref(), Some("-1"));
}

#[test]
fn a_discriminator_is_found_in_place() {
    let find = |text: &str| {
        let mut reader = Reader::new(text.as_bytes()).unwrap();
        let found = reader.discriminator("type").map_err(|error| error.to_string());
        if found.is_ok() {
            assert!(reader.value::<Value>().is_ok());
        }
        found
    };
    assert_eq!(find(r#"{"a":{"type":"no"},"type":"cat"}"#), Ok(Some("cat".into())));
    assert_eq!(find(r#"{"\u0074ype":"c\u0061t\"s"}"#), Ok(Some("cat\"s".into())));
    assert_eq!(find(r#"{"type":"cat","type":"dog"}"#), Ok(Some("dog".into())));
    assert_eq!(find(r#"{"type":7}"#), Ok(Some("7".into())));
    assert_eq!(find(r#"{"type":null}"#), Ok(None));
    let unknown = |text: &'static str| {
        let mut reader = Reader::new(text.as_bytes()).unwrap();
        reader.begin_array().unwrap();
        reader.next_item().unwrap();
        reader.discriminator("type").unwrap();
        reader.mismatch("`cat`").to_string()
    };
    assert_eq!(unknown(r#"[{"type":"fish"}]"#), "at `[0]`: expected `cat`, found \"fish\" (line 1, column 10)");
    assert_eq!(unknown("[{}]"), "at `[0]`: expected `cat`, found an object (line 1, column 2)");
    assert_eq!(find("{}"), Ok(None));
    assert_eq!(find("[]"), Err("expected an object, found an array (line 1, column 1)".into()));
    assert_eq!(
        find(r#"{"type":"cat""#),
        Err("expected `,` or `}`, found the end of the text (line 1, column 14)".into())
    );
}

static LISTS: &[Shape] = &[
    Shape::ARRAY.items(&[Kind::String, Kind::Null]),
    Shape::ARRAY.items(&[Kind::Number]),
    Shape::ARRAY.items(&[Kind::Array]),
];

#[test]
fn the_first_item_tells_arrays_apart() {
    let chosen = |text: &str| {
        let chosen = Reader::new(text.as_bytes()).unwrap().one_of(LISTS, |_, shape| Ok(shape)).unwrap();
        (chosen < LISTS.len()).then_some(chosen)
    };
    assert_eq!(chosen(r#"["a", "b"]"#), Some(0));
    assert_eq!(chosen("[null]"), Some(0));
    assert_eq!(chosen(" [ -1, 2]"), Some(1));
    assert_eq!(chosen("[[1]]"), Some(2));
    assert_eq!(chosen("[]"), Some(0), "nothing says what it is a list of");
    assert_eq!(chosen("[{}]"), None);
    assert_eq!(chosen("{}"), None);
}

enum Mood {
    Red,
    Unknown(String),
}

#[derive(Clone, Copy, Debug)]
enum Level {
    Low,
    Unknown(i64),
}

#[derive(Debug)]
enum Either {
    Text(Mood),
    Number(Level),
    Unknown(Value),
}

strings!(Mood { "red" => Red, _ => Unknown });
integers!(Level as i64 { 1 => Low, _ => Unknown });
union!(Either { 0 Text: Shape::STRING, 1 Number: Shape::NUMBER, _ => Unknown });

/// A service that has learned something new loses nothing of it to a client that has not.
#[test]
fn what_is_not_known_is_kept_and_sent_back_as_it_came() {
    for text in [r#"["red","1","\u00e9 \"new\""]"#, "[]"] {
        let moods = Vec::<Mood>::from_json(text.as_bytes()).unwrap();
        assert_eq!(Value::from_json(&moods.to_json()).unwrap(), Value::from_json(text.as_bytes()).unwrap());
    }
    let text = r#"["red","new",1,7,-9007199254740993,{"a":[1.50,1e3,null],"b":{}},true,null,[]]"#;
    let either = Vec::<Either>::from_json(text.as_bytes()).unwrap();
    assert_eq!(either.to_json(), text.as_bytes(), "{either:?}");
    let known = either.iter().filter(|one| matches!(one, Either::Text(Mood::Red) | Either::Number(Level::Low)));
    assert_eq!(known.count(), 2);
    let unknown = |one: &&Either| {
        matches!(one, Either::Text(Mood::Unknown(_)) | Either::Number(Level::Unknown(_)) | Either::Unknown(_))
    };
    assert_eq!(either.iter().filter(unknown).count(), 7);
}

/// 16 KB.
#[derive(Clone, Debug, PartialEq)]
struct Large([u64; 2048]);

impl Json for Large {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.skip()?;
        Ok(Self([0; 2048]))
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.end_object();
    }
}

macro_rules! many {
    ($($tag:literal $variant:ident)*) => {
        #[allow(clippy::large_enum_variant, reason = "that is what is tested")]
        #[derive(Clone, Debug, PartialEq)]
        enum Many { $($variant(Large),)* Unknown(Value) }

        union!(Many, by "kind" { $($tag => $variant,)* _ => Unknown });
    };
}

many! {
    "v0" V0 "v1" V1 "v2" V2 "v3" V3 "v4" V4 "v5" V5 "v6" V6 "v7" V7
    "v8" V8 "v9" V9 "v10" V10 "v11" V11 "v12" V12 "v13" V13 "v14" V14 "v15" V15
    "v16" V16 "v17" V17 "v18" V18 "v19" V19 "v20" V20 "v21" V21 "v22" V22 "v23" V23
    "v24" V24 "v25" V25 "v26" V26 "v27" V27 "v28" V28 "v29" V29 "v30" V30 "v31" V31
    "v32" V32 "v33" V33 "v34" V34 "v35" V35 "v36" V36 "v37" V37 "v38" V38 "v39" V39
    "v40" V40 "v41" V41 "v42" V42 "v43" V43 "v44" V44 "v45" V45 "v46" V46 "v47" V47
}

#[test]
fn a_union_takes_no_room_for_all_variants_at_once() {
    let read = || matches!(Many::from_json(br#"{"kind": "v7"}"#), Ok(Many::V7(_)));
    let thread = std::thread::Builder::new().stack_size(384 * 1024).spawn(read).unwrap();
    assert!(thread.join().unwrap());
}

#[derive(PartialEq)]
struct Leaf {
    name: String,
}

#[derive(PartialEq)]
struct Branch {
    name: String,
    first: Tree,
    second: Tree,
    note: Option<String>,
}

#[derive(Debug, PartialEq)]
enum Tree {
    Leaf(Box<Leaf>),
    Branch(Box<Branch>),
    Unknown(Value),
}

object!(Leaf { "name" required name });
object!(Branch { "name" required name, "first" required first, "second" required second, "note" optional note });
union!(Tree {
    0 Leaf: Shape::object(&["name"]).required(&["name"]),
    1 Branch: Shape::object(&["name", "first", "second", "note"]).required(&["name", "first", "second"]),
    _ => Unknown
});

#[test]
fn fields_that_were_found_by_looking_are_read_where_they_are_however_unions_are_nested() {
    let texts = [
        r#" { "n\u0061me" : "a" , "first" : {"name":"b"} , "other" : [{"name":1}] , "second" : {"name":"c"} , "note" : "d" } "#,
        r#"{"note":"d","second":{"x":{"name":1},"name":"c"},"first":{"name":"z","name":"b"},"name":"a"}"#,
        r#"{"first":{"first":{}},"first":{"name":"b"},"name":"a","second":{"name":"c"},"note":"d"}"#,
    ];
    for text in texts {
        let tree = Tree::from_json(text.as_bytes()).unwrap();
        let plain = r#"{"name":"a","first":{"name":"b"},"second":{"name":"c"},"note":"d"}"#;
        assert_eq!(String::from_utf8(tree.to_json()).unwrap(), plain, "{text}");
    }
    let deep = r#"{"name":"a","first":{"name":"b","first":{"name":"c"},"second":{"name":"d"}},"second":{"name":"e"}}"#;
    let both = format!("[{deep},{deep}]");
    let trees = Vec::<Tree>::from_json(both.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(trees.to_json()).unwrap(), both);
}
