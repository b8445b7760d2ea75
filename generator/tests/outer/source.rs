//! What a document's text becomes, and where its nodes stand.

use clientwright::diagnostic::{Code, Place};
use clientwright::pointer::Pointer;
use clientwright::source::{Source, Sources};
use serde_json::{Value, json};

fn parse(text: &str) -> Source {
    Source::parse("api.yaml", text).unwrap()
}

fn tree(text: &str) -> Value {
    parse(text).tree().clone()
}

/// The message, line and column of the syntax error in a text.
fn syntax_error(text: &str) -> (String, usize, usize) {
    let diagnostic = Source::parse("api.yaml", text).unwrap_err();
    match (diagnostic.code, diagnostic.at) {
        (Code::Syntax(message), Place::Text { path, line, column }) if path == "api.yaml" => (message, line, column),
        other => panic!("no syntax error: {other:?}"),
    }
}

/// Checks each pointer's line, column and text, one at a time and all in one pass.
fn check_places(text: &str, expected: &[(&str, usize, usize, &str)]) {
    let source = parse(text);
    let pointers: Vec<Pointer> = expected.iter().map(|(pointer, ..)| Pointer::parse(pointer)).collect();
    let together = source.locate_all(&pointers);
    for ((pointer, location), (name, line, column, shown)) in pointers.iter().zip(together).zip(expected) {
        assert_eq!(source.locate(pointer), location, "{name} alone and with others");
        assert_eq!((location.line, location.column), (*line, *column), "{name}");
        assert_eq!(&source.text()[location.span], *shown, "{name}");
    }
}

#[test]
fn keys_are_text_as_written() {
    let written =
        tree("responses:\n  200: ok\n  default: no\n  2XX: class\ntrue: yes\nnull: ~\n1.10: version\n0x10: hex\n");
    let keys: Vec<&String> = written.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["responses", "true", "null", "1.10", "0x10"]);
    assert_eq!(written["responses"], json!({"200": "ok", "default": "no", "2XX": "class"}));
    assert_eq!(written["null"], Value::Null);
}

