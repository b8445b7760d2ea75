//! The build script's entry.
//!
//! Takes a configuration's path from the package's folder and the variables that Cargo sets; gives up-to-date files,
//! and lines that Cargo reads. Must not know how anything is generated.

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process;

use crate::diagnostic::{Diagnostic, Severity};
use crate::render::{Style, render, render_lines};
use crate::sync::{Mode, Project, Report, read_project, sync};

/// Generates the client that a configuration describes; to be called in `build.rs`.
///
/// `config` is the path of a `clientwright.toml` from the package's folder. Files are written only where they differ.
/// With the environment variable `CI` set, nothing is written, and a difference is an error.
///
/// ```no_run
/// // In `main` of `build.rs`:
/// clientwright::build("clientwright.toml");
/// ```
///
/// Ends the process with exit code 1 where there is an error; the output folder is then as it was.
pub fn build(config: &str) {
    let root = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let mode =
        if env::var("CI").is_ok_and(|ci| !matches!(ci.as_str(), "" | "false")) { Mode::Check } else { Mode::Write };
    let built = build_in(Path::new(&root), config, mode, &mut io::stdout().lock(), &mut io::stderr().lock());
    // An output that cannot be written to is Cargo's, which is then gone.
    if !built.unwrap_or(false) {
        process::exit(1);
    }
}

/// Does the same in any folder, and says whether all went well.
///
/// # Errors
///
/// Where `cargo` or `log` cannot be written to.
pub fn build_in(
    root: &Path,
    config: &str,
    mode: Mode,
    cargo: &mut impl Write,
    log: &mut impl Write,
) -> io::Result<bool> {
    let project = read_project(root, config);
    for file in project.files() {
        let file = file.strip_prefix(root).unwrap_or(file);
        writeln!(cargo, "cargo::rerun-if-changed={}", file.display())?;
    }
    writeln!(cargo, "cargo::rerun-if-env-changed=CI")?;

    let output = project.generate();
    report_diagnostics(&project, &output.diagnostics, cargo)?;
    if output.has_errors() {
        write!(log, "{}", render(&output.diagnostics, project.texts(), Style::Plain))?;
        return Ok(false);
    }
    match sync(&output.files, &project.output_folder(), mode) {
        Ok(report) if mode == Mode::Write || report.is_current() => Ok(true),
        Ok(report) => {
            report_differences(&project, &report, cargo)?;
            Ok(false)
        }
        Err(error) => {
            writeln!(cargo, "cargo::error={error}")?;
            Ok(false)
        }
    }
}

/// Notes are left out: they would be repeated with every build.
fn report_diagnostics(project: &Project, diagnostics: &[Diagnostic], cargo: &mut impl Write) -> io::Result<()> {
    for (diagnostic, line) in diagnostics.iter().zip(render_lines(diagnostics, project.texts())) {
        match diagnostic.code.severity() {
            Severity::Error => writeln!(cargo, "cargo::error={line}")?,
            Severity::Warning => writeln!(cargo, "cargo::warning={line}")?,
            Severity::Note => {}
        }
    }
    Ok(())
}

fn report_differences(project: &Project, report: &Report, cargo: &mut impl Write) -> io::Result<()> {
    let folder = project.output();
    for path in &report.written {
        writeln!(cargo, "cargo::error={folder}/{path} is out of date")?;
    }
    for path in &report.removed {
        writeln!(cargo, "cargo::error={folder}/{path} is no longer generated")?;
    }
    writeln!(
        cargo,
        "cargo::error=nothing is written where `CI` is set; run `cargo build` without it and commit {folder}"
    )
}
