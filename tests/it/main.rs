//! What proves the project: the client against a real server, the generator on small cases and on nonsense, the rules of
//! the house.

mod cases;
mod client;
mod mutations;
mod project;
