//! The default HTTP client over TLS, against a server on this machine.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::Arc;
use std::{env, thread};

use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::{HttpClient as _, ReqwestClient, TransportError, TransportErrorKind, http};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, Stream, crypto};

/// For 127.0.0.1, signed by itself.
const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/certificate.pem");
const KEY: &[u8] = include_bytes!("tls/key.der");

/// Answers one request, if the client goes that far, and gives its URL.
fn server() -> String {
    let certificate = CertificateDer::from_pem_file(CERTIFICATE).unwrap();
    let key = PrivateKeyDer::try_from(KEY).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let mut config = config.with_single_cert(vec![certificate], key).unwrap();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut connection = ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = Stream::new(&mut connection, &mut socket);
        if stream.read(&mut [0; 4096]).is_ok() {
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
        }
    });
    url
}

async fn status() -> Result<http::StatusCode, TransportError> {
    let request = http::Request::get(server()).body(Bytes::new()).unwrap();
    Ok(ReqwestClient::new().unwrap().send(request).await?.status())
}

#[tokio::test]
async fn a_certificate_that_the_machine_does_not_trust_is_refused() {
    let error = status().await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(format!("{error:?}").contains("UnknownIssuer"), "{error:?}");
}

/// In a process of its own, since what is trusted is read from its environment.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_certificate_that_the_machine_trusts_is_accepted() {
    if env::var_os("SSL_CERT_FILE").is_some_and(|file| file == CERTIFICATE) {
        return assert_eq!(status().await.unwrap(), 204);
    }
    let name = "tls::a_certificate_that_the_machine_trusts_is_accepted";
    let mut again = Command::new(env::current_exe().unwrap());
    again.args(["--exact", name]).env("SSL_CERT_FILE", CERTIFICATE).env_remove("SSL_CERT_DIR");
    let output = again.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
