//! Edits, lists that come in pages, what is created, and errors, over HTTP.

use std::time::Duration;

use realtimekit_all::mock::Mock;
use realtimekit_all::runtime::uuid::Uuid;
use realtimekit_all::runtime::{Operation, Paged};
use realtimekit_all::types::{
    AccountIdentifier, AppId, CreateMeetingBody, DeleteWebhookError, EditParticipantBody, EditParticipantError,
    StartRecording,
};
use realtimekit_all::{Call, Client, Error, Patch};
use server::{Server, answer, json};

#[allow(dead_code, reason = "it is another package's too")]
#[path = "../../it/client/server.rs"]
mod server;

const ID: Uuid = Uuid::from_u128(0x182b_d5e5_6e1a_4fe4_a799_aa6d_9a6a_b26e);

/// What every kind of item must have.
const ITEM: &str = r#"{"id":"182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e","created_at":"2019-12-27T18:11:19Z",
    "updated_at":"2019-12-27T18:11:19Z","started_at":"2019-12-27T18:11:19Z","invoked_time":"2019-12-27T18:11:19Z",
    "output_file_name":"f","status":"LIVE","associated_id":"a","live_participants":1,"max_concurrent_participants":1,
    "meeting_display_name":"m","minutes_consumed":1,"organization_id":"o","type":"meeting",
    "custom_participant_id":"c","preset_name":"p"}"#;

fn client(server: &Server) -> Client {
    let builder = Client::builder().api_token("made-up").base_url(server.url());
    builder.configure(|config| config.options_mut().strict = Some(true)).build().unwrap()
}

fn ids() -> (AccountIdentifier, AppId) {
    let app = AppId::new("14a396e7-ca44-4937-bf1f-050a69118543");
    (AccountIdentifier::new("023e105f4ecef8ad9ca31a8372d0c353").unwrap(), app.unwrap())
}

/// A list of three, two on a page. `around` is what stands around a page, with `LIST` in place of its items.
async fn has_three_items<O>(around: &'static str, call: impl Fn(&Client) -> Call<O>)
where
    O: Operation + Paged,
{
    let server = Server::choosing(move |_, request| {
        let items = match request.target() {
            target if target.contains("page_no=3") => Vec::new(),
            target if target.contains("page_no=2") => vec![ITEM],
            _ => vec![ITEM, ITEM],
        };
        json("200 OK", &around.replace("LIST", &items.join(",")))
    })
    .await;
    let mut items = call(&client(&server)).items();
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.unwrap_or_else(|error| panic!("`{}`: {error}", O::META.id));
        count += 1;
    }
    assert_eq!(count, 3, "`{}`: {:?}", O::META.id, server.targets());
}

#[tokio::test]
async fn all_lists_come_page_by_page() {
    let (account, app) = ids();
    let (a, p) = (&account, &app);
    let data = r#"{"success":true,"data":[LIST],"paging":{"total_count":3,"start_offset":0,"end_offset":0}}"#;
    has_three_items(data, |client| client.get_apps(a)).await;
    has_three_items(data, |client| client.get_all_meetings(a, p)).await;
    has_three_items(data, |client| client.get_meeting_participants(a, p, ID)).await;
    has_three_items(data, |client| client.get_presets(a, p)).await;
    has_three_items(data, |client| client.get_all_recordings(a, p)).await;
    has_three_items(r#"{"success":true,"data":{"sessions":[LIST]}}"#, |client| client.get_sessions(a, p)).await;
    let participants = r#"{"success":true,"data":{"participants":[LIST]}}"#;
    has_three_items(participants, |client| client.get_session_participants(a, p, ID)).await;
    let livestreams = r#"{"success":true,"data":{"livestreams":[LIST]}}"#;
    has_three_items(livestreams, |client| client.livestream_session_details(a, p, ID)).await;
    // Those of which the description has one item in place of a list.
    has_three_items(data, |client| client.fetch_all_livestreams(a, p)).await;
    let sessions = r#"{"success":true,"data":{"sessions":[LIST]}}"#;
    has_three_items(sessions, |client| client.get_v2_livestream_session_livestream_id(a, p, "l")).await;
    has_three_items(r#"{"success":true,"data":{"data":[LIST]}}"#, |client| {
        client.get_v2_livestreamsession_session_meeting_id_active_livestream(a, p, ID)
    })
    .await;
}

#[tokio::test]
async fn a_page_that_fails_can_be_asked_for_again() {
    let server = Server::choosing(|turn, _| match turn {
        1 => json("404 Not Found", "{}"),
        0 => json(
            "200 OK",
            &format!(
                r#"{{"success":true,"data":[{ITEM}],"paging":{{"total_count":2,"start_offset":0,"end_offset":1}}}}"#
            ),
        ),
        _ => json(
            "200 OK",
            &format!(
                r#"{{"success":true,"data":[{ITEM}],"paging":{{"total_count":2,"start_offset":1,"end_offset":2}}}}"#
            ),
        ),
    })
    .await;
    let (account, app) = ids();
    let mut meetings = client(&server).get_all_meetings(&account, &app).configure(lenient).items();
    assert_eq!(meetings.next().await.unwrap().unwrap().id, ID);
    assert_eq!(meetings.next().await.unwrap().unwrap_err().status().unwrap(), 404);
    assert!(meetings.next().await.is_none());
    meetings.resume();
    assert_eq!(meetings.next().await.unwrap().unwrap().id, ID);
    assert!(meetings.next().await.is_none());
    assert!(server.targets()[1].ends_with("/meetings?page_no=2"), "{:?}", server.targets());
}

