//! `types.rs`: the definitions.

use crate::emit::sections::{Kind, Section};
use crate::emit::{Cx, Module, emit_def, imports};

pub(super) fn emit_types(cx: Cx<'_>, section: &Section<'_>) -> Module {
    let mut items = imports::emit_imports(&imports::of_types(section));
    for def in &section.defs {
        items.extend(emit_def(cx, def));
    }
    Module { path: section.path(Kind::Types), docs: section.docs(Kind::Types), items }
}
