//! Clients made from the environment. Each one is made in a process of its own, for a test cannot
//! set variables in its own.

use std::process::Command;

use realtimekit::Client;

use crate::client::support::API_TOKEN;

const TOKEN: &str = "CLOUDFLARE_API_TOKEN";
const BASE_URL: &str = "CLOUDFLARE_BASE_URL";

/// Not a test: what the tests below run.
#[test]
#[ignore = "runs in a process with variables of its own"]
fn make_a_client() {
    match Client::from_env() {
        Ok(client) => println!("made {client:?}"),
        Err(error) => println!("made none: {error}\n{error:?}"),
    }
    if let Ok(builder) = Client::builder_from_env() {
        println!("settings {:?}", builder.retries(9).build());
    }
}

fn from_env(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "client::environment::make_a_client", "--ignored", "--nocapture"]);
    command.env_remove(TOKEN).env_remove(BASE_URL).envs(variables.iter().copied());
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.contains("made "), "{text}");
    assert!(!text.contains(API_TOKEN), "{text}");
    text
}

#[test]
fn the_token_and_the_base_url_come_from_the_environment() {
    let text = from_env(&[(TOKEN, API_TOKEN)]);
    assert!(text.contains("made Client") && text.contains("api.cloudflare.com"), "{text}");
    let text = from_env(&[(TOKEN, API_TOKEN), (BASE_URL, "http://127.0.0.1:1/v4")]);
    assert!(text.contains("made Client") && text.contains("127.0.0.1"), "{text}");
}

#[test]
fn a_client_from_the_environment_can_have_settings() {
    let text = from_env(&[(TOKEN, API_TOKEN), (BASE_URL, "http://127.0.0.1:1/v4")]);
    let settings = text.split_once("settings Ok(").unwrap().1;
    assert!(settings.contains("127.0.0.1") && settings.contains("retries: Some(9)"), "{text}");
}

#[test]
fn what_is_missing_or_wrong_in_the_environment_is_named() {
    let table: &[(&[_], _)] = &[
        (&[], "made none: no credential: set `CLOUDFLARE_API_TOKEN`\n"),
        (&[(TOKEN, "")], "made none: the credential of `api_token`, from `CLOUDFLARE_API_TOKEN`, is empty\n"),
        (
            &[(TOKEN, "api-token-Sn9mVyT4\n")],
            "made none: the credential of `api_token`, from `CLOUDFLARE_API_TOKEN`, is no value that a header can have\n",
        ),
        (&[(TOKEN, API_TOKEN), (BASE_URL, "")], "made none: the base URL, from `CLOUDFLARE_BASE_URL`, is empty\n"),
        (
            &[(TOKEN, API_TOKEN), (BASE_URL, "api.example")],
            "made none: the base URL, from `CLOUDFLARE_BASE_URL`, is no absolute URL\n",
        ),
    ];
    for (variables, message) in table {
        let text = from_env(variables);
        assert!(text.contains(message), "{text}");
    }
}
