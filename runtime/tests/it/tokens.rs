//! Tokens from a source: asked for once, renewed in time, renewed when they are refused.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientwright_runtime::{
    AccessToken, Api, BoxError, BoxFuture, ClientCredentials, Core, Error, HttpClient, Meta, Request, Response, Scheme,
    SchemeKind, TokenSource, Value, http,
};

use crate::double::Reply::{self, Answer};
use crate::double::{Anything, Double, config, meta, ok};

static API: Api = Api {
    base_url: "https://api.example.com",
    base_url_env: None,
    user_agent: "tokens/1.0",
    request_id: &[],
    schemes: &[
        Scheme { name: "oauth", kind: SchemeKind::Bearer, env: &[] },
        Scheme { name: "key", kind: SchemeKind::QueryKey("key"), env: &[] },
    ],
};

/// Gives `t1`, `t2`, …, each after a while, and counts.
#[derive(Clone, Debug, Default)]
struct Counter {
    asked: Arc<AtomicUsize>,
    takes: Duration,
    lifetime: Option<Duration>,
    fails: bool,
}

impl TokenSource for Counter {
    fn token<'a>(&'a self, _: &'a dyn HttpClient) -> BoxFuture<'a, Result<AccessToken, BoxError>> {
        Box::pin(async {
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            tokio::time::sleep(self.takes).await;
            if self.fails {
                return Err("the vault is sealed".into());
            }
            let token = AccessToken::new(format!("t{number}"));
            Ok(self.lifetime.into_iter().fold(token, AccessToken::expires_in))
        })
    }
}

impl Counter {
    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

const MILLISECOND: Duration = Duration::from_millis(1);

fn facts() -> &'static Meta {
    meta(|meta| meta.security = &[&["oauth"]])
}

fn core(source: impl TokenSource, double: &Double) -> Core {
    let mut config = config(&API, double);
    config.credential("oauth", source);
    config.build().unwrap()
}

async fn call(core: &Core) -> Result<Response<Value>, Error<Value>> {
    core.call::<Anything>(Request::new(facts())).await
}

fn answers(count: usize) -> Double {
    Double::new(std::iter::repeat_with(ok).take(count))
}

fn sent(double: &Double) -> Vec<String> {
    let header = |request: &http::Request<_>| {
        let value = &request.headers()["authorization"];
        assert!(value.is_sensitive());
        value.to_str().unwrap().to_owned()
    };
    double.requests().iter().map(header).collect()
}

/// The outcomes of fifty calls at once.
async fn fifty(core: &Core) -> Vec<Result<Response<Value>, Error<Value>>> {
    let calls: Vec<_> = (0..50).map(|_| tokio::spawn(core.call::<Anything>(Request::new(facts())))).collect();
    let mut outcomes = Vec::new();
    for call in calls {
        outcomes.push(call.await.unwrap());
    }
    outcomes
}

#[tokio::test]
async fn many_waiting_calls_ask_once() {
    let source = Counter { takes: MILLISECOND * 50, ..Counter::default() };
    let double = answers(50);
    let outcomes = fifty(&core(source.clone(), &double)).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(source.asked(), 1);
    assert_eq!(sent(&double), vec!["Bearer t1"; 50]);
}

