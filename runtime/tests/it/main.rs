//! The run time, driven as generated code drives it.

mod mini;
