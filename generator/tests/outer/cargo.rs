//! What a build script tells Cargo.

use std::fs;
use std::path::Path;

use clientwright::cargo::build_in;
use clientwright::sync::{HEADER, Mode};
use tempfile::TempDir;

const CONFIG: &str = "description = \"api.yaml\"\noutput = \"generated\"\npackage = \"api\"\n";

/// Whether it went well, what Cargo is told, and what is logged.
fn build(root: &Path, mode: Mode) -> (bool, String, String) {
    build_to(root, mode, None)
}

fn build_to(root: &Path, mode: Mode, out: Option<&Path>) -> (bool, String, String) {
    let (mut cargo, mut log) = (Vec::new(), Vec::new());
    let built = build_in(root, "clientwright.toml", mode, out, &mut cargo, &mut log).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (built, text(cargo), text(log))
}

#[test]
fn errors_leave_the_output_as_it_was() {
    let root = TempDir::new().unwrap();
    fs::write(root.path().join("clientwright.toml"), CONFIG).unwrap();
    fs::write(root.path().join("api.yaml"), "a: {$ref: lost.yaml}\nb: 1\n").unwrap();
    fs::create_dir(root.path().join("generated")).unwrap();
    let kept = root.path().join("generated/lib.rs");
    fs::write(&kept, HEADER).unwrap();

    let (built, cargo, log) = build(root.path(), Mode::Write);
    assert!(!built);
    assert_eq!(
        cargo,
        "cargo::rerun-if-changed=clientwright.toml\n\
         cargo::rerun-if-changed=api.yaml\n\
         cargo::rerun-if-changed=lost.yaml\n\
         cargo::rerun-if-env-changed=CI\n\
         cargo::error=api.yaml:1:1: cannot read the file: `lost.yaml`: there is no such file; check the path; it is \
         taken from the folder of the file that names it\n"
    );
    assert!(log.starts_with("error[unreadable-file]: cannot read the file"), "{log}");
    assert!(log.ends_with("1 error\n"), "{log}");
    assert!(kept.exists());
}

#[test]
fn a_broken_configuration_is_told() {
    let root = TempDir::new().unwrap();
    fs::write(root.path().join("clientwright.toml"), "descripton = \"a\"\noutput = \"b\"\n").unwrap();
    let (built, cargo, log) = build(root.path(), Mode::Write);
    assert!(!built);
    assert!(cargo.contains("cargo::error=clientwright.toml:1:1: unknown key `descripton`; did you mean"), "{cargo}");
    assert!(log.contains("1 | descripton = \"a\""), "{log}");
}

#[test]
fn nothing_is_written_where_only_differences_are_looked_for() {
    let root = TempDir::new().unwrap();
    fs::write(root.path().join("clientwright.toml"), CONFIG).unwrap();
    let api = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";
    fs::write(root.path().join("api.yaml"), api).unwrap();
    fs::create_dir(root.path().join("generated")).unwrap();
    let old = root.path().join("generated/old.rs");
    fs::write(&old, HEADER).unwrap();

    let (built, cargo, log) = build(root.path(), Mode::Check);
    assert!(!built);
    assert!(
        cargo.ends_with(
            "cargo::error=generated/old.rs is no longer generated\n\
             cargo::error=nothing is written where `CI` is set; run `cargo build` without it and commit generated\n"
        ),
        "{cargo}"
    );
    assert_eq!(log, "");
    assert!(old.exists());

    assert!(build(root.path(), Mode::Write).0);
    assert!(!old.exists());
    let (built, cargo, _) = build(root.path(), Mode::Check);
    assert!(built && !cargo.contains("cargo::error"), "{cargo}");
}

/// A project that gives a warning, with a folder for records beside it.
fn project() -> TempDir {
    let root = TempDir::new().unwrap();
    fs::write(root.path().join("clientwright.toml"), CONFIG).unwrap();
    let api =
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {Pet: {$ref: pet.yaml}}}\n";
    fs::write(root.path().join("api.yaml"), api).unwrap();
    fs::write(root.path().join("pet.yaml"), "{type: object, properties: {a: {pattern: 0}}, if: {}}\n").unwrap();
    fs::create_dir(root.path().join("out")).unwrap();
    root
}

/// Notes something in the only record, to see whether it is read.
fn mark(out: &Path, from: &str) {
    let record = fs::read_dir(out).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&record).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(record, text.replace(from, "marked")).unwrap();
}

#[test]
fn a_run_is_told_again_while_nothing_has_changed() {
    let root = project();
    let out = root.path().join("out");
    let told = build_to(root.path(), Mode::Write, Some(&out));
    assert!(told.0 && told.1.contains("cargo::warning="), "{told:?}");
    assert!(told.1.ends_with("cargo::rerun-if-changed=generated/lib.rs\ncargo::rerun-if-changed=generated/types.rs\ncargo::rerun-if-changed=generated/codec.rs\n"), "{told:?}");
    assert_eq!(build_to(root.path(), Mode::Check, Some(&out)), told);
    mark(&out, "rerun-if-env-changed");
    for mode in [Mode::Write, Mode::Check] {
        assert!(build_to(root.path(), mode, Some(&out)).1.contains("marked"));
    }
}

#[test]
fn whatever_has_changed_is_seen() {
    let root = project();
    let out = root.path().join("out");
    let changes: &[(&str, &str)] = &[
        ("clientwright.toml", "# another\n"),
        ("api.yaml", "# another\n"),
        ("pet.yaml", "# another\n"),
        ("generated/types.rs", "// by hand\n"),
        ("generated/old.rs", HEADER),
    ];
    for (path, added) in changes {
        let told = build_to(root.path(), Mode::Write, Some(&out));
        let types = fs::read_to_string(root.path().join("generated/types.rs")).unwrap();
        mark(&out, "rerun-if-env-changed");
        let path = root.path().join(path);
        let text = fs::read_to_string(&path).unwrap_or_default() + added;
        fs::write(path, text).unwrap();
        assert_eq!(build_to(root.path(), Mode::Write, Some(&out)), told);
        assert_eq!(fs::read_to_string(root.path().join("generated/types.rs")).unwrap(), types);
        assert!(!root.path().join("generated/old.rs").exists());
    }
    mark(&out, "rerun-if-env-changed");
    fs::remove_file(root.path().join("generated/types.rs")).unwrap();
    let (built, cargo, _) = build_to(root.path(), Mode::Check, Some(&out));
    assert!(!built && cargo.contains("generated/types.rs is out of date"), "{cargo}");
}
