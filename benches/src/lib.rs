//! What the benches and the counting tests have in common: the same types with both codecs, and the same call by the
//! generated client and by hand.

pub mod calls;
pub mod issues;
pub mod unions;
