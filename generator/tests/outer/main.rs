//! The outer parts of the generator: sources and their places, the configuration, what is printed, files on the disk.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect,
    reason = "a test may fail where it stands"
)]

mod cargo;
mod circles;
#[cfg(feature = "cli")]
mod command;
mod config;
#[cfg(feature = "cli")]
mod package;
mod render;
mod source;
mod sync;
mod tags;
mod verify;
