//! The README's own programs compile for whoever copies them.
#![doc = include_str!("../../../README.md")]
