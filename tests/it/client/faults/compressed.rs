//! Answers that come compressed: what is in them has limits, and what is no whole is no answer.

use realtimekit::runtime::{Operation, Request, TransportErrorKind};
use realtimekit::{Error, Value};

use crate::client::faults::{Read, call, core};
use crate::client::server::{Script, Server, raw};

const LIMIT: usize = 1 << 20;

/// Ten times the limit, in few bytes.
const LARGE: usize = 10 * LIMIT;

fn read() -> Request {
    Request::new(Read::META).path("id", "1")
}

fn compressed(coding: &str, body: &[u8]) -> Script {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: {coding}\r\ncontent-length: {}\r\n\r\n", body.len());
    raw([head.as_bytes(), body].concat())
}

/// A literal zero, and then "the last byte 258 times more" again and again.
fn gzip_bomb() -> Vec<u8> {
    const BLOCK: &str = "110";
    const ZERO: &str = "00110000";
    const LAST_BYTE_258_TIMES: &str = "1100010100000";
    let bits = [BLOCK, ZERO].concat() + &LAST_BYTE_258_TIMES.repeat(LARGE / 258);
    let byte = |bits: &[u8]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | (bit - b'0'));
    let stream = bits.as_bytes().chunks(8).map(byte);
    b"\x1f\x8b\x08\0\0\0\0\0\0\x03".iter().copied().chain(stream).collect()
}

/// Ten million zeros, as an encoder writes them.
#[cfg(feature = "br")]
fn brotli_bomb() -> Vec<u8> {
    b"\xcb\xff\xff\x3f\xf8\x27\0\xe2\xb1\x40\x20\xf7\xfe\x2f\xff\xff\x3f\xf0\x4f\0\xc4\x61\x11\x80\xee\xfd\x07".to_vec()
}

/// Blocks of four bytes: "this byte 65,536 times".
#[cfg(feature = "zstd")]
fn zstd_bomb() -> Vec<u8> {
    let block = |last: u32| ((0x10000 << 3) | (1 << 1) | last).to_le_bytes();
    let blocks = (1..=LARGE >> 16).map(|number| block(u32::from(number == LARGE >> 16)));
    b"\x28\xb5\x2f\xfd\0\x50"
        .iter()
        .copied()
        .chain(blocks.flat_map(|block| [block[0], block[1], block[2], 0]))
        .collect()
}

/// What reads the whole answer refuses it, and so does what takes it as it comes in.
async fn explodes(coding: &str, bomb: Vec<u8>) {
    assert!(bomb.len() < LIMIT / 10, "small on the wire");
    let server = Server::start([compressed(coding, &bomb), compressed(coding, &bomb)]).await;
    let core = core(&server.url(), |config| config.options_mut().body_limit = Some(LIMIT));
    let whole = call::<Read>(&core, "1").await.unwrap_err();
    let mut download = core.stream::<Read>(read()).await.unwrap();
    let streamed = download.write_to(std::io::sink()).await.unwrap().unwrap_err();
    for error in [whole, streamed] {
        let Error::Transport(failure) = &error else { panic!("{error:?}") };
        assert_eq!(failure.error().kind(), TransportErrorKind::DecompressionLimit);
        let shown = error.to_string();
        let reason = "the answer is too large: the body has more than 1048576 bytes when it is decompressed";
        assert_eq!(shown, format!("`read_thing` failed: {reason}"));
        assert!(!error.is_retryable());
    }
    assert!(download.received() < (LIMIT + (64 << 10)) as u64, "no more of it is in memory than the limit");
    assert_eq!(server.asked(), 2);
}

#[tokio::test]
async fn fault_gzip_bomb() {
    explodes("gzip", gzip_bomb()).await;
}

#[cfg(feature = "br")]
#[tokio::test]
async fn fault_brotli_bomb() {
    explodes("br", brotli_bomb()).await;
}

#[cfg(feature = "zstd")]
#[tokio::test]
async fn fault_zstd_bomb() {
    explodes("zstd", zstd_bomb()).await;
}

/// A frame that wants 128 MiB of what came before remembered, where HTTP allows 8.
#[cfg(feature = "zstd")]
#[tokio::test]
async fn fault_zstd_window_too_large() {
    let server = Server::start([compressed("zstd", b"\x28\xb5\x2f\xfd\0\x88\x01\0\0")]).await;
    let core = core(&server.url(), |config| config.options_mut().retries = Some(0));
    let error = call::<Read>(&core, "1").await.unwrap_err();
    assert!(error.to_string().starts_with("`read_thing` failed: the connection broke: "), "{error}");
}

/// `[1]`, compressed.
const WHOLE: &[(&str, &[u8])] = &[
    ("gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x8b\x36\x8c\x05\0\xb8\x32\x2f\x4c\x03\0\0\0"),
    #[cfg(feature = "br")]
    ("br", b"\x0b\x01\x80\x5b\x31\x5d\x03"),
    #[cfg(feature = "zstd")]
    ("zstd", b"\x28\xb5\x2f\xfd\x24\x03\x19\0\0\x5b\x31\x5d\x40\xf4\x07\x62"),
];

#[tokio::test]
async fn fault_compressed_and_cut_off() {
    for (coding, body) in WHOLE {
        for length in 1..body.len() {
            let server = Server::start([compressed(coding, &body[..length])]).await;
            let core = core(&server.url(), |config| config.options_mut().retries = Some(0));
            let error = call::<Read>(&core, "1").await.unwrap_err();
            let Error::Transport(failure) = &error else { panic!("{coding}, {length} bytes: {error:?}") };
            assert_eq!(failure.error().kind(), TransportErrorKind::Broken);
        }
    }
}

#[tokio::test]
async fn what_is_compressed_is_asked_for_and_read() {
    let asked = WHOLE.iter().map(|(coding, _)| *coding).collect::<Vec<_>>().join(", ");
    for (coding, body) in WHOLE {
        let server = Server::start([compressed(coding, body)]).await;
        let answer = call::<Read>(&core(&server.url(), |_| {}), "1").await.unwrap();
        assert_eq!(answer.to_string(), "[1]");
        assert!(answer.headers().get("content-encoding").is_none(), "it is about what came over the wire");
        let headers = server.request().headers();
        assert!(headers.contains(&format!("accept-encoding: {asked}")), "{headers:?}");
    }
}

/// What has come is read before the rest has.
#[tokio::test]
async fn events_come_through_a_compressed_body_one_by_one() {
    let first = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x4a\x49\x2c\x49\xb4\x52\x30\xe4\xe2\x02\0\0\0\xff\xff";
    let head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-type: text/event-stream\r\n\r\n";
    let server = Server::start([raw([&head[..], first].concat()).then_silence()]).await;
    let mut events = core(&server.url(), |_| {}).events::<Read, Value>(read());
    assert_eq!(events.next().await.unwrap().unwrap().data, Value::from(1));
}
