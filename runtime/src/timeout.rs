//! Timeouts, without an async run time of their own.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use crate::http_client::HttpClient;

/// Runs a future, or gives `None` when the limit is over first; the future is dropped then.
pub(crate) async fn within<T>(
    http: &dyn HttpClient,
    limit: Duration,
    mut work: Pin<&mut (impl Future<Output = T> + Send)>,
) -> Option<T> {
    let mut sleep = http.sleep(limit);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => sleep.as_mut().poll(context).map(|()| None),
    })
    .await
}
