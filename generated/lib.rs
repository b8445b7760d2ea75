//! Cloudflare API, version 4.0.0.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[rustfmt::skip]
mod call;
#[rustfmt::skip]
mod client;
#[rustfmt::skip]
mod codec;
#[rustfmt::skip]
pub mod operations;
#[rustfmt::skip]
pub mod types;

pub use crate::call::Call;
pub use crate::client::{Client, ClientBuilder};
pub use clientwright_runtime as runtime;
pub use clientwright_runtime::{Error, Patch, Response, Secret, Violation};
