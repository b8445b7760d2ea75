//! The three states of a field: left out, null, a value.

use realtimekit::Patch;
use realtimekit::types::EditParticipantBody;

use crate::client::server::{Server, json};
use crate::client::support::{OK, client, send};

/// The states, and how each looks in a body.
fn states(name: &str, value: &str) -> [(Patch<String>, Option<String>); 3] {
    [
        (Patch::Absent, None),
        (Patch::Null, Some(format!(r#""{name}":null"#))),
        (Patch::Value(value.to_owned()), Some(format!(r#""{name}":"{value}""#))),
    ]
}

#[tokio::test]
async fn every_combination_of_states_is_the_body_it_says() {
    let server = Server::start([json("200 OK", OK)]).await;
    let client = client(server.url());
    let mut expected = Vec::new();
    for (name, name_text) in states("name", "Jane Doe") {
        for (picture, picture_text) in states("picture", "https://example.com") {
            for (preset, preset_text) in states("preset_name", "host") {
                let body = EditParticipantBody::new().name(name.clone()).picture(picture.clone()).preset_name(preset);
                send(&client, "p", &body).await.unwrap();
                let fields = [name_text.clone(), picture_text.clone(), preset_text];
                let fields: Vec<_> = fields.into_iter().flatten().collect();
                expected.push(format!("{{{}}}", fields.join(",")));
            }
        }
    }
    let bodies = server.bodies();
    assert_eq!(bodies, expected);
    assert_eq!((bodies.len(), bodies[0].as_str()), (27, "{}"));
}

#[tokio::test]
async fn a_setter_takes_text_an_option_or_a_state() {
    let bodies = [
        (EditParticipantBody::new().name("a"), r#"{"name":"a"}"#),
        (EditParticipantBody::new().name("a".to_owned()), r#"{"name":"a"}"#),
        (EditParticipantBody::new().name(Some("a".to_owned())), r#"{"name":"a"}"#),
        (EditParticipantBody::new().name(None), r#"{"name":null}"#),
        (EditParticipantBody::new().name(Patch::Null), r#"{"name":null}"#),
        (EditParticipantBody::new().name("a").name(Patch::Absent), "{}"),
        (EditParticipantBody::default(), "{}"),
    ];
    let server = Server::start([json("200 OK", OK)]).await;
    let client = client(server.url());
    for (body, _) in &bodies {
        send(&client, "p", body).await.unwrap();
    }
    assert_eq!(server.bodies(), bodies.map(|(_, text)| text));
}

#[tokio::test]
async fn text_arrives_as_it_was_given() {
    let texts = [
        "",
        "https://example.com",
        "\"quoted\" \\ / \u{0}\u{1f}\u{7f}\n\r\t",
        "ä 東京 😀 e\u{301} \u{2028}",
        "</script>",
    ];
    let server = Server::start([json("200 OK", OK)]).await;
    let client = client(server.url());
    for text in texts {
        let body = EditParticipantBody::new().picture(text);
        send(&client, "p", &body).await.unwrap();
    }
    let sent = server.bodies();
    let sent = sent.iter().map(|body| serde_json::from_str(body).unwrap());
    let sent: Vec<serde_json::Value> = sent.collect();
    assert_eq!(sent, texts.map(|text| serde_json::json!({ "picture": text })));
}
