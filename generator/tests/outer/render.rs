//! What people, Cargo and programs are shown.

use std::fmt::Write as _;

use clientwright::config::Config;
use clientwright::diagnostic::{Code, Diagnostic, Place};
use clientwright::pointer::Pointer;
use clientwright::render::{Style, Texts, render, render_json, render_lines};
use clientwright::source::{Source, Sources};

const API: &str = "\
openapi: 3.0.3
components:
  schemas:
    Pet:
      type: object
      properties:
        Größe: {type: number, default: many}
        owner: {$ref: 'owner.yaml#/Owner'}
";

const CONFIG: &str = "\
description = \"spec/api.yaml\"
output = \"generated\"
package = \"api\"

[[override]]
# Once it was needed.
at = \"#/components/schemas/Cat\"
rename = \"Kitten\"
reason = \"Nicer.\"
";

fn sources() -> Sources {
    let mut sources = Sources::new(Source::parse("spec/api.yaml", API).unwrap());
    sources.insert("owner.yaml", Source::parse("spec/owner.yaml", "Owner: {not: {}}\n").unwrap());
    sources
}

fn node(pointer: &str, code: Code) -> Diagnostic {
    Diagnostic::at(&Pointer::parse(pointer), code)
}

fn diagnostics() -> Vec<Diagnostic> {
    let unused = Config::parse(CONFIG).unwrap().overrides[0].span.clone();
    vec![
        node(
            "#/components/schemas/Pet/properties/Größe/default",
            Code::UnfitDefault("the default is no number".to_owned()),
        ),
        node("#/components/schemas/Pet/properties/owner", Code::UnresolvedReference("owner.yaml#/Owners".to_owned())),
        node("owner.yaml#/Owner/not", Code::IgnoredKeyword("not".to_owned())),
        node("lost.yaml#/A", Code::Malformed("this is\nbroken".to_owned())),
        Diagnostic { code: Code::UnusedOverride("no schema `Cat`".to_owned()), at: Place::Configuration(unused) },
        Diagnostic { code: Code::Configuration("a key is missing".to_owned()), at: Place::Configuration(0..0) },
        Diagnostic {
            code: Code::UnreadableFile("no such file".to_owned()),
            at: Place::File("spec/cat.yaml".to_owned()),
        },
    ]
}

#[test]
fn with_excerpts() {
    let sources = sources();
    let texts = Texts { sources: &sources, config: Some(("clientwright.toml", CONFIG)) };
    insta::assert_snapshot!(render(&diagnostics(), texts, Style::Plain));
}

#[test]
fn one_a_line() {
    let sources = sources();
    let texts = Texts { sources: &sources, config: Some(("clientwright.toml", CONFIG)) };
    insta::assert_snapshot!(render_lines(&diagnostics(), texts).join("\n"));
}

#[test]
fn as_json() {
    let sources = sources();
    let texts = Texts { sources: &sources, config: Some(("clientwright.toml", CONFIG)) };
    insta::assert_snapshot!(render_json(&diagnostics(), texts));
}

#[test]
fn syntax_errors_show_the_text_that_was_not_understood() {
    let mut shown = String::new();
    for text in ["a: 1\n b: 2\n", "{\"a\": 1", "", "a: ['ö', \"\n"] {
        let diagnostics = vec![Source::parse("a.yaml", text).err().unwrap_or_else(|| Diagnostic {
            code: Code::Syntax("the file is empty".to_owned()),
            at: Place::Text { path: "a.yaml".to_owned(), line: 1, column: 1 },
        })];
        let sources = Sources::new(Source::unparsed("a.yaml", text));
        shown += &render(&diagnostics, Texts { sources: &sources, config: None }, Style::Plain);
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn long_lines_are_cut() {
    let mut text = "{\"schemas\": {".to_owned();
    for index in 0..100_000 {
        write!(text, "\"Größe{index}\": {{\"type\": \"string\", \"description\": \"Eine von vielen.\"}}, ").unwrap();
    }
    text += "\"Last\": {\"type\": \"null\"}}}";
    let sources = Sources::new(Source::parse("api.json", text).unwrap());
    let texts = Texts { sources: &sources, config: None };
    let few = ["#/schemas/Größe0", "#/schemas/Größe77777/type", "#/schemas/Last/type"]
        .map(|pointer| node(pointer, Code::Untyped("it is large".to_owned())));
    insta::assert_snapshot!(render(&few, texts, Style::Plain));

    let many: Vec<Diagnostic> = (0..10_000)
        .map(|index| node(&format!("#/schemas/Größe{}/type", index * 10), Code::Untyped("it is large".to_owned())))
        .collect();
    assert!(render(&many, texts, Style::Plain).ends_with("\n\n10000 warnings\n"));
}

#[test]
fn colours_are_for_terminals() {
    let sources = sources();
    let texts = Texts { sources: &sources, config: Some(("clientwright.toml", CONFIG)) };
    assert!(!render(&diagnostics(), texts, Style::Plain).contains('\u{1b}'));
    assert!(render(&diagnostics(), texts, Style::Coloured).contains('\u{1b}'));
    assert_eq!(render(&[], texts, Style::Plain), "");
}
