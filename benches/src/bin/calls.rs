//! Does one thing many times, for counting instructions: `calls serve`, `calls generated|by-hand BASE COUNT`, which call
//! that server, or `calls union|untagged COUNT`, which read 800 unions.

use std::error::Error;
use std::hint::black_box;
use std::thread;

use clientwright_benches::calls::{by_hand, call_by_hand, call_generated, generated, serve};
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
        _ => return Err("what to do?".into()),
    }
    Ok(())
}
