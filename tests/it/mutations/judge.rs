//! What a description must end in.

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clientwright::config::Config;
use clientwright::output::Output;
use serde_json::Value;

use super::sources;

/// How long one description may take, on a machine that is busy with other things.
const LONGEST: Duration = Duration::from_mins(1);

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Client,
    Findings,
}

/// Generates, and fails where there is neither a client nor a finding.
pub(super) fn check(name: &str, text: &str) -> Ending {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations").join(format!("{:?}", thread::current().id()));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    // Before, as a stack that overflows takes the test with it.
    fs::write(&file, format!("# {name}\n{text}")).unwrap();
    let (sender, receiver) = mpsc::channel();
    let owned = text.to_owned();
    let worker = thread::spawn(move || drop(sender.send(judge(&owned))));
    let judged = receiver.recv_timeout(LONGEST);
    if let Err(mpsc::RecvTimeoutError::Timeout) = judged {
        panic!("{name}: no end after {LONGEST:?}; see {}", file.display());
    }
    assert!(worker.join().is_ok(), "{name}: panicked; see {}", file.display());
    match judged.unwrap() {
        Ok(ending) => ending,
        Err(why) => panic!("{name}: {why}; see {}", file.display()),
    }
}

fn judge(text: &str) -> Result<Ending, String> {
    let Some(sources) = sources(text) else { return Ok(Ending::Findings) };
    let config =
        Config::parse("description = \"mutated.yaml\"\noutput = \"generated\"\npackage = \"mutated\"\n").unwrap();
    let output = clientwright::generate(&sources, &config);
    if output.has_errors() {
        return if output.files.is_empty() {
            Ok(Ending::Findings)
        } else {
            Err("files in spite of an error".to_owned())
        };
    }
    let declared = declared(sources.main().tree());
    if output.figures.operations < declared && output.diagnostics.is_empty() {
        return Err(format!("{} of {declared} operations, and nothing is said", output.figures.operations));
    }
    // The parser is no part of what is tested, and needs more stack than a thread has.
    let parser = thread::Builder::new().stack_size(256 << 20).spawn(move || parse(&output)).unwrap();
    parser.join().unwrap().map(|()| Ending::Client)
}

/// How many operations there are, at least.
fn declared(tree: &Value) -> usize {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let paths = tree["paths"].as_object().into_iter().flatten().filter(|(path, _)| !path.starts_with("x-"));
    let items = paths.filter_map(|(_, item)| item.as_object());
    items.map(|item| methods.iter().filter(|method| item.contains_key(**method)).count()).sum()
}

/// Every file must be Rust, and there must be some.
fn parse(output: &Output) -> Result<(), String> {
    if output.files.is_empty() {
        return Err("no files, and no error".to_owned());
    }
    for file in output.files.iter().filter(|file| Path::new(&file.path).extension().is_some_and(|end| end == "rs")) {
        syn::parse_file(&file.text).map_err(|error| format!("{}: {error}", file.path))?;
    }
    Ok(())
}
