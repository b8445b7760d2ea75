//! An HTTP client that answers by a recording.

use std::fmt;
use std::future::{pending, ready};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use crate::doubles::hiding::Hiding;
use crate::doubles::recording::{Exchange, Recording, Sent};
use crate::http_client::{Body, BoxFuture, HttpClient, TransportError};
use crate::json::{DecodeError, Json};

/// Answers by what a [`Recorder`](crate::doubles::Recorder) has written.
///
/// A request is the recorded one where method, path, query and body are the same; the host, headers,
/// and what the recording hides do not count. One that is not recorded is refused, and the error says
/// what was expected. Nothing takes time, so no limit is ever reached.
///
/// ```
/// use clientwright_runtime::doubles::Replayer;
///
/// let replayer = Replayer::from_text(r#"{"hidden": [], "exchanges": [{
///     "request": {"method": "GET", "url": "https://api.example.com/pets/1", "headers": {}},
///     "answer": {"status": 200, "headers": {"content-type": "application/json"}, "json": {"name": "Minka"}}
/// }]}"#)?;
/// assert_eq!(replayer.unused(), ["GET https://api.example.com/pets/1"]);
/// # Ok::<(), clientwright_runtime::DecodeError>(())
/// ```
#[derive(Clone)]
#[must_use = "it is given to a client's builder"]
pub struct Replayer {
    tape: Arc<Mutex<Tape>>,
    order: Order,
}

struct Tape {
    recording: Recording,
    /// Whether each exchange was replayed.
    used: Vec<bool>,
}

/// Which of the recorded exchanges a request can be.
#[derive(Clone, Copy, PartialEq)]
enum Order {
    Recorded,
    Any,
}

impl Replayer {
    /// Reads a recording from a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is no recording.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path)?;
        let unfit = |error| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", path.display()));
        Self::from_text(&text).map_err(unfit)
    }

    /// Reads a recording.
    ///
    /// # Errors
    ///
    /// When the text is no recording.
    pub fn from_text(text: &str) -> Result<Self, DecodeError> {
        let recording = Recording::from_json(text.as_bytes())?;
        let used = vec![false; recording.exchanges.len()];
        Ok(Self { tape: Arc::new(Mutex::new(Tape { recording, used })), order: Order::Recorded })
    }

    /// Takes requests in any order, and each exchange once.
    pub fn in_any_order(mut self) -> Self {
        self.order = Order::Any;
        self
    }

    /// The recorded requests that did not come, by method and URL.
    #[must_use]
    pub fn unused(&self) -> Vec<String> {
        let tape = self.lock();
        let exchanges = tape.recording.exchanges.iter().zip(&tape.used);
        exchanges.filter(|(_, used)| !**used).map(|(exchange, _)| line(&exchange.request)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Tape> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &http::Request<Bytes>) -> Result<http::Response<Body>, String> {
        let mut tape = self.lock();
        let Tape { recording, used } = &mut *tape;
        let sent = Hiding::new(&recording.hidden, request).request(request);
        let mut left = recording.exchanges.iter().zip(used.iter_mut()).filter(|(_, used)| !**used);
        let found = match self.order {
            Order::Recorded => {
                let Some(next) = left.next() else {
                    let count = recording.exchanges.len();
                    return Err(format!("`{}` is one request more than the {count} that are recorded", line(&sent)));
                };
                difference(&next.0.request, &sent).map_or(Ok(next), Err)?
            }
            Order::Any => {
                let fitting = left.find(|(exchange, _)| difference(&exchange.request, &sent).is_none());
                fitting.ok_or_else(|| nowhere(&recording.exchanges, &sent))?
            }
        };
        *found.1 = true;
        Ok(respond(found.0))
    }
}

/// Where a request is another one than what is recorded.
fn difference(recorded: &Sent, sent: &Sent) -> Option<String> {
    if recorded.method != sent.method || target(&recorded.url) != target(&sent.url) {
        return Some(format!("`{}` was sent where `{}` is recorded", line(sent), line(recorded)));
    }
    let is_same = recorded.json == sent.json && recorded.text == sent.text && recorded.base64 == sent.base64;
    (!is_same).then(|| {
        let (there, here) = (body(recorded), body(sent));
        format!("`{}` was sent with another body than is recorded: {here} in place of {there}", line(sent))
    })
}

fn nowhere(exchanges: &[Exchange], sent: &Sent) -> String {
    let same: Vec<&Sent> = exchanges.iter().map(|exchange| &exchange.request).collect();
    let same: Vec<&&Sent> = same.iter().filter(|recorded| line(recorded) == line(sent)).collect();
    if same.iter().any(|recorded| difference(recorded, sent).is_none()) {
        return format!("`{}` was sent more often than it is recorded", line(sent));
    }
    let near = same.first().and_then(|recorded| difference(recorded, sent));
    near.unwrap_or_else(|| {
        let lines: Vec<String> = exchanges.iter().map(|exchange| format!("`{}`", line(&exchange.request))).collect();
        format!("`{}` is not recorded; this is: {}", line(sent), lines.join(", "))
    })
}

fn respond(exchange: &Exchange) -> http::Response<Body> {
    let mut answer = http::Response::new(Body::from(exchange.answer.body()));
    *answer.status_mut() = http::StatusCode::from_u16(exchange.answer.status).unwrap_or_default();
    for (name, value) in &exchange.answer.headers {
        // A line that was edited to something else than a header is left out.
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

fn line(sent: &Sent) -> String {
    format!("{} {}", sent.method, sent.url)
}

/// Path and query.
fn target(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
}

/// What a body is, cut short.
fn body(sent: &Sent) -> String {
    let text = match (&sent.json, &sent.text, &sent.base64) {
        (Some(json), _, _) => json.to_string(),
        (None, Some(text), _) => text.clone(),
        (None, None, Some(base64)) => format!("{} bytes", base64.0.len()),
        (None, None, None) => return "none".to_owned(),
    };
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

impl HttpClient for Replayer {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(ready(self.answer(&request).map_err(TransportError::refused)))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(pending())
    }

    fn pause(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(ready(()))
    }
}

impl fmt::Debug for Replayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replayer").field("unused", &self.unused().len()).finish_non_exhaustive()
    }
}
