//! The generated client against a server on this machine: what really goes over the wire.

use std::time::{Duration, Instant};

use clientwright_runtime::uuid::Uuid;
use clientwright_runtime::{Api, Config, Error, Operation, Patch, Request, Scheme, SchemeKind, TransportErrorKind};

use crate::double::{Anything, PLAIN, meta};
use crate::mini::types::{AccountId, AppId, EditParticipantBody, EditParticipantError};
use crate::mini::{Call, Client, operations::EditParticipant};
use crate::server::{Script, Server, answer};

const OK: &str = r#"{"success":true,"data":{"id":"00000000-0000-0000-0000-00000000000a","token":"join","created_at":"2024-05-01T12:00:00Z","updated_at":"2024-05-01T12:00:00Z","custom_participant_id":"c","preset_name":"p","new_field":{"a":[1]}}}"#;

fn client(url: &str) -> Client {
    Client::builder().api_token("t0k3n").base_url(url).user_agent("test/1").build().unwrap()
}

fn edit(client: &Client, participant: &str) -> Call<EditParticipant> {
    let (account, app) = (AccountId::new("acc").unwrap(), AppId::new("a b").unwrap());
    let body = EditParticipantBody::new().name("Jane Doe").picture(Patch::Null);
    client.edit_participant(&account, &app, Uuid::from_u128(0xa), participant, &body)
}

