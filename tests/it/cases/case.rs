//! One case: its file, and the description that is made of it.

use std::fs;
use std::path::Path;

use clientwright::config::Config;
use clientwright::render::Texts;
use clientwright::source::{Source, Sources};
use serde_json::Value;

use super::calls::Call;

/// The keys that are no OpenAPI.
const OWN: &[&str] = &["calls", "direction", "config", "documents", "show", "items"];

pub(super) struct Case {
    /// Area and idea.
    pub(super) name: String,
    /// What the first line says.
    pub(super) idea: String,
    /// The file.
    pub(super) text: String,
    /// What to show of the output.
    pub(super) show: Vec<String>,
    /// The names of what to show; all if there are none.
    pub(super) items: Vec<String>,
    /// Calls of the client.
    pub(super) calls: Vec<Call>,
    document: String,
    config: String,
    documents: Vec<(String, String)>,
}

impl Case {
    pub(super) fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let idea = text.lines().next().and_then(|line| line.strip_prefix("# ")).map(str::to_owned);
        let area = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let tree = Source::parse(path.display().to_string(), &text).unwrap().tree().clone();
        let overrides = tree["config"].as_str().unwrap_or_default();
        let head = "description = \"case.yaml\"\noutput = \"generated\"\npackage = \"case\"\n";
        let documents = tree["documents"].as_object().into_iter().flatten();
        let show = list(&tree["show"]);
        let default = if tree["paths"].is_object() { "function" } else { "types" };
        Self {
            name: format!("{area}/{}", path.file_stem().unwrap().to_str().unwrap()),
            idea: idea.unwrap_or_else(|| panic!("{} does not begin with its idea", path.display())),
            document: document(&text, &tree),
            show: if show.is_empty() { vec![default.to_owned()] } else { show },
            items: list(&tree["items"]),
            calls: tree["calls"].as_array().into_iter().flatten().map(Call::read).collect(),
            config: format!("{head}\n{overrides}"),
            documents: documents.map(|(path, text)| (path.clone(), text.as_str().unwrap().to_owned())).collect(),
            text,
        }
    }

    /// Whether it shows what was found, and nothing else.
    pub(super) fn shows_findings(&self) -> bool {
        self.show == ["findings"]
    }

    pub(super) fn document(&self) -> &str {
        &self.document
    }

    pub(super) fn input(&self) -> (Sources, Config) {
        self.input_of(&self.document)
    }

    /// The same with another main document.
    pub(super) fn input_of(&self, document: &str) -> (Sources, Config) {
        let mut sources = Sources::new(Source::parse("case.yaml", document).unwrap());
        for (path, text) in &self.documents {
            sources.insert(path, Source::parse(path, text).unwrap());
        }
        (sources, Config::parse(&self.config).unwrap())
    }

    pub(super) fn texts<'t>(&'t self, sources: &'t Sources) -> Texts<'t> {
        Texts { sources, config: Some(("clientwright.toml", &self.config)) }
    }
}

fn list(node: &Value) -> Vec<String> {
    node.as_array().into_iter().flatten().map(|entry| entry.as_str().unwrap().to_owned()).collect()
}

/// The whole description. Line by line it is the case's text: keys of the harness leave empty lines, and `components`
/// takes the place of the idea.
fn document(text: &str, tree: &Value) -> String {
    let mut document = String::new();
    let mut key = "";
    for (index, line) in text.lines().enumerate() {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            key = line.split(':').next().unwrap();
        }
        match key {
            "" if index == 0 && tree["schemas"].is_object() => document.push_str("components:"),
            "schemas" if !line.is_empty() => document.extend(["  ", line]),
            key if !OWN.contains(&key) => document.push_str(line),
            _ => {}
        }
        document.push('\n');
    }
    let missing = |key: &str| tree.get(key).is_none();
    let first = tree["schemas"].as_object().and_then(|schemas| schemas.keys().next());
    if missing("openapi") && missing("swagger") {
        document.push_str("openapi: 3.0.3\n");
    }
    if missing("info") {
        document.push_str("info: {title: Case, version: '1'}\n");
    }
    if missing("paths") {
        let direction = tree["direction"].as_str().unwrap_or("response");
        document.push_str(&first.map_or("paths: {}\n".to_owned(), |first| paths(direction, first)));
    }
    document
}

/// An operation on a schema.
fn paths(direction: &str, schema: &str) -> String {
    let reference = format!("#/components/schemas/{}", schema.replace('~', "~0").replace('/', "~1"));
    let content = format!("content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}");
    let body = format!("      requestBody: {{required: true, {content}}}\n");
    let (head, body, answer) = match direction {
        "response" => {
            ("get:\n      operationId: receive", String::new(), format!("200: {{description: It., {content}}}"))
        }
        "request" => ("post:\n      operationId: send", body, "204: {description: Done.}".to_owned()),
        "both" => ("post:\n      operationId: exchange", body, format!("200: {{description: It., {content}}}")),
        other => panic!("there is no direction {other}"),
    };
    format!("paths:\n  /it:\n    {head}\n{body}      responses: {{{answer}}}\n")
}
