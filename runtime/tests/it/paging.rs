//! Lists that come in pages, each way of asking for the next one.

use std::future::poll_fn;
use std::pin::Pin;

use clientwright_runtime::http::Method;
use clientwright_runtime::{
    Answer, Api, Core, DecodeError, Error, Items, Meta, Operation, Paged, Paging, Request, Scheme, SchemeKind,
    Undeclared, Value,
};
use futures_core::Stream;

use crate::double::Reply::{self, Answer as Says, Broken};
use crate::double::{Double, config, run};

static API: Api = Api {
    base_url: "https://api.example.com/v1",
    base_url_env: None,
    user_agent: "pages/1.0",
    request_id: &[],
    schemes: &[Scheme { name: "key", kind: SchemeKind::QueryKey("key"), env: &[] }],
};

const LIST: Meta = Meta {
    id: "list_things",
    method: Method::GET,
    path: "/things",
    server: "",
    accept: "application/json",
    security: &[&["key"], &[]],
    idempotent: true,
    success_flag: None,
};

/// Lists, each with another way of asking for the next page.
macro_rules! lists {
    ($($name:ident: $paging:expr;)*) => {$(
        enum $name {}

        impl Operation for $name {
            type Output = Value;
            type Error = Undeclared;

            const META: &'static Meta = &LIST;

            fn read_output(answer: &Answer) -> Option<Result<Value, DecodeError>> {
                answer.status().is_success().then(|| answer.json())
            }

            fn read_error(_: &Answer) -> Option<Result<Undeclared, DecodeError>> {
                None
            }
        }

        impl Paged for $name {
            type Item = i64;

            const PAGING: Paging = $paging;

            fn items(page: Value) -> Vec<i64> {
                let list = page.get("data").and_then(Value::as_array).or(page.as_array());
                list.unwrap_or_default().iter().filter_map(Value::as_i64).collect()
            }
        }
    )*};
}

lists! {
    ByNumber: Paging::number("page", 1).items(&["data"]).size("per_page").total(&["paging", "total_count"]);
    ByIndex: Paging::number("page", 0).items(&["data"]);
    ByOffset: Paging::offset("skip").items(&["data"]).size("limit").total(&["total"]);
    ByCursor: Paging::cursor("after", &["meta", "next"]).items(&["data"]);
    ByUrl: Paging::url(&["next"]).items(&["data"]);
    ByLink: Paging::link();
}

fn says(body: &'static str) -> Reply {
    Says(200, &[], body)
}

fn core(double: &Double) -> Core {
    let mut config = config(&API, double);
    config.options_mut().retries = Some(0);
    config.build().unwrap()
}

fn targets(double: &Double) -> Vec<String> {
    let requests = double.requests();
    requests.iter().map(|request| request.uri().to_string().replace("https://api.example.com", "")).collect()
}

/// All items, and what was asked for.
fn all<O: Paged<Item = i64, Error = Undeclared>>(
    request: Request,
    replies: impl IntoIterator<Item = Reply>,
) -> (Result<Vec<i64>, String>, Vec<String>) {
    let double = Double::new(replies);
    let items = run(core(&double).items::<O>(request).all());
    (items.map_err(|error| error.to_string()), targets(&double))
}

fn request() -> Request {
    Request::new(&LIST)
}

