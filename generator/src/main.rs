//! The command `clientwright`.
//!
//! Takes arguments; gives texts on the two outputs, files, and an exit code: 0 where all is well, 1 where there is an
//! error or a difference, 2 where the arguments are wrong.

mod cli;

use std::process::ExitCode;

/// A run is millions of short texts and small nodes, and it is over soon: the system's own takes a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    clientwright::with_room(cli::run)
}
