//! Answers whose bodies are taken as they come in.
//!
//! Takes what has arrived of an answer; gives the rest of it, piece by piece, within the limits. The
//! retries are over by then: what a caller has taken cannot be taken back.

mod chunks;
mod download;
mod event_text;
mod events;
mod json_texts;
mod lines;
mod source;

pub(crate) use self::chunks::Chunks;
pub use self::download::Download;
pub use self::events::{Event, Events};
pub use self::lines::Lines;

/// An item of a stream has more bytes than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TooLong;
