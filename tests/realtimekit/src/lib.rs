//! Nothing: what is here is the tests beside it.
