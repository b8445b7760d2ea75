//! The build script, in a copy of the repository: what it writes, what it leaves alone, what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use super::{files, root};

const DESCRIPTION: &str = "spec/participant.openapi.yaml";

/// What a build needs of the repository; what is not there is left out.
const PARTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "build.rs",
    "clientwright.toml",
    "README.md",
    "spec",
    "examples",
    "generated",
    "generator",
    "runtime",
    "tests/it/main.rs",
];

/// A copy of the repository, kept between runs: nothing is compiled twice that has not changed.
struct Copy {
    folder: PathBuf,
}

struct Built {
    succeeded: bool,
    log: String,
}

impl Copy {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("copy");
        for part in PARTS.iter().map(|part| root().join(part)).filter(|part| part.exists()) {
            let paths = if part.is_dir() { files(&part) } else { vec![part] };
            for path in paths {
                update(&folder.join(path.strip_prefix(root()).unwrap()), &fs::read(&path).unwrap());
            }
        }
        Self { folder }
    }

    fn build(&self, ci: bool) -> Built {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(&self.folder).args([
            "build",
            "--offline",
            "--package",
            "realtimekit",
            "--no-default-features",
        ]);
        cargo.args(["--features", "regenerate", "--target-dir", "target"]).env_remove("CI");
        if ci {
            cargo.env("CI", "true");
        }
        let output = cargo.output().unwrap();
        Built { succeeded: output.status.success(), log: String::from_utf8(output.stderr).unwrap() }
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }

    /// Replaces one text of the description; `original` is where it is taken from.
    fn edit(&self, original: &str, from: &str, to: &str) {
        assert_eq!(original.matches(from).count(), 1, "{from}");
        fs::write(self.folder.join(DESCRIPTION), original.replace(from, to)).unwrap();
    }

    /// The generated files, and when they were written.
    fn generated(&self) -> BTreeMap<PathBuf, (String, SystemTime)> {
        let state = |path: PathBuf| {
            let written = fs::metadata(&path).unwrap().modified().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            (path, (text, written))
        };
        files(&self.folder.join("generated")).into_iter().map(state).collect()
    }
}

fn update(path: &Path, bytes: &[u8]) {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// One test, since its steps build on each other.
#[test]
fn the_build_script_keeps_generated_current() {
    let copy = Copy::new();
    let description = copy.read(DESCRIPTION);
    let original = copy.generated();

    let built = copy.build(false);
    assert!(built.succeeded, "{}", built.log);
    assert_eq!(copy.generated(), original, "what is current is not written");

    let built = copy.build(false);
    assert!(built.succeeded && !built.log.contains("Compiling"), "a second build does nothing: {}", built.log);

    edits_come_through(&copy, &description);
    changes_by_hand_are_undone(&copy);
    a_check_only_looks(&copy, &description);
    mistakes_change_nothing(&copy, &description);

    fs::write(copy.folder.join(DESCRIPTION), &description).unwrap();
    let built = copy.build(false);
    assert!(built.succeeded, "{}", built.log);
    let texts =
        |files: BTreeMap<PathBuf, (String, SystemTime)>| files.into_values().map(|(text, _)| text).collect::<Vec<_>>();
    assert_eq!(texts(copy.generated()), texts(original), "the way back leads to the same bytes");
}

fn edits_come_through(copy: &Copy, description: &str) {
    let before = copy.generated();
    copy.edit(description, "Represents a participant.", "Somebody who takes part.");
    let built = copy.build(false);
    assert!(built.succeeded, "{}", built.log);
    assert!(copy.read("generated/types.rs").contains("/// Somebody who takes part.\n"));
    let after = copy.generated();
    let changed: Vec<&PathBuf> = after.keys().filter(|path| before[*path] != after[*path]).collect();
    assert_eq!(changed, [&copy.folder.join("generated/types.rs")], "only what differs is written");
    let built = copy.build(false);
    assert!(built.succeeded && !built.log.contains("Compiling"), "and then nothing is left to do: {}", built.log);
}

fn changes_by_hand_are_undone(copy: &Copy) {
    let path = copy.folder.join("generated/types.rs");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}\n/// By hand.\npub struct Mine;\n")).unwrap();
    let built = copy.build(false);
    assert!(built.succeeded, "{}", built.log);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    let built = copy.build(false);
    assert!(built.succeeded && !built.log.contains("Compiling"), "and then nothing is left to do: {}", built.log);
}

fn a_check_only_looks(copy: &Copy, description: &str) {
    copy.edit(description, "Represents a participant.", "Whoever is in a meeting.");
    let before = copy.generated();
    let built = copy.build(true);
    assert!(!built.succeeded, "{}", built.log);
    assert!(built.log.contains("generated/types.rs is out of date"), "{}", built.log);
    assert!(!built.log.contains("generated/codec.rs"), "{}", built.log);
    assert_eq!(copy.generated(), before);
}

fn mistakes_change_nothing(copy: &Copy, description: &str) {
    let before = copy.generated();
    let line = |part: &str| description.lines().position(|line| line.contains(part)).unwrap() + 1;
    let reference = "- $ref: '#/components/parameters/realtimekit_meeting_id'";
    let at = format!("{DESCRIPTION}:{}:7: ", line(reference));
    for (from, to, place, message, help) in [
        (
            reference,
            "- $ref: '#/components/parameters/nothing'",
            at,
            "`#/components/parameters/nothing`",
            "; define it",
        ),
        (
            "openapi: 3.0.3",
            "openapi: [3.0.3",
            format!("{DESCRIPTION}:"),
            "cannot parse the document",
            "; a description is YAML or JSON",
        ),
    ] {
        copy.edit(description, from, to);
        let built = copy.build(false);
        assert!(!built.succeeded, "{}", built.log);
        for part in [&*place, message, help] {
            assert!(built.log.contains(part), "there is no {part:?} in:\n{}", built.log);
        }
        assert_eq!(copy.generated(), before);
    }
}
