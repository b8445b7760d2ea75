//! The command: its exit codes, and what goes to which output.

use std::fs;
use std::path::Path;
use std::process::Command;

use clientwright::sync::HEADER;
use tempfile::TempDir;

const API: &str = "\
openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    Pet:
      type: object
";

/// A folder with a project whose output holds one file too many.
fn project() -> TempDir {
    let root = TempDir::new().unwrap();
    fs::write(
        root.path().join("clientwright.toml"),
        "description = \"api.yaml\"\noutput = \"generated\"\npackage = \"api\"\n",
    )
    .unwrap();
    fs::write(root.path().join("api.yaml"), API).unwrap();
    fs::create_dir(root.path().join("generated")).unwrap();
    fs::write(root.path().join("generated/old.rs"), HEADER).unwrap();
    root
}

/// The exit code and the texts on both outputs.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clientwright"));
    let output = command.current_dir(folder).args(arguments).env_remove("CARGO_TARGET_DIR").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn check_then_generate_then_check() {
    let root = project();
    let (code, _, log) = run(root.path(), &["generate", "--check"]);
    assert_eq!(code, Some(1), "{log}");
    assert!(log.contains("generated/old.rs: no longer generated\n"), "{log}");

    let (code, _, log) = run(root.path(), &["generate"]);
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("generated/old.rs: removed\n"), "{log}");

    let (code, _, log) = run(root.path(), &["generate", "--check"]);
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("generated is up to date"), "{log}");
}

#[test]
fn errors_are_for_people_or_programs() {
    let root = project();
    let arguments = ["generate", "--config", "nowhere.toml"];
    let (code, out, log) = run(root.path(), &arguments);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(log.starts_with("error[unreadable-file]: cannot read the file: there is no such file\n"), "{log}");

    let (code, out, log) = run(root.path(), &[&arguments[..], &["--format", "json"]].concat());
    assert_eq!((code, log.as_str()), (Some(1), ""));
    let object: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&object["code"], &object["path"]), (&"unreadable-file".into(), &"nowhere.toml".into()));
}

#[test]
fn explain_shows_the_source() {
    let root = project();
    let (code, out, log) = run(root.path(), &["explain", "#/components/schemas/Pet"]);
    assert_eq!(code, Some(0), "{log}");
    assert!(out.starts_with("── api.yaml:6:5\n\nPet:\n  type: object\n"), "{out}");

    let (code, out, log) = run(root.path(), &["explain", "#/components/schemas/Cat"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(log, "error: the description has nothing at `#/components/schemas/Cat`\n");
}

#[test]
fn wrong_arguments_have_an_exit_code_of_their_own() {
    let root = project();
    for arguments in [&["frobnicate"][..], &["generate", "--format", "xml"], &["explain"]] {
        assert_eq!(run(root.path(), arguments).0, Some(2), "{arguments:?}");
    }
}

#[test]
fn a_run_is_told_again_while_nothing_has_changed() {
    let root = TempDir::new().unwrap();
    fs::write(root.path().join("api.yaml"), API.replace("type: object", "{type: object, if: {}}")).unwrap();
    let generate = ["generate", "api.yaml", "--out", "pets", "--format", "json"];
    let (code, found, log) = run(root.path(), &generate);
    assert_eq!(code, Some(0), "{log}");
    let target = root.path().join("pets/target");
    assert!(target.join("CACHEDIR.TAG").exists());

    let (_, again, log) = run(root.path(), &generate);
    assert!(!found.is_empty() && again == found, "{found}{again}");
    assert!(log.starts_with("pets is up to date (") && log.contains("\ncrate `t` in pets: "), "{log}");

    let records = fs::read_dir(&target).unwrap().map(|entry| entry.unwrap().path());
    let record = records.into_iter().find(|path| path.extension().is_some_and(|end| end == "json")).unwrap();
    let marked = fs::read_to_string(&record).unwrap().replace("is up to date", "is as it was");
    fs::write(&record, &marked).unwrap();
    let (_, _, log) = run(root.path(), &generate);
    assert!(log.starts_with("pets is as it was ("), "what was said before is said: {log}");
    let (code, _, log) = run(root.path(), &[&generate[..], &["--check"]].concat());
    assert!(code == Some(0) && log.starts_with("pets is as it was (") && log.lines().count() == 1, "{log}");
    let (_, _, log) = run(root.path(), &[&generate[..], &["--crate-name", "other"]].concat());
    assert!(log.contains("Cargo.toml: written"), "{log}");

    let lib = root.path().join("pets/src/lib.rs");
    let text = fs::read_to_string(&lib).unwrap();
    fs::write(&lib, text.replace("pub use", "use")).unwrap();
    let (_, _, log) = run(root.path(), &[&generate[..], &["--crate-name", "other"]].concat());
    assert!(log.starts_with("pets/src/lib.rs: written"), "{log}");
    assert_eq!(fs::read_to_string(&lib).unwrap(), text);
}
