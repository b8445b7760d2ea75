//! `codec.rs`: how the types are read and written, a table for each. The run time's macros know what to make of them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::argument;
use crate::emit::imports::{Imports, RUNTIME, emit_imports};
use crate::emit::sections::{Kind, Section};
use crate::emit::{Cx, Module, choices, emit_codec_of, ident};
use crate::ir;

pub(super) mod answers;
pub(super) mod enums;
pub(super) mod multipart;
pub(super) mod newtypes;
pub(super) mod structs;
pub(super) mod unions;

pub(super) fn emit_codec(cx: Cx<'_>, section: &Section<'_>) -> Module {
    let mut items = emit_imports(&imports(cx, section));
    for def in &section.defs {
        items.extend(emit_codec_of(cx, def));
    }
    Module { path: section.path(Kind::Codec), docs: section.docs(Kind::Codec), items }
}

/// Whether there is a table for a type.
pub(super) fn has_codec(def: &ir::TypeDef) -> bool {
    match def.kind {
        ir::TypeKind::Struct(ref strukt) => argument(strukt).is_none(),
        ir::TypeKind::Enum(_)
        | ir::TypeKind::Union(_)
        | ir::TypeKind::Newtype(_)
        | ir::TypeKind::Multipart(_)
        | ir::TypeKind::Choice(_)
        | ir::TypeKind::Answers(_) => true,
        ir::TypeKind::Alias(_) => false,
    }
}

/// Whether the shape of a variant names kinds of values.
fn needs_kind(variant: &ir::UnionVariant) -> bool {
    variant.probe.kinds.len() != 1 || !variant.probe.items.is_empty()
}

fn imports<'a>(cx: Cx<'_>, section: &Section<'a>) -> Imports<'a> {
    let mut imports = Imports::default();
    for def in section.defs.iter().filter(|def| has_codec(def)) {
        let name = match &def.kind {
            ir::TypeKind::Struct(_) => "object",
            ir::TypeKind::Enum(enum_) if crate::emit::enums::is_integer(enum_) => "integers",
            ir::TypeKind::Enum(_) => "strings",
            ir::TypeKind::Union(union) => {
                if matches!(union.tagging, ir::Tagging::Shape) {
                    imports.add(RUNTIME, "Shape");
                    if union.variants.iter().any(needs_kind) {
                        imports.add(RUNTIME, "Kind");
                    }
                }
                "union"
            }
            ir::TypeKind::Newtype(_) => "newtype",
            ir::TypeKind::Answers(_) => "answers",
            ir::TypeKind::Multipart(_) => {
                imports.add(RUNTIME, "Form");
                "Multipart"
            }
            ir::TypeKind::Choice(_) => {
                imports.add(RUNTIME, "Request");
                if choices::names_styles(cx, def) {
                    imports.add(RUNTIME, "QueryStyle");
                }
                "RequestBody"
            }
            ir::TypeKind::Alias(_) => continue,
        };
        imports.add(RUNTIME, name);
        imports.add("crate", "types");
        if def.is_parameter && matches!(def.kind, ir::TypeKind::Struct(_) | ir::TypeKind::Union(_)) {
            imports.add(RUNTIME, "parameter");
        }
    }
    imports
}

/// Lets a type stand for a parameter where it does.
fn emit_parameter(def: &ir::TypeDef) -> Option<TokenStream> {
    let name = ident(def.name.as_str());
    def.is_parameter.then(|| quote!(parameter!(types::#name);))
}
