//! Where calls go: the base URL, and the operation's path after it.

use realtimekit::Client;

use crate::client::server::{Server, json};
use crate::client::support::{API_TOKEN, OK, client, edit};

const PATH: &str = "/accounts/023e105f4ecef8ad9ca31a8372d0c353/realtime/kit/14a396e7-ca44-4937-bf1f-050a69118543/meetings/3fa85f64-5717-4562-b3fc-2c963f66afa6/participants/p";

#[tokio::test]
async fn a_base_url_keeps_its_path_and_query() {
    // What follows the host, what comes before the path, what comes after it.
    let table = [
        ("", "", ""),
        ("/", "", ""),
        ("/client/v4", "/client/v4", ""),
        ("/client/v4/", "/client/v4", ""),
        ("/client/v4//", "/client/v4", ""),
        ("//client//v4", "//client//v4", ""),
        ("/a%2Fb", "/a%2Fb", ""),
        ("/ä", "/%C3%A4", ""),
        ("/client/v4?key=1", "/client/v4", "?key=1"),
        ("?key=1", "", "?key=1"),
        ("/?key=1&", "", "?key=1"),
        ("/client/v4#top", "/client/v4", ""),
        ("/client/v4/?a=b#c?d/", "/client/v4", "?a=b"),
        ("?", "", ""),
        ("#", "", ""),
    ];
    let server = Server::start([json("200 OK", OK)]).await;
    for (rest, ..) in table {
        edit(&client(server.url() + rest), "p").await.unwrap();
    }
    let targets = table.map(|(_, before, after)| format!("{before}{PATH}{after}"));
    assert_eq!(server.targets(), targets);
}

#[tokio::test]
async fn a_call_adds_its_query_to_that_of_the_base_url() {
    let server = Server::start([json("200 OK", OK)]).await;
    let client = client(server.url() + "/v4?key=1");
    edit(&client, "p").with_query("dry", "2").await.unwrap();
    assert_eq!(server.request().target(), format!("/v4{PATH}?key=1&dry=2"));
}

#[test]
fn what_is_no_base_url_makes_no_client() {
    let table = [
        ("", "the base URL is empty"),
        ("api.example", "the base URL is no absolute URL"),
        ("/client/v4", "the base URL is no absolute URL"),
        ("ftp://api.example", "the base URL is neither `http` nor `https`"),
        ("https://", "the base URL has no valid host"),
        ("https://a b", "the base URL holds white space or a control character"),
        ("https://api.example:port", "the base URL has no valid "),
        ("https://api.example/a/../b", "the base URL has a path with `.` or `..` in it"),
        (
            "https://user:pass@api.example",
            "the base URL holds a user name or password, which belong into the credentials",
        ),
    ];
    for (url, message) in table {
        let built = Client::builder().api_token(API_TOKEN).base_url(url).build();
        let error = built.expect_err(url).to_string();
        assert!(error.starts_with(message), "{url}: {error}");
    }
}