#[test]
fn pages_by_number_end_with_the_total() {
    let (items, asked) = all::<ByNumber>(
        request().query("sort", "a b"),
        [
            says(r#"{"paging":{"total_count":5.0},"data":[1,2]}"#),
            says(r#"{"data":[3,4],"paging":{"total_count":5.0}}"#),
            says(r#"{"data":[5],"paging":{"total_count":5.0}}"#),
        ],
    );
    assert_eq!(items.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(asked, ["/v1/things?sort=a%20b", "/v1/things?sort=a%20b&page=2", "/v1/things?sort=a%20b&page=3"]);
}

#[test]
fn counted_pages_end_when_one_is_short_empty_or_the_same() {
    let short = all::<ByNumber>(request().query("per_page", &2), [says(r#"{"data":[1,2]}"#), says(r#"{"data":[3]}"#)]);
    assert_eq!(short.0.unwrap(), [1, 2, 3]);
    assert_eq!(short.1, ["/v1/things?per_page=2", "/v1/things?per_page=2&page=2"]);
    let empty = all::<ByIndex>(request(), [says(r#"{"data":[1]}"#), says(r#"{"data":[2]}"#), says(r#"{"data":[]}"#)]);
    assert_eq!(empty.0.unwrap(), [1, 2]);
    assert_eq!(empty.1, ["/v1/things", "/v1/things?page=1", "/v1/things?page=2"]);
    let same = all::<ByIndex>(request(), [says(r#"{"data":[1]}"#), says(r#"{"data":[1]}"#)]);
    assert_eq!(same.1.len(), 2, "the service knows no pages");
}

#[test]
fn pages_begin_where_the_caller_says() {
    let replies = [
        says(r#"{"data":[5,6],"paging":{"total_count":7}}"#),
        says(r#"{"data":[7],"paging":{"total_count":7}}"#),
        says(r#"{"data":[]}"#),
    ];
    let (items, asked) = all::<ByNumber>(request().query("page", &3), replies);
    assert_eq!(items.unwrap(), [5, 6, 7]);
    assert_eq!(asked, ["/v1/things?page=3", "/v1/things?page=4"]);
}

#[test]
fn pages_by_offset_count_items() {
    let (items, asked) = all::<ByOffset>(
        request().query("skip", &10),
        [says(r#"{"data":[1,2,3],"total":"14"}"#), says(r#"{"data":[4],"total":"14"}"#)],
    );
    assert_eq!(items.unwrap(), [1, 2, 3, 4]);
    assert_eq!(asked, ["/v1/things?skip=10", "/v1/things?skip=13"]);
}

#[test]
fn pages_by_cursor_end_without_one() {
    for last in [r#"{"data":[3],"meta":{"next":null}}"#, r#"{"data":[3],"meta":{"next":""}}"#, r#"{"data":[3]}"#] {
        let first = says(r#"{"data":[1],"meta":{"next":"a=&b"}}"#);
        let (items, asked) =
            all::<ByCursor>(request(), [first, says(r#"{"data":[],"meta":{"next":"c"}}"#), says(last)]);
        assert_eq!(items.unwrap(), [1, 3], "a page in between may be empty");
        assert_eq!(asked, ["/v1/things", "/v1/things?after=a%3D%26b", "/v1/things?after=c"]);
    }
    let (items, asked) = all::<ByCursor>(
        request(),
        [says(r#"{"data":[1],"meta":{"next":"c"}}"#), says(r#"{"data":[2],"meta":{"next":"c"}}"#)],
    );
    assert_eq!((items.unwrap(), asked.len()), (vec![1, 2], 2), "a cursor that stays leads nowhere");
}

/// The next page may be at another path, relative or whole, and its credential goes along.
#[test]
fn pages_by_url_stay_with_the_host() {
    let double = Double::new([
        says(r#"{"data":[1],"next":"https://api.example.com/v1/other/7?page=2"}"#),
        says(r#"{"data":[2],"next":"/v1/things"}"#),
        says(r#"{"data":[3],"next":null}"#),
    ]);
    let mut config = config(&API, &double);
    config.credential("key", "k1");
    let items = run(config.build().unwrap().items::<ByUrl>(request().query("a", "b")).all()).unwrap();
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(targets(&double), ["/v1/things?a=b&key=k1", "/v1/other/7?page=2&key=k1", "/v1/things?key=k1"]);

    for elsewhere in [
        r#"{"data":[1],"next":"https://evil.example.com/v1/things"}"#,
        r#"{"data":[1],"next":"http://api.example.com/v1"}"#,
    ] {
        let (items, asked) = all::<ByUrl>(request(), [says(elsewhere)]);
        assert_eq!(
            items.unwrap_err(),
            "`list_things` was not sent: the next page is at another host, to which no credential is sent"
        );
        assert_eq!(asked.len(), 1);
    }
}

#[test]
fn pages_by_link_follow_the_header() {
    let link = &[("link", r#"<https://api.example.com/v1/things?page=2>; rel="next", <https://x>; rel="last""#)];
    let (items, asked) = all::<ByLink>(request(), [Says(200, link, "[1,2]"), says("[3]")]);
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(asked, ["/v1/things", "/v1/things?page=2"]);
}

#[test]
fn nothing_is_asked_for_before_it_is_wanted() {
    let double = Double::new([says(r#"{"data":[1,2]}"#), says(r#"{"data":[3]}"#), says(r#"{"data":[]}"#)]);
    let mut items = core(&double).items::<ByIndex>(request());
    assert_eq!(double.requests().len(), 0);
    for (item, asked) in [(1, 1), (2, 1), (3, 2)] {
        assert_eq!(run(items.next()).unwrap().unwrap(), item);
        assert_eq!(double.requests().len(), asked);
    }
    assert!(run(items.next()).is_none() && run(items.next()).is_none());
    assert_eq!(double.requests().len(), 3);
}

#[test]
fn an_error_ends_the_stream_which_can_go_on() {
    let double = Double::new([says(r#"{"data":[1]}"#), Broken, says(r#"{"data":[2]}"#), says(r#"{"data":[]}"#)]);
    let mut items = core(&double).items::<ByIndex>(request());
    assert_eq!(run(items.next()).unwrap().unwrap(), 1);
    assert!(matches!(run(items.next()), Some(Err(Error::Transport(_)))));
    assert!(run(items.next()).is_none() && run(items.next()).is_none());
    assert_eq!(double.requests().len(), 2);
    items.resume();
    assert_eq!(run(items.next()).unwrap().unwrap(), 2);
    assert!(run(items.next()).is_none());
    assert_eq!(targets(&double), ["/v1/things", "/v1/things?page=1", "/v1/things?page=1", "/v1/things?page=2"]);
}

#[test]
fn both_are_streams() {
    fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
        run(poll_fn(|context| Pin::new(&mut *stream).poll_next(context)))
    }
    let double = Double::new([says(r#"{"data":[1,2]}"#), says(r#"{"data":[3]}"#), says(r#"{"data":[]}"#)]);
    let mut pages = core(&double).pages::<ByIndex>(request());
    assert_eq!(next(&mut pages).unwrap().unwrap().get("data").and_then(Value::as_array).unwrap().len(), 2);
    let mut items: Items<ByIndex> = core(&double).items(request().query("page", &1));
    assert_eq!(next(&mut items).unwrap().unwrap(), 3);
    assert!(next(&mut items).is_none());
}
