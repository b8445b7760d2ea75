//! The command line's words, and what each runs.

mod explain;
mod generate;
mod list;
mod records;
mod summary;
mod target;
mod verify;

use std::env;
use std::io::{self, Write as _};
use std::path::{MAIN_SEPARATOR, Path};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use clientwright::config::{Filter, Filters};
use clientwright::diagnostic::{Diagnostic, Place};
use clientwright::render::{Style, render, render_json};
use clientwright::sync::{Project, read_description, read_project};

/// Turns an OpenAPI description into a Rust client
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes the client, or looks whether it is up to date
    ///
    /// Without a description, the configuration says what is generated from what. With one, the output is a whole crate.
    Generate(Box<generate::Arguments>),
    /// Shows the operations with their functions and tags, and what is not generated as described
    List(list::Arguments),
    /// Shows one place of the description: its text, its Rust, what was found there
    Explain(explain::Arguments),
    /// Generates and compiles crates, and lets their types read and write the descriptions' examples
    ///
    /// A folder for all of them is kept, so that a second run compiles only what is new.
    Verify(verify::Arguments),
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// With excerpts, for people.
    Human,
    /// An object a line, for programs.
    Json,
}

/// Runs what the process's arguments say.
pub(super) fn run() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever reads along has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // If that cannot be told either, the exit code tells it.
            let _unheard = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Which operations are meant.
#[derive(Debug, clap::Args)]
struct Selection {
    /// Keep only these operations: an `operationId`, `METHOD /path` or `tag:NAME`, with `*` and `**`; can be repeated
    #[arg(long, value_name = "FILTER")]
    include: Vec<String>,
    /// Leave out these operations; can be repeated
    #[arg(long, value_name = "FILTER")]
    exclude: Vec<String>,
}

impl Selection {
    /// Adds the filters to those of a project.
    fn add_to(&self, project: &mut Project) {
        let filters = |texts: &[String], option: &str| {
            let filter = |text: &String| Filter::new(text, Place::Argument(format!("--{option} '{text}'")));
            texts.iter().map(filter).collect()
        };
        project.add_filters(Filters {
            include: filters(&self.include, "include"),
            exclude: filters(&self.exclude, "exclude"),
        });
    }
}

/// The configuration that is read where none is named.
const CONFIG: &str = "clientwright.toml";

/// The project of a configuration, whose paths are shown from where the command runs.
fn open_project(config: &Path) -> Project {
    read_project(Path::new(""), &shown(config))
}

/// A description, with the filters and overrides of a configuration if one is named; without a description, a whole project.
fn open(description: Option<&Path>, config: Option<&Path>) -> Project {
    match description {
        Some(description) => read_description(Path::new(""), &shown(description), config.map(shown).as_deref()),
        None => open_project(config.unwrap_or(Path::new(CONFIG))),
    }
}

/// Paths are written with `/` everywhere.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace(MAIN_SEPARATOR, "/")
}

/// Prints what was found: for people beside the results, for programs as the result.
fn print_diagnostics(diagnostics: &[Diagnostic], project: &Project, format: Format) -> io::Result<()> {
    print_found(&diagnostics_text(diagnostics, project, format), format)
}

fn diagnostics_text(diagnostics: &[Diagnostic], project: &Project, format: Format) -> String {
    match format {
        Format::Human => render(diagnostics, project.texts(), style(&io::stderr())),
        Format::Json => render_json(diagnostics, project.texts()),
    }
}

fn print_found(text: &str, format: Format) -> io::Result<()> {
    match format {
        Format::Human => io::stderr().write_all(text.as_bytes()),
        Format::Json => io::stdout().write_all(text.as_bytes()),
    }
}

/// Colours are for terminals whose owner has not refused them.
fn style(output: &impl io::IsTerminal) -> Style {
    let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if output.is_terminal() && !refused { Style::Coloured } else { Style::Plain }
}
