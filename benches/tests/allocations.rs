//! How often memory is asked for, counted: by reading JSON, and by a call. Counts are the same on every machine.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use clientwright_benches::calls::{by_hand, call_by_hand, call_generated, generated, serve};
use clientwright_benches::issues::{Issue, SIZES, text};
use clientwright_benches::unions::{self, Event, Untagged};
use clientwright_runtime::Json;

struct Counting;

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: everything is handed to the system's allocator as it came; a counter without a destructor is beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// The allocations of this thread while something runs.
fn count<T>(run: impl FnOnce() -> T) -> (u64, T) {
    let before = COUNT.get();
    let value = run();
    (COUNT.get() - before, value)
}

#[test]
fn reading_takes_fewer_allocations_than_serde_json() {
    for size in SIZES {
        let text = text(size);
        let (ours, read) = count(|| Vec::<Issue>::from_json(&text).unwrap());
        let (theirs, same) = count(|| serde_json::from_slice::<Vec<Issue>>(&text).unwrap());
        println!("reading {} bytes: {ours} allocations, serde_json {theirs}", text.len());
        assert_eq!(read, same);
        assert!(ours < theirs, "{} bytes: {ours} allocations, serde_json {theirs}", text.len());
    }
}

#[test]
fn writing_takes_fewer_allocations_than_serde_json() {
    for size in SIZES {
        let issues = Vec::<Issue>::from_json(&text(size)).unwrap();
        let (ours, written) = count(|| issues.to_json());
        let (theirs, same) = count(|| serde_json::to_vec(&issues).unwrap());
        println!("writing {} bytes: {ours} allocations, serde_json {theirs}", written.len());
        assert!(written == same, "not the same text");
        assert!(ours < theirs, "{ours} allocations, serde_json {theirs}");
    }
}

#[test]
fn unions_take_fewer_allocations_than_untagged_enums() {
    let text = unions::text(800);
    let (ours, read) = count(|| Vec::<Event>::from_json(&text).unwrap());
    let (theirs, same) = count(|| serde_json::from_slice::<Vec<Untagged>>(&text).unwrap());
    println!("800 unions: {ours} allocations, serde {theirs}");
    assert_eq!(read.to_json(), serde_json::to_vec(&same).unwrap());
    assert!(ours * 8 < theirs, "{ours} allocations, serde {theirs}");
}

#[test]
fn a_call_takes_few_more_allocations_than_one_written_by_hand() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let base = serve();
    let (client, plain) = (generated(&base), by_hand());
    let many = 50;
    let ours = || (0..many).all(|_| runtime.block_on(call_generated(&client)));
    // The first call opens the connection.
    assert!(ours());
    let (ours, all) = count(ours);
    assert!(all);
    let by_hand = || (0..many).all(|_| runtime.block_on(call_by_hand(&plain, &base)));
    assert!(by_hand());
    let (theirs, all) = count(by_hand);
    assert!(all);
    println!("a call: {} allocations, by hand {}", ours as f64 / f64::from(many), theirs as f64 / f64::from(many));
    // What it does beyond the other: types for parameters, limits, any HTTP client.
    assert!(ours * 100 <= theirs * 106, "{many} calls: {ours} allocations, by hand {theirs}");
}
