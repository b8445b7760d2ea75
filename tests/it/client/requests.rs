//! What goes over the wire: method, target, headers, connections.

use realtimekit::Client;
use realtimekit::runtime::http::{HeaderName, HeaderValue, header};

use crate::client::server::{Server, hang_up, json};
use crate::client::support::{API_TOKEN, OK, client, edit};

const START: &str = "/accounts/023e105f4ecef8ad9ca31a8372d0c353/realtime/kit/14a396e7-ca44-4937-bf1f-050a69118543/meetings/3fa85f64-5717-4562-b3fc-2c963f66afa6/participants/";

#[tokio::test]
async fn the_request_is_the_documented_one() {
    let server = Server::start([json("200 OK", OK)]).await;
    edit(&client(server.url()), "p").await.unwrap();

    let request = server.request();
    assert_eq!(request.line(), format!("PATCH {START}p HTTP/1.1"));
    let br = if cfg!(feature = "br") { ", br" } else { "" };
    let zstd = if cfg!(feature = "zstd") { ", zstd" } else { "" };
    assert_eq!(
        request.headers(),
        [
            &format!("accept-encoding: gzip{br}{zstd}"),
            "accept: application/json",
            &format!("authorization: Bearer {API_TOKEN}"),
            "content-length: 19",
            "content-type: application/json",
            concat!("user-agent: realtimekit/", env!("CARGO_PKG_VERSION")),
        ]
    );
    assert_eq!(request.body(), r#"{"name":"Jane Doe"}"#);
}

/// What any URL parser on the way would change would differ here.
#[tokio::test]
async fn a_participant_id_of_any_text_is_one_segment() {
    let table = [
        ("a/b c", "a%2Fb%20c"),
        ("100%", "100%25"),
        ("a%2Fb", "a%252Fb"),
        ("ä", "%C3%A4"),
        ("e\u{301}", "e%CC%81"),
        ("東京 😀", "%E6%9D%B1%E4%BA%AC%20%F0%9F%98%80"),
        ("?a=b&c#d", "%3Fa=b&c%23d"),
        ("-._~!$&'()*+,;=:@", "-._~!$&'()*+,;=:@"),
        ("\"<>\\^`{|}[]", "%22%3C%3E%5C%5E%60%7B%7C%7D%5B%5D"),
        ("{meeting_id}", "%7Bmeeting_id%7D"),
        ("...", "..."),
        (" ", "%20"),
    ];
    let server = Server::start([json("200 OK", OK)]).await;
    let client = client(server.url());
    for (participant, _) in table {
        edit(&client, participant).await.unwrap();
    }
    let targets = table.map(|(_, encoded)| format!("{START}{encoded}"));
    assert_eq!(server.targets(), targets);
}

#[tokio::test]
async fn a_call_can_have_headers_and_a_query_of_its_own() {
    let server = Server::start([json("200 OK", OK)]).await;
    edit(&client(server.url()), "p")
        .with_header(HeaderName::from_static("x-trace"), HeaderValue::from_static("7"))
        .with_header(header::ACCEPT, HeaderValue::from_static("*/*"))
        .with_query("dry run", "a&b=c d/ä")
        .with_query("tag", "1")
        .with_query("tag", "2")
        .await
        .unwrap();

    let request = server.request();
    let query = "?dry%20run=a%26b%3Dc%20d%2F%C3%A4&tag=1&tag=2";
    assert_eq!(request.target(), format!("{START}p{query}"));
    let headers = request.headers();
    let of = |name: &str| headers.iter().filter(|line| line.starts_with(name)).collect::<Vec<_>>();
    assert_eq!(of("accept: "), ["accept: */*"]);
    assert_eq!(of("x-trace: "), ["x-trace: 7"]);
}

#[tokio::test]
async fn a_product_comes_before_the_client_in_the_user_agent() {
    let server = Server::start([json("200 OK", OK)]).await;
    let client =
        Client::builder().api_token(API_TOKEN).base_url(server.url()).user_agent("my-app/1.0").build().unwrap();
    edit(&client, "p").await.unwrap();
    let agent = concat!("user-agent: my-app/1.0 realtimekit/", env!("CARGO_PKG_VERSION"));
    assert!(server.request().headers().iter().any(|line| line == agent));
}

#[tokio::test]
async fn calls_and_clones_share_a_connection() {
    let server = Server::start([json("200 OK", OK)]).await;
    let client = client(server.url());
    for _ in 0..3 {
        edit(&client.clone(), "p").await.unwrap();
    }
    assert_eq!((server.asked(), server.connections()), (3, 1));
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_in_between_costs_no_try() {
    let server = Server::start([json("200 OK", OK).then_close(), json("200 OK", OK)]).await;
    let client = client(server.url());
    edit(&client, "p").retries(0).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    edit(&client, "p").retries(0).await.unwrap();
    assert_eq!((server.asked(), server.connections()), (2, 2));
}

#[tokio::test]
async fn nothing_is_sent_before_a_call_is_awaited() {
    let server = Server::start([hang_up()]).await;
    drop(edit(&client(server.url()), "p"));
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert_eq!((server.asked(), server.connections()), (0, 0));
}
