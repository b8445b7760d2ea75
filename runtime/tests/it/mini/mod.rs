//! A small client as the generator writes it: what must compile against this crate.
#![allow(unreachable_pub, dead_code, clippy::unnecessary_wraps, reason = "in a crate of its own it is reachable")]

pub mod call;
pub mod client;
mod codec;
pub mod operations;
pub mod types;

pub use self::call::Call;
pub use self::client::Client;
