//! Turns an OpenAPI description into a Rust client.
