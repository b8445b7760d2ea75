//! The program against a server on this machine.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

const BODY: &str = r#"{"success":true,"data":{"id":"182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e","token":"t","name":"Jane Doe","custom_participant_id":"c","preset_name":"p","created_at":"2019-12-27T18:11:19.117Z","updated_at":"2019-12-28T08:00:00Z"}}"#;

#[test]
fn the_participant_is_renamed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/client/v4", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(br#"{"name":"Jane Doe"}"#) {
            let mut bytes = [0; 1024];
            let count = stream.read(&mut bytes).unwrap();
            assert!(count > 0, "{}", String::from_utf8_lossy(&request));
            request.extend_from_slice(&bytes[..count]);
        }
        let length = BODY.len();
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{BODY}").unwrap();
        String::from_utf8(request).unwrap()
    });

    let output = Command::new(env!("CARGO_BIN_EXE_downstream"))
        .arg("Jane Doe")
        .env("CLOUDFLARE_API_TOKEN", "made-up")
        .env("CLOUDFLARE_BASE_URL", url)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "Participant 182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e is called Jane Doe since 2019-12-28T08:00:00Z.\n"
    );

    let request = server.join().unwrap();
    let path = "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/realtime/kit/14a396e7-ca44-4937-bf1f-050a69118543/meetings/3fa85f64-5717-4562-b3fc-2c963f66afa6/participants/182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e";
    assert!(request.starts_with(&format!("PATCH {path} HTTP/1.1\r\n")), "{request}");
    assert!(request.contains("\r\nauthorization: Bearer made-up\r\n"), "{request}");
}

#[test]
fn without_a_token_the_program_says_what_to_set() {
    let output = Command::new(env!("CARGO_BIN_EXE_downstream"))
        .arg("Jane Doe")
        .env_remove("CLOUDFLARE_API_TOKEN")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("set `CLOUDFLARE_API_TOKEN`"), "{said}");
}
