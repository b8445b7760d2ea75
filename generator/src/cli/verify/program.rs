//! The program that reads and writes values: gets them, line by line, and says what became of each.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use clientwright::verify::{Outcome, Sample};
use serde_json::json;

/// Runs the program over all values. Where it ends before its input does, the next value begins another run.
pub(super) fn run(program: &Path, samples: &[Sample]) -> io::Result<Vec<Outcome>> {
    let mut outcomes = Vec::with_capacity(samples.len());
    while let Some(rest) = samples.get(outcomes.len()..).filter(|rest| !rest.is_empty()) {
        outcomes.extend(run_once(program, rest)?);
        if outcomes.len() < samples.len() {
            outcomes.push(Outcome::Died);
        }
    }
    Ok(outcomes)
}

fn run_once(program: &Path, samples: &[Sample]) -> io::Result<Vec<Outcome>> {
    let mut command = Command::new(program);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let outcomes = thread::scope(|scope| {
        scope.spawn(move || {
            let Some(mut input) = input else { return };
            for sample in samples {
                let line = json!({ "at": sample.at.as_str(), "type": sample.ty, "text": sample.value.to_string() });
                // Who has ended reads no more.
                if writeln!(input, "{line}").is_err() {
                    break;
                }
            }
        });
        let lines = output.into_iter().flat_map(|output| BufReader::new(output).lines());
        lines.map(|line| line.map(|line| outcome(&line))).collect::<io::Result<Vec<_>>>()
    })?;
    child.wait()?;
    Ok(outcomes)
}

fn outcome(line: &str) -> Outcome {
    match line.split_once(' ') {
        Some(("written", json)) => Outcome::Written(json.to_owned()),
        Some((_, why)) => Outcome::Refused(why.to_owned()),
        None => Outcome::Died,
    }
}
