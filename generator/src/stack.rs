//! The stack: takes work, and does it where there is room for the deepest description.
//!
//! A text is at most 128 levels deep, and the typed model needs several large frames for each of them: more than a
//! thread of a test has, or the main thread of some systems. The other thread is waited for, so that nothing happens at
//! the same time as anything else.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// Several times of what the deepest description needs without optimizations. What is not used costs nothing.
const SIZE: usize = 64 * 1024 * 1024;

thread_local! {
    static HAS_ROOM: Cell<bool> = const { Cell::new(false) };
}

/// Does some work on a stack that is large enough for any description; on the caller's where there can be no other.
///
/// [`generate`](crate::generate) does so by itself. Whoever has read large descriptions before it takes less memory by
/// doing both in here: what one thread has freed, another may not get.
pub fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    if HAS_ROOM.get() {
        return work();
    }
    let marked = || {
        HAS_ROOM.set(true);
        work()
    };
    scope(|scope| match Builder::new().stack_size(SIZE).spawn_scoped(scope, marked) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        Err(_) => work(),
    })
}
