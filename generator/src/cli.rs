//! The command line's words, and what each runs.

mod explain;
mod generate;

use std::env;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use clientwright::diagnostic::Diagnostic;
use clientwright::render::{Style, render, render_json};
use clientwright::sync::{Project, read_project};

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
    Generate(generate::Arguments),
    /// Shows one place of the description: its text, its Rust, what was found there
    Explain(explain::Arguments),
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
        Command::Explain(arguments) => explain::run(&arguments),
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

/// The project of a configuration, whose paths are shown from where the command runs.
fn open_project(config: &Path) -> Project {
    // Paths of a configuration are written with `/` everywhere.
    let shown = config.to_string_lossy().replace('\\', "/");
    read_project(Path::new(""), &shown)
}

/// Prints what was found: for people beside the results, for programs as the result.
fn print_diagnostics(diagnostics: &[Diagnostic], project: &Project, format: Format) -> io::Result<()> {
    match format {
        Format::Human => io::stderr().write_all(render(diagnostics, project.texts(), style(&io::stderr())).as_bytes()),
        Format::Json => io::stdout().write_all(render_json(diagnostics, project.texts()).as_bytes()),
    }
}

/// Colours are for terminals whose owner has not refused them.
fn style(output: &impl io::IsTerminal) -> Style {
    let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if output.is_terminal() && !refused { Style::Coloured } else { Style::Plain }
}
