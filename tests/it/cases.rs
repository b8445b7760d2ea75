//! Small cases: source, parts and Rust of one idea each. Together they are the picture book of the generator.
//!
//! A case is a YAML file under `tests/cases/<area>/`, named by its idea. Its first line is a comment that says the idea.
//! The rest is a piece of a description: what is missing to a whole one is added at its end, so that findings show the
//! lines of the file.
//!
//! | key | meaning |
//! |---|---|
//! | `schemas` | short for `components.schemas`, right behind the idea; without `paths`, an operation on the first one is added |
//! | `direction` | what that operation does with it: `response` (default), `request` or `both` |
//! | `config` | filters, overrides and so on, as they stand in a `clientwright.toml` |
//! | `documents` | other documents, each with its text under its path |
//! | `calls` | what is sent and read: `call` is Rust, `client` what sets up its builder, `sends` the request, `answer` what comes back, `gives` Rust about it and what `Debug` shows |
//! | `show` | `findings` for these alone, a line each; else parts of the output: `types`, `codec`, `function`, `call`, `operation`, `pages`, `api`, `credentials`, `headers`, `root`, `modules`, `uses` |
//! | `items` | shows only what belongs to these types or operations |
//! | all others | as in OpenAPI |
//!
//! The area `nasty` has what no author should write, all at once. Its features are compiled each alone too.
//!
//! The snapshot shows the file, the parts that the client consists of, the Rust, and what was found. `INSTA_UPDATE=always`
//! writes it anew.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail where it stands")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clientwright::diagnostic::{Diagnostic, Place};
use clientwright::output::Output;
use clientwright::render::{Style, render};

use case::Case;

mod calls;
mod case;
mod compile;
mod parts;
mod pieces;
mod stability;
mod trips;

/// No snapshot shall be longer, and most are half as long: who wants to show more has two ideas.
const LONGEST: usize = 100;

#[test]
fn cases() {
    let mut too_long = Vec::new();
    insta::glob!("../cases", "**/*.yaml", |path| {
        let case = Case::read(path);
        let shown = show(&case);
        if shown.lines().count() > LONGEST {
            too_long.push(format!("{}: {} lines", case.name, shown.lines().count()));
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder("snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.remove_snapshot_suffix();
        settings.set_omit_expression(true);
        settings.set_description(case.idea.clone());
        settings.bind(|| insta::assert_snapshot!(case.name.as_str(), shown));
    });
    assert!(too_long.is_empty(), "{too_long:#?}");
}

/// A snapshot whose case is gone would be believed for ever.
#[test]
fn each_snapshot_has_its_case() {
    let mut names: BTreeSet<String> = all().iter().map(|case| case.name.replace('/', "__")).collect();
    let generated = fs::read_dir(folder("../generated")).unwrap();
    names.extend(generated.map(|entry| format!("generated__{}", entry.unwrap().file_name().to_str().unwrap())));
    for entry in fs::read_dir(folder("snapshots")).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        assert!(file.strip_suffix(".snap").is_some_and(|name| names.contains(name)), "nothing makes {file}");
    }
}

/// A folder of the tests.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// All cases, in the order of their names.
fn all() -> Vec<Case> {
    let areas = fs::read_dir(folder("cases")).unwrap().map(|area| area.unwrap().path());
    let files = areas.flat_map(|area| fs::read_dir(area).unwrap().map(|file| file.unwrap().path()));
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    files.iter().map(|file| Case::read(file)).collect()
}

/// The main document of each case, under its name.
pub(crate) fn documents() -> Vec<(String, String)> {
    all().into_iter().map(|case| (case.name.clone(), case.document().to_owned())).collect()
}

/// What is generated for each case.
pub(crate) fn outputs() -> Vec<Output> {
    let inputs = all().into_iter().map(|case| case.input());
    inputs.map(|(sources, config)| clientwright::generate(&sources, &config)).collect()
}

fn show(case: &Case) -> String {
    let (sources, config) = case.input();
    if case.shows_findings() {
        return findings(&clientwright::generate(&sources, &config));
    }
    let mut shown = case.text.trim_end().to_owned();
    let api = clientwright::understand(&sources, &config, &mut Vec::new());
    let output = clientwright::generate(&sources, &config);
    if !output.has_errors() {
        add(&mut shown, "the client's parts", &parts::list(&api));
    }
    for (title, text) in pieces::select(&output.files, case) {
        add(&mut shown, title, &text);
    }
    add(&mut shown, "findings", &render(&output.diagnostics, case.texts(&sources), Style::Plain));
    shown
}

/// The findings of a description that is too long to be shown, in the order of their kinds.
fn findings(output: &Output) -> String {
    let lines = output.diagnostics.iter().map(|Diagnostic { code, at }| {
        let Place::Node(at) = at else { panic!("{code} is at {at:?}") };
        format!("{} {at}: {code}", code.name())
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines.join("\n")
}

fn add(shown: &mut String, title: &str, text: &str) {
    if !text.trim().is_empty() {
        shown.extend(["\n\n──── ", title, " ────\n\n", text.trim_end()]);
    }
}
