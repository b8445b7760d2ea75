//! The fault table: what goes wrong, what the caller sees, how often the server was asked.
//!
//! The operation that the tests call may be repeated (`PATCH`, by the configuration); where it matters, a `POST` that
//! may not stands beside it.

mod answers;
mod compressed;
mod connections;
mod events;
mod flapping;
mod limits;
mod races;
mod redirects;
mod streams;
mod waits;

use realtimekit::runtime::{Answer, Api, Config, Core, DecodeError, Meta, Operation, Request, Undeclared, http};
use realtimekit::types::EditParticipantError;
use realtimekit::{Error, Response, Value};

use crate::client::server::{Script, Server, json};
use crate::client::support::{OK, client, edit};

/// What one call sees of a server that plays this script each time, and how often the server was asked.
async fn seen(script: Script) -> (Error<EditParticipantError>, usize) {
    let server = Server::start([script]).await;
    let error = edit(&client(server.url()), "p").await.expect_err("a fault");
    (error, server.asked())
}

/// A fault that passes: the second try succeeds.
async fn passes(script: Script) {
    let server = Server::start([script, json("200 OK", OK)]).await;
    let edited = edit(&client(server.url()), "p").await.unwrap();
    assert!(edited.success);
    assert_eq!(server.asked(), 2);
}

static API: Api = Api { base_url: "", base_url_env: None, user_agent: "faults/1.0", request_id: &[], schemes: &[] };

/// An operation that must not be sent twice, and one that may.
pub(crate) enum Create {}
pub(crate) enum Read {}

pub(crate) const CREATE: Meta = Meta {
    id: "create_thing",
    method: http::Method::POST,
    path: "/things/{id}",
    server: "",
    accept: "application/json",
    security: &[],
    idempotent: false,
    success_flag: None,
};

impl Operation for Create {
    type Output = Value;
    type Error = Undeclared;

    const META: &'static Meta = &CREATE;

    fn read_output(answer: &Answer) -> Option<Result<Value, DecodeError>> {
        answer.status().is_success().then(|| answer.json())
    }

    fn read_error(_: &Answer) -> Option<Result<Undeclared, DecodeError>> {
        None
    }
}

impl Operation for Read {
    type Output = Value;
    type Error = Undeclared;

    const META: &'static Meta = &Meta { id: "read_thing", method: http::Method::GET, ..CREATE };

    fn read_output(answer: &Answer) -> Option<Result<Value, DecodeError>> {
        Create::read_output(answer)
    }

    fn read_error(answer: &Answer) -> Option<Result<Undeclared, DecodeError>> {
        Create::read_error(answer)
    }
}

pub(crate) fn core(url: &str, set: impl FnOnce(&mut Config)) -> Core {
    let mut config = Config::new(&API);
    config.base_url(url.to_owned());
    set(&mut config);
    config.build().unwrap()
}

pub(crate) async fn call<O: Operation>(core: &Core, id: &str) -> Result<Response<O::Output>, Error<O::Error>> {
    core.call::<O>(Request::new(O::META).path("id", id)).await
}

/// What one call that must not be repeated sees, and how often the server was asked.
async fn seen_once(script: Script) -> (Error, usize) {
    let server = Server::start([script]).await;
    let error = call::<Create>(&core(&server.url(), |_| {}), "1").await.expect_err("a fault");
    (error, server.asked())
}
