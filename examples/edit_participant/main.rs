//! Renames a participant.
//!
//! ```text
//! cargo run --example edit_participant
//! ```
//!
//! shows the way of a call against a server on this machine. With `CLOUDFLARE_API_TOKEN`, `ACCOUNT_ID`, `APP_ID`,
//! `MEETING_ID` and `PARTICIPANT_ID` in the environment, it calls the service instead, and gives a participant of
//! yours the name that follows the command.
#![expect(clippy::print_stdout, reason = "it is a program that shows something")]

mod server;

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use realtimekit::runtime::uuid::Uuid;
use realtimekit::types::{AccountId, AddParticipant, AppId, EditParticipantBody, EditParticipantError};
use realtimekit::{Client, Error, Patch, Response};

use crate::server::Server;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A meeting, and how to get there.
struct Meeting {
    account: AccountId,
    app: AppId,
    id: Uuid,
}

impl Meeting {
    /// Edits a participant of the meeting. This is the call; the rest is around it.
    async fn edit(
        &self,
        client: &Client,
        participant: &str,
        body: &EditParticipantBody,
    ) -> Result<Response<AddParticipant>, Error<EditParticipantError>> {
        client
            .edit_participant(&self.account, &self.app, self.id, participant, body)
            .timeout(Duration::from_secs(10))
            .retries(0)
            .await
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match env::var_os("CLOUDFLARE_API_TOKEN") {
        Some(_) => call_the_service().await,
        None => call_this_machine().await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn call_the_service() -> Outcome<()> {
    let [account, app, meeting, participant] = variables(["ACCOUNT_ID", "APP_ID", "MEETING_ID", "PARTICIPANT_ID"])?;
    let name = env::args().nth(1).ok_or("say the participant's new name")?;
    let meeting = Meeting {
        account: AccountId::new(account)?,
        app: AppId::new(app)?,
        id: meeting.parse().map_err(|error| format!("MEETING_ID: {error}"))?,
    };
    let client = Client::from_env()?;
    let body = EditParticipantBody::new().name(name);
    show(&meeting.edit(&client, &participant, &body).await?);
    Ok(())
}

async fn call_this_machine() -> Outcome<()> {
    let server = Server::start().await?;
    let client = Client::builder().api_token("made-up").base_url(server.url()).build()?;
    let meeting = Meeting {
        account: AccountId::new("023e105f4ecef8ad9ca31a8372d0c353")?,
        app: AppId::new("14a396e7-ca44-4937-bf1f-050a69118543")?,
        id: "3fa85f64-5717-4562-b3fc-2c963f66afa6".parse()?,
    };
    // Sets the name, takes the picture away, and leaves the preset as it is.
    let body = EditParticipantBody::new().name("Jane Doe").picture(Patch::Null);

    let edited = meeting.edit(&client, "jane/1", &body).await?;
    heading(1, "The request, as it went over the wire");
    println!("{}", server.last_request());
    heading(2, "The answer, typed");
    show(&edited);

    heading(3, "An error that the description declares");
    if let Err(error) = meeting.edit(&client, "broken", &body).await {
        println!("{error}");
        if let Some(EditParticipantError::InternalServerError(said)) = error.api() {
            println!("code       {}", said.error.code);
            println!("message    {}", said.error.message);
        }
    }

    heading(4, "A participant ID that would be another path");
    if let Err(error) = meeting.edit(&client, "..", &body).await {
        println!("{error}");
    }
    println!("\nThe server was asked {} times.", server.asked());
    Ok(())
}

fn show(edited: &Response<AddParticipant>) {
    println!("status     {}", edited.status());
    println!("request    {}", edited.request_id().unwrap_or("has no name"));
    let Some(participant) = &edited.data else {
        println!("success, and nothing is said of the participant");
        return;
    };
    println!("id         {}", participant.id);
    println!("name       {}", participant.name.as_deref().unwrap_or("none"));
    println!("picture    {}", participant.picture.as_deref().unwrap_or("none"));
    println!("preset     {}", participant.preset_name);
    println!("updated    {}", participant.updated_at);
    println!("token      {:?}", participant.token);
}

fn heading(number: u8, text: &str) {
    println!("\n{number}. {text}\n");
}

/// Reads variables, or names all that are missing.
fn variables<const N: usize>(names: [&str; N]) -> Outcome<[String; N]> {
    let missing: Vec<_> = names.into_iter().filter(|name| env::var(name).is_err()).collect();
    if !missing.is_empty() {
        return Err(format!("set {}", missing.join(", ")).into());
    }
    Ok(names.map(|name| env::var(name).unwrap_or_default()))
}
