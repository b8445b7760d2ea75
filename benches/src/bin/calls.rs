//! Does one thing many times, for counting instructions: `calls serve`, `calls generated|by-hand BASE COUNT`, which call
//! that server, `calls union|untagged COUNT`, which read 800 unions, or `calls decode|encode|serde-decode|serde-encode COUNT`,
//! which read and write 54 KB of issues.

use std::error::Error;
use std::hint::black_box;
use std::thread;

use clientwright_benches::calls::{by_hand, call_by_hand, call_generated, generated, serve};
use clientwright_benches::issues::{self, Issue, issue};
use clientwright_benches::unions::{Event, Untagged, text};
use clientwright_runtime::Json;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["serve"] => {
            println!("{}", serve());
            thread::park();
        }
        ["generated", base, count] => {
            let client = generated(base);
            for _ in 0..count.parse()? {
                assert!(call_generated(&client).await);
            }
        }
        ["by-hand", base, count] => {
            let client = by_hand();
            for _ in 0..count.parse()? {
                assert!(call_by_hand(&client, base).await);
            }
        }
        ["union", count] => {
            let text = text(800);
            for _ in 0..count.parse()? {
                assert_eq!(Vec::<Event>::from_json(black_box(&text))?.len(), 800);
            }
        }
        ["untagged", count] => {
            let text = text(800);
            for _ in 0..count.parse()? {
                assert_eq!(serde_json::from_slice::<Vec<Untagged>>(black_box(&text))?.len(), 800);
            }
        }
        [what, count] => issues(what, count.parse()?)?,
        _ => return Err("what to do?".into()),
    }
    Ok(())
}

fn issues(what: &str, count: u32) -> Result<(), Box<dyn Error>> {
    let text = issues::text(60);
    let issues: Vec<_> = (0..60).map(issue).collect();
    for _ in 0..count {
        match what {
            "decode" => assert_eq!(Vec::<Issue>::from_json(black_box(&text))?.len(), 60),
            "serde-decode" => assert_eq!(serde_json::from_slice::<Vec<Issue>>(black_box(&text))?.len(), 60),
            "encode" => assert_eq!(black_box(&issues).to_json().len(), text.len()),
            "serde-encode" => assert_eq!(serde_json::to_vec(black_box(&issues))?.len(), text.len()),
            _ => return Err("what to do?".into()),
        }
    }
    Ok(())
}
