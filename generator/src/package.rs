//! A whole crate: what is generated, with a manifest, a front page, and the run time.
