//! The generated client against a real HTTP server on loopback.
