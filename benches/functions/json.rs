//! Decoding and encoding, by the run time and by `serde_json` with derives. `cargo bench --bench json`.

use clientwright_benches::issues::{Issue, SIZES, issue, text};
use clientwright_benches::unions::{self, Event, Untagged};
use clientwright_runtime::Json;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn decode(bencher: Bencher, count: i64) {
    let text = text(count);
    bencher.counter(BytesCount::of_slice(&text)).bench(|| Vec::<Issue>::from_json(black_box(&text)).unwrap());
}

#[divan::bench(args = SIZES)]
fn decode_serde(bencher: Bencher, count: i64) {
    let text = text(count);
    bencher
        .counter(BytesCount::of_slice(&text))
        .bench(|| serde_json::from_slice::<Vec<Issue>>(black_box(&text)).unwrap());
}

#[divan::bench(args = SIZES)]
fn encode(bencher: Bencher, count: i64) {
    let issues: Vec<_> = (0..count).map(issue).collect();
    bencher.bench(|| black_box(&issues).to_json());
}

#[divan::bench(args = SIZES)]
fn encode_serde(bencher: Bencher, count: i64) {
    let issues: Vec<_> = (0..count).map(issue).collect();
    bencher.bench(|| serde_json::to_vec(black_box(&issues)).unwrap());
}

#[divan::bench]
fn union(bencher: Bencher) {
    let text = unions::text(800);
    bencher.bench(|| Vec::<Event>::from_json(black_box(&text)).unwrap());
}

#[divan::bench]
fn union_serde(bencher: Bencher) {
    let text = unions::text(800);
    bencher.bench(|| serde_json::from_slice::<Vec<Untagged>>(black_box(&text)).unwrap());
}
