//! Doubles for tests: HTTP clients that record, replay, or answer as a test says.
//!
//! Behind the feature `mock`. They stand in for the network alone: what is above [`HttpClient`]
//! (credentials, retries, limits, reading) runs as it does elsewhere, without a socket, and a wait
//! between retries takes no time. A body that is sent as it is read is read as a whole by [`Mocks`] and
//! [`Replayer`], which compare it; [`Recorder`] passes it on as it is read, and keeps a copy.
//!
//! - [`Recorder`] passes requests on, and writes what was said to a file that holds no credential.
//! - [`Replayer`] answers by such a file, and refuses what is not in it.
//! - [`Mocks`] are what the generated module `mock` is made of: expectations of an API's operations.
//!
//! [`HttpClient`]: crate::HttpClient

mod hiding;
mod macros;
mod mocks;
mod recorder;
mod recording;
mod replayer;

#[cfg(feature = "mock-server")]
pub use self::mocks::MockServer;
pub use self::mocks::{Described, Expectation, Mockable, Mocked, Mocks, Place, Taken};
pub use self::recorder::Recorder;
pub use self::replayer::Replayer;
