//! What is recorded can be read by anybody, and replayed without the service.

use clientwright_runtime::doubles::{Recorder, Replayer};
use clientwright_runtime::http::{HeaderValue, Method};
use clientwright_runtime::{
    Answer, Config, Core, Error, Form, FormPart, HeaderStyle, Json, Raw, Request, Response, Value,
};

use crate::auth::API;
use crate::double::Reply::Answer as Reply;
use crate::double::{Double, Reply as Any, config, run};

type Outcome = Result<Response<Answer>, Error>;

const JSON: (&str, &str) = ("content-type", "application/json");

fn through(config: Config, client: impl clientwright_runtime::HttpClient) -> Core {
    let mut config = config;
    config.http_client(client);
    config.build().unwrap()
}

fn send(core: &Core, request: Request) -> Outcome {
    run(core.call::<Raw>(request.with_schemes(&["token", "login", "key", "query", "cookie"])))
}

/// A client with a credential of each kind, and what it says to a service.
fn with_credentials(replies: impl IntoIterator<Item = Any>) -> (Config, Double) {
    let double = Double::new(replies);
    let mut config = config(&API, &double);
    config.base_url("https://api.example.com/v1".to_owned());
    for (scheme, secret) in [
        ("token", "bearer-S3CRET"),
        ("login", "user:basic-S3CRET"),
        ("key", "key-S3CRET"),
        ("query", "query-S3CRET&"),
        ("cookie", "cookie-S3CRET"),
    ] {
        config.credential(scheme, secret);
    }
    (config, double)
}

fn rename() -> Request {
    let body =
        Value::from_json(br#"{"name":"Jane","password":"typed-S3CRET","tags":[],"list":[1,{"a":null}]}"#).unwrap();
    Request::raw(Method::PATCH, "/people/7").query("page", "2").query("token", "paged-S3CRET").json(&body)
}

fn upload(text: &str) -> Request {
    let mut form = Form::new();
    form.part("file", &FormPart::file("a.txt", text.to_owned()));
    Request::raw(Method::POST, "/files").multipart("multipart/form-data", &form)
}

const ANSWER: &str = r#"{"you_sent":"key-S3CRET","access_token":"given-S3CRET","id":12345678901234567890}"#;

const RECORDED: &str = r#"{
  "hidden": [],
  "exchanges": [
    {
      "request": {
        "method": "PATCH",
        "url": "https://api.example.com/v1/people/7?page=2&token=[redacted]&api%20key=[redacted]",
        "headers": {
          "accept": "*/*",
          "authorization": "[redacted]",
          "content-type": "application/json",
          "cookie": "[redacted]",
          "user-agent": "auth/1.0",
          "x-auth-key": "[redacted]"
        },
        "json": {
          "name": "Jane",
          "password": "[redacted]",
          "tags": [],
          "list": [
            1,
            {
              "a": null
            }
          ]
        }
      },
      "answer": {
        "status": 201,
        "headers": {
          "content-type": "application/json",
          "set-cookie": "[redacted]"
        },
        "json": {
          "you_sent": "[redacted]",
          "access_token": "[redacted]",
          "id": 12345678901234567890
        }
      }
    }
  ]
}
"#;

#[test]
fn a_recording_is_readable_and_holds_no_credential() {
    let (config, double) = with_credentials([Reply(201, &[JSON, ("set-cookie", "sid=set-S3CRET")], ANSWER)]);
    let recorder = Recorder::new(double.clone());
    let core = through(config, recorder.clone());
    let answer = send(&core, rename()).unwrap();
    assert_eq!(answer.body().as_ref(), ANSWER.as_bytes(), "what is passed on is as it came");
    let request = &double.requests()[0];
    assert!(request.uri().query().unwrap().ends_with("api%20key=query-S3CRET%26"), "{}", request.uri());
    assert_eq!(recorder.to_text(), RECORDED);
}

