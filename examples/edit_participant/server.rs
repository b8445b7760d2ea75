//! A server on this machine that plays the endpoint.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use realtimekit::Value;
use realtimekit::runtime::Json;
use realtimekit::types::EditParticipantBody;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let requests = Arc::default();
        tokio::spawn(serve(listener, Arc::clone(&requests)));
        Ok(Self { address, requests })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/client/v4", self.address)
    }

    pub(crate) fn last_request(&self) -> String {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.last().cloned().unwrap_or_default()
    }

    pub(crate) fn asked(&self) -> usize {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// Takes one connection after the other, with one request on each.
async fn serve(listener: TcpListener, requests: Arc<Mutex<Vec<String>>>) -> io::Result<()> {
    loop {
        let (mut stream, _) = listener.accept().await?;
        let request = read(&mut stream).await?;
        let (status, body) = answer(&request);
        requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\ncf-ray: 8f1c2d3e4f5a6b7c-FRA\r\ncontent-length: {length}");
        let head = format!("{head}\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n");
        stream.write_all(format!("{head}{body}").as_bytes()).await?;
    }
}

/// Reads a request up to the end of its body, which is an object without another one in it.
async fn read(stream: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"}") && stream.read_buf(&mut bytes).await? > 0 {}
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn answer(request: &str) -> (&'static str, String) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap_or_default();
    if head.contains("/participants/broken ") {
        let body = r#"{"success":false,"error":{"code":500,"message":"Out of order"}}"#;
        return ("500 Internal Server Error", body.to_owned());
    }
    let body = EditParticipantBody::from_json(body.as_bytes()).unwrap_or_default();
    let name = Value::from(body.name.into_value());
    let body = format!(
        r#"{{"success":true,"data":{{"id":"182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e","name":{name},"picture":null,
            "token":"eyJhbGciOiJub25lIn0","custom_participant_id":"jane/1","preset_name":"group_call_host",
            "created_at":"2019-12-27T18:11:19.117Z","updated_at":"2019-12-28T08:00:00Z"}}}}"#
    );
    ("200 OK", body)
}
