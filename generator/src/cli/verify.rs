//! `clientwright verify`.

mod cargo;
mod program;
mod report;
mod scratch;
mod steps;

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::Selection;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The descriptions
    #[arg(value_name = "SPEC", required = true)]
    descriptions: Vec<PathBuf>,
    /// The configuration whose overrides hold for all of them
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where crates are written and compiled [default: a folder among the temporary files]
    #[arg(long, value_name = "DIR")]
    target_dir: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// How far to go with each description
    #[arg(long, value_enum, default_value = "run")]
    until: Step,
    /// Features of the crates that are compiled
    #[arg(long, value_name = "FEATURES", value_delimiter = ',')]
    features: Vec<String>,
    /// Compile with what is downloaded already
    #[arg(long)]
    offline: bool,
    /// How the results are printed
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Print no times, so that two tables can be compared
    #[arg(long)]
    without_times: bool,
}

/// What is done with a description; each step after the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Step {
    /// Its crate is generated, and its operations are counted.
    Generate,
    /// The crate is compiled as far as warnings and errors go.
    Check,
    /// Its types read and write the description's examples, and values made from its schemas.
    Run,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each description, for people.
    Table,
    /// An object for each description, for programs.
    Json,
}

/// Whether nothing was wrong that is not the description's own.
pub(super) fn run(arguments: &Arguments) -> io::Result<bool> {
    let scratch = scratch::Scratch::open(arguments.target_dir.as_deref())?;
    let mut results = Vec::new();
    for (index, description) in arguments.descriptions.iter().enumerate() {
        writeln!(io::stderr(), "[{}/{}] {}", index + 1, arguments.descriptions.len(), description.display())?;
        let result = steps::verify(description, arguments, &scratch)?;
        report::print_findings(&result)?;
        results.push(result);
    }
    let text = match arguments.format {
        Format::Table => report::table(&results, arguments.without_times),
        Format::Json => report::json(&results, arguments.without_times),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(results.iter().all(steps::Result::is_well))
}
