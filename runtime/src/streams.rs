//! Answers whose bodies are taken as they come in.
//!
//! Takes what has arrived of an answer; gives the rest of it, piece by piece, within the limits. The
//! retries are over by then: what a caller has taken cannot be taken back.

mod chunks;
mod download;

pub(crate) use self::chunks::Chunks;
pub use self::download::Download;
