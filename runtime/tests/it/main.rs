//! The run time, driven as generated code drives it.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod double;
mod mini;
#[cfg(feature = "reqwest")]
mod server;

mod json_against_serde;
mod json_errors;
mod json_text;
mod json_unions;
#[cfg(feature = "serde")]
mod serde_bridge;

mod alternatives;
mod auth;
#[cfg(feature = "blocking")]
mod blocking;
mod checks;
mod drifts;
mod errors;
mod multipart;
mod paging;
mod parameters;
mod raw;
#[cfg(feature = "mock")]
mod recordings;
mod redaction;
mod responses;
mod retries;
#[cfg(feature = "tracing")]
mod spans;
#[cfg(feature = "reqwest")]
mod tls;
mod tokens;
#[cfg(feature = "tower")]
mod tower;
mod urls;
#[cfg(feature = "reqwest")]
mod wire;
