//! A small client as the generator writes it: what must compile against this crate.

pub mod call;
pub mod client;
mod codec;
pub mod operations;
pub mod types;

pub use self::call::Call;
pub use self::client::{Client, ClientBuilder};
