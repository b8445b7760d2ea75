//! `verify`: the values of a description, what is said of them, and the whole way through a compiler.

use std::fs;
use std::path::Path;

use clientwright::config::Config;
use clientwright::source::{Source, Sources};
use clientwright::verify::{Origin, Outcome, Trial, Verdict};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::command::run;

const API: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      operationId: addPet
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Pet'}
            examples:
              good: {value: {name: Tom, kind: cat, lives: 9}}
              bad: {value: {name: 3, kind: cat}}
              elsewhere: {$ref: '#/components/examples/Rex'}
      responses:
        200:
          description: All of them.
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}
              example: [{name: Rex, kind: dog}]
components:
  examples:
    Rex: {value: {name: Rex, kind: dog, size: small}}
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/cat'}, {$ref: '#/components/schemas/dog'}]
      discriminator: {propertyName: kind}
    cat:
      type: object
      required: [name, kind]
      properties:
        name: {type: string, nullable: true, maxLength: 8}
        kind: {type: string}
        lives: {type: integer, minimum: 1, maximum: 9}
        mother: {$ref: '#/components/schemas/cat'}
    dog:
      type: object
      required: [name, kind]
      properties:
        name: {type: string}
        kind: {type: string}
        size: {type: string, enum: [small, large]}
";

fn trial(text: &str) -> Trial {
    let config = Config::parse("description = \"api.yaml\"\noutput = \"generated\"\npackage = \"api\"\n").unwrap();
    Trial::new(&Sources::new(Source::parse("api.yaml", text).unwrap()), &config)
}

#[test]
fn examples_are_found_where_they_are() {
    let trial = trial(API);
    let examples = trial.samples().iter().filter(|sample| sample.origin == Origin::Example);
    let examples: Vec<(String, &str)> = examples.map(|sample| (sample.at.to_string(), sample.ty.as_str())).collect();
    let body = "#/paths/~1pets/post/requestBody/content/application~1json/examples";
    let answer = "#/paths/~1pets/post/responses/200/content/application~1json/example";
    let rex = "#/components/examples/Rex/value";
    let expected = [
        (format!("{body}/good/value"), "types::Pet"),
        (format!("{body}/bad/value"), "types::Pet"),
        (rex.to_owned(), "types::Pet"),
        (answer.to_owned(), "Vec<types::Pet>"),
    ];
    assert_eq!(examples, expected);
}

#[test]
fn values_are_made_of_every_choice() {
    let trial = trial(API);
    let made = |ty: &str| -> Vec<&Value> {
        let samples = trial.samples().iter().filter(|sample| sample.origin == Origin::Made && sample.ty == ty);
        samples.map(|sample| &sample.value).collect()
    };
    let sizes: Vec<Option<&str>> = made("types::Dog").iter().map(|dog| dog.get("size")?.as_str()).collect();
    assert_eq!(sizes, [None, Some("small"), Some("large")]);
    let cats = made("types::Cat");
    assert!(cats.iter().any(|cat| cat.get("lives").is_none()), "one is minimal: {cats:?}");
    assert!(cats.iter().any(|cat| cat["name"].is_null()), "one has null: {cats:?}");
    assert!(cats.iter().any(|cat| cat["mother"].is_object()), "one has a mother: {cats:?}");
    let kinds: Vec<_> = made("types::Pet").iter().map(|pet| pet["kind"].clone()).collect();
    assert!(kinds.contains(&json!("cat")) && kinds.contains(&json!("dog")), "{kinds:?}");
}

#[test]
fn who_is_wrong_is_told() {
    let trial = trial(API);
    let sample = |end: &str| trial.samples().iter().find(|sample| sample.at.as_str().ends_with(end)).unwrap();
    let (good, bad) = (sample("/good/value"), sample("/bad/value"));
    let written = |value: Value| Outcome::Written(value.to_string());
    assert_eq!(trial.judge(good, &written(json!({"kind": "cat", "name": "Tom", "lives": 9.0}))), Verdict::Same);
    let lost = trial.judge(good, &written(json!({"kind": "cat", "name": "Tom"})));
    assert_eq!(lost, Verdict::Fault("at lives: 9 was read, and not written".to_owned()));
    let refused = Outcome::Refused("no".to_owned());
    assert_eq!(trial.judge(good, &refused), Verdict::Fault("no".to_owned()));
    assert_eq!(trial.judge(bad, &refused), Verdict::Contradiction("at name: 3 is no string".to_owned()));
    assert_eq!(trial.judge(good, &Outcome::Died), Verdict::Fault("the program ended".to_owned()));
}

