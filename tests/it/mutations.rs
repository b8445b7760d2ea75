//! Descriptions that nobody would write: each ends in a client or in a finding, never in a panic, a hang, or an empty
//! success.
//!
//! The small cases are mutated always, the descriptions of `../shared/corpus` where that folder exists. With
//! `CLIENTWRIGHT_MUTATIONS=COUNT` there are as many mutations, from the seed in `CLIENTWRIGHT_SEED` on. What fails is left
//! in the target folder, `tmp/mutations`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail where it stands")]
#![allow(clippy::wildcard_enum_match_arm, reason = "what has no children is left as it is")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use clientwright::source::{Source, Sources};
use fastrand::Rng;
use serde_json::Value;

use crate::cases;

mod bombs;
mod judge;
mod mutate;

/// How many mutations there are in the short run, of the cases and of the corpus.
const FEW: u64 = 200;

/// Larger descriptions are not mutated in the short run.
const SMALL: u64 = 100_000;

#[test]
fn mutated_cases() {
    let documents: Vec<(String, String)> = cases::documents();
    run(&documents);
}

#[test]
fn mutated_descriptions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let most = if env::var_os("CLIENTWRIGHT_MUTATIONS").is_some() { u64::MAX } else { SMALL };
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| fs::metadata(path).is_ok_and(|file| file.len() <= most));
    paths.retain(|path| path.extension().is_some_and(|end| end != "csv"));
    paths.sort();
    let documents: Vec<(String, String)> =
        paths.iter().map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect();
    run(&documents);
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok().map(|number| number.parse().unwrap())
}

/// Mutates one document after the other, by seeds that follow each other.
fn run(documents: &[(String, String)]) {
    let first = number("CLIENTWRIGHT_SEED").unwrap_or_default();
    let last = first + number("CLIENTWRIGHT_MUTATIONS").unwrap_or(FEW);
    let trees: Vec<Option<Value>> =
        documents.iter().map(|(path, text)| Some(Source::parse(path, text).ok()?.tree().clone())).collect();
    let (mut clients, mut findings) = (0, 0);
    for seed in first..last {
        let mut rng = Rng::with_seed(seed);
        let index = rng.usize(..documents.len());
        let text = match &trees[index] {
            // Every fourth time, what is written is hurt, else what it means.
            Some(tree) if rng.u8(..4) > 0 => mutate::tree(tree, &mut rng).to_string(),
            _ => mutate::text(&documents[index].1, &mut rng),
        };
        let name = format!("seed {seed}, {}", documents[index].0);
        if judge::check(&name, &text) == judge::Ending::Client { clients += 1 } else { findings += 1 }
    }
    // A mutation that leaves nothing whole would test no more than the parser.
    assert!(clients > 0 && findings > 0, "{clients} clients, {findings} descriptions refused");
}

fn sources(text: &str) -> Option<Sources> {
    Some(Sources::new(Source::parse("mutated.yaml", text).ok()?))
}
