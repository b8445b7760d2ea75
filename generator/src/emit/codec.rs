//! `codec.rs`: how the types are read and written.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::imports::{Imports, RUNTIME, emit_imports};
use crate::emit::structs::{Wrapping, wrapping};
use crate::emit::{Cx, Module, emit_codec_of, ident};
use crate::ir;

pub(super) mod enums;
pub(super) mod multipart;
pub(super) mod newtypes;
pub(super) mod structs;
pub(super) mod unions;

pub(super) fn emit_codec(cx: Cx<'_>) -> Module {
    let mut items = emit_imports(&imports(cx));
    for def in cx.defs() {
        items.extend(emit_codec_of(cx, def));
    }
    let bridged: Vec<TokenStream> = cx.defs().filter(|def| has_codec(def)).map(emit_bridge).collect();
    if !bridged.is_empty() {
        items.push(quote!(#(#bridged)*));
    }
    Module { path: "codec.rs", docs: "How the types are read from JSON, and written as JSON.".to_owned(), items }
}

fn has_codec(def: &ir::TypeDef) -> bool {
    match def.kind {
        ir::TypeKind::Struct(_) | ir::TypeKind::Enum(_) | ir::TypeKind::Union(_) | ir::TypeKind::Newtype(_) => true,
        ir::TypeKind::Alias(_) | ir::TypeKind::Multipart(_) | ir::TypeKind::Choice(_) | ir::TypeKind::Answers(_) => {
            false
        }
    }
}

fn emit_bridge(def: &ir::TypeDef) -> TokenStream {
    let name = ident(def.name.as_str());
    quote!(clientwright_runtime::bridge_serde!(types::#name);)
}

fn imports(cx: Cx<'_>) -> Imports {
    let mut imports = Imports::default();
    if cx.defs().any(|def| matches!(def.kind, ir::TypeKind::Choice(_))) {
        imports.add("crate", "types");
        imports.add(RUNTIME, "Request");
        imports.add(RUNTIME, "RequestBody");
    }
    if cx.defs().any(|def| matches!(def.kind, ir::TypeKind::Multipart(_))) {
        imports.add("crate", "types");
        imports.add(RUNTIME, "Form");
        imports.add(RUNTIME, "Multipart");
    }
    for def in cx.defs().filter(|def| has_codec(def)) {
        imports.add("crate", "types");
        for name in ["DecodeError", "Json", "Reader", "Writer"] {
            imports.add(RUNTIME, name);
        }
        if def.is_parameter {
            imports.add(RUNTIME, "Parameter");
            imports.add(RUNTIME, "ParameterValue");
        }
        match &def.kind {
            ir::TypeKind::Struct(strukt) => {
                let is_patch = |field: &ir::Field| wrapping(def, field) == Wrapping::Patch;
                if strukt.fields.iter().any(is_patch) {
                    imports.add(RUNTIME, "Patch");
                }
                if matches!(strukt.rest, ir::Rest::Collect(..)) {
                    imports.add("std::collections", "BTreeMap");
                }
            }
            ir::TypeKind::Union(union) => {
                if matches!(union.tagging, ir::Tagging::Shape) {
                    imports.add(RUNTIME, "Kind");
                    imports.add(RUNTIME, "Shape");
                }
            }
            ir::TypeKind::Enum(_)
            | ir::TypeKind::Newtype(_)
            | ir::TypeKind::Alias(_)
            | ir::TypeKind::Multipart(_)
            | ir::TypeKind::Choice(_)
            | ir::TypeKind::Answers(_) => {}
        }
    }
    imports
}

/// `impl Json`, from the bodies of its functions.
fn emit_json(def: &ir::TypeDef, read: &TokenStream, write: &TokenStream) -> TokenStream {
    let name = ident(def.name.as_str());
    quote! {
        impl Json for types::#name {
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                #read
            }

            fn write(&self, writer: &mut Writer) {
                #write
            }
        }
    }
}

/// `impl Parameter` for a type that stands for a parameter somewhere.
fn emit_parameter(def: &ir::TypeDef, value: &TokenStream) -> Option<TokenStream> {
    let name = ident(def.name.as_str());
    def.is_parameter.then(|| {
        quote! {
            impl Parameter for types::#name {
                fn parameter(&self) -> ParameterValue<'_> {
                    #value
                }
            }
        }
    })
}
