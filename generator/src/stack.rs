//! The stack: takes work, and does it where there is room for the deepest description.
//!
//! A text is at most 128 levels deep, and the typed model needs several large frames for each of them: more than a
//! thread of a test has, or the main thread of some systems. The other thread is waited for, so that nothing happens at
//! the same time as anything else.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// Several times of what the deepest description needs without optimizations. What is not used costs nothing.
const SIZE: usize = 64 * 1024 * 1024;

/// Does some work on a stack that is large enough; on the caller's where there can be no other.
pub(crate) fn with_room<T: Send>(work: impl Fn() -> T + Sync) -> T {
    scope(|scope| match Builder::new().stack_size(SIZE).spawn_scoped(scope, &work) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        Err(_) => work(),
    })
}
