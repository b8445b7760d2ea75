//! Cargo: compiles a crate, and says what the compiler said.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use clientwright::package::PackageName;
use serde_json::Value;

use super::scratch::Scratch;
use super::{Arguments, Step};

/// What became of a crate.
#[derive(Debug, Default)]
pub(super) struct Build {
    /// The program, if there is one.
    pub(super) program: Option<PathBuf>,
    /// The compiler's warnings about the crate, as it words them.
    pub(super) warnings: Vec<String>,
    /// Why it does not compile, in Cargo's and the compiler's words.
    pub(super) errors: Vec<String>,
}

/// The name of the program's target.
const PROGRAM: &str = "round_trips";

/// Compiles a crate, and its program where one is to run.
pub(super) fn build(
    scratch: &Scratch,
    name: &PackageName,
    tag_features: &[String],
    arguments: &Arguments,
) -> io::Result<Build> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&scratch.folder).stdin(Stdio::null());
    match arguments.until {
        Step::Run => command.args(["build", "--lib", "--example", PROGRAM]),
        Step::Generate | Step::Check => command.args(["check", "--lib"]),
    };
    command.args(["--package", name.as_str(), "--no-default-features", "--message-format", "json", "--quiet"]);
    command.arg("--target-dir").arg(&scratch.target);
    command.args(["--features", &[tag_features, &arguments.features].concat().join(",")]);
    if arguments.offline {
        command.arg("--offline");
    }
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => {
            let program = command.get_program().to_string_lossy().into_owned();
            return Err(io::Error::new(
                error.kind(),
                format!("cannot run `{program}`, which compiles crates: {error}"),
            ));
        }
    };
    let mut build = Build::default();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Ok(message) = serde_json::from_str::<Value>(line) {
            take(&message, &mut build);
        }
    }
    if !output.status.success() {
        build.errors.push(String::from_utf8_lossy(&output.stderr).trim_end().to_owned());
        build.program = None;
    }
    Ok(build)
}

/// Takes what one of Cargo's messages says.
fn take(message: &Value, build: &mut Build) {
    let text = |pointer: &str| message.pointer(pointer).and_then(Value::as_str);
    if text("/reason") == Some("compiler-artifact") && text("/target/name") == Some(PROGRAM) {
        build.program = text("/executable").map(PathBuf::from);
    }
    if text("/reason") != Some("compiler-message") {
        return;
    }
    let rendered = text("/message/rendered").unwrap_or_default().trim_end().to_owned();
    // The last of them only counts the others, and has no place.
    let is_summary = message.pointer("/message/spans").and_then(Value::as_array).is_some_and(Vec::is_empty);
    match text("/message/level") {
        Some("error" | "error: internal compiler error") if !is_summary => build.errors.push(rendered),
        Some("warning") if !is_summary => build.warnings.push(rendered),
        _ => {}
    }
}
