//! What becomes of tags in whole crates: files, and features each of which compiles alone.

use std::fs;

use toml::Value;

use crate::package::{check, folder, generate, manifest, read, try_check};

const TAGGED: &str = "\
openapi: 3.0.3
info: {title: Tagged, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Live pets]
      responses:
        '200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  /visits:
    post:
      operationId: addVisit
      tags: [Visits]
      requestBody:
        {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Visit'}}}}
      responses: {'204': {description: Done.}}
    get:
      operationId: listVisits
      tags: [Visits, Live pets]
      responses:
        '200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Days'}}}}
        '404': {description: None.}
  /health:
    get:
      operationId: whoIsThere
      responses:
        '200': {description: They., content: {application/json: {schema: {$ref: '#/components/schemas/Person'}}}}
components:
  schemas:
    Pet: {type: object, required: [owner], properties: {owner: {$ref: '#/components/schemas/Person'}}}
    Visit: {type: object, required: [by], properties: {by: {$ref: '#/components/schemas/Person'}}}
    Person: {type: object, required: [name], properties: {name: {$ref: '#/components/schemas/Name'}}}
    Name: {type: string, minLength: 1}
    Days: {type: array, items: {type: string, format: date}}
";

#[test]
fn tags_are_features() {
    let root = folder("tagged.yaml", TAGGED);
    generate(&root, &["tagged.yaml", "--out", "out"]);
    let features = &manifest(&root)["features"];
    let default: Vec<&str> =
        features["default"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(default, ["reqwest", "live-pets", "visits", "untagged"]);
    for tag in &default[1..] {
        assert_eq!(features[*tag], Value::Array(Vec::new()), "a feature depends on no other");
    }
    let page = read(&root, "out/README.md");
    for row in ["| `live-pets` | Live pets | 2 |\n", "| `untagged` | operations without a tag | 1 |\n"] {
        assert!(page.contains(row), "{page}");
    }
    for (module, own, foreign) in [
        ("live_pets", "pub struct Pet ", "use crate::types::Person;"),
        ("visits", "pub struct Visit ", "use crate::types::Person;"),
        ("shared", "pub struct Person ", "use clientwright_runtime"),
    ] {
        let types = read(&root, &format!("out/src/types/{module}.rs"));
        assert!(types.contains(own) && types.contains(foreign), "{types}");
    }

    // With one tag left, there is nothing to divide, and what was divided is gone.
    let log = generate(&root, &["tagged.yaml", "--out", "out", "--include", "addVisit"]);
    assert!(!root.path().join("out/src/types").exists(), "{log}");
    assert!(read(&root, "out/src/types.rs").contains("pub struct Person "));
    assert_eq!(manifest(&root)["features"]["default"], Value::Array(vec!["reqwest".into()]));
}

#[test]
fn each_feature_compiles_alone() {
    let root = folder("tagged.yaml", TAGGED);
    generate(&root, &["tagged.yaml", "--out", "out"]);
    for features in ["", "live-pets", "visits", "untagged", "live-pets,visits,untagged,serde"] {
        check(&root.path().join("out"), features);
    }
    // What a feature does not reach is not there.
    fs::write(root.path().join("out/src/lib.rs"), "mod types;\nmod codec;\npub fn pet(_: types::Pet) {}\n").unwrap();
    let log = try_check(&root.path().join("out"), "visits");
    assert!(log.is_some_and(|log| log.contains("cannot find type `Pet`")));
}

/// What is little goes with what one tag more needs, where that is much, and is always compiled otherwise.
#[test]
fn types_of_several_tags_are_divided_by_weight() {
    let operation = |tag: &str, schemas: &[&str]| {
        let answers: String = schemas
            .iter()
            .zip(200..)
            .map(|(schema, status)| {
                let content = format!("{{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}");
                format!("        '{status}': {{description: That., content: {content}}}\n")
            })
            .collect();
        format!("  /{tag}:\n    get:\n      operationId: get_{tag}\n      tags: [{tag}]\n      responses:\n{answers}")
    };
    let paths = [
        operation("cats", &["Much", "LittleOfThree", "LittleOfTwo", "LittleOfFour"]),
        operation("dogs", &["Much", "LittleOfThree", "LittleOfTwo"]),
        operation("fish", &["Much", "LittleOfThree"]),
        operation("owls", &["LittleOfFour"]),
    ];
    let fields: String = (0..12).map(|number| format!("f{number}: {{type: string}}, ")).collect();
    let little = |name: &str| format!("    {name}: {{type: object, properties: {{{name}: {{type: string}}}}}}\n");
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://x.example'}}]\npaths:\n{}\
         components:\n  schemas:\n    Much: {{type: object, properties: {{{fields}}}}}\n{}{}{}",
        paths.concat(),
        little("LittleOfThree"),
        little("LittleOfTwo"),
        little("LittleOfFour"),
    );
    let root = folder("tagged.yaml", &text);
    generate(&root, &["tagged.yaml", "--out", "out"]);
    let much = read(&root, "out/src/types/cats_and_dogs_and_fish.rs");
    for name in ["Much", "LittleOfThree", "LittleOfTwo"] {
        assert!(much.contains(&format!("pub struct {name} ")), "{much}");
    }
    assert!(read(&root, "out/src/types/shared.rs").contains("pub struct LittleOfFour "));
    assert!(!root.path().join("out/src/types/cats_and_dogs.rs").exists());
    for features in ["", "cats", "dogs", "fish", "owls"] {
        check(&root.path().join("out"), features);
    }
}
