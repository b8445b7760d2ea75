//! Turns an OpenAPI description into the Rust client that a careful engineer would have written by hand.

pub mod config;
pub mod diagnostic;
pub mod output;
pub mod pointer;
pub mod render;
pub mod source;
