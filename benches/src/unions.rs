//! One of eight objects that nothing names, read by the run time's decision table and by serde's `untagged`.

use clientwright_runtime::{Json, Shape, Value, object, union};
use serde::{Deserialize, Serialize};

macro_rules! variants {
    ($($index:literal $name:ident $own:ident $wire:literal),*) => {
        $(
            /// One of the eight.
            #[derive(Clone, PartialEq, Serialize, Deserialize)]
            pub struct $name {
                pub id: String,
                pub actor: String,
                pub at: String,
                pub $own: i64,
            }

            object!($name { "id" required id, "actor" required actor, "at" required at, $wire required $own });
        )*

        /// As the run time reads it.
        #[derive(Debug)]
        pub enum Event { $($name($name),)* Unknown(Value) }

        union!(Event {
            $($index $name: Shape::object(&["id", "actor", "at", $wire]).required(&["id", "actor", "at", $wire]),)*
            _ => Unknown
        });

        /// As serde reads it.
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        #[serde(untagged)]
        pub enum Untagged { $($name($name)),* }
    };
}

variants!(
    0 Opened opened "opened", 1 Closed closed "closed", 2 Moved moved "moved", 3 Merged merged "merged",
    4 Pushed pushed "pushed", 5 Forked forked "forked", 6 Starred starred "starred", 7 Released released "released"
);

/// Events of all kinds in turn.
#[must_use]
pub fn text(count: i64) -> Vec<u8> {
    let own = ["opened", "closed", "moved", "merged", "pushed", "forked", "starred", "released"];
    let event = |(number, own): (i64, &&str)| {
        format!(r#"{{"id":"event-{number}","actor":"user-{number}","at":"2024-05-17T08:30:00Z","{own}":{number}}}"#)
    };
    let events: Vec<_> = (0..count).zip(own.iter().cycle()).map(event).collect();
    format!("[{}]", events.join(",")).into_bytes()
}

/// The kinds of the events that were read, for comparing both ways.
#[must_use]
pub fn to_json(events: &Vec<Event>) -> Vec<u8> {
    events.to_json()
}
