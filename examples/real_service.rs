//! Calls a real service: limits, a token that is renewed, departures from the description, and each way to fail.
//!
//! The README's chapter of that name is this file.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program that shows something")]

use std::time::Duration;

use realtimekit::runtime::http::Method;
use realtimekit::runtime::{AccessToken, BoxError, BoxFuture, Drift, Hooks, HttpClient, Request, TokenSource, Upload};
use realtimekit::types::{AccountId, AppId, EditParticipantBody, EditParticipantError};
use realtimekit::{Client, ClientBuilder, Error, Value};

/// A token that something else keeps current; asked for before it expires, and after a 401.
#[derive(Debug)]
struct TokenFile(&'static str);

impl TokenSource for TokenFile {
    fn token<'a>(&'a self, _: &'a dyn HttpClient) -> BoxFuture<'a, Result<AccessToken, BoxError>> {
        Box::pin(async {
            let token = std::fs::read_to_string(self.0)?;
            Ok(AccessToken::new(token.trim()).expires_in(Duration::from_mins(10)))
        })
    }
}

/// Is told where an answer departs from the description, and was read all the same.
#[derive(Debug)]
struct Watch;

impl Hooks for Watch {
    fn drift(&self, drift: &Drift) {
        eprintln!("{drift}");
    }
}

pub(crate) fn builder() -> ClientBuilder {
    Client::builder()
        .api_token(TokenFile("secrets/cloudflare-api-token"))
        .timeout(Duration::from_secs(30)) // the whole call, waits included
        .try_timeout(Duration::from_secs(10)) // each try
        .retries(4)
        .max_retry_wait(Duration::from_secs(20)) // past it, the error comes at once and says how long
        .body_limit(1 << 20)
        .configure(|config| {
            config.hooks(Watch);
            config.retry_budget(200);
            config.options_mut().strict = Some(cfg!(debug_assertions));
        })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    calls(&builder().build()?).await
}

pub(crate) async fn calls(client: &Client) -> Result<(), BoxError> {
    let (account, app) = (AccountId::new("023e105f4ecef8ad9ca31a8372d0c353")?, AppId::new("my-app")?);
    let meeting = "3fa85f64-5717-4562-b3fc-2c963f66afa6".parse()?;
    let body = EditParticipantBody::new().name("Jane Doe");

    match client.edit_participant(&account, &app, meeting, "participant-id", &body).await {
        Ok(edited) => println!("{:?}, request {:?}", edited.data, edited.request_id()),
        // The server asks to come back later than `max_retry_wait`.
        Err(error) if let Some(wait) = error.retry_after() => println!("come back in {wait:?}"),
        // What the description declares, by its type.
        Err(Error::Api(failure)) => match &failure.error {
            EditParticipantError::InternalServerError(body) => println!("the service says: {}", body.error.message),
            other => println!("{other:?}"),
        },
        // What it does not: a gateway in between, or a 200 that denies its success.
        Err(error @ Error::Undeclared(_)) => println!("{:?}: {}", error.status(), error.message()),
        // Nobody knows whether it was done.
        Err(error @ (Error::Transport(_) | Error::Timeout(_))) => println!("{error} (retry: {})", error.is_retryable()),
        // Refused before it was sent, or done and not readable.
        Err(error) => println!("{error}"),
    }

    // What the description does not have, with the same credentials, retries and errors.
    let apps = Request::raw(Method::GET, "/accounts/{account}/realtime/kit/apps").path("account", &account);
    println!("{:?}", client.raw(apps).await?.json::<Value>()?);

    // An answer that is taken as it comes in.
    let export = Request::raw(Method::GET, "/accounts/{account}/export").path("account", &account);
    let mut export = client.raw(export).stream().await?;
    export.on_progress(|received, total| eprintln!("{received} of {total:?} bytes"));
    export.write_to(std::fs::File::create("export.zip")?).await??;

    // A body that is sent as it is read.
    let import = Request::raw(Method::PUT, "/accounts/{account}/import").path("account", &account);
    client.raw(import.stream("application/zip", Upload::file("import.zip"))).await?;

    // Events, each as it comes in.
    let news = Request::raw(Method::GET, "/accounts/{account}/news").path("account", &account);
    let mut news = client.raw(news).events_of::<Value>();
    while let Some(event) = news.next().await {
        println!("{:?}", event?.data);
    }
    Ok(())
}
