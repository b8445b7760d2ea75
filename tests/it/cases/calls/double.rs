//! An HTTP client that sends nothing: it keeps a request as text, and gives an answer that is text.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::{Body, BoxFuture, HttpClient, ToJson, TransportError, Value, http};

#[derive(Clone, Debug)]
pub(crate) struct Double {
    answer: &'static str,
    sent: Arc<Mutex<String>>,
}

impl Double {
    pub(crate) fn new(answer: &'static str) -> Self {
        Self { answer, sent: Arc::default() }
    }

    /// Writes what was sent as a line of JSON, or why nothing was.
    pub(crate) fn print<T, E: std::fmt::Display>(&self, answer: &Result<T, E>) {
        match (self.sent.lock().unwrap().as_str(), answer) {
            ("", Err(refusal)) => print(&refusal.to_string()),
            (sent, _) => print(sent),
        }
    }
}

pub(crate) fn print(text: &str) {
    let json = Value::String(text.to_owned()).to_json_text();
    println!("{}", String::from_utf8(json).unwrap());
}

/// Headers that every request has, or that only say how long the body is.
const EVERYWHERE: &[&str] = &["accept-encoding", "content-length", "host", "user-agent"];

impl HttpClient for Double {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (head, body) = request.into_parts();
        let mut text = format!("{} {}\n", head.method, head.uri);
        let mut boundary = None;
        for (name, value) in head.headers.iter().filter(|(name, _)| !EVERYWHERE.contains(&name.as_str())) {
            let value = String::from_utf8_lossy(value.as_bytes());
            boundary = boundary.or(value.split_once("boundary=").map(|(_, boundary)| boundary.to_owned()));
            text += &format!("{name}: {value}\n");
        }
        if !body.is_empty() {
            text += &format!("\n{}\n", String::from_utf8_lossy(&body));
        }
        let text = text.replace('\r', "").replace(boundary.as_deref().unwrap_or("\r"), "BOUNDARY");
        *self.sent.lock().unwrap() = text;
        Box::pin(std::future::ready(Ok(answer(self.answer))))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}

/// Status, headers, an empty line, a body.
fn answer(text: &'static str) -> http::Response<Body> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let mut answer = http::Response::builder().status(lines.next().unwrap_or("204"));
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        answer = answer.header(name, value);
    }
    answer.body(Body::from(Bytes::from_static(body.trim_end().as_bytes()))).unwrap()
}

/// Polls a future that the double never keeps waiting.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(work).as_mut().poll(&mut context) {
        std::task::Poll::Ready(done) => done,
        std::task::Poll::Pending => panic!("the double never keeps anything waiting"),
    }
}
