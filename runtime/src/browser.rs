//! Work on the event loop of the browser that runs WebAssembly.
//!
//! What JavaScript gives cannot leave its thread, and the futures of
//! [`HttpClient`](crate::HttpClient) may. So such work is a task of its own, which hands its outcome
//! over, and is dropped when nobody waits for that any more.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use gloo_timers::callback::Timeout;
use tokio::sync::oneshot;
use wasm_bindgen_futures::spawn_local;

/// The outcome of work that cannot leave this thread; `None` where it has panicked.
pub(crate) async fn local<W>(work: impl FnOnce() -> W) -> Option<W::Output>
where
    W: Future<Output: Send + 'static> + 'static,
{
    let (mut sender, receiver) = oneshot::channel();
    let work = work();
    spawn_local(async move {
        let mut work = pin!(work);
        let outcome = poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
            Poll::Pending => sender.poll_closed(context).map(|()| None),
        });
        if let Some(outcome) = outcome.await {
            // Who waited may have gone in the meantime.
            let _ = sender.send(outcome);
        }
    });
    receiver.await.ok()
}

/// Waits, by the browser's timer.
pub(crate) async fn sleep(duration: Duration) {
    local(move || async move {
        // A timer has no more bits: 24 days.
        let milliseconds = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX).unsigned_abs();
        let (sender, receiver) = oneshot::channel();
        let timer = Timeout::new(milliseconds, move || {
            let _ = sender.send(());
        });
        let _ = receiver.await;
        drop(timer);
    })
    .await;
}
