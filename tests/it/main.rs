//! What proves the project: the client against a real server, the generator on small cases, the rules of the house.

mod cases;
mod client;
mod project;
