//! The README's chapter "Calling a real service", run against a server on this machine.

use std::fs;
use std::path::Path;

use server::{Recorded, Script, Server, answer, json};

#[allow(dead_code, reason = "its `main` calls the service itself")]
#[path = "../../../examples/real_service.rs"]
mod real_service;

#[allow(dead_code, reason = "it is another package's too")]
#[path = "../../it/client/server.rs"]
mod server;

const EDITED: &str = r#"{"success":true,"data":{"id":"182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e","token":"t","name":"Jane Doe",
    "custom_participant_id":"c","preset_name":"p","created_at":"2019-12-27T18:11:19Z","updated_at":"2019-12-27T18:11:19Z"}}"#;

/// A service that is busy at first, and whose events break off.
fn say(request: &Recorded, is_first: bool) -> Script {
    let (target, events) = (request.target(), ["content-type: text/event-stream"]);
    match target.rsplit('/').next().unwrap() {
        "participant-id" if is_first => answer("503 Service Unavailable", &["retry-after: 0"], ""),
        "participant-id" => json("200 OK", EDITED),
        "apps" => json("200 OK", r#"{"success":true,"data":[]}"#),
        "export" => answer("200 OK", &[], &"exported ".repeat(20_000)),
        "import" => answer("204 No Content", &[], ""),
        "news" if is_first => {
            answer("200 OK", &events, "retry: 1\nid: 7\ndata: {}\n\ndata").without_last(1).then_close()
        }
        "news" => answer("200 OK", &events, "data: {}\n\ndata: [DONE]\n\n"),
        _ => answer("404 Not Found", &[], ""),
    }
}

#[tokio::test]
async fn the_chapter_on_real_services_works() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("real_service");
    fs::create_dir_all(folder.join("secrets")).unwrap();
    std::env::set_current_dir(folder).unwrap();
    fs::write("secrets/cloudflare-api-token", "made-up\n").unwrap();
    fs::write("import.zip", "imported").unwrap();
    let server = Server::choosing(|turn, request| say(request, matches!(turn, 0 | 5))).await;

    let client = real_service::builder().base_url(server.url()).build().unwrap();
    real_service::calls(&client).await.unwrap();

    let lines: Vec<_> = server.requests().iter().map(Recorded::line).collect();
    let account = "/accounts/023e105f4ecef8ad9ca31a8372d0c353";
    let meeting = format!("{account}/realtime/kit/my-app/meetings/3fa85f64-5717-4562-b3fc-2c963f66afa6");
    let edit = format!("PATCH {meeting}/participants/participant-id HTTP/1.1");
    let apps = format!("GET {account}/realtime/kit/apps HTTP/1.1");
    let [export, import, news] = ["GET export", "PUT import", "GET news"].map(|call| {
        let (method, name) = call.split_once(' ').unwrap();
        format!("{method} {account}/{name} HTTP/1.1")
    });
    assert_eq!(lines, [edit.clone(), edit, apps, export, import, news.clone(), news]);

    for request in server.requests() {
        assert!(request.headers().contains(&"authorization: Bearer made-up".to_owned()), "{}", request.line());
    }
    assert_eq!(server.bodies()[4], "imported");
    assert!(server.requests()[6].headers().contains(&"last-event-id: 7".to_owned()));
    assert_eq!(fs::read_to_string("export.zip").unwrap(), "exported ".repeat(20_000));
}
