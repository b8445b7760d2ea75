//! Calls of what the description does not have.

use clientwright_runtime::http::Method;
use clientwright_runtime::{Answer, Api, Error, Raw, Request, Response, Scheme, SchemeKind};

use crate::double::Reply::{Answer as Says, Broken};
use crate::double::{Double, config, ok, run};

static API: Api = Api {
    base_url: "https://api.example.com/v4",
    base_url_env: None,
    user_agent: "raw/1.0",
    request_id: &["x-request-id"],
    schemes: &[
        Scheme { name: "token", kind: SchemeKind::Bearer, env: &[] },
        Scheme { name: "key", kind: SchemeKind::HeaderKey("x-key"), env: &[] },
    ],
};

fn call(double: &Double, credentials: &[&str], request: Request) -> Result<Response<Answer>, Error> {
    let mut config = config(&API, double);
    for name in credentials {
        config.credential(name, format!("{name}-1"));
    }
    run(config.build().unwrap().call::<Raw>(request))
}

#[test]
fn a_raw_call_has_the_clients_url_credentials_retries_and_errors() {
    let double = Double::new([Says(503, &[], ""), Says(201, &[("x-request-id", "r1")], "[7]")]);
    let request = Request::raw(Method::PUT, "things/{id}").path("id", "a/b").query("deep", &true).json(&1_u8);
    let answer = call(&double, &["token"], request).unwrap();
    assert_eq!((answer.status().as_u16(), answer.request_id()), (201, Some("r1")));
    assert_eq!(answer.json::<Vec<u8>>().unwrap(), [7]);
    let sent = double.requests().remove(1);
    assert_eq!(sent.uri(), "https://api.example.com/v4/things/a%2Fb?deep=true");
    assert_eq!((sent.method(), sent.body().as_ref()), (&Method::PUT, b"1".as_slice()));
    assert_eq!(sent.headers()["authorization"], "Bearer token-1");

    let double = Double::new([Says(404, &[], r#"{"message":"no such thing"}"#)]);
    let error = call(&double, &[], Request::raw(Method::GET, "/x")).unwrap_err();
    assert_eq!(error.to_string(), "`raw` failed with 404 Not Found: no such thing");
    let error = call(&double, &[], Request::raw(Method::GET, "/x/../y")).unwrap_err();
    assert_eq!(error.to_string(), "`raw` was not sent: the path is, or decodes to, `.` or `..`");
}

#[test]
fn a_raw_call_is_repeated_by_its_method() {
    let double = Double::new([Broken]);
    call(&double, &[], Request::raw(Method::POST, "/x")).unwrap_err();
    assert_eq!(double.requests().len(), 1);
}

#[test]
fn a_raw_call_mixes_no_credentials() {
    let double = Double::new([ok()]);
    let error = call(&double, &["token", "key"], Request::raw(Method::GET, "/x")).unwrap_err();
    let shown = error.to_string();
    assert!(shown.ends_with("has several credentials; say with `with_schemes` which to send"), "{shown}");
    call(&double, &["token", "key"], Request::raw(Method::GET, "/x").with_schemes(&["key"])).unwrap();
    let sent = double.requests().remove(0);
    assert_eq!((sent.headers().get("authorization"), &sent.headers()["x-key"]), (None, &"key-1".parse().unwrap()));
    let error = call(&double, &["key"], Request::raw(Method::GET, "/x").with_schemes(&["token"])).unwrap_err();
    assert!(error.to_string().ends_with("the client has no credential for `token`"));
}
