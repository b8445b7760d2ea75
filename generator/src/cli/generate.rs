//! `clientwright generate`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::ValueEnum;
use clientwright::diagnostic::{Diagnostic, Severity};
use clientwright::package::{self, PackageName};
use clientwright::sync::{Given, Mode, Record, Report, Sharing, sync_shared};

use crate::cli::summary::{self, Summary};
use crate::cli::target::{self, Target, Wanted};
use crate::cli::{CONFIG, Format, Selection, diagnostics_text, open, print_found, records, style};

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
    take_small_pages();
    let (told, place, sharing) = (arguments.told(), arguments.record(), arguments.sharing());
    if let Some(record) = place.as_ref().and_then(|place| Record::find(place, &told, sharing)) {
        return arguments.say_again(&record.said, start);
    }
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
    let found = diagnostics_text(diagnostics, &project, arguments.format);
    print_found(&found, arguments.format)?;
    if target.output.has_errors() {
        return Ok(false);
    }
    let is_warning = |diagnostic: &Diagnostic| diagnostic.code.severity() == Severity::Warning;
    if arguments.deny == Some(Denied::Warnings) && diagnostics.iter().any(is_warning) {
        writeln!(io::stderr(), "error: warnings are denied; nothing was written")?;
        return Ok(false);
    }
    let mode = arguments.mode();
    let report = sync_shared(&target.output.files, &target.folder, sharing, mode).map_err(io::Error::other)?;
    print_report(&target, &report, mode)?;
    let summary = summary::sum_up(&target);
    if mode == Mode::Write {
        writeln!(io::stderr(), "{}", summary.after(start.elapsed()))?;
        if let Some(place) = place.filter(|place| records::make_room(place).is_ok()) {
            let said = vec![
                found,
                up_to_date(&target, report.written.len() + report.unchanged.len()),
                summary.what,
                summary.found,
            ];
            let given = Given { files: &target.output.files, folder: &target.folder, sharing };
            Record::keep(&place, &told, &project, given, said);
        }
    }
    Ok(report.is_current() || mode == Mode::Write)
}

/// Where memory is in pieces, to put pages of two megabytes together takes the kernel as long as all else takes here, and a
/// tenth of them stays empty.
#[cfg(target_os = "linux")]
fn take_small_pages() {
    // A kernel that knows no such pages refuses, and has none to give.
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

#[cfg(not(target_os = "linux"))]
fn take_small_pages() {}

impl Arguments {
    fn mode(&self) -> Mode {
        if self.check { Mode::Check } else { Mode::Write }
    }

    /// A crate lies among its owner's files, the output of a project alone.
    fn sharing(&self) -> Sharing<'static> {
        if self.out.is_some() { package::SHARING } else { Sharing::NOTHING }
    }

    /// Where the record of a run is.
    fn record(&self) -> Option<PathBuf> {
        match (&self.out, &self.config) {
            (Some(out), _) => records::of_crate(out),
            (None, config) => records::of_project(config.as_deref().unwrap_or(Path::new(CONFIG))),
        }
    }

    /// All that what is given and said depends on.
    fn told(&self) -> String {
        let Self { description, out, crate_name, runtime, config, selection, check: _, deny, format } = self;
        let style = style(&io::stderr());
        format!(
            "{description:?} {out:?} {crate_name:?} {runtime:?} {config:?} {selection:?} {deny:?} {format:?} {style:?}"
        )
    }

    /// Says what the run said that the record is of.
    fn say_again(&self, said: &[String], start: Instant) -> io::Result<bool> {
        let [found, up_to_date, what, also_found] = said else { return Ok(true) };
        print_found(found, self.format)?;
        writeln!(io::stderr(), "{up_to_date}")?;
        if self.mode() == Mode::Write {
            let summary = Summary { what: what.clone(), found: also_found.clone() };
            writeln!(io::stderr(), "{}", summary.after(start.elapsed()))?;
        }
        Ok(true)
    }
}

fn up_to_date(target: &Target, files: usize) -> String {
    format!("{} is up to date ({files} files)", target.shown)
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
        writeln!(log, "{}", up_to_date(target, report.unchanged.len()))?;
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
