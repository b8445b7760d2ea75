//! Credentials: which are sent, where, and when nothing is.

use clientwright_runtime::{Api, BuildError, Config, Request, Scheme, SchemeKind, Secret};

use crate::double::{Double, call, config, meta, ok};

pub(crate) static API: Api = Api {
    base_url: "https://api.example.com",
    base_url_env: Some("BASE"),
    user_agent: "auth/1.0",
    request_id: &[],
    schemes: &[
        Scheme { name: "token", kind: SchemeKind::Bearer, env: &["TOKEN", "OLD_TOKEN"] },
        Scheme { name: "login", kind: SchemeKind::Basic, env: &["USER", "PASSWORD"] },
        Scheme { name: "key", kind: SchemeKind::HeaderKey("X-Auth-Key"), env: &["KEY"] },
        Scheme { name: "email", kind: SchemeKind::HeaderKey("X-Auth-Email"), env: &["EMAIL"] },
        Scheme { name: "query", kind: SchemeKind::QueryKey("api key"), env: &[] },
        Scheme { name: "cookie", kind: SchemeKind::CookieKey("sid"), env: &[] },
    ],
};

type Security = &'static [&'static [&'static str]];

const ALL: Security = &[&["token"], &["login"], &["key", "email"], &["query", "cookie"]];

/// What is sent of credentials, or why nothing is.
fn sent(configured: &[(&str, &str)], security: Security, base: &str) -> Result<String, String> {
    let double = Double::new([ok()]);
    let mut config = config(&API, &double);
    config.base_url(base.to_owned());
    for (scheme, secret) in configured {
        config.credential(scheme, *secret);
    }
    let request = Request::new(meta(|meta| meta.security = security));
    call(config, request).map_err(|error| error.to_string())?;
    let request = double.requests().remove(0);
    let names = ["authorization", "x-auth-key", "x-auth-email", "cookie"];
    let headers = names.iter().filter_map(|name| {
        let value = request.headers().get(*name)?;
        assert!(value.is_sensitive());
        Some(value.to_str().unwrap())
    });
    Ok(headers.chain(request.uri().query()).collect::<Vec<_>>().join(" | "))
}

#[test]
fn each_kind_goes_to_its_place() {
    let https = "https://api.example.com";
    let sent = |configured: &[(&str, &str)]| sent(configured, ALL, https).unwrap();
    assert_eq!(sent(&[("token", "t0")]), "Bearer t0");
    assert_eq!(sent(&[("login", "user:pass")]), "Basic dXNlcjpwYXNz");
    assert_eq!(sent(&[("email", "e"), ("key", "k")]), "k | e");
    assert_eq!(sent(&[("query", "a&b"), ("cookie", "c;d")]), "sid=c%3Bd | api%20key=a%26b");
}

#[test]
fn the_first_alternative_that_is_configured_is_used_and_no_other() {
    let https = "https://api.example.com";
    assert_eq!(sent(&[("key", "k"), ("email", "e"), ("token", "t")], ALL, https).unwrap(), "Bearer t");
    assert_eq!(sent(&[("key", "k"), ("login", "u:p")], ALL, https).unwrap(), "Basic dTpw");
    assert_eq!(sent(&[("token", "t")], &[], https).unwrap(), "");
    assert_eq!(sent(&[("token", "t")], &[&[], &["token"]], https).unwrap(), "Bearer t");
    assert_eq!(sent(&[], &[&["token"], &[]], https).unwrap(), "");
}

#[test]
fn a_missing_credential_is_named() {
    let error = sent(&[("key", "k")], ALL, "https://api.example.com").unwrap_err();
    assert_eq!(
        error,
        "`get_thing` was not sent: the client has no credential for `token`, or `login`, or `email`, or `query` and `cookie`"
    );
}

#[test]
fn a_credential_does_not_go_over_open_http() {
    for open in
        ["http://api.example.com", "http://127.0.0.1.example.com", "http://localhost.example.com", "http://10.0.0.1"]
    {
        let error = sent(&[("token", "t")], ALL, open).unwrap_err();
        assert!(
            error.ends_with("the base URL is `http`, over which no credential is sent unless that is allowed"),
            "{error}"
        );
        assert_eq!(sent(&[("token", "t")], &[], open).unwrap(), "");
    }
    for here in ["http://localhost:80", "http://LOCALHOST", "http://127.0.0.1", "http://127.9.9.9:1", "http://[::1]:80"]
    {
        assert_eq!(sent(&[("token", "t")], ALL, here).unwrap(), "Bearer t", "{here}");
    }
    let double = Double::new([ok()]);
    let mut config = config(&API, &double);
    config.base_url("http://api.example.com".to_owned());
    config.credential("token", "t");
    config.allow_open_credentials();
    assert!(call(config, Request::new(meta(|meta| meta.security = ALL))).is_ok());
}

#[test]
fn a_credential_that_cannot_be_sent_is_refused_without_being_shown() {
    let error = |scheme: &str, secret: &str| {
        let mut config = config(&API, &Double::new([]));
        config.credential(scheme, Secret::new(secret));
        let error = config.build().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("s3cret"));
        error.to_string()
    };
    assert_eq!(error("token", ""), "the credential of `token` is empty");
    assert_eq!(error("token", "s3cret\n"), "the credential of `token` is no value that a header can have");
    assert_eq!(error("key", "s3cret\r\nX: y"), "the credential of `key` is no value that a header can have");
    assert_eq!(
        error("login", "s3cret"),
        "the credential of `login` is no user name and password with a colon between them"
    );
    assert_eq!(error("tokn", "s3cret"), "the API has no security scheme `tokn`");
}

