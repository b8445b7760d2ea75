//! Small cases: source, parts and Rust of one idea each.
