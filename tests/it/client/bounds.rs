//! What a user's types and tasks ask of the client.

use std::error::Error as StdError;

use realtimekit::operations::EditParticipant;
use realtimekit::runtime::BuildError;
use realtimekit::types::{AddParticipant, EditParticipantBody, EditParticipantError};
use realtimekit::{Call, Client, ClientBuilder, Error, Response, Violation};

use crate::client::server::{Server, json};
use crate::client::support::{OK, client, edit};

fn is_send_and_static<T: Send + 'static>() {}
fn is_shareable<T: Send + Sync + 'static>() {}
fn is_an_error<T: StdError + Send + Sync + 'static>() {}
fn is_a_value<T: Clone + PartialEq + std::fmt::Debug>() {}

#[test]
fn everything_can_go_to_another_thread() {
    is_shareable::<Client>();
    is_shareable::<ClientBuilder>();
    is_shareable::<Call<EditParticipant>>();
    is_shareable::<Response<AddParticipant>>();
    is_send_and_static::<<Call<EditParticipant> as IntoFuture>::IntoFuture>();
    is_an_error::<Error<EditParticipantError>>();
    is_an_error::<BuildError>();
    is_an_error::<Violation>();
    is_a_value::<AddParticipant>();
    is_a_value::<EditParticipantBody>();
    is_a_value::<EditParticipantError>();
}

/// A large error makes every `Result` large.
#[test]
fn an_error_is_two_words() {
    assert!(size_of::<Error<EditParticipantError>>() <= 16);
}

/// Nothing is borrowed: not the client, not the arguments.
#[tokio::test]
async fn a_call_runs_in_a_task_of_its_own() {
    let server = Server::start([json("200 OK", OK)]).await;
    let task = {
        let client = client(server.url());
        let participant = String::from("p");
        tokio::spawn(edit(&client, &participant).into_future())
    };
    assert!(task.await.unwrap().unwrap().success);
}
