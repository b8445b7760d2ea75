//! `types.rs`: the definitions.

use crate::emit::{Cx, Module, emit_def, imports};

pub(super) fn emit_types(cx: Cx<'_>) -> Module {
    let mut items = imports::emit_imports(&imports::of_types(cx));
    for def in cx.defs() {
        items.extend(emit_def(cx, def));
    }
    Module { path: "types.rs", docs: "The types, in the order of the description.".to_owned(), items }
}
