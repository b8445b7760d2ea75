//! The build script's entry.
//!
//! Takes a configuration's path from the package's folder and the variables that Cargo sets; gives up-to-date files,
//! and lines that Cargo reads. Must not know how anything is generated.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::diagnostic::{Diagnostic, Severity};
use crate::output::File;
use crate::render::{Style, render, render_lines};
use crate::sync::{Given, Mode, Project, Record, Report, Sharing, date, modified, name_of, read_project, sync};

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
    let out = env::var_os("OUT_DIR").map(PathBuf::from);
    let built =
        build_in(Path::new(&root), config, mode, out.as_deref(), &mut io::stdout().lock(), &mut io::stderr().lock());
    // An output that cannot be written to is Cargo's, which is then gone.
    if !built.unwrap_or(false) {
        process::exit(1);
    }
}

/// Does the same in any folder, and says whether all went well.
///
/// In `out`, Cargo's folder for what a build script makes, is a record of the last run: where nothing of what it read and
/// wrote has changed, what it told Cargo is told again, and nothing is generated.
///
/// # Errors
///
/// Where `cargo` or `log` cannot be written to.
pub fn build_in(
    root: &Path,
    config: &str,
    mode: Mode,
    out: Option<&Path>,
    cargo: &mut impl Write,
    log: &mut impl Write,
) -> io::Result<bool> {
    let told = format!("{} {config}", root.display());
    let place = out.map(|out| out.join(name_of(&told)));
    if let Some(record) = place.as_ref().and_then(|place| Record::find(place, &told, Sharing::NOTHING)) {
        record.said.iter().try_for_each(|said| cargo.write_all(said.as_bytes()))?;
        return Ok(true);
    }
    let project = read_project(root, config);
    let mut said = watched(&project, root);
    cargo.write_all(said.as_bytes())?;

    let output = project.generate();
    let found = found(&project, &output.diagnostics);
    cargo.write_all(found.as_bytes())?;
    if output.has_errors() {
        write!(log, "{}", render(&output.diagnostics, project.texts(), Style::Plain))?;
        return Ok(false);
    }
    let folder = project.output_folder();
    let report = match sync(&output.files, &folder, mode) {
        Ok(report) => report,
        Err(error) => {
            writeln!(cargo, "cargo::error={error}")?;
            return Ok(false);
        }
    };
    if mode == Mode::Check && !report.is_current() {
        report_differences(&project, &report, cargo)?;
        return Ok(false);
    }
    let files = watched_output(&project, &output.files);
    cargo.write_all(files.as_bytes())?;
    if let Some((out, place)) = out.zip(place) {
        date_back(&report, &folder, out);
        said.extend([found, files]);
        let given = Given { files: &output.files, folder: &folder, sharing: Sharing::NOTHING };
        Record::keep(&place, &told, &project, given, vec![said]);
    }
    Ok(true)
}

/// What is read.
fn watched(project: &Project, root: &Path) -> String {
    let files = project.files().iter().map(|file| file.strip_prefix(root).unwrap_or(file));
    watch(files.map(|file| file.display().to_string())) + "cargo::rerun-if-env-changed=CI\n"
}

/// What is written, so that a change by hand is found.
fn watched_output(project: &Project, files: &[File]) -> String {
    let folder = project.output();
    watch(files.iter().map(|file| format!("{folder}/{}", file.path)))
}

fn watch(paths: impl Iterator<Item = String>) -> String {
    paths.flat_map(|path| ["cargo::rerun-if-changed=".to_owned(), path, "\n".to_owned()]).collect()
}

/// Makes what was written as old as the script's start, which Cargo has noted beside `out`: what is newer would make it
/// run the script, and compile the package, once more.
fn date_back(report: &Report, folder: &Path, out: &Path) {
    if let Some(start) = out.parent().and_then(|build| modified(&build.join("invoked.timestamp"))) {
        for path in &report.written {
            date(&folder.join(path), start);
        }
    }
}

/// Notes are left out: they would be repeated with every build.
fn found(project: &Project, diagnostics: &[Diagnostic]) -> String {
    let lines = diagnostics.iter().zip(render_lines(diagnostics, project.texts()));
    let line = |(diagnostic, line): (&Diagnostic, String)| match diagnostic.code.severity() {
        Severity::Error => format!("cargo::error={line}\n"),
        Severity::Warning => format!("cargo::warning={line}\n"),
        Severity::Note => String::new(),
    };
    lines.map(line).collect()
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