#[test]
fn forms_text_and_bytes_are_recorded_without_what_their_names_give_away() {
    let replies = [
        Reply(200, &[("location", "/next?token=moved-S3CRET&page=3")], "text"),
        Reply(200, &[JSON], ""),
        Reply(204, &[], ""),
    ];
    let (config, double) = with_credentials(replies);
    let recorder = Recorder::new(double).hide("Phone").hide("x-trace");
    let core = through(config, recorder.clone());
    let form = Value::from_json(br#"{"grant":"x","client_secret":"form-S3CRET","phone":"phone-S3CRET"}"#).unwrap();
    let traced =
        Request::raw(Method::POST, "/token").form(&form).header_style("x-trace", HeaderStyle::Simple, "trace-S3CRET");
    for request in [traced, upload("hello"), Request::raw(Method::PUT, "/b").bytes("image/png", vec![0xff, 0])] {
        send(&core, request).unwrap();
    }
    let text = recorder.to_text();
    assert!(!text.contains("S3CRET"), "{text}");
    for part in [
        r#""text": "grant=x&client_secret=[redacted]&phone=[redacted]""#,
        r#""location": "/next?token=[redacted]&page=3""#,
        r#""content-type": "multipart/form-data; boundary=boundary""#,
        r#""text": "--boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\""#,
        r#""base64": "/wA=""#,
    ] {
        assert!(text.contains(part), "there is no {part} in {text}");
    }
}

fn replaying(replayer: &Replayer) -> Core {
    let (config, _) = with_credentials([]);
    through(config, replayer.clone())
}

/// What is left out of an error's chain but the reason.
fn refusal(outcome: Outcome) -> String {
    let Err(Error::Transport(failure)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(failure.tries(), 1, "another try would change nothing");
    failure.error().to_string()
}

/// Two exchanges on tape: a renaming and an upload, whose boundary is another one each time.
fn recording() -> String {
    let (config, double) = with_credentials([Reply(201, &[JSON], ANSWER), Reply(503, &[("retry-after", "1")], "busy")]);
    let recorder = Recorder::new(double);
    let core = through(config, recorder.clone());
    send(&core, rename()).unwrap();
    let mut once = upload("hello");
    once.options_mut().retries = Some(0);
    let busy = send(&core, once).unwrap_err();
    assert_eq!(busy.status().unwrap(), 503);
    recorder.to_text()
}

#[test]
fn a_recording_is_replayed_in_its_order() {
    let replayer = Replayer::from_text(&recording()).unwrap();
    let core = replaying(&replayer);
    let answer = send(&core, rename()).unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["content-type"].clone()),
        (201, HeaderValue::from_static(JSON.1))
    );
    assert_eq!(answer.json::<Value>().unwrap().get("id").unwrap().to_string(), "12345678901234567890");
    assert_eq!(replayer.unused(), ["POST https://api.example.com/v1/files?api%20key=[redacted]"]);
    let mut busy = upload("hello");
    busy.options_mut().retries = Some(0);
    assert_eq!(send(&core, busy).unwrap_err().status().unwrap(), 503);
    assert!(replayer.unused().is_empty());
    assert_eq!(
        refusal(send(&core, Request::raw(Method::GET, "/more"))),
        "nothing was sent: `GET https://api.example.com/v1/more?api%20key=[redacted]` is one request more than the 2 \
         that are recorded"
    );
}

#[test]
fn what_is_not_recorded_is_refused_by_name() {
    let replay = || Replayer::from_text(&recording()).unwrap();
    let query = "?api%20key=[redacted]";
    let other = refusal(send(&replaying(&replay()), Request::raw(Method::GET, "/other")));
    let start = format!("nothing was sent: `GET https://api.example.com/v1/other{query}` ");
    assert_eq!(
        other,
        format!(
            "{start}was sent where `PATCH https://api.example.com/v1/people/7?page=2&token=[redacted]&api%20key=[redacted]` is recorded"
        )
    );
    let changed = refusal(send(&replaying(&replay().in_any_order()), upload("bye")));
    assert!(
        changed.contains("was sent with another body than is recorded: --boundary") && changed.contains("bye"),
        "{changed}"
    );
    let any = refusal(send(&replaying(&replay().in_any_order()), Request::raw(Method::GET, "/other")));
    assert!(any.starts_with(&format!("{start}is not recorded; this is: `PATCH ")) && any.ends_with('`'), "{any}");
}

#[test]
fn in_any_order_each_exchange_is_replayed_once() {
    let replayer = Replayer::from_text(&recording()).unwrap().in_any_order();
    let core = replaying(&replayer);
    let mut busy = upload("hello");
    busy.options_mut().retries = Some(0);
    assert_eq!(send(&core, busy).unwrap_err().status().unwrap(), 503);
    send(&core, rename()).unwrap();
    let again = refusal(send(&core, rename()));
    assert!(again.ends_with("was sent more often than it is recorded"), "{again}");
    assert!(replayer.unused().is_empty());
}

/// The waits between tries are recorded by nobody, and take no time.
#[test]
fn retries_are_exchanges_of_their_own() {
    let (mut config, double) = with_credentials([Reply(503, &[], ""), Reply(200, &[JSON], "{}")]);
    config.options_mut().retries = Some(1);
    let recorder = Recorder::new(double);
    send(&through(config.clone(), recorder.clone()), Request::raw(Method::GET, "/x")).unwrap();
    let replayer = Replayer::from_text(&recorder.to_text()).unwrap();
    assert_eq!(replayer.unused().len(), 2);
    send(&through(config, replayer.clone()), Request::raw(Method::GET, "/x")).unwrap();
    assert!(replayer.unused().is_empty());
}

#[test]
fn a_file_that_is_no_recording_says_so() {
    let error = Replayer::from_text(r#"{"hidden": [], "exchanges": [{"request": {}}]}"#).unwrap_err();
    assert!(error.to_string().starts_with("at `exchanges[0].request.method`: expected a required field"), "{error}");
    let folder = std::env::temp_dir();
    let error = Replayer::open(folder.join("clientwright-no-such-recording.json")).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn what_went_over_the_wire_is_replayed_from_a_file() {
    use clientwright_runtime::ReqwestClient;

    use crate::server::{Server, answer};

    let server = Server::start([answer("200 OK", "content-type: application/json\r\n", r#"{"name":"Jane"}"#)]).await;
    let get = || Request::raw(Method::GET, "/people/7");
    let recorder = Recorder::new(ReqwestClient::new().unwrap());
    let mut config = Config::new(&crate::double::PLAIN);
    config.base_url(server.url());
    let live = through(config.clone(), recorder.clone()).call::<Raw>(get()).await.unwrap();
    let file = std::env::temp_dir().join(format!("clientwright-recording-{}.json", std::process::id()));
    recorder.save(&file).unwrap();
    let replayer = Replayer::open(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    config.base_url("https://elsewhere.example.com".to_owned());
    let again = through(config, replayer).call::<Raw>(get()).await.unwrap();
    assert_eq!((again.status(), again.json::<Value>().unwrap()), (live.status(), live.json::<Value>().unwrap()));
    assert_eq!(server.requests().len(), 1);
}
