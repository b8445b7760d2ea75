//! All cases, compiled: one package each, in a workspace of its own that is kept between runs. Then their types read and
//! write the cases' examples, and values that are made from their schemas.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use clientwright::verify::Trial;

use super::{all, calls, trips};

/// What generated code must keep to is more than what the compiler asks of everybody.
const LINTS: &str = "[lints.rust]\nwarnings = \"deny\"\nmissing_docs = \"deny\"\n\n[lints.clippy]\nall = \"deny\"\n";

/// What a configuration can choose types of, and the doubles of operations.
const FEATURES: &[&str] = &["chrono", "mock", "rust_decimal", "time"];

#[test]
fn cases_compile() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    let runtime = root.join("runtime");
    let mut packages = BTreeSet::new();
    let (mut trials, mut calls, mut alone) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for case in all() {
        let (sources, config) = case.input();
        let api = clientwright::understand(&sources, &config, &mut Vec::new());
        let features: Vec<&str> = api.tags.iter().map(|tag| tag.feature.as_str()).collect();
        let declared: Vec<String> = features.iter().map(|feature| format!("{feature} = []\n")).collect();
        let declared = declared.concat();
        let output = clientwright::generate(&sources, &config);
        if output.has_errors() {
            continue;
        }
        let package = case.name.replace('/', "_");
        let folder = workspace.join(&package);
        let manifest = format!(
            "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [lib]\nname = \"case\"\npath = \"lib.rs\"\n\n[features]\ndefault = {features:?}\n{declared}\n\
             [dependencies]\nclientwright-runtime.workspace = true\n\n{LINTS}"
        );
        update(&folder.join("Cargo.toml"), &manifest);
        for file in output.files {
            update(&folder.join(file.path), &file.text);
        }
        if case.name.starts_with("nasty/") {
            let features = api.tags.iter().map(|tag| tag.feature.to_string());
            alone.push((package.clone(), features.collect::<Vec<_>>()));
        }
        trials.insert(package.clone(), Trial::new(&sources, &config));
        calls.insert(package.clone(), case.calls);
        packages.insert(package);
    }
    trips::write(&trials, &workspace);
    calls::write(&calls, &workspace.join(trips::PACKAGE).join("src"));
    let members: Vec<&str> = packages.iter().map(String::as_str).chain([trips::PACKAGE]).collect();
    let manifest = format!(
        "[workspace]\nmembers = {members:?}\nresolver = \"3\"\n\n[workspace.dependencies]\n\
         clientwright-runtime = {{ path = {runtime:?}, default-features = false, features = {FEATURES:?} }}\n"
    );
    update(&workspace.join("Cargo.toml"), &manifest);
    fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    check(&workspace);
    for (package, features) in &alone {
        for feature in features {
            check_alone(&workspace, package, feature);
        }
    }
    let program = trips::build(&workspace);
    trips::run(&trials, &workspace, &program);
    calls::run(&calls, &program);
}

/// Writes a file where it differs, so that what is unchanged is not compiled again.
pub(super) fn update(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// With Clippy where it is installed.
fn check(workspace: &Path) {
    let has_clippy = cargo(workspace, &["clippy", "--version"]).status.success();
    let verb = if has_clippy { "clippy" } else { "check" };
    let output = cargo(workspace, &[verb, "--workspace", "--exclude", trips::PACKAGE, "--quiet", "--keep-going"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// One of a package's features without the others.
fn check_alone(workspace: &Path, package: &str, feature: &str) {
    let arguments = ["check", "--quiet", "--package", package, "--no-default-features", "--features", feature];
    let output = cargo(workspace, &arguments);
    assert!(output.status.success(), "{feature}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Runs Cargo without a network, in a target folder of the workspace's own.
pub(super) fn cargo(workspace: &Path, arguments: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(workspace).env("CARGO_TARGET_DIR", workspace.join("target")).env("CARGO_NET_OFFLINE", "true");
    cargo.args(arguments).output().unwrap()
}
