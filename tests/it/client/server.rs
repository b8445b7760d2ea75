//! A server on this machine that keeps every byte that arrives, and answers as told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    delay: Duration,
    bytes: Vec<u8>,
    end: End,
}

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// It waits for the next request.
    Open,
    /// It is closed.
    Closed,
    /// It stays open, and nothing more comes.
    Silent,
}

/// Answers with JSON.
pub(crate) fn json(status: &str, body: &str) -> Script {
    answer(status, &["content-type: application/json"], body)
}

/// Answers with these lines of headers, and `content-length` before them.
pub(crate) fn answer(status: &str, headers: &[&str], body: &str) -> Script {
    let length = format!("content-length: {}", body.len());
    let head = [&[length.as_str()], headers].concat().join("\r\n");
    raw(format!("HTTP/1.1 {status}\r\n{head}\r\n\r\n{body}"))
}

/// Answers with these bytes.
pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Script {
    Script { delay: Duration::ZERO, bytes: bytes.into(), end: End::Open }
}

/// Takes the request, and says nothing.
pub(crate) fn silence() -> Script {
    raw("").then_silence()
}

/// Takes the request, and closes the connection.
pub(crate) fn hang_up() -> Script {
    raw("").then_close()
}

impl Script {
    pub(crate) fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    pub(crate) fn then_close(self) -> Self {
        let end = End::Closed;
        Self { end, ..self }
    }

    pub(crate) fn then_silence(self) -> Self {
        let end = End::Silent;
        Self { end, ..self }
    }

    /// Keeps the last bytes back.
    pub(crate) fn without_last(mut self, count: usize) -> Self {
        self.bytes.truncate(self.bytes.len() - count);
        self
    }
}

/// A request, byte by byte.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) bytes: Vec<u8>,
    /// When the whole of it was there, since 1970.
    pub(crate) at: Duration,
}

impl Recorded {
    fn head(&self) -> String {
        let end = end_of_head(&self.bytes).unwrap();
        String::from_utf8(self.bytes[..end].to_vec()).unwrap()
    }

    pub(crate) fn line(&self) -> String {
        self.head().lines().next().unwrap().to_owned()
    }

    /// The path and query of the request line.
    pub(crate) fn target(&self) -> String {
        self.line().split(' ').nth(1).unwrap().to_owned()
    }

    /// The lines of headers, sorted, but for `host`, whose port is another one each time.
    pub(crate) fn headers(&self) -> Vec<String> {
        let head = self.head();
        let lines = head.lines().skip(1).filter(|line| !line.is_empty());
        let mut lines: Vec<_> = lines.filter(|line| !line.starts_with("host: ")).map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    }

    pub(crate) fn body(&self) -> String {
        let end = end_of_head(&self.bytes).unwrap();
        String::from_utf8(self.bytes[end..].to_vec()).unwrap()
    }
}

#[derive(Default)]
struct Log {
    connections: usize,
    closed_in_silence: usize,
    requests: Vec<Recorded>,
}

pub(crate) struct Server {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
}

impl Server {
    /// Starts a server that plays one script per request, and the last one again for all others.
    pub(crate) async fn start<const N: usize>(scripts: [Script; N]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Mutex::new(Log::default()));
        tokio::spawn(accept(listener, Arc::clone(&log), Arc::from(scripts)));
        Self { address, log }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<Recorded> {
        lock(&self.log).requests.clone()
    }

    /// The paths and queries of all requests.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.requests().iter().map(Recorded::target).collect()
    }

    /// The bodies of all requests.
    pub(crate) fn bodies(&self) -> Vec<String> {
        self.requests().iter().map(Recorded::body).collect()
    }

    /// The one request that came.
    #[track_caller]
    pub(crate) fn request(&self) -> Recorded {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "how often the server was asked");
        requests.remove(0)
    }

    /// How often the server was asked.
    pub(crate) fn asked(&self) -> usize {
        lock(&self.log).requests.len()
    }

    pub(crate) fn connections(&self) -> usize {
        lock(&self.log).connections
    }

    /// How often the client has closed the connection because the server said nothing.
    pub(crate) fn closed_in_silence(&self) -> usize {
        lock(&self.log).closed_in_silence
    }
}

async fn accept(listener: TcpListener, log: Arc<Mutex<Log>>, scripts: Arc<[Script]>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        lock(&log).connections += 1;
        tokio::spawn(serve(stream, Arc::clone(&log), Arc::clone(&scripts)));
    }
}

async fn serve(mut stream: TcpStream, log: Arc<Mutex<Log>>, scripts: Arc<[Script]>) {
    while let Some(bytes) = read_request(&mut stream).await {
        let script = {
            let mut log = lock(&log);
            let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
            log.requests.push(Recorded { bytes, at });
            let turn = log.requests.len().min(scripts.len());
            scripts[turn - 1].clone()
        };
        tokio::time::sleep(script.delay).await;
        // The client may have gone in the meantime.
        if stream.write_all(&script.bytes).await.is_err() || script.end == End::Closed {
            return;
        }
        if script.end == End::Silent {
            // What comes next is the end of the connection.
            let _ = stream.read(&mut [0]).await;
            lock(&log).closed_in_silence += 1;
            return;
        }
    }
}

/// The next request, or `None` when the client has closed the connection.
async fn read_request(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    while !is_whole(&bytes) {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    Some(bytes)
}

fn is_whole(bytes: &[u8]) -> bool {
    let Some(end) = end_of_head(bytes) else { return false };
    let head = String::from_utf8_lossy(&bytes[..end]);
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    bytes.len() >= end + length.map_or(0, |length| length.parse().unwrap())
}

/// Where the body begins.
fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn lock(log: &Mutex<Log>) -> MutexGuard<'_, Log> {
    log.lock().unwrap()
}