#[tokio::test]
async fn many_waiting_calls_share_a_failure() {
    let source = Counter { takes: MILLISECOND * 50, fails: true, ..Counter::default() };
    let double = Double::new([]);
    let core = core(source.clone(), &double);
    for outcome in fifty(&core).await {
        let error = outcome.unwrap_err();
        assert_eq!(
            error.to_string(),
            "`get_thing` was not sent: the credential of `oauth` cannot be had: the vault is sealed"
        );
        assert_eq!(error.source().unwrap().to_string(), "the vault is sealed");
        assert!(matches!(error, Error::Request(_)) && error.is_retryable());
    }
    assert_eq!(source.asked(), 1);
    call(&core).await.unwrap_err();
    assert_eq!(source.asked(), 2, "a later call asks again");
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let source = Counter { lifetime: Some(MILLISECOND * 500), ..Counter::default() };
    let double = answers(4);
    let core = core(source.clone(), &double);
    call(&core).await.unwrap();
    call(&core).await.unwrap();
    assert_eq!(source.asked(), 1);
    tokio::time::sleep(MILLISECOND * 460).await;
    call(&core).await.unwrap();
    assert_eq!(sent(&double), ["Bearer t1", "Bearer t1", "Bearer t2"]);
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once() {
    let refused = || Answer(401, &[], "");
    let source = Counter::default();
    let double = Double::new([ok(), refused(), ok(), refused(), refused()]);
    let core = core(source.clone(), &double);
    call(&core).await.unwrap();
    call(&core).await.unwrap();
    let error = call(&core).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(sent(&double), ["Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3"]);
}

#[tokio::test]
async fn who_gives_up_does_not_hold_up_the_others() {
    let source = Counter { takes: MILLISECOND * 100, ..Counter::default() };
    let double = answers(1);
    let core = core(source.clone(), &double);
    let (first, second) = (tokio::spawn(core.call::<Anything>(Request::new(facts()))), core.clone());
    tokio::time::sleep(MILLISECOND * 20).await;
    let second = tokio::spawn(async move { call(&second).await.map(|_| ()) });
    tokio::time::sleep(MILLISECOND * 20).await;
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!(sent(&double), ["Bearer t2"]);
}

#[tokio::test]
async fn a_header_of_the_callers_own_stays() {
    let double = Double::new([Answer(401, &[], "")]);
    let mut request = Request::new(facts());
    let mut value = http::HeaderValue::from_static("Bearer mine");
    value.set_sensitive(true);
    request.options_mut().headers.insert("authorization", value);
    let error = core(Counter::default(), &double).call::<Anything>(request).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(sent(&double), ["Bearer mine"]);
}

#[test]
fn a_token_goes_into_a_header_only() {
    let mut config = config(&API, &Double::new([]));
    config.credential("key", Counter::default());
    let error = config.build().unwrap_err();
    assert_eq!(error.to_string(), "the credential of `key` is a source of tokens, which go into a header only");
}

/// What the source and the API see.
async fn exchange(source: ClientCredentials, replies: Vec<Reply>) -> (Result<(), String>, Vec<String>) {
    let double = Double::new(replies);
    let outcome = call(&core(source, &double)).await;
    let requests = double.requests();
    let seen = requests.iter().map(|request| {
        let credential = request.headers().get("authorization").map_or("", |value| value.to_str().unwrap());
        let body = String::from_utf8(request.body().to_vec()).unwrap();
        format!("{} {} [{credential}] {body}", request.method(), request.uri())
    });
    (outcome.map(|_| ()).map_err(|error| error.to_string()), seen.collect())
}

fn source(url: &str) -> ClientCredentials {
    ClientCredentials::new(url, "my app", "s3:cret")
}

const URL: &str = "https://auth.example.com/oauth/token";
const TOKEN: &str = r#"{"access_token":"abc","token_type":"Bearer","expires_in":3600}"#;

#[tokio::test]
async fn client_credentials_are_exchanged_for_a_token() {
    let wanted = source(URL).scope("read").scope("write").parameter("audience", "https://api.example.com");
    let (outcome, seen) = exchange(wanted.clone(), vec![Answer(200, &[], TOKEN), ok()]).await;
    outcome.unwrap();
    let form = "grant_type=client_credentials&scope=read%20write&audience=https%3A%2F%2Fapi.example.com";
    let posted = format!("POST {URL} [Basic bXklMjBhcHA6czMlM0FjcmV0] {form}");
    assert_eq!(seen, [posted.as_str(), "GET https://api.example.com/things [Bearer abc] "]);

    let (outcome, seen) = exchange(source(URL).in_body(), vec![Answer(200, &[], TOKEN), ok()]).await;
    outcome.unwrap();
    assert!(seen[0].ends_with("[] grant_type=client_credentials&client_id=my%20app&client_secret=s3%3Acret"));
}

#[tokio::test]
async fn a_token_server_that_fails_says_why() {
    const BEFORE: &str = "`get_thing` was not sent: the credential of `oauth` cannot be had: ";
    let table: Vec<(Vec<Reply>, &str)> = vec![
        (
            vec![Answer(401, &[], r#"{"error":"invalid_client"}"#)],
            "the token server answered 401 Unauthorized: invalid_client",
        ),
        (vec![Answer(200, &[], "{}")], "the token server's answer has no `access_token`"),
        (vec![Answer(200, &[], "<html>")], "the token server's answer has no JSON"),
        (vec![Reply::NoConnection, Answer(503, &[], ""), Reply::Broken], "the connection broke: connection reset"),
    ];
    for (replies, reason) in table {
        let (outcome, _) = exchange(source(URL), replies).await;
        assert_eq!(outcome.unwrap_err(), format!("{BEFORE}{reason}"));
    }
    let (outcome, seen) = exchange(source(URL), vec![Answer(503, &[], ""), Answer(200, &[], TOKEN), ok()]).await;
    assert_eq!((outcome, seen.len()), (Ok(()), 3));
    let (outcome, seen) = exchange(source("http://auth.example.com/"), vec![]).await;
    assert!(outcome.unwrap_err().ends_with("is `http`, over which no credential is sent unless that is allowed"));
    assert!(seen.is_empty());
}
