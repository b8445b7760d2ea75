//! The program that reads and writes values: gets a file with a line for each, and says what became of it.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use clientwright::verify::{Outcome, Trial};

/// Runs the program over all values. Where it ends before its input does, the next value begins another run.
pub(super) fn run(program: &Path, trial: &Trial, file: &Path) -> io::Result<Vec<Outcome>> {
    let count = trial.samples().len();
    let mut outcomes = Vec::with_capacity(count);
    while outcomes.len() < count {
        fs::write(file, trial.input(outcomes.len()))?;
        let input = Stdio::from(fs::File::open(file)?);
        let output = Command::new(program).stdin(input).stderr(Stdio::null()).output()?;
        outcomes.extend(String::from_utf8_lossy(&output.stdout).lines().map(Outcome::parse));
        if outcomes.len() < count {
            outcomes.push(Outcome::Died);
        }
    }
    Ok(outcomes)
}
