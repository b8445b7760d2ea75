//! `clientwright generate`.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clientwright::sync::{Mode, sync};

use crate::cli::{Format, open_project, print_diagnostics};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The configuration
    #[arg(long, default_value = "clientwright.toml")]
    config: PathBuf,
    /// Write nothing, and fail if something would be written
    #[arg(long)]
    check: bool,
    /// How diagnostics are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// Whether all is well.
pub(super) fn run(arguments: &Arguments) -> io::Result<bool> {
    let project = open_project(&arguments.config);
    let output = project.generate();
    print_diagnostics(&output.diagnostics, &project, arguments.format)?;
    if output.has_errors() {
        return Ok(false);
    }
    let (mode, written, removed) = if arguments.check {
        (Mode::Check, "out of date", "no longer generated")
    } else {
        (Mode::Write, "written", "removed")
    };
    let report = sync(&output.files, &project.output_folder(), mode).map_err(io::Error::other)?;
    let mut log = io::stderr().lock();
    for path in &report.written {
        writeln!(log, "{}/{path}: {written}", project.output())?;
    }
    for path in &report.removed {
        writeln!(log, "{}/{path}: {removed}", project.output())?;
    }
    if report.is_current() {
        writeln!(log, "{} is up to date ({} files)", project.output(), report.unchanged.len())?;
    }
    Ok(report.is_current() || mode == Mode::Write)
}
