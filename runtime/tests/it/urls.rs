//! Base URLs and path templates, as tables.

use clientwright_runtime::{Error, Request, Value};

use crate::double::{Double, PLAIN, call, config, meta, ok};

fn url(base: &str, request: Request) -> Result<String, Error<Value>> {
    let double = Double::new([ok()]);
    let mut config = config(&PLAIN, &double);
    config.base_url(base.to_owned());
    call(config, request).map(|_| double.requests().remove(0).uri().to_string())
}

/// Base, URL of a path, URL of a path and a query.
const JOINED: &[(&str, &str, &str)] = &[
    ("https://a.example", "https://a.example/things", "https://a.example/things?q=1"),
    ("https://a.example/", "https://a.example/things", "https://a.example/things?q=1"),
    ("HTTPS://a.example/v4", "https://a.example/v4/things", "https://a.example/v4/things?q=1"),
    ("https://a.example/v4/", "https://a.example/v4/things", "https://a.example/v4/things?q=1"),
    ("https://a.example:8443/v4//", "https://a.example:8443/v4/things", "https://a.example:8443/v4/things?q=1"),
    ("https://a.example/v4?key=1", "https://a.example/v4/things?key=1", "https://a.example/v4/things?key=1&q=1"),
    ("https://a.example?key=1&", "https://a.example/things?key=1", "https://a.example/things?key=1&q=1"),
    ("https://a.example/v4?", "https://a.example/v4/things", "https://a.example/v4/things?q=1"),
    ("https://a.example/v4#part", "https://a.example/v4/things", "https://a.example/v4/things?q=1"),
    ("https://a.example/v4?k=1#p?x", "https://a.example/v4/things?k=1", "https://a.example/v4/things?k=1&q=1"),
    (
        "https://a.example/a%2Fb/é|",
        "https://a.example/a%2Fb/%C3%A9%7C/things",
        "https://a.example/a%2Fb/%C3%A9%7C/things?q=1",
    ),
    ("https://a.example/100%", "https://a.example/100%25/things", "https://a.example/100%25/things?q=1"),
    ("https://a.example?k='\"", "https://a.example/things?k=%27%22", "https://a.example/things?k=%27%22&q=1"),
    ("http://[::1]:80/v4", "http://[::1]:80/v4/things", "http://[::1]:80/v4/things?q=1"),
];

#[test]
fn an_operation_can_have_a_server_of_its_own() {
    let own = "https://uploads.example.com/v2";
    let table = [
        (own, None, Ok("https://uploads.example.com/v2/things")),
        ("/v9", None, Ok("https://api.example.com/v9/things")),
        (own, Some("http://localhost:1/x"), Ok("http://localhost:1/x/things")),
        ("ftp://x", None, Err("`get_thing` was not sent: the operation's server is neither `http` nor `https`")),
    ];
    for (server, base_url, expected) in table {
        let double = Double::new([ok()]);
        let mut config = config(&PLAIN, &double);
        if let Some(url) = base_url {
            config.base_url(url.to_owned());
        }
        let meta = meta(|meta| meta.server = server);
        let sent = call(config, Request::new(meta));
        let sent = sent.map(|_| double.requests().remove(0).uri().to_string()).map_err(|error| error.to_string());
        assert_eq!(sent.as_deref().map_err(String::as_str), expected, "{server} {base_url:?}");
    }
}

#[test]
fn a_base_url_and_a_path_are_joined() {
    let things = |query: bool| {
        let request = Request::new(meta(|meta| meta.path = "/things"));
        if query { request.query("q", "1") } else { request }
    };
    for (base, plain, with_query) in JOINED.iter().copied() {
        assert_eq!(url(base, things(false)).unwrap(), plain, "{base}");
        assert_eq!(url(base, things(true)).unwrap(), with_query, "{base}");
    }
}

#[test]
fn a_base_url_that_cannot_be_used_is_refused() {
    let table = [
        ("", "is empty"),
        ("api.example.com", "is no absolute URL"),
        ("/v4", "is no absolute URL"),
        ("ftp://a.example", "is neither `http` nor `https`"),
        ("https://", "has no valid host"),
        ("https:///v4", "has no valid host"),
        ("https://:80/", "has no valid host"),
        ("https://a.example:/", "has no valid port"),
        ("https://a.example:99999/", "has no valid port"),
        ("https://exämple.com", "has no valid host"),
        ("https://user:pass@a.example", "holds a user name or password, which belong into the credentials"),
        ("https://a.example/v4 ", "holds white space or a control character"),
        ("https://a.example/v4\n", "holds white space or a control character"),
        ("https://a.example/../v4", "has a path with `.` or `..` in it"),
        ("https://a.example/%2E%2e/v4", "has a path with `.` or `..` in it"),
    ];
    for (base, rule) in table {
        let mut config = config(&PLAIN, &Double::new([]));
        config.base_url(base.to_owned());
        let error = config.build().unwrap_err().to_string();
        assert_eq!(error, format!("the base URL {rule}"), "{base}");
    }
}