#[test]
fn circles_come_to_an_end() {
    let text = "\
openapi: 3.0.3
paths: {}
components:
  schemas:
    Endless: {type: object, required: [next], properties: {next: {$ref: '#/components/schemas/Endless'}}}
    Tree: {type: object, properties: {left: {$ref: '#/components/schemas/Tree'}, more: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}
    Self: {allOf: [{$ref: '#/components/schemas/Self'}]}
    Union: {oneOf: [{$ref: '#/components/schemas/Union'}, {type: string}]}
";
    let trial = trial(text);
    let of = |ty: &str| trial.samples().iter().filter(|sample| sample.ty == ty).count();
    assert_eq!(of("types::Endless"), 0, "no finite value is one");
    assert!(of("types::Tree") >= 2);
    assert!(of("types::Union") >= 1);
}

#[test]
fn the_whole_way() {
    let root = TempDir::new().unwrap();
    fs::write(root.path().join("pets.yaml"), API).unwrap();
    fs::write(root.path().join("broken.yaml"), "openapi: 3.0.3\npaths: {/a: {get: 1}}\n").unwrap();
    let target = concat!(env!("CARGO_TARGET_TMPDIR"), "/verify");
    // The versions that are here already: nothing is downloaded.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    if lock.exists() {
        fs::create_dir_all(Path::new(target).join("clientwright")).unwrap();
        fs::copy(lock, Path::new(target).join("clientwright/Cargo.lock")).unwrap();
    }
    let arguments = ["verify", "--offline", "--target-dir", target, "--without-times"];
    let (code, out, log) = run(root.path(), &[&arguments[..], &["pets.yaml"]].concat());
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("  contradicts its schema: pets.yaml:14:21 #/paths/~1pets/post/"), "{log}");
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[1][..4], ["pets.yaml", "well", "1", "1"], "{out}");
    assert_eq!(rows[1][7..9], ["1", "0"], "one contradiction, no fault: {out}");

    let more = ["--until", "generate", "--format", "json", "broken.yaml", "pets.yaml"];
    let (code, out, log) = run(root.path(), &[&arguments[..], &more].concat());
    assert_eq!(code, Some(1), "{log}");
    let states: Vec<Value> =
        out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["state"].clone()).collect();
    assert_eq!(states, ["not generated", "well"]);
    assert!(log.contains("error[malformed]"), "{log}");
}

#[test]
fn null_is_a_value_of_what_takes_it() {
    let trial = trial(
        "\
openapi: 3.0.3
paths: {}
components:
  schemas:
    Note: {type: object, nullable: true, properties: {text: {type: string}}}
    Pet: {type: object, properties: {note: {$ref: '#/components/schemas/Note'}}}
",
    );
    let nulls = trial.samples().iter().filter(|sample| sample.value.is_null());
    assert_eq!(nulls.map(|sample| sample.ty.as_str()).collect::<Vec<_>>(), ["Option<types::Note>"]);
}

#[test]
fn a_branch_that_knows_nothing_of_a_value_excuses_nothing() {
    let trial = trial(
        "\
openapi: 3.0.3
paths: {}
components:
  schemas:
    State:
      example: {accuracy: wide}
      anyOf:
        - {type: object, properties: {wanted: {type: string}}}
        - {type: object, properties: {accuracy: {type: number}}}
",
    );
    let example = &trial.samples()[0];
    let verdict = trial.judge(example, &Outcome::Refused("no".to_owned()));
    assert_eq!(verdict, Verdict::Contradiction("at accuracy: \"wide\" is no number".to_owned()));
}

