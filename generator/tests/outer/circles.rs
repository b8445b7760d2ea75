//! Descriptions that lead back to themselves in every way: a run comes to an end.

use clientwright::config::Config;
use clientwright::generate;
use clientwright::source::{Source, Sources};

#[test]
fn unions_of_each_other() {
    let description = "
openapi: 3.0.3
info: {title: Circles, version: '1'}
paths:
  /a:
    get:
      operationId: get_a
      responses:
        '200':
          description: One of them.
          content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}
components:
  schemas:
    A: {anyOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}, {type: string}]}
    B: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/C'}, {type: integer}]}
    C: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {type: boolean}]}
";
    let sources = Sources::new(Source::parse("circles.yaml", description).unwrap());
    let output = generate(&sources, &Config { package: "circles".to_owned(), ..Config::default() });
    assert!(!output.has_errors(), "{:?}", output.diagnostics);
    let types = output.files.iter().find(|file| file.path == "types.rs").map(|file| file.text.as_str());
    let types = types.unwrap_or_default();
    let enums: Vec<&str> = types.lines().filter(|line| line.starts_with("pub enum ")).collect();
    assert_eq!(enums, ["pub enum A {"], "what is no union is told apart at once:\n{types}");
    let variants: Vec<&str> = types.lines().map(str::trim).filter(|line| line.ends_with("),")).collect();
    assert_eq!(variants, ["Boolean(bool),", "Integer(i64),", "String(String),", "Unknown(Value),"], "{types}");
}

/// The compiler goes through types within types to find out whether they are `Send`, and gives up after 128 steps.
#[test]
fn types_deep_within_each_other() {
    let root = |length: usize| {
        let schema = |number| {
            format!("    A{number}: {{properties: {{a: {{$ref: '#/components/schemas/A{}'}}}}}}\n", number + 1)
        };
        let schemas: String = (0..length).map(schema).collect();
        let description = format!(
            "openapi: 3.0.3\ninfo: {{title: Deep, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}    A{length}: {{type: string}}\n"
        );
        let sources = Sources::new(Source::parse("deep.yaml", &description).unwrap());
        let output = generate(&sources, &Config { package: "deep".to_owned(), ..Config::default() });
        output.files.into_iter().find(|file| file.path == "lib.rs").unwrap().text
    };
    assert!(!root(15).contains("recursion_limit"));
    assert!(root(100).contains("#![recursion_limit = \"1024\"]"), "{}", root(100));
}
