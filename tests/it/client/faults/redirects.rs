//! Redirects. None is followed unless it is allowed, and then no credential goes to another host.

use realtimekit::Error;
use realtimekit::runtime::{Operation, Request};

use crate::client::faults::{Create, Read, call, core, seen};
use crate::client::server::{Recorded, Script, Server, answer, json};
use crate::client::support::OK;

fn to(location: &str) -> Script {
    answer("302 Found", &[&format!("location: {location}")], "")
}

#[tokio::test]
async fn fault_redirect_loop() {
    let (error, asked) = seen(to("/again")).await;
    assert_eq!((error.status().unwrap().as_u16(), asked), (302, 1));

    let server = Server::start([to("/again")]).await;
    let core = core(&server.url(), |config| config.options_mut().redirects = Some(5));
    let error = call::<Read>(&core, "1").await.unwrap_err();
    assert!(matches!(error, Error::Undeclared(_)), "{error:?}");
    assert_eq!((error.status().unwrap().as_u16(), server.asked()), (302, 6));
    let error = call::<Create>(&core, "1").await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), server.asked()), (302, 7), "a change is not sent to another place");
}

#[tokio::test]
async fn fault_redirect_to_another_host() {
    let elsewhere = Server::start([json("200 OK", OK)]).await;
    let location = format!("{}/there", elsewhere.url());
    let (error, asked) = seen(to(&location)).await;
    assert_eq!((error.status().unwrap().as_u16(), asked), (302, 1));
    assert_eq!(elsewhere.connections(), 0);

    // Two servers on one machine differ in the port, which is as good as another host.
    let server = Server::start([to("/here"), to(&location)]).await;
    let mut request = Request::new(Read::META).path("id", "1");
    let options = request.options_mut();
    options.redirects = Some(5);
    options.headers.insert("x-api-key", "k-Sn9mVyT4".parse().unwrap());
    options.headers.insert("authorization", "Bearer t-Sn9mVyT4".parse().unwrap());
    core(&server.url(), |_| {}).call::<Read>(request).await.unwrap();
    let with_key = |request: &Recorded| request.headers().join(" ").matches("Sn9mVyT4").count();
    assert_eq!(server.requests().iter().map(with_key).collect::<Vec<_>>(), [2, 2]);
    assert_eq!(with_key(&elsewhere.request()), 0, "{:?}", elsewhere.request().headers());
    assert_eq!(elsewhere.request().line(), "GET /there HTTP/1.1");
}
