//! Calls a server many times, for counting instructions: `calls serve`, or `calls generated|by-hand BASE COUNT`.

use std::error::Error;
use std::thread;

use clientwright_benches::calls::{by_hand, call_by_hand, call_generated, generated, serve};

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
        _ => return Err("what to do?".into()),
    }
    Ok(())
}
