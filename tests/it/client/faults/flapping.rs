//! A server that comes and goes under many calls at once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use realtimekit::runtime::Operation;
use realtimekit::{Error, Value};

use crate::client::faults::{Create, Read, call, core};
use crate::client::server::{Server, answer, hang_up, json, reset};

const CALLS: usize = 200;

/// How often the server has done what was asked, by the path.
type Done = Arc<Mutex<BTreeMap<String, usize>>>;

/// Every second request is done; of the others, some are turned away undone, and some are done and then the connection
/// breaks.
async fn flapping(done: &Done) -> Server {
    let done = Arc::clone(done);
    Server::choosing(move |turn, request| {
        if turn % 6 == 1 {
            return answer("503 Service Unavailable", &["retry-after: 0"], "");
        }
        let target = request.target();
        let body = format!("\"{target}\"");
        *done.lock().unwrap().entry(target).or_default() += 1;
        match turn % 6 {
            3 => hang_up(),
            5 => reset(),
            _ => json("200 OK", &body),
        }
    })
    .await
}

/// The outcome of each call, by its path; each answer is the call's own.
async fn outcomes<O: Operation<Output = Value>>(server: &Server) -> Vec<(String, Result<(), Error<O::Error>>)> {
    let core = core(&server.url(), |config| config.options_mut().retries = Some(20));
    let calls = (0..CALLS).map(|id| {
        let core = core.clone();
        tokio::spawn(async move { (format!("/things/{id}"), call::<O>(&core, &id.to_string()).await) })
    });
    let mut outcomes = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        let (target, result) = call.await.unwrap();
        let result = result.map(|answer| assert_eq!(answer.as_str(), Some(target.as_str())));
        outcomes.push((target, result));
    }
    outcomes
}

/// What must not be repeated is done at most once; where it fails, the caller is told that it may have been done.
#[tokio::test]
async fn fault_flapping_with_what_must_not_be_repeated() {
    let done = Done::default();
    let server = flapping(&done).await;
    let outcomes = outcomes::<Create>(&server).await;
    let done = done.lock().unwrap();
    let failed = outcomes.iter().filter(|(_, result)| result.is_err()).count();
    for (target, result) in &outcomes {
        assert_eq!(done.get(target), Some(&1), "{target}: {result:?}");
        assert!(matches!(result, Ok(()) | Err(Error::Transport(_))), "{target}: {result:?}");
    }
    assert!((40..=100).contains(&failed), "{failed}");
}

/// What may be repeated succeeds in the end.
#[tokio::test]
async fn fault_flapping_with_what_may_be_repeated() {
    let done = Done::default();
    let server = flapping(&done).await;
    for (target, result) in outcomes::<Read>(&server).await {
        assert!(result.is_ok(), "{target}: {result:?}");
    }
    assert_eq!(done.lock().unwrap().len(), CALLS);
}

/// An outage: two hundred calls do not ask six hundred times.
#[tokio::test]
async fn fault_outage_is_not_made_worse() {
    let server = Server::start([json("503 Service Unavailable", "{}")]).await;
    let core = core(&server.url(), |config| config.retry_budget(100));
    let calls: Vec<_> = (0..CALLS)
        .map(|id| {
            let core = core.clone();
            tokio::spawn(async move { call::<Read>(&core, &id.to_string()).await.unwrap_err() })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().status().unwrap(), 503);
    }
    assert_eq!(server.asked(), CALLS + 100 / 5);
}
