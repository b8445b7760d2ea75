//! All cases, compiled: one package each, in a workspace of its own that is kept between runs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::all;

/// What generated code must keep to is more than what the compiler asks of everybody.
const LINTS: &str = "[lints.rust]\nwarnings = \"deny\"\nmissing_docs = \"deny\"\n\n[lints.clippy]\nall = \"deny\"\n";

/// What a configuration can choose types of.
const FEATURES: &[&str] = &["chrono", "rust_decimal", "time"];

#[test]
fn cases_compile() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    let runtime = root.join("runtime");
    let mut packages = BTreeSet::new();
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
        packages.insert(package);
    }
    let members: Vec<&String> = packages.iter().collect();
    let manifest = format!(
        "[workspace]\nmembers = {members:?}\nresolver = \"3\"\n\n[workspace.dependencies]\n\
         clientwright-runtime = {{ path = {runtime:?}, default-features = false, features = {FEATURES:?} }}\n"
    );
    update(&workspace.join("Cargo.toml"), &manifest);
    fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    check(&workspace);
}

/// Writes a file where it differs, so that what is unchanged is not compiled again.
fn update(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// With Clippy where it is installed.
fn check(workspace: &Path) {
    let cargo =
        |arguments: &[&str]| Command::new(env!("CARGO")).current_dir(workspace).args(arguments).output().unwrap();
    let verb = if cargo(&["clippy", "--version"]).status.success() { "clippy" } else { "check" };
    let target = workspace.join("target");
    let output =
        cargo(&[verb, "--workspace", "--offline", "--quiet", "--keep-going", "--target-dir", target.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
