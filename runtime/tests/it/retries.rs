//! The retry loop, with waits that are recorded and not waited for.

use std::time::Duration;

use clientwright_runtime::http::Method;
use clientwright_runtime::{Error, Meta, Raw, Request};

use crate::double::Reply::{Answer, Broken, NoConnection};
use crate::double::{Double, GET, PLAIN, Reply, call, config, meta, ok, run};

fn post() -> &'static Meta {
    meta(|meta| meta.method = Method::POST)
}

#[test]
fn what_passes_is_tried_again() {
    let double = Double::new([Answer(503, &[], ""), Broken, ok()]);
    call(config(&PLAIN, &double), Request::new(meta(|_| {}))).unwrap();
    assert_eq!(double.requests().len(), 3);
    let waits = double.waits();
    assert!(waits[0] <= Duration::from_millis(500) && waits[1] <= Duration::from_secs(1), "{waits:?}");
}

/// Full jitter: clients that failed together do not come back together.
#[test]
fn waits_are_spread_over_their_whole_range() {
    let waits: Vec<f64> = (0..200)
        .map(|_| {
            let double = Double::new([Answer(503, &[], ""), ok()]);
            call(config(&PLAIN, &double), Request::new(meta(|_| {}))).unwrap();
            double.waits()[0].as_secs_f64() / 0.5
        })
        .collect();
    for part in [0.0..0.2, 0.2..0.4, 0.4..0.6, 0.6..0.8, 0.8..1.0] {
        assert!(waits.iter().any(|wait| part.contains(wait)), "{part:?}: {waits:?}");
    }
}

/// Events that are cut off are asked for again after the wait that the server has asked for, last of all.
#[test]
fn events_are_asked_for_again_when_the_server_says() {
    const CUT: &[(&str, &str)] = &[("content-type", "text/event-stream"), ("content-length", "999")];
    const WHOLE: &[(&str, &str)] = &[("content-type", "text/event-stream")];
    let table = [("data: a\n\n", 500), ("retry: 7000\ndata: a\n\n", 7000), ("retry: 1\nretry: 20\ndata: a\n\n", 20)];
    for (text, wait) in table {
        let double = Double::new([Answer(200, CUT, text), Answer(200, WHOLE, "data: b\n\n")]);
        let mut events = config(&PLAIN, &double).build().unwrap().text_events::<Raw>(Request::new(&GET));
        let mut next = || run(events.next()).map(|event| event.unwrap().data);
        assert_eq!([next(), next(), next()], [Some("a".to_owned()), Some("b".to_owned()), None]);
        assert_eq!(double.waits(), [Duration::from_millis(wait)], "{text}");
    }
}

#[test]
fn the_last_failure_comes_back() {
    let double = Double::new([Answer(503, &[], ""), Answer(500, &[], ""), Answer(502, &[], r#"{"message":"last"}"#)]);
    let error = call(config(&PLAIN, &double), Request::new(meta(|_| {}))).unwrap_err();
    assert_eq!(error.to_string(), "`get_thing` failed with 502 Bad Gateway: last");
    let double = Double::new([Broken, Broken, NoConnection]);
    let error = call(config(&PLAIN, &double), Request::new(meta(|_| {}))).unwrap_err();
    assert_eq!(error.to_string(), "`get_thing` failed after 3 tries: no connection: connection refused");
}

#[test]
fn what_is_not_safe_is_sent_once() {
    for reply in [Broken, Answer(500, &[], ""), Answer(503, &[], ""), Answer(429, &[], ""), Answer(408, &[], "")] {
        let double = Double::new([reply]);
        assert!(call(config(&PLAIN, &double), Request::new(post())).is_err());
        assert_eq!(double.requests().len(), 1);
    }
    let double = Double::new([NoConnection, Answer(429, &[("retry-after", "7")], ""), ok()]);
    call(config(&PLAIN, &double), Request::new(post()).json(&1_u8)).unwrap();
    assert_eq!(double.waits()[1], Duration::from_secs(7));
    let bodies = double.requests();
    assert!(bodies.iter().all(|request| request.body() == "1"));
}

#[test]
fn a_wait_that_is_too_long_comes_back_at_once() {
    let double = Double::new([Answer(429, &[("retry-after", "300")], r#"{"message":"slow down"}"#)]);
    let error = call(config(&PLAIN, &double), Request::new(meta(|_| {}))).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_mins(5)));
    assert!(error.is_retryable());
    let double = Double::new([Answer(429, &[("retry-after", "300")], ""), ok()]);
    let mut request = Request::new(meta(|_| {}));
    request.options_mut().max_retry_wait = Some(Duration::from_mins(5));
    call(config(&PLAIN, &double), request).unwrap();
    assert_eq!(double.waits(), [Duration::from_mins(5)]);
}

#[test]
fn the_number_of_retries_is_an_option() {
    let tries = |client: Option<u32>, call_option: Option<u32>| {
        let double = Double::new(std::iter::repeat_with(|| -> Reply { NoConnection }).take(9));
        let mut config = config(&PLAIN, &double);
        config.options_mut().retries = client;
        let mut request = Request::new(post());
        request.options_mut().retries = call_option;
        assert!(matches!(call(config, request), Err(Error::Transport(_))));
        double.requests().len()
    };
    assert_eq!(tries(None, None), 3);
    assert_eq!(tries(Some(0), None), 1);
    assert_eq!(tries(Some(0), Some(4)), 5);
}
