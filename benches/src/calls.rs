//! One call over loopback: by the generated client, and as a careful engineer writes it with reqwest and `serde_json`.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use jiff::Timestamp;
use realtimekit::Client;
use realtimekit::types::{AccountId, AppId, EditParticipantBody};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const ACCOUNT: &str = "023e105f4ecef8ad9ca31a8372d0c353";
const APP: &str = "14a396e7-ca44-4937-bf1f-050a69118543";
const MEETING: Uuid = Uuid::from_u128(0x3fa8_5f64_5717_4562_b3fc_2c96_3f66_afa6);
const PARTICIPANT: &str = "participant-id";
const TOKEN: &str = "api-token";
const ANSWER: &str = r#"{"success":true,"data":{"id":"182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e","token":"token","created_at":"2019-12-27T18:11:19.117Z","custom_participant_id":"custom_participant_id","preset_name":"preset_name","updated_at":"2019-12-27T18:11:19.117Z","name":"name","picture":"https://example.com"}}"#;

/// What comes back, by serde.
#[derive(Debug, Deserialize)]
pub struct Answer {
    pub success: bool,
    pub data: Option<Data>,
}

/// The participant.
#[derive(Debug, Deserialize)]
pub struct Data {
    pub id: Uuid,
    pub token: String,
    pub created_at: Timestamp,
    pub custom_participant_id: String,
    pub preset_name: String,
    pub updated_at: Timestamp,
    pub name: Option<String>,
    pub picture: Option<String>,
}

#[derive(Serialize)]
struct Body<'a> {
    name: &'a str,
}

/// Starts a server on this machine that answers every request with the documented answer, and gives its base URL.
#[must_use]
pub fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    format!("http://{address}")
}

fn answer(mut stream: TcpStream) {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", ANSWER.len());
    let (mut kept, mut bytes) = (Vec::new(), [0; 4096]);
    while let Ok(count @ 1..) = stream.read(&mut bytes) {
        kept.extend_from_slice(&bytes[..count]);
        // All requests have the same body, which ends with its one brace.
        if kept.ends_with(b"}") {
            kept.clear();
            if stream.write_all([head.as_bytes(), ANSWER.as_bytes()].concat().as_slice()).is_err() {
                return;
            }
        }
    }
}

/// The generated client.
#[must_use]
pub fn generated(base: &str) -> Client {
    Client::builder().api_token(TOKEN).base_url(base).build().expect("a client")
}

/// One call of it.
pub async fn call_generated(client: &Client) -> bool {
    let (account, app) = (AccountId::new(ACCOUNT).expect("an account"), AppId::new(APP).expect("an app"));
    let body = EditParticipantBody::new().name("Jane Doe");
    let edited = client.edit_participant(&account, &app, MEETING, PARTICIPANT, &body).await.expect("an answer");
    edited.success && edited.data.is_some()
}

/// The client that is used by hand: gzip is on, redirects are off, as in the other.
#[must_use]
pub fn by_hand() -> reqwest::Client {
    let builder = reqwest::Client::builder().gzip(true).redirect(reqwest::redirect::Policy::none());
    builder.build().expect("a client")
}

/// One call by hand.
pub async fn call_by_hand(client: &reqwest::Client, base: &str) -> bool {
    let url = format!("{base}/accounts/{ACCOUNT}/realtime/kit/{APP}/meetings/{MEETING}/participants/{PARTICIPANT}");
    let request = client.patch(url).bearer_auth(TOKEN).json(&Body { name: "Jane Doe" });
    let response = request.send().await.expect("an answer").error_for_status().expect("a good one");
    let edited: Answer = response.json().await.expect("JSON");
    edited.success && edited.data.is_some()
}
