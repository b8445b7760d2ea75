//! What is generated for this repository's own description.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::process::Command;

use clientwright::config::Config;
use clientwright::source::{Source, Sources};

use super::root;
use crate::cases;

const DESCRIPTION: &str = "spec/participant.openapi.yaml";

/// The output for the repository's configuration and a description.
fn generate(description: &str) -> BTreeMap<String, String> {
    let config = Config::parse(&fs::read_to_string(root().join("clientwright.toml")).unwrap()).unwrap();
    assert_eq!(config.description, DESCRIPTION);
    let sources = Sources::new(Source::parse(DESCRIPTION, description).unwrap());
    let output = clientwright::generate(&sources, &config);
    assert!(output.diagnostics.is_empty(), "{:#?}", output.diagnostics);
    output.files.into_iter().map(|file| (file.path, file.text)).collect()
}

fn description() -> String {
    fs::read_to_string(root().join(DESCRIPTION)).unwrap()
}

#[test]
fn generated_is_snapshotted() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (path, text) in generate(&description()) {
        settings.bind(|| insta::assert_snapshot!(format!("generated__{path}"), text));
        let on_disk = fs::read_to_string(root().join("generated").join(&path)).unwrap();
        assert!(on_disk == text, "generated/{path} is out of date: run `cargo build`");
    }
}

/// Where a new field appears: the file, the text before, and the text with it.
const NICKNAME: &[(&str, &str, &str)] = &[
    ("types.rs", "", "    /// Nickname of the participant.\n    pub nickname: Option<String>,\n"),
    (
        "types.rs",
        "",
        "\n    /// Sets `nickname`.\n    #[must_use]\n    pub fn nickname(mut self, nickname: impl Into<String>) -> Self {\n        \
         self.nickname = Some(nickname.into());\n        self\n    }\n",
    ),
    (
        "codec.rs",
        "\"preset_name\" patch preset_name\n});",
        "\"preset_name\" patch preset_name,\n    \"nickname\" optional nickname\n});",
    ),
];

#[test]
fn a_new_field_appears_everywhere_and_nothing_else_changes() {
    let before = description();
    let last = "                description: (Optional) Name of the preset to apply to this participant.\n                \
                type: string\n                nullable: true\n";
    assert_eq!(before.matches(last).count(), 1);
    let field = "              nickname: {description: Nickname of the participant., type: string}\n";
    let mut after = generate(&before.replace(last, &format!("{last}{field}")));
    for (path, without, with) in NICKNAME {
        let text = after.get_mut(*path).unwrap();
        assert_eq!(text.matches(with).count(), 1, "in {path}:\n{with}\n\n{text}");
        *text = text.replace(with, without);
    }
    for (path, text) in generate(&before) {
        assert!(after[&path] == text, "{path} has changed elsewhere:\n{}", after[&path]);
    }
}

/// A number for all that is generated for this repository and for the cases.
fn fingerprint() -> u64 {
    let mut hasher = DefaultHasher::new();
    generate(&description()).hash(&mut hasher);
    for output in cases::outputs() {
        for file in output.files {
            (file.path, file.text).hash(&mut hasher);
        }
        format!("{:?}", output.diagnostics).hash(&mut hasher);
    }
    hasher.finish()
}

/// Not by itself: what `two_processes_give_the_same_bytes` runs.
#[test]
#[ignore = "a part of another test"]
fn prints_its_fingerprint() {
    println!("fingerprint {}", fingerprint());
}

/// Within one process, hash maps may agree by chance of their seed.
#[test]
fn two_processes_give_the_same_bytes() {
    let run = || {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let name = "project::generated::prints_its_fingerprint";
        let output = command.args([name, "--exact", "--ignored", "--nocapture"]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let (_, rest) = text.split_once("fingerprint ").unwrap_or_else(|| panic!("no fingerprint: {text}"));
        rest.split_whitespace().next().unwrap().to_owned()
    };
    let first = run();
    assert_eq!(first, run());
    assert_eq!(first, fingerprint().to_string());
}

/// The files of types and operations that are generated for this repository and for the cases.
fn printed() -> impl Iterator<Item = (String, String)> {
    let of_cases = cases::outputs().into_iter().flat_map(|output| output.files);
    let files = generate(&description()).into_iter().chain(of_cases.map(|file| (file.path, file.text)));
    files.filter(|(path, _)| path == "types.rs" || path == "operations.rs")
}

/// Invariant 7: the way from the output back to the description.
#[test]
fn each_item_names_its_place() {
    let names_place = |docs: &str| ["`#", ".yaml#", ".json#"].iter().any(|place| docs.contains(place));
    let mut count = 0;
    for (path, text) in printed() {
        let mut docs = String::new();
        let mut in_client = false;
        for line in text.lines() {
            if line.trim_start().starts_with("/// Spec: ") {
                docs.push_str(line);
                continue;
            }
            if !line.starts_with(' ') && !line.is_empty() && !line.starts_with("///") {
                in_client = line == "impl Client {";
            }
            let is_type = ["pub struct ", "pub enum ", "pub type "].iter().any(|begin| line.starts_with(begin));
            if is_type || (in_client && line.starts_with("    pub fn ")) {
                assert!(names_place(&docs), "{path}: {line}");
                count += 1;
            }
            // What stands between an item's documentation and its name is attributes, some of several lines.
            if line.is_empty() || line.ends_with(['{', '}', ';']) {
                docs.clear();
            }
        }
    }
    assert!(count > 100, "only {count} items are there");
}

/// `r#type` is how code is written, not what people read; and rustdoc takes it for a link to an item `r`.
#[test]
fn documentation_shows_no_raw_names() {
    for (path, text) in printed() {
        // In an example, it is code.
        let mut in_example = false;
        for line in text.lines().filter_map(|line| line.trim_start().strip_prefix("///")) {
            in_example ^= line.trim_start().starts_with("```");
            assert!(in_example || !line.contains("r#"), "{path}: {line}");
        }
    }
}