#[test]
fn a_path_template_is_filled_in() {
    let table = [
        ("/a/{id}", "x", "/a/x"),
        ("a/{id}", "x", "/a/x"),
        ("/a/{id}/", "x", "/a/x/"),
        ("/a/{id}:verb", "x", "/a/x:verb"),
        ("/x-{id}.json", "1", "/x-1.json"),
        ("/{id}/{id}", "1", "/1/1"),
        ("/a#b/{id}", "1", "/a"),
        ("/#?{id}", "1", "/"),
        ("/a?b=c'&d={id}", "1 2", "/a?b=c%27&d=1%202"),
        ("/a b/{id}/{open", "1", "/a%20b/1/%7Bopen"),
        ("/%7Eme/{id}", "1", "/%7Eme/1"),
        ("/{id}", "a/b c", "/a%2Fb%20c"),
        ("/{id}", "a?b#c%d", "/a%3Fb%23c%25d"),
        ("/{id}", "ä😀", "/%C3%A4%F0%9F%98%80"),
        ("/{id}", "-._~!$&'()*+,;=:@", "/-._~!$&'()*+,;=:@"),
        ("/{id}", "\"<>\\^`{|}", "/%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("/{id}", "...", "/..."),
        ("/{id}", "a..b", "/a..b"),
        ("/{id}", "%2e%2ex", "/%252e%252ex"),
        ("/{id}", ".well-known", "/.well-known"),
    ];
    for (template, value, path) in table {
        let template: &'static str = template;
        let request = Request::new(meta(|meta| meta.path = template)).path("id", value);
        assert_eq!(
            url("https://a.example", request).unwrap(),
            format!("https://a.example{path}"),
            "{template} {value}"
        );
    }
}

#[test]
fn a_path_that_is_not_what_it_seems_is_refused() {
    let dots = "is, or decodes to, `.` or `..`";
    let table = [
        ("/{id}", ".", dots),
        ("/{id}", "..", dots),
        ("/{id}", "%2e", dots),
        ("/{id}", "%2E%2e", dots),
        ("/{id}", ".%2E", dots),
        ("/{id}", "%252e%25252E", dots),
        ("/{id}", "a/../b", dots),
        ("/{id}", "..\\b", dots),
        ("/{id}", "..%2fb", dots),
        ("/{id}./x", ".", dots),
        ("/.{id}/x", "%2e", dots),
        ("/{id}", "", "is empty"),
        ("/{id}:verb", "", "is empty"),
        ("/{id}", "a\nb", "holds a control character"),
        ("/{id}", "a\u{0}", "holds a control character"),
        ("/{id}", "a\u{85}", "holds a control character"),
    ];
    for (template, value, rule) in table {
        let template: &'static str = template;
        let request = Request::new(meta(|meta| meta.path = template)).path("id", value);
        let error = url("https://a.example", request).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("`get_thing` was not sent: path parameter `id` {rule}"),
            "{template} {value:?}"
        );
        assert!(matches!(&error, Error::Request(error) if error.rule() == rule));
    }
}

#[test]
fn other_paths_that_are_refused() {
    let error = |path: &'static str, request: fn(Request) -> Request| {
        let request = request(Request::new(meta(|meta| meta.path = path)));
        url("https://a.example", request).unwrap_err().to_string()
    };
    assert_eq!(error("/a/{id}", |request| request), "`get_thing` was not sent: path parameter `id` has no value");
    assert_eq!(
        error("/a/../b", |request| request),
        "`get_thing` was not sent: the path is, or decodes to, `.` or `..`"
    );
    assert_eq!(
        error("/{id}", |request| request.path("id", &Vec::<u8>::new())),
        "`get_thing` was not sent: path parameter `id` is empty"
    );
    // The first violation is the one that is told.
    assert_eq!(
        error("/{a}/{b}", |request| request.path("a", "").path("b", ".")),
        "`get_thing` was not sent: path parameter `a` is empty"
    );
    let long = Request::new(meta(|_| {})).query("q", &"x".repeat(70_000));
    assert_eq!(
        url("https://a.example", long).unwrap_err().to_string(),
        "`get_thing` was not sent: the URL is too long"
    );
}