fn lenient(options: &mut realtimekit_all::runtime::CallOptions) {
    options.strict = Some(false);
}

const PARTICIPANT: &str = r#"{"success":true,"data":{"id":"182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e","token":"t",
    "created_at":"2019-12-27T18:11:19.117Z","custom_participant_id":"c","preset_name":"p",
    "updated_at":"2019-12-27T18:11:19.117Z","name":null}}"#;

#[tokio::test]
async fn an_edit_sends_what_is_set_and_is_tried_again() {
    let busy = answer("429 Too Many Requests", &["retry-after: 0"], "");
    let server = Server::start([busy, json("200 OK", PARTICIPANT)]).await;
    let (account, app) = ids();
    let body = EditParticipantBody::new().name("Jane Doe").picture(Patch::Null);
    let edited = client(&server).edit_participant(&account, &app, ID, "p", &body).await.unwrap();
    assert_eq!(edited.data.as_ref().unwrap().name, None);
    assert_eq!(server.bodies(), [r#"{"name":"Jane Doe","picture":null}"#; 2]);
    let path = format!("/accounts/{}/realtime/kit/{}/meetings/{ID}/participants/p", account.as_str(), app.as_str());
    assert_eq!(server.targets(), [path.clone(), path]);
}

/// Larger bodies: what is created, and what is not repeated.
#[tokio::test]
async fn what_is_created_goes_out_whole_and_once() {
    let meeting = format!(r#"{{"success":true,"data":{ITEM}}}"#);
    let server = Server::start([json("201 Created", &meeting)]).await;
    let (account, app) = ids();
    let title = "a title, ".repeat(20_000);
    let body = CreateMeetingBody::new().title(title.as_str()).persist_chat(true).record_on_start(Patch::Null);
    let created = client(&server).create_meeting(&account, &app, &body).configure(lenient).await.unwrap();
    assert_eq!((created.status().as_u16(), created.data.as_ref().unwrap().id), (201, ID));
    let sent = format!(r#"{{"persist_chat":true,"record_on_start":null,"title":"{title}"}}"#);
    assert_eq!(server.bodies(), [sent]);

    let server = Server::start([json("503 Service Unavailable", "{}")]).await;
    let error = client(&server).start_recording(&account, &app, &StartRecording::new("m")).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), server.asked()), (503, 1), "it may have been done");
    assert_eq!(server.bodies(), [r#"{"meeting_id":"m"}"#]);
}

/// Answer, and the error that it is.
#[tokio::test]
async fn errors_are_told_apart() {
    let (account, app) = ids();
    let body = EditParticipantBody::new().name("Jane Doe");
    let edit = async |script| {
        let server = Server::start([script]).await;
        let call = client(&server).edit_participant(&account, &app, ID, "p", &body);
        call.retries(0).timeout(Duration::from_secs(20)).await.unwrap_err()
    };
    let own = r#"{"success":false,"error":{"code":500,"message":"Internal server error"}}"#;
    let Error::Api(failure) = edit(json("500 Internal Server Error", own)).await else { panic!("it is declared") };
    let EditParticipantError::InternalServerError(error) = &failure.error else { panic!("{failure:?}") };
    assert_eq!(error.error.message, "Internal server error");

    let gateway = r#"{"success":false,"errors":[{"code":7003,"message":"No route for the URI"}],"result":null}"#;
    let error = edit(json("404 Not Found", gateway)).await;
    assert!(matches!(&error, Error::Undeclared(_)), "{error:?}");
    assert_eq!(error.message(), "No route for the URI (code 7003)");

    let error = edit(json("200 OK", r#"{"success":false,"error":{"message":"no such participant"}}"#)).await;
    assert!(matches!(&error, Error::Undeclared(_)), "{error:?}");
    assert_eq!(error.message(), "no such participant");

    let error = edit(answer("429 Too Many Requests", &["retry-after: 300"], "")).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(300)));

    let error = edit(json("200 OK", &PARTICIPANT.replace("2019-12-27T18:11:19.117Z", "yesterday"))).await;
    assert!(error.message().starts_with("at `data.created_at`: expected "), "{}", error.message());
}

#[tokio::test]
async fn declared_errors_of_webhooks_are_typed() {
    let server = Server::start([json("401 Unauthorized", r#"{"message":"Unauthorized"}"#)]).await;
    let (account, app) = ids();
    let error = client(&server).delete_webhook(&account, &app, ID).await.unwrap_err();
    assert!(
        matches!(&error, Error::Api(failure) if matches!(failure.error, DeleteWebhookError::Unauthorized(_))),
        "{error:?}"
    );
    assert_eq!((error.message().as_str(), error.status().unwrap().as_u16()), ("Unauthorized", 401));
}

#[tokio::test]
async fn the_double_answers_for_the_service() {
    let mock = Mock::new();
    let (account, app) = ids();
    mock.get_all_meetings()
        .query("per_page", 50)
        .returning_json(200, r#"{"success":true,"data":[],"paging":{"total_count":0,"start_offset":0,"end_offset":0}}"#)
        .expect(1);
    mock.delete_webhook().path("webhook_id", ID).returning_json(401, r#"{"message":"Unauthorized"}"#).expect(1);
    let client = mock.client();
    let mut meetings = client.get_all_meetings(&account, &app).per_page(50.0).items();
    assert!(meetings.next().await.is_none());
    assert!(client.delete_webhook(&account, &app, ID).await.is_err());
}
