//! `clientwright generate`.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Instant;

use clap::ValueEnum;
use clientwright::diagnostic::{Diagnostic, Severity};
use clientwright::package::PackageName;
use clientwright::sync::{Mode, Report, sync_shared};

use crate::cli::target::{Target, Wanted};
use crate::cli::{Format, Selection, open, print_diagnostics, summary, target};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The description, for a whole crate
    #[arg(value_name = "SPEC", requires = "out")]
    description: Option<PathBuf>,
    /// The folder of the crate
    #[arg(long, value_name = "DIR", requires = "description")]
    out: Option<PathBuf>,
    /// The crate's name, in place of one from the description's title
    #[arg(long, value_name = "NAME", requires = "description")]
    crate_name: Option<PackageName>,
    /// Where the crate's run time comes from: `vendored`, `registry` or `path=FOLDER`
    #[arg(long, value_name = "SOURCE", default_value = "vendored", requires = "description")]
    runtime: target::RuntimeSource,
    /// The configuration [default: clientwright.toml]; of one beside SPEC, only filters and overrides count
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// Write nothing, and fail if something would be written
    #[arg(long)]
    check: bool,
    /// What fails as an error does
    #[arg(long, value_enum)]
    deny: Option<Denied>,
    /// How diagnostics are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Denied {
    Warnings,
}

/// Whether all is well.
pub(super) fn run(arguments: &Arguments) -> io::Result<bool> {
    let start = Instant::now();
    let mut project = open(arguments.description.as_deref(), arguments.config.as_deref());
    arguments.selection.add_to(&mut project);
    let target = match &arguments.out {
        Some(out) => {
            let name = arguments.crate_name.clone();
            target::make_crate(&project, Wanted { out, name, runtime: &arguments.runtime })?
        }
        None => target::make_project(&project),
    };
    let diagnostics = &target.output.diagnostics;
    print_diagnostics(diagnostics, &project, arguments.format)?;
    if target.output.has_errors() {
        return Ok(false);
    }
    let is_warning = |diagnostic: &Diagnostic| diagnostic.code.severity() == Severity::Warning;
    if arguments.deny == Some(Denied::Warnings) && diagnostics.iter().any(is_warning) {
        writeln!(io::stderr(), "error: warnings are denied; nothing was written")?;
        return Ok(false);
    }
    let mode = if arguments.check { Mode::Check } else { Mode::Write };
    let report = sync_shared(&target.output.files, &target.folder, target.sharing, mode).map_err(io::Error::other)?;
    print_report(&target, &report, mode)?;
    if mode == Mode::Write {
        writeln!(io::stderr(), "{}", summary::sum_up(&target, start.elapsed()))?;
    }
    Ok(report.is_current() || mode == Mode::Write)
}

/// As many paths are listed one by one.
const FEW: usize = 12;

fn print_report(target: &Target, report: &Report, mode: Mode) -> io::Result<()> {
    let (written, removed) = match mode {
        Mode::Check => ("out of date", "no longer generated"),
        Mode::Write => ("written", "removed"),
    };
    let folder = &target.shown;
    let mut log = io::stderr().lock();
    for (paths, done) in [(&report.written, written), (&report.removed, removed)] {
        if paths.len() > FEW {
            writeln!(log, "{folder}: {} files {done}", paths.len())?;
            continue;
        }
        for path in paths {
            writeln!(log, "{folder}/{path}: {done}")?;
        }
    }
    if report.is_current() {
        writeln!(log, "{folder} is up to date ({} files)", report.unchanged.len())?;
    }
    match target.outer_workspace() {
        Some(workspace) if report.written.iter().any(|path| path == "Cargo.toml") => writeln!(
            log,
            "note: {} is a workspace; name {folder} in its `members` or `exclude`, or in a package's dependencies",
            workspace.display()
        ),
        _ => Ok(()),
    }
}
