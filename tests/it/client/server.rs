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
    /// Between each byte and the next.
    drip: Duration,
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
    /// It is reset, as by a crash.
    Reset,
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
    Script { delay: Duration::ZERO, drip: Duration::ZERO, bytes: bytes.into(), end: End::Open }
}

/// Takes the request, and says nothing.
pub(crate) fn silence() -> Script {
    raw("").then_silence()
}

/// Takes the request, and closes the connection.
pub(crate) fn hang_up() -> Script {
    raw("").then_close()
}

/// Takes the request, and resets the connection.
pub(crate) fn reset() -> Script {
    Script { end: End::Reset, ..raw("") }
}

impl Script {
    pub(crate) fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    /// Sends byte by byte, with this pause between them.
    pub(crate) fn dripping(self, drip: Duration) -> Self {
        Self { drip, ..self }
    }

    pub(crate) fn then_close(self) -> Self {
        let end = End::Closed;
        Self { end, ..self }
    }

    pub(crate) fn then_silence(self) -> Self {
        let end = End::Silent;
        Self { end, ..self }
    }

    async fn send(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        if self.drip.is_zero() {
            return stream.write_all(&self.bytes).await;
        }
        for byte in &self.bytes {
            stream.write_all(&[*byte]).await?;
            tokio::time::sleep(self.drip).await;
        }
        Ok(())
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
        Self::choosing(move |turn, _| scripts[turn.min(scripts.len() - 1)].clone()).await
    }

    /// Starts a server that chooses a script for each request, by its turn and by what it is.
    pub(crate) async fn choosing(choose: impl Fn(usize, &Recorded) -> Script + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Mutex::new(Log::default()));
        tokio::spawn(accept(listener, Arc::clone(&log), Arc::new(choose)));
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

type Choose = Arc<dyn Fn(usize, &Recorded) -> Script + Send + Sync>;

async fn accept(listener: TcpListener, log: Arc<Mutex<Log>>, choose: Choose) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        lock(&log).connections += 1;
        tokio::spawn(serve(stream, Arc::clone(&log), Arc::clone(&choose)));
    }
}

async fn serve(mut stream: TcpStream, log: Arc<Mutex<Log>>, choose: Choose) {
    while let Some(bytes) = read_request(&mut stream).await {
        let script = {
            let mut log = lock(&log);
            let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
            log.requests.push(Recorded { bytes, at });
            choose(log.requests.len() - 1, &log.requests[log.requests.len() - 1])
        };
        tokio::time::sleep(script.delay).await;
        if script.end == End::Reset {
            stream.set_zero_linger().unwrap();
        }
        // The client may have gone in the meantime.
        if script.send(&mut stream).await.is_err() || matches!(script.end, End::Closed | End::Reset) {
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
