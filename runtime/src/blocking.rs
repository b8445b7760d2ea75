//! Calls from code that is not asynchronous.
//!
//! Behind the feature `blocking`.

use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

/// Sends a call, and waits for its outcome.
///
/// All calls share one tokio run time with one thread of its own, so that their connections are kept.
///
/// ```no_run
/// # struct Client;
/// # impl Client { async fn list_pets(&self) -> Result<(), std::io::Error> { Ok(()) } }
/// # let client = Client;
/// use clientwright_runtime::block_on;
///
/// let pets = block_on(client.list_pets())??;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// When the run time cannot be started.
///
/// # Panics
///
/// Within an asynchronous run time, which it would block.
pub fn block_on<F: IntoFuture>(call: F) -> io::Result<F::Output> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    let runtime = match RUNTIME.get() {
        Some(runtime) => runtime,
        None => {
            let started = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
            RUNTIME.get_or_init(|| started)
        }
    };
    Ok(runtime.block_on(call.into_future()))
}
