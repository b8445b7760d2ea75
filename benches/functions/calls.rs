//! One call over loopback. `cargo bench --bench calls`.

use clientwright_benches::calls::{by_hand, call_by_hand, call_generated, generated, serve};
use divan::Bencher;
use tokio::runtime::{Builder, Runtime};

fn main() {
    divan::main();
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[divan::bench]
fn call(bencher: Bencher) {
    let (runtime, client) = (runtime(), generated(&serve()));
    bencher.bench_local(|| runtime.block_on(call_generated(&client)));
}

#[divan::bench]
fn call_written_by_hand(bencher: Bencher) {
    let (runtime, base, client) = (runtime(), serve(), by_hand());
    bencher.bench_local(|| runtime.block_on(call_by_hand(&client, &base)));
}