#[tokio::test]
async fn a_call_goes_out_and_comes_back() {
    let server = Server::start([answer("200 OK", "cf-ray: 8f1-FRA\r\ncontent-type: application/json\r\n", OK)]).await;
    let edited = edit(&client(&format!("{}/client/v4/", server.url())), "p/1").await.unwrap();
    assert_eq!(edited.data.as_ref().unwrap().token.expose(), "join");
    assert_eq!((edited.status().as_u16(), edited.request_id()), (200, Some("8f1-FRA")));

    let request = server.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    assert_eq!(
        lines.next().unwrap(),
        "PATCH /client/v4/accounts/acc/realtime/kit/a%20b/meetings/00000000-0000-0000-0000-00000000000a/participants/p%2F1 HTTP/1.1"
    );
    let is_others = |line: &&str| line.starts_with("host: ") || line.starts_with("accept-encoding: ");
    let mut headers: Vec<_> = lines.filter(|line| !is_others(line)).collect();
    headers.sort_unstable();
    assert_eq!(
        headers,
        [
            "accept: application/json",
            "authorization: Bearer t0k3n",
            "content-length: 34",
            "content-type: application/json",
            concat!("user-agent: test/1 clientwright-runtime/", env!("CARGO_PKG_VERSION")),
        ]
    );
    assert_eq!(body, r#"{"name":"Jane Doe","picture":null}"#);
}

/// What any URL parser on the way would change would differ here.
#[tokio::test]
async fn the_path_on_the_wire_is_the_path_that_was_built() {
    let odd = [
        ("-._~!$&'()*+,;=:@", "-._~!$&'()*+,;=:@"),
        ("a%2Fb", "a%252Fb"),
        ("\"<>\\^`{|}[]", "%22%3C%3E%5C%5E%60%7B%7C%7D%5B%5D"),
        ("...", "..."),
        ("ä 😀?#", "%C3%A4%20%F0%9F%98%80%3F%23"),
    ];
    let server = Server::start(odd.map(|_| answer("200 OK", "", OK))).await;
    let client = client(&format!("{}/a%2fb//c?k=%27'", server.url()));
    for (participant, _) in odd {
        edit(&client, participant).query("q'", "\"'<>~ +").await.unwrap();
    }
    for ((_, path), request) in odd.iter().zip(server.requests()) {
        let line = request.lines().next().unwrap();
        let start = "PATCH /a%2fb//c/accounts/acc/realtime/kit/a%20b/meetings/00000000-0000-0000-0000-00000000000a/participants/";
        assert_eq!(line, format!("{start}{path}?k=%27%27&q%27=%22%27%3C%3E~%20%2B HTTP/1.1"));
    }
}

/// Some servers refuse a `GET` that announces a body.
#[tokio::test]
async fn a_request_without_a_body_announces_none() {
    let server = Server::start([answer("200 OK", "", "{}")]).await;
    let mut config = Config::new(&PLAIN);
    config.base_url(server.url());
    let core = config.build().unwrap();
    core.call::<Anything>(Request::new(Anything::META)).await.unwrap();
    let request = server.requests().remove(0);
    assert!(request.starts_with("GET /things HTTP/1.1\r\n"), "{request}");
    assert!(!request.contains("content-"), "{request}");
}

#[tokio::test]
async fn errors_are_typed() {
    let server = Server::start([
        answer("500 Internal Server Error", "cf-ray: r\r\n", r#"{"success":false,"error":{"code":500,"message":"m"}}"#),
        answer("401 Unauthorized", "", r#"{"message":"Unauthorized"}"#),
        answer("200 OK", "", r#"{"success":false,"error":{"message":"gone"}}"#),
    ])
    .await;
    let client = client(&server.url());
    let error = edit(&client, "p").retries(0).await.unwrap_err();
    let Some(EditParticipantError::InternalServerError(body)) = error.api() else { panic!("{error}") };
    assert_eq!(body.error.message, "m");
    assert_eq!(error.to_string(), "`edit_participant` failed with 500 Internal Server Error: m (request r)");
    let error = edit(&client, "p").await.unwrap_err();
    assert_eq!(error.to_string(), "`edit_participant` failed with 401 Unauthorized");
    let error = edit(&client, "p").await.unwrap_err();
    assert_eq!(error.to_string(), "`edit_participant` answered 200 OK, but reports a failure: gone");
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let server = Server::start([Script::Silence(""), Script::Silence("")]).await;
    let client = client(&server.url());
    let start = Instant::now();
    let error = edit(&client, "p").timeout(Duration::from_millis(200)).await.unwrap_err();
    assert_eq!(error.to_string(), "`edit_participant` timed out: the call took longer than 200ms");
    assert!(start.elapsed() < Duration::from_secs(5));
    let error = edit(&client, "p").try_timeout(Duration::from_millis(100)).retries(0).await.unwrap_err();
    assert_eq!(error.to_string(), "`edit_participant` timed out: a try took longer than 100ms");
    assert!(error.is_retryable() && error.status().is_none());
}

#[tokio::test]
async fn a_try_that_hangs_is_tried_again() {
    let server = Server::start([Script::Silence(""), answer("200 OK", "", OK)]).await;
    assert!(edit(&client(&server.url()), "p").try_timeout(Duration::from_millis(200)).await.is_ok());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_an_error() {
    let cut = Script::Answer("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"success\":".into());
    let server = Server::start([cut.clone(), cut]).await;
    let error = edit(&client(&server.url()), "p").retries(1).await.unwrap_err();
    let Error::Transport(failure) = &error else { panic!("{error}") };
    assert_eq!((failure.error().kind(), failure.tries()), (TransportErrorKind::Broken, 2));
    assert!(
        error.to_string().starts_with("`edit_participant` failed after 2 tries: the connection broke: "),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_that_hangs_is_within_the_timeout() {
    let begun = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"suc\r\n";
    let server = Server::start([Script::Silence(begun)]).await;
    let error = edit(&client(&server.url()), "p").timeout(Duration::from_millis(300)).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
}

#[tokio::test]
async fn a_refused_connection_says_so() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = edit(&client(&url), "p").retries(1).await.unwrap_err();
    let Error::Transport(failure) = &error else { panic!("{error}") };
    assert_eq!((failure.error().kind(), failure.tries()), (TransportErrorKind::Connect, 2));
    assert!(error.to_string().contains("no connection: Connection refused"), "{error}");
    assert!(!error.to_string().contains("t0k3n"));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Server::start([answer("200 OK", "", OK)]).await;
    let location = format!("location: {}/x\r\n", other.url());
    let server = Server::start([answer("307 Temporary Redirect", &location, "")]).await;
    let error = edit(&client(&server.url()), "p").await.unwrap_err();
    assert_eq!(error.to_string(), "`edit_participant` failed with 307 Temporary Redirect");
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let server = Server::start([answer("200 OK", "", OK)]).await;
    let mut call = edit(&client(&server.url()), "p");
    call.request.options_mut().body_limit = Some(10);
    let error = call.await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`edit_participant` failed: the answer is too large: the body has more than 10 bytes"
    );
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_call_can_be_spawned() {
    let server = Server::start([answer("200 OK", "", OK)]).await;
    let client = client(&server.url());
    let edited = tokio::spawn(async move { edit(&client, "p").await }).await.unwrap();
    assert!(edited.unwrap().success);
}

/// `data` as gzip has it, in one block that is not compressed.
fn gzip(data: &[u8]) -> Vec<u8> {
    let checksum = !data.iter().fold(u32::MAX, |sum, byte| {
        let bit = |sum: u32, _| (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
        (0..8).fold(sum ^ u32::from(*byte), bit)
    });
    let length = u16::try_from(data.len()).unwrap();
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 1];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(data);
    out.extend(checksum.to_le_bytes());
    out.extend(u32::from(length).to_le_bytes());
    out
}

#[tokio::test]
async fn a_compressed_body_is_read() {
    let server = Server::start([answer("200 OK", "content-encoding: gzip\r\n", gzip(OK.as_bytes()))]).await;
    assert!(edit(&client(&server.url()), "p").await.unwrap().success);
}

static KEYED: Api = Api {
    base_url: "",
    base_url_env: None,
    user_agent: "",
    request_id: &[],
    schemes: &[Scheme { name: "key", kind: SchemeKind::QueryKey("key"), env: &[] }],
};

/// A URL with a credential in it must not come back in an error of the HTTP client.
#[tokio::test]
async fn no_transport_error_shows_the_url() {
    let cut = Script::Answer("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".into());
    let mangled = Script::Answer("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\nno gz".into());
    let server = Server::start([cut, mangled, Script::Answer("no HTTP\r\n\r\n".into())]).await;
    let meta = meta(|meta| meta.security = &[&["key"]]);
    for (url, calls) in [(server.url(), 3), ("http://127.0.0.1:1".to_owned(), 1)] {
        for _ in 0..calls {
            let mut config = Config::new(&KEYED);
            config.base_url(url.clone());
            config.credential("key", "s3cret");
            config.options_mut().retries = Some(0);
            let core = config.build().unwrap();
            let error = core.call::<Anything>(Request::new(meta)).await.unwrap_err();
            assert!(matches!(error, Error::Transport(_)), "{error}");
            let causes = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
            let shown: Vec<_> = causes.map(|error| format!("{error} {error:?} {error:#?}")).collect();
            let shown = shown.concat();
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }
    assert!(server.requests().iter().all(|request| request.contains("?key=s3cret")));
}
