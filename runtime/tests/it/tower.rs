//! Any `tower::Service` as an HTTP client.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::{
    Body, BoxError, BoxFuture, Config, Error, HttpClient, Raw, Request, TowerClient, TransportError,
    TransportErrorKind, Upload, http,
};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tower_service::Service;

use crate::double::{Anything, Double, PLAIN, config, meta, ok};

/// Goes wrong in one of several ways, or passes on to a double.
#[derive(Clone)]
struct Layer(Double, Arc<AtomicUsize>, &'static str);

impl Service<http::Request<Bytes>> for Layer {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<http::Response<Body>, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(if self.2 == "not ready" { Err("overloaded".into()) } else { Ok(()) })
    }

    fn call(&mut self, request: http::Request<Bytes>) -> Self::Future {
        self.1.fetch_add(1, Ordering::SeqCst);
        let (double, fault) = (self.0.clone(), self.2);
        Box::pin(async move {
            match fault {
                "broken" => Err("reset".into()),
                "refused" => Err(TransportError::connect("refused").into()),
                _ => Ok(double.send(request).await?),
            }
        })
    }
}

/// What one call sees, and how often the service was called.
async fn seen(fault: &'static str) -> (Option<TransportErrorKind>, usize) {
    let (double, called) = (Double::new([ok()]), Arc::default());
    let mut config = config(&PLAIN, &double);
    config.options_mut().timeout = None;
    config.options_mut().retries = Some(0);
    config.http_client(TowerClient::whole(Layer(double.clone(), Arc::clone(&called), fault)));
    let outcome = config.build().unwrap().call::<Anything>(Request::new(meta(|_| {}))).await;
    let kind = outcome.err().map(|error| {
        let Error::Transport(failure) = error else { panic!("{error:?}") };
        failure.error().kind()
    });
    (kind, called.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_service_sends_requests() {
    assert_eq!(seen("none").await, (None, 1));
    assert_eq!(seen("broken").await, (Some(TransportErrorKind::Broken), 1));
    assert_eq!(seen("refused").await, (Some(TransportErrorKind::Connect), 1));
    assert_eq!(seen("not ready").await, (Some(TransportErrorKind::Connect), 0));
}

/// hyper, with a connection for each request.
#[derive(Clone)]
struct Hyper(SocketAddr);

impl Service<http::Request<Body>> for Hyper {
    type Response = http::Response<hyper::body::Incoming>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let address = self.0;
        Box::pin(async move {
            let stream = TokioIo::new(TcpStream::connect(address).await?);
            let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await?;
            tokio::spawn(connection);
            Ok(sender.send_request(request).await?)
        })
    }
}

/// What a server gives to be sent.
struct Chunks(mpsc::Receiver<Bytes>);

impl futures_core::Stream for Chunks {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|chunk| chunk.map(Ok))
    }
}

/// Takes one request, whose second chunk there is when the first has come, and gives all of it.
async fn serve(listener: TcpListener, chunks: mpsc::Sender<Bytes>) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let (mut bytes, mut chunks) = (Vec::new(), Some(chunks));
    while !bytes.ends_with(b"second") && !bytes.ends_with(b"second\r\n0\r\n\r\n") {
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
        if bytes.windows(5).any(|piece| piece == b"first")
            && let Some(chunks) = chunks.take()
        {
            chunks.send(Bytes::from_static(b"second")).await.unwrap();
        }
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    String::from_utf8(bytes).unwrap()
}

/// What arrives of a body that is sent as it is read.
async fn streamed<C: HttpClient>(length: Option<u64>, client: impl FnOnce(SocketAddr) -> C) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = mpsc::channel(2);
    sender.send(Bytes::from_static(b"first")).await.unwrap();
    let server = tokio::spawn(serve(listener, sender));
    let mut config = Config::new(&PLAIN);
    config.base_url(format!("http://{address}"));
    config.options_mut().timeout = Some(Duration::from_secs(10));
    config.http_client(client(address));
    let upload = Upload::once(Chunks(receiver));
    let upload = length.into_iter().fold(upload, Upload::length);
    let request = Request::raw(http::Method::PUT, "/things").stream("text/plain", upload);
    config.build().unwrap().call::<Raw>(request).await.unwrap();
    server.await.unwrap()
}

/// Were it in memory first, the first chunk would not arrive before there is a second one.
#[tokio::test]
async fn a_service_sends_a_body_as_it_is_read() {
    let text = streamed(Some(11), |address| TowerClient::new(Hyper(address))).await;
    assert!(text.contains("\r\ncontent-length: 11\r\n") && text.ends_with("\r\n\r\nfirstsecond"), "{text}");
    let text = streamed(None, |address| TowerClient::new(Hyper(address))).await;
    assert!(text.contains("\r\ntransfer-encoding: chunked\r\n"), "{text}");
    assert!(text.ends_with("\r\n\r\n5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n"), "{text}");
}

/// A body that is there goes out with its length, as it does through any other client.
#[tokio::test]
async fn a_service_knows_how_long_bytes_are() {
    let (listener, (sender, _receiver)) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), mpsc::channel(1));
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(serve(listener, sender));
    let mut config = Config::new(&PLAIN);
    config.base_url(format!("http://{address}"));
    config.http_client(TowerClient::new(Hyper(address)));
    let request = Request::raw(http::Method::PUT, "/things").text("text/plain", "firstsecond");
    config.build().unwrap().call::<Raw>(request).await.unwrap();
    let text = server.await.unwrap();
    assert!(text.contains("\r\ncontent-length: 11\r\n"), "{text}");
}

#[cfg(feature = "mock")]
#[tokio::test]
async fn a_recorder_passes_a_body_on_as_it_is_read() {
    use clientwright_runtime::doubles::Recorder;

    let mut kept = None;
    let text = streamed(None, |address| {
        let recorder = Recorder::new(TowerClient::new(Hyper(address)));
        kept = Some(recorder.clone());
        recorder
    });
    assert!(text.await.ends_with("\r\n5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n"));
    let recording = kept.unwrap().to_text();
    assert!(recording.contains("\"text\": \"firstsecond\""), "{recording}");
}
