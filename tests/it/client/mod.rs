//! The generated client against a real HTTP server on loopback.
#![cfg(feature = "reqwest")]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

mod server;
mod support;

mod base_urls;
mod events;
mod requests;
mod states;
mod streams;
mod uploads;

mod answers;
mod failures;
mod faults;
#[cfg(feature = "mock")]
mod mock;
mod official;
mod undecodable;

mod environment;
mod options;
mod refusals;
mod retries;
mod time;

mod bounds;
mod redaction;
#[cfg(feature = "serde")]
mod serde;
