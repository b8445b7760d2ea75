//! How the generator is written: the invariants that a text search can hold.

use std::fs;

use super::{files, root};

/// Words that only some stages may name, and why.
struct Rule {
    words: &'static [&'static str],
    stages: &'static [&'static str],
    why: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        words: &["openapiv3", "oas::"],
        stages: &["load", "resolve", "lower"],
        why: "below the line nothing knows OpenAPI's model",
    },
    Rule {
        words: &["quote!", "quote::", "syn::", "proc_macro2", "prettyplease"],
        stages: &["emit", "format"],
        why: "above the line nothing knows Rust's tokens",
    },
    Rule {
        words: &["serde_yaml"],
        stages: &["load", "source"],
        why: "a successor of the YAML crate shall be a change of few files",
    },
    Rule {
        words: &["std::fs", "fs::", "std::env", "env::", "std::process", "std::net", "SystemTime", "Instant"],
        stages: &["main", "cli", "sync", "cargo"],
        why: "the output is a function of description and configuration alone",
    },
    Rule {
        words: &["thread_rng", "RandomState", "fastrand"],
        stages: &[],
        why: "the output is a function of description and configuration alone",
    },
    Rule {
        words: &["std::thread"],
        stages: &["main", "cli", "sync", "cargo", "stack"],
        why: "nothing happens at the same time as anything else",
    },
    Rule {
        words: &["TypeName(", "FieldName(", "MethodName(", "VariantName("],
        stages: &["naming"],
        why: "naming happens once, in one place",
    },
];

/// Where maps without an order may be, and why the order does not come out.
const UNORDERED: &[(&str, &str)] = &[
    ("naming.rs", "a scope is only asked whether a name is taken"),
    ("lower.rs", "types and findings are looked up by place, never gone through"),
];

/// The generator's files, by their paths from `generator/src`, with their lines of code.
fn modules() -> Vec<(String, Vec<String>)> {
    let folder = root().join("generator/src");
    let module = |path: &std::path::PathBuf| {
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
        let text = fs::read_to_string(path).unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        (name, lines.map(str::to_owned).collect())
    };
    let is_code = |path: &&std::path::PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    files(&folder).iter().filter(is_code).map(module).collect()
}

/// Whether a line has the word, not as the end of a longer one.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(index, _)| {
        let before = line[..index].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

#[test]
fn stages_name_only_what_they_may_know() {
    let mut broken = Vec::new();
    for (path, lines) in modules() {
        let stage = path.split(['/', '.']).next().unwrap();
        for rule in RULES.iter().filter(|rule| !rule.stages.contains(&stage)) {
            let words = rule.words.iter().filter(|word| lines.iter().any(|line| names(line, word)));
            broken.extend(words.map(|word| format!("generator/src/{path} names `{word}`: {}", rule.why)));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// A rule for words that are nowhere would hold nothing.
#[test]
fn the_rules_are_about_something() {
    let modules = modules();
    for rule in RULES.iter().filter(|rule| !rule.stages.is_empty()) {
        let is_used =
            rule.words.iter().any(|word| modules.iter().any(|(_, lines)| lines.iter().any(|line| names(line, word))));
        assert!(is_used, "nothing names any of {:?}", rule.words);
    }
}

#[test]
fn maps_without_an_order_are_few() {
    let is_unordered = |line: &String| names(line, "HashMap") || names(line, "HashSet");
    let unordered = modules().into_iter().filter(|(_, lines)| lines.iter().any(is_unordered));
    let paths: Vec<String> = unordered.map(|(path, _)| path).collect();
    let mut allowed: Vec<&str> = UNORDERED.iter().map(|(path, _)| *path).collect();
    allowed.sort_unstable();
    assert_eq!(paths, allowed, "use a `BTreeMap`, or say here why its order does not come out");
}

#[test]
fn files_are_short() {
    for folder in ["generator", "runtime", "tests/it"] {
        for path in files(&root().join(folder)).iter().filter(|path| path.extension().is_some_and(|end| end == "rs")) {
            let count = fs::read_to_string(path).unwrap().lines().count();
            assert!(count <= 400, "{} has {count} lines", path.display());
        }
    }
}