fn from(variables: &[(&str, &str)]) -> Result<Config, BuildError> {
    Config::from_variables(&API, |name| {
        let found = variables.iter().find(|(variable, _)| *variable == name);
        Ok(found.map(|(_, value)| (*value).to_owned()))
    })
}

fn header(variables: &[(&str, &str)]) -> String {
    let double = Double::new([ok()]);
    let mut config = from(variables).unwrap();
    config.http_client(double.clone());
    config.options_mut().timeout = Some(crate::double::CALL_LIMIT);
    call(config, Request::new(meta(|meta| meta.security = ALL))).unwrap();
    let request = double.requests().remove(0);
    let value = request.headers().get("authorization").or_else(|| request.headers().get("x-auth-key"));
    format!("{} {}", request.uri().host().unwrap(), value.unwrap().to_str().unwrap())
}

#[test]
fn credentials_come_from_the_environment() {
    assert_eq!(header(&[("TOKEN", "new"), ("OLD_TOKEN", "old")]), "api.example.com Bearer new");
    assert_eq!(header(&[("OLD_TOKEN", "old"), ("BASE", "https://b.example")]), "b.example Bearer old");
    assert_eq!(header(&[("USER", "u"), ("PASSWORD", "p")]), "api.example.com Basic dTpw");
    assert_eq!(header(&[("EMAIL", "e"), ("KEY", "k"), ("USER", "u")]), "api.example.com k");
}

#[test]
fn an_unset_or_empty_variable_is_named() {
    let message = |variables: &[(&str, &str)]| match from(variables).and_then(Config::build) {
        Ok(_) => panic!("there is something wrong with it"),
        Err(error) => error.to_string(),
    };
    let unset = "no credential: set `TOKEN` or `OLD_TOKEN`, or `USER` and `PASSWORD`, or `KEY`, or `EMAIL`";
    assert_eq!(message(&[]), unset);
    assert_eq!(message(&[("USER", "u")]), unset);
    assert_eq!(message(&[("TOKEN", "")]), "the credential of `token`, from `TOKEN`, is empty");
    assert_eq!(
        message(&[("TOKEN", "s3cret\n")]),
        "the credential of `token`, from `TOKEN`, is no value that a header can have"
    );
    assert_eq!(message(&[("TOKEN", "t"), ("BASE", "")]), "the base URL, from `BASE`, is empty");
    assert_eq!(
        message(&[("TOKEN", "t"), ("BASE", "ftp://x")]),
        "the base URL, from `BASE`, is neither `http` nor `https`"
    );
}

#[test]
fn the_real_environment_is_read() {
    static UNSET: Api = Api {
        base_url: "https://api.example.com",
        base_url_env: None,
        user_agent: "auth/1.0",
        request_id: &[],
        schemes: &[Scheme { name: "token", kind: SchemeKind::Bearer, env: &["CLIENTWRIGHT_TEST_UNSET"] }],
    };
    let error = Config::from_env(&UNSET).unwrap_err();
    assert_eq!(error.to_string(), "no credential: set `CLIENTWRIGHT_TEST_UNSET`");
}
