//! What the official SDKs get wrong for this very call, and this client does not.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use realtimekit::runtime::{Api, Config, Drift, Hooks, Meta, Request, Scheme, SchemeKind};
use realtimekit::types::EditParticipantError;
use realtimekit::{Client, Error};

use crate::client::faults::{Create, call, core};
use crate::client::server::{Server, answer, hang_up, json};
use crate::client::support::{API_TOKEN, ERROR_500, OK, ask_in_vain, client, edit};

/// Both show the whole body as the message, and know no code.
#[tokio::test]
async fn official_sdks_do_not_understand_the_shape_of_errors() {
    let error = ask_in_vain(json("500 Internal Server Error", ERROR_500)).await;
    let Some(EditParticipantError::InternalServerError(body)) = error.api() else { panic!("{error:?}") };
    assert!((body.error.code - 500.0).abs() < f64::EPSILON);
    assert_eq!(error.message(), "Internal server error");
    let error = ask_in_vain(json("403 Forbidden", r#"{"success":false,"error":{"code":403,"message":"No"}}"#)).await;
    assert_eq!(error.message(), "No", "in an answer that the description does not have, too");
}

/// Both return it as a success.
#[tokio::test]
async fn official_sdks_take_a_failure_for_a_success() {
    let denied = r#"{"success":false,"error":{"code":404,"message":"No such participant"}}"#;
    let error = ask_in_vain(json("200 OK", denied)).await;
    assert!(matches!(error, Error::Undeclared(_)), "{error:?}");
    assert_eq!(error.message(), "No such participant");
}

#[derive(Clone, Debug, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Hooks for Notes {
    fn drift(&self, drift: &Drift) {
        self.0.lock().unwrap().push(drift.to_string());
    }
}

/// One passes it on, and the other has `None` where its types say text. Here nothing is made up, the edit that was
/// made is no error, and somebody is told; or it is an error, where the client is strict.
#[tokio::test]
async fn official_sdks_do_not_notice_that_required_fields_are_missing() {
    let body = OK.replace("\"token\": \"token\",", "");
    let server = Server::start([json("200 OK", &body)]).await;
    let notes = Notes::default();
    let builder = Client::builder().api_token(API_TOKEN).base_url(server.url());
    let lenient = builder.configure(|config| config.hooks(notes.clone())).build().unwrap();
    let edited = edit(&lenient, "p").await.unwrap();
    assert!(edited.success && edited.data.is_none());
    let told = notes.0.lock().unwrap().clone();
    assert_eq!(told.len(), 1);
    let start =
        "`edit_participant` answered 200 OK, not quite as described: at `data.token`: expected a required field";
    assert!(told[0].starts_with(start), "{told:?}");

    let error = edit(&client(server.url()), "p").await.unwrap_err();
    assert!(error.message().starts_with("at `data.token`: expected a required field, found none"), "{error}");
}

/// Both send `POST` and `PATCH` again after a broken connection. Here `POST` is not, and this `PATCH` only because the
/// configuration says that it may be.
#[tokio::test]
async fn official_sdks_send_again_whatever_the_method() {
    let server = Server::start([hang_up(), json("200 OK", "{}")]).await;
    call::<Create>(&core(&server.url(), |_| {}), "1").await.unwrap_err();
    assert_eq!(server.asked(), 1);
    let server = Server::start([hang_up(), json("200 OK", OK)]).await;
    edit(&client(server.url()), "p").await.unwrap();
    assert_eq!(server.asked(), 2);
}

/// One ignores what is longer than a minute, and burns its retries within the block; the other waits in silence.
#[tokio::test]
async fn official_sdks_burn_their_retries_in_a_block() {
    let server = Server::start([answer("429 Too Many Requests", &["retry-after: 300"], "")]).await;
    let call = edit(&client(server.url()), "p").timeout(Duration::from_mins(10)).into_future();
    let error = tokio::time::timeout(Duration::from_secs(5), call).await.expect("an error at once").unwrap_err();
    assert_eq!((server.asked(), error.retry_after()), (1, Some(Duration::from_mins(5))));
    let shown = error.to_string();
    assert_eq!(shown, "`edit_participant` failed with 429 Too Many Requests; the server asks to wait 300s");
}

/// Neither reads the field, though the documentation says so.
#[tokio::test]
async fn official_sdks_do_not_read_the_rate_limit() {
    let headers = ["ratelimit: \"default\";r=0;t=1", "ratelimit-policy: \"default\";q=1200;w=300"];
    let server = Server::start([answer("429 Too Many Requests", &headers, ""), json("200 OK", OK)]).await;
    let start = Instant::now();
    edit(&client(server.url()), "p").await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.asked(), 2);
}

/// One sends all three, and the other drops the token. Here an alternative is sent whole, and no other one with it.
#[tokio::test]
async fn official_sdks_mix_up_credentials() {
    static CLOUDFLARE: Api = Api {
        schemes: &[
            Scheme { name: "api_token", kind: SchemeKind::Bearer, env: &[] },
            Scheme { name: "api_email", kind: SchemeKind::HeaderKey("x-auth-email"), env: &[] },
            Scheme { name: "api_key", kind: SchemeKind::HeaderKey("x-auth-key"), env: &[] },
        ],
        base_url: "",
        base_url_env: None,
        user_agent: "",
        request_id: &[],
    };
    const META: Meta = Meta { security: &[&["api_email", "api_key"], &["api_token"]], ..super::faults::CREATE };
    let sent = async |credentials: &[&str]| {
        let server = Server::start([json("200 OK", "{}")]).await;
        let mut config = Config::new(&CLOUDFLARE);
        config.base_url(server.url());
        for name in credentials {
            config.credential(name, format!("{name}-1"));
        }
        config.build().unwrap().call::<Create>(Request::new(&META).path("id", "1")).await.unwrap();
        let headers = server.request().headers();
        headers.into_iter().filter(|line| line.starts_with("auth") || line.starts_with("x-auth")).collect::<Vec<_>>()
    };
    let legacy = ["x-auth-email: api_email-1", "x-auth-key: api_key-1"];
    assert_eq!(sent(&["api_token", "api_email", "api_key"]).await, legacy);
    assert_eq!(sent(&["api_token", "api_key"]).await, ["authorization: Bearer api_token-1"]);
}
