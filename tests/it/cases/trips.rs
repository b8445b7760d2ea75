//! One program for all cases: each case's own is a module of it, so that there is but one to link.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clientwright::verify::{Outcome, Trial, Verdict};

use super::compile::{cargo, update};

/// The program's package.
pub(super) const PACKAGE: &str = "round_trips";

type Trials = BTreeMap<String, Trial>;

/// Writes the program into the workspace of the cases.
pub(super) fn write(trials: &Trials, workspace: &Path) {
    let folder = workspace.join(PACKAGE);
    let mut manifest = format!(
        "[package]\nname = \"{PACKAGE}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nclientwright-runtime.workspace = true\n"
    );
    let (mut modules, mut arms) = (String::new(), String::new());
    for (case, trial) in trials {
        update(&folder.join(format!("src/{case}.rs")), &trial.program(&format!("of_{case}")).text);
        manifest.extend(["of_", case, " = { path = \"../", case, "\", package = \"", case, "\" }\n"]);
        modules.extend(["#[path = \"", case, ".rs\"]\nmod case_", case, ";\n"]);
        arms.extend(["        Some(\"", case, "\") => case_", case, "::main(),\n"]);
    }
    let main = format!(
        "mod calls;\n{modules}\nfn main() -> std::io::Result<()> {{\n    match std::env::args().nth(1).as_deref() {{\n{arms}        \
         _ => Ok(calls::main(std::env::args().nth(2).as_deref())),\n    }}\n}}\n"
    );
    update(&folder.join("src/main.rs"), &main);
    update(&folder.join("Cargo.toml"), &manifest);
}

/// Builds it.
pub(super) fn build(workspace: &Path) -> PathBuf {
    let build = cargo(workspace, &["build", "--quiet", "--package", PACKAGE]);
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    workspace.join("target/debug").join(PACKAGE).with_extension(std::env::consts::EXE_EXTENSION)
}

/// Runs it for each case, and fails where a type is at fault.
pub(super) fn run(trials: &Trials, workspace: &Path, program: &Path) {
    let mut faults = Vec::new();
    let mut count = 0;
    for (case, trial) in trials {
        let values = workspace.join(case).join("values.jsonl");
        fs::write(&values, trial.input(0)).unwrap();
        let input = Stdio::from(fs::File::open(&values).unwrap());
        let output = Command::new(program).arg(case).stdin(input).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let outcomes = text.lines().map(Outcome::parse).chain([Outcome::Died]);
        count += trial.samples().len();
        for (sample, outcome) in trial.samples().iter().zip(outcomes) {
            if let Verdict::Fault(why) = trial.judge(sample, &outcome) {
                faults.push(format!("{case}: {} {}: {why} {}", sample.at, sample.ty, sample.value));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {count} values:\n{}", faults.len(), faults.join("\n"));
}