#[test]
fn numbers_keep_what_a_tree_can_hold() {
    let numbers = tree(
        "- 9223372036854775807\n- 18446744073709551615\n- -9223372036854775808\n- -9223372036854776000\n\
         - 99999999999999999999999999999999999999999999\n- 1.5e3\n- .inf\n- -.Inf\n- .nan\n- 0o17\n- 007\n",
    );
    assert_eq!(
        numbers,
        json!([
            9_223_372_036_854_775_807_i64,
            18_446_744_073_709_551_615_u64,
            -9_223_372_036_854_775_808_i64,
            -9_223_372_036_854_776_000.0,
            1e44,
            1500.0,
            ".inf",
            "-.inf",
            ".nan",
            15,
            "007"
        ])
    );
    assert_eq!(
        tree(r#"{"a": -9223372036854776000, "b": 1e400}"#),
        json!({"a": -9_223_372_036_854_776_000.0, "b": "1e400"})
    );
}

#[test]
fn tags_are_dropped() {
    assert_eq!(
        tree("a: !custom {b: 1}\nc: !x [1]\nd: !!str 200\ne: !y 7\n"),
        json!({"a": {"b": 1}, "c": [1], "d": "200", "e": 7})
    );
}

#[test]
fn the_last_of_duplicate_keys_wins() {
    assert_eq!(tree("a: 1\nb: 2\na: 3\n"), json!({"a": 3, "b": 2}));
    assert_eq!(tree(r#"{"a": 1, "b": 2, "a": 3}"#), json!({"a": 3, "b": 2}));
}

#[test]
fn merge_keys_are_applied() {
    let merged = tree(
        "base: &base {a: 1, b: 2}\nother: &other {b: 3, c: 4}\none:\n  <<: *base\n  b: own\n\
         two:\n  c: own\n  <<: [*base, *other]\nno: {<<: plain}\n",
    );
    assert_eq!(merged["one"], json!({"a": 1, "b": "own"}));
    assert_eq!(merged["two"], json!({"c": "own", "a": 1, "b": 2}));
    assert_eq!(merged["no"], json!({"<<": "plain"}));
    assert_eq!(tree(r#"{"<<": {"a": 1}}"#), json!({"<<": {"a": 1}}));
}

#[test]
fn json_is_told_by_content() {
    assert_eq!(tree("\n  {\"a\": [1, {\"b\": null}]}"), json!({"a": [1, {"b": null}]}));
    // YAML's own braces, and a list whose last entry is followed by a comma.
    assert_eq!(tree("{a: [b, c,], d: 1}"), json!({"a": ["b", "c"], "d": 1}));
    assert_eq!(tree("[1, 2]"), json!([1, 2]));
    assert_eq!(tree(""), Value::Null);
}

#[test]
fn marks_and_line_ends_do_not_matter() {
    let text = "\u{feff}a: 1\r\nb:\r\n  - x\r\n  - y\r\n";
    assert_eq!(tree(text), json!({"a": 1, "b": ["x", "y"]}));
    check_places(text, &[("#/a", 1, 1, "a"), ("#/b", 2, 1, "b"), ("#/b/1", 4, 5, "y")]);
    check_places("\u{feff}{\r\n  \"a\": 1\r\n}", &[("#/a", 2, 3, "\"a\"")]);
}

#[test]
fn syntax_errors_are_told_in_english() {
    let cases = [
        ("a: 1\n b: 2\n", "a `:` cannot stand here; put text that contains `: ` in quotes", 2, 3),
        ("a:\n\t- b\n", "nothing can start with this character; indent by spaces, and put such text in quotes", 2, 1),
        ("a: [1, 2\nb: 3\n", "a `,` or `]` is missing", 2, 2),
        ("a: *nowhere\n", "this alias names an anchor that is not defined before it", 1, 4),
        ("a: 'open\n", "the text ends inside quotes", 2, 1),
        ("a: 1\n---\nb: 2\n", "it holds more than one YAML document; only one is read", 1, 1),
        ("? [a, b]\n: c\n", "a list or a mapping cannot be a key", 1, 3),
        ("{\n  \"a\": 1,\n  \"b\" 2\n}", "a `:` is missing after the key", 3, 7),
        ("{\"a\": 1", "the text ends too early; a bracket, a brace or a quote is not closed", 1, 7),
        ("{\"a\": 1} x", "there is more text after the end of the document", 1, 10),
    ];
    for (text, message, line, column) in cases {
        assert_eq!(syntax_error(text), (message.to_owned(), line, column), "{text:?}");
    }
}

#[test]
fn depth_and_aliases_are_bounded() {
    let deep = "it is nested more than 128 levels deep";
    assert_eq!(syntax_error(&"[".repeat(1_000)).0, deep);
    assert_eq!(syntax_error(&"[".repeat(1_000_000)).0, deep);
    assert_eq!(syntax_error(&"{\"a\":".repeat(100_000)).0, deep);
    assert_eq!(syntax_error(&"- ".repeat(10_000)).0, deep);
    let block: String = (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(syntax_error(&block).0, deep);

    let laughs: String = (1..40).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)).collect();
    assert_eq!(syntax_error(&format!("a0: &a0 lol\n{laughs}")).0, "its aliases make it many times larger than it is");
    let wide = format!("a: &a [{}]\nb: [{}]\n", "1,".repeat(20_000), "*a,".repeat(20_000));
    assert_eq!(syntax_error(&wide).0, "its aliases make it many times larger than it is");
}

#[test]
fn places_in_yaml() {
    let text = "\
openapi: 3.0.3
paths:
  /pets/{id}:
    get:
      parameters:
        - name: id
          in: path
        - {name: 'limit', in: query}
        -   - nested
      responses:
        \"200\": {description: ok}
components:
  schemas:
    'Größe, ä': {type: string, enum: [a, 2, null]}
    Größe: { type: string }
    \"a\\tb\": {type: object}
";
    check_places(
        text,
        &[
            ("#", 1, 1, "openapi"),
            ("#/openapi", 1, 1, "openapi"),
            ("#/paths/~1pets~1{id}", 3, 3, "/pets/{id}"),
            ("#/paths/~1pets~1{id}/get/parameters/0", 6, 11, "name"),
            ("#/paths/~1pets~1{id}/get/parameters/0/in", 7, 11, "in"),
            ("#/paths/~1pets~1{id}/get/parameters/1", 8, 11, "{"),
            ("#/paths/~1pets~1{id}/get/parameters/1/in", 8, 27, "in"),
            ("#/paths/~1pets~1{id}/get/parameters/2/0", 9, 15, "nested"),
            ("#/paths/~1pets~1{id}/get/responses/200", 11, 9, "\"200\""),
            ("#/paths/~1pets~1{id}/get/responses/200/description", 11, 17, "description"),
            ("#/components/schemas/Größe, ä", 14, 5, "'Größe, ä'"),
            ("#/components/schemas/Größe, ä/enum", 14, 32, "enum"),
            ("#/components/schemas/Größe, ä/enum/1", 14, 42, "2"),
            ("#/components/schemas/Größe, ä/enum/2", 14, 45, "null"),
            ("#/components/schemas/Größe/type", 15, 14, "type"),
            // What cannot be found is where the nearest node around it is.
            ("#/components/schemas/Größe/type/nowhere/0", 15, 14, "type"),
            ("#/components/schemas/a\tb", 13, 3, "schemas"),
            ("#/components/schemas/a\tb/type", 16, 14, "type"),
            ("#/nowhere", 1, 1, "openapi"),
        ],
    );
}

#[test]
fn places_behind_merge_keys_and_aliases() {
    let text = "\
base: &base
  a: 1
  b: {deep: 1}
one:
  <<: *base
  b: own
two:
  b: own
  <<: [*base, {c: 3}]
three: *base
same: 1
same: 2
";
    check_places(
        text,
        &[
            ("#/one", 4, 1, "one"),
            ("#/one/a", 2, 3, "a"),
            ("#/one/b", 6, 3, "b"),
            ("#/two/a", 2, 3, "a"),
            ("#/two/b", 8, 3, "b"),
            ("#/two/c", 9, 16, "c"),
            ("#/three/b/deep", 3, 7, "deep"),
            ("#/three", 10, 1, "three"),
            ("#/same", 12, 1, "same"),
        ],
    );
}

#[test]
fn places_in_json() {
    let text = r#"{
  "openapi": "3.0.3", "paths": {
    "\/pets": {"get": {"tags": ["a", 1, true, {"x": 1}, [2] , 3 ], "x-\"q\"": "\\"}},
    "größe": {"y": [], "z": 1}
  }
}"#;
    check_places(
        text,
        &[
            ("#", 1, 1, "{"),
            ("#/openapi", 2, 3, "\"openapi\""),
            ("#/paths", 2, 23, "\"paths\""),
            ("#/paths/~1pets", 3, 5, "\"\\/pets\""),
            ("#/paths/~1pets/get", 3, 16, "\"get\""),
            ("#/paths/~1pets/get/tags/0", 3, 33, "\"a\""),
            ("#/paths/~1pets/get/tags/2", 3, 41, "true"),
            ("#/paths/~1pets/get/tags/3", 3, 47, "{"),
            ("#/paths/~1pets/get/tags/3/x", 3, 48, "\"x\""),
            ("#/paths/~1pets/get/tags/4/0", 3, 58, "2"),
            ("#/paths/~1pets/get/tags/5", 3, 63, "3"),
            ("#/paths/~1pets/get/x-\"q\"", 3, 68, "\"x-\\\"q\\\"\""),
            ("#/paths/größe/z", 4, 24, "\"z\""),
            ("#/paths/größe/nowhere", 4, 5, "\"größe\""),
        ],
    );
    check_places("{\"a\": 1, \"a\": 2}", &[("#/a", 1, 10, "\"a\"")]);
}

#[test]
fn documents_are_found_by_their_paths() {
    let mut sources = Sources::new(Source::parse("spec/api.yaml", "a: [{b: 1}]").unwrap());
    sources.insert("schemas/pet.yaml", Source::parse("spec/schemas/pet.yaml", "Pet: {}").unwrap());
    assert_eq!(sources.node(&Pointer::parse("#/a/0/b")), Some(&json!(1)));
    assert_eq!(sources.node(&Pointer::parse("#/a/1")), None);
    assert_eq!(sources.node(&Pointer::parse("schemas/pet.yaml#/Pet")), Some(&json!({})));
    assert_eq!(sources.node(&Pointer::parse("nowhere.yaml#/Pet")), None);
    assert_eq!(sources.locate(&Pointer::parse("schemas/pet.yaml#/Pet")).unwrap().0.path(), "spec/schemas/pet.yaml");
    assert!(sources.locate(&Pointer::parse("nowhere.yaml#/Pet")).is_none());

    assert_eq!(sources.resolve_document("", "./schemas/pet.yaml"), "schemas/pet.yaml");
    assert_eq!(sources.resolve_document("schemas/pet.yaml", ""), "schemas/pet.yaml");
    assert_eq!(sources.resolve_document("schemas/pet.yaml", "../api.yaml"), "");
    assert_eq!(sources.resolve_document("schemas/pet.yaml", "../../common/a.yaml"), "../common/a.yaml");
    assert_eq!(sources.resolve_document("../common/a.yaml", "b.yaml"), "../common/b.yaml");
}

#[test]
fn references_to_other_documents() {
    let source = parse(
        "a: {$ref: '#/b'}\nb: {$ref: 'pet.yaml#/Pet'}\nc: [{$ref: pet.yaml#/Cat}, {$ref: 'https://x.org/a.json'}]\n\
         properties: {$ref: {type: string}, example: {$ref: other.yaml}}\nexample: {$ref: no.yaml}\n",
    );
    let references = source.external_references("x/y.yaml");
    let shown: Vec<(&str, &str, bool)> = references
        .iter()
        .map(|reference| (reference.at.as_str(), reference.document.as_str(), reference.is_absolute()))
        .collect();
    assert_eq!(
        shown,
        [
            ("x/y.yaml#/b", "pet.yaml", false),
            ("x/y.yaml#/c/1", "https://x.org/a.json", true),
            ("x/y.yaml#/properties/example", "other.yaml", false),
        ]
    );
}

#[test]
fn excerpts_are_whole_nodes() {
    let yaml = parse(
        "a:\n  b:\n    c: |\n      text\n\n      more\n    d: 1\n  list:\n  - x: 1\n    y: 2\n  - {z: 3}\n  e: 4\n",
    );
    let shown = |pointer: &str| yaml.excerpt(&Pointer::parse(pointer));
    assert_eq!(shown("#/a/b"), "b:\n  c: |\n    text\n\n    more\n  d: 1");
    assert_eq!(shown("#/a/b/c"), "c: |\n  text\n\n  more");
    assert_eq!(shown("#/a/list"), "list:\n- x: 1\n  y: 2\n- {z: 3}");
    assert_eq!(shown("#/a/list/0"), "x: 1\ny: 2");
    assert_eq!(shown("#/a/e"), "e: 4");

    let json = parse("{\n  \"a\": {\n    \"b\": [1, {\"c\": \"}\"}],\n    \"d\": null\n  }\n}\n");
    let shown = |pointer: &str| json.excerpt(&Pointer::parse(pointer));
    assert_eq!(shown("#/a"), "\"a\": {\n  \"b\": [1, {\"c\": \"}\"}],\n  \"d\": null\n}");
    assert_eq!(shown("#/a/b/1"), "{\"c\": \"}\"}");
    assert_eq!(shown("#/a/d").trim_end(), "\"d\": null");
    assert_eq!(shown("#"), json.text());
}