#[test]
fn a_value_of_a_base_is_one_of_the_schema_that_it_names() {
    let trial = trial(
        "\
openapi: 3.1.0
components:
  schemas:
    Answer:
      example: {issue: {code: A}}
      type: object
      properties: {issue: {$ref: '#/components/schemas/Issue', description: What is wrong.}}
    Issue:
      type: object
      properties: {code: {type: string}}
      discriminator: {propertyName: code, mapping: {A: '#/components/schemas/IssueA'}}
    IssueA: {allOf: [{$ref: '#/components/schemas/Issue'}, {type: object, required: [spend], properties: {spend: {type: number}}}]}
",
    );
    let example = trial.samples().iter().find(|sample| sample.ty == "types::Answer").unwrap();
    let verdict = trial.judge(example, &Outcome::Refused("no".to_owned()));
    assert_eq!(verdict, Verdict::Contradiction("at issue: `spend` is required".to_owned()));
}

#[test]
fn what_two_branches_declare_is_too_much_where_nothing_else_is_allowed() {
    let trial = trial(
        "\
openapi: 3.0.3
paths: {}
components:
  schemas:
    Rates:
      example: {id: a, shipment: b}
      additionalProperties: false
      required: [id, shipment]
      oneOf:
        - {type: object, properties: {id: {type: string}}}
        - {type: object, properties: {shipment: {type: string}}}
",
    );
    let [example] = trial.samples() else { panic!("no value can be made of what contradicts itself") };
    let verdict = trial.judge(example, &Outcome::Written("{\"id\":\"a\"}".to_owned()));
    let misfit = "`shipment` is not declared, and nothing else is allowed";
    assert_eq!(verdict, Verdict::Contradiction(misfit.to_owned()));
}

#[test]
fn a_value_is_meant_for_the_branch_that_declares_most_of_it() {
    let trial = trial(
        "\
openapi: 3.0.3
paths: {}
components:
  schemas:
    Device:
      example: {name: a, notes: b, port: c}
      oneOf:
        - {type: object, properties: {name: {type: string}, notes: {type: string}}}
        - {type: object, properties: {name: {type: string}, notes: {type: string}, port: {type: number}}}
",
    );
    let written = Outcome::Written("{\"name\":\"a\"}".to_owned());
    let verdict = trial.judge(&trial.samples()[0], &written);
    assert_eq!(verdict, Verdict::Contradiction("at port: \"c\" is no number".to_owned()));
}

/// Its title, version and license would break a manifest.
#[test]
fn the_nastiest_description() {
    let root = TempDir::new().unwrap();
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/nasty/everything_at_once.yaml");
    let text = fs::read_to_string(case).unwrap();
    let other = Source::parse("nasty.yaml", &text).unwrap().tree()["documents"]["odd place/it.json"].clone();
    fs::create_dir(root.path().join("odd place")).unwrap();
    fs::write(root.path().join("odd place/it.json"), other.as_str().unwrap()).unwrap();
    fs::write(root.path().join("nasty.yaml"), text.replace('\n', "\r\n")).unwrap();
    let target = concat!(env!("CARGO_TARGET_TMPDIR"), "/verify");
    let arguments = ["verify", "--offline", "--target-dir", target, "--without-times", "nasty.yaml"];
    let (code, out, log) = run(root.path(), &arguments);
    assert_eq!(code, Some(0), "{log}");
    let row: Vec<&str> = out.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(row[..4], ["nasty.yaml", "well", "13", "13"], "{out}");
}

#[test]
fn definitions_of_swagger_have_values_too() {
    let trial = trial(
        "\
swagger: '2.0'
paths: {}
definitions:
  Pet: {type: object, example: {name: Tom}, properties: {name: {type: string}}}
",
    );
    let at = |origin: Origin| {
        trial.samples().iter().find(|sample| sample.origin == origin).map(|sample| sample.at.to_string())
    };
    assert_eq!(at(Origin::Example).as_deref(), Some("#/definitions/Pet/example"));
    assert_eq!(at(Origin::Made).as_deref(), Some("#/definitions/Pet"));
}
