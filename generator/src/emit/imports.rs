//! `use` lines: found by walking the client's parts, never noted on the way.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::{argument, uses};
use crate::emit::sections::Section;
use crate::emit::structs::{self, Wrapping};
use crate::emit::{ident, scalars};
use crate::ir;

/// Modules and the names that are used of them.
#[derive(Default)]
pub(super) struct Imports<'a> {
    names: BTreeMap<&'static str, BTreeSet<&'a str>>,
}

/// The run time's crate.
pub(super) const RUNTIME: &str = "clientwright_runtime";

impl<'a> Imports<'a> {
    pub(super) fn add(&mut self, module: &'static str, name: &'a str) {
        self.names.entry(module).or_default().insert(name);
    }

    /// What the use of a type needs.
    pub(super) fn add_type(&mut self, ty: &ir::TypeRef) {
        match ty {
            ir::TypeRef::Named(_) | ir::TypeRef::Boxed(_) | ir::TypeRef::Parameter => {}
            ir::TypeRef::Scalar(scalar) => {
                if let Some((module, name)) = scalars::import(*scalar) {
                    self.add(module, name);
                }
            }
            ir::TypeRef::List(inner) | ir::TypeRef::Nullable(inner) => self.add_type(inner),
            ir::TypeRef::Map(inner) => {
                self.add("std::collections", "BTreeMap");
                self.add_type(inner);
            }
            ir::TypeRef::Any => self.add(RUNTIME, "Value"),
            ir::TypeRef::FormPart => self.add(RUNTIME, "FormPart"),
        }
    }
}

/// The lines, a group for each origin: `std`, other crates, this crate.
pub(super) fn emit_imports(imports: &Imports<'_>) -> Vec<TokenStream> {
    let group = |wanted: usize| {
        let mut modules: Vec<_> = imports.names.iter().filter(|(module, _)| group_of(module) == wanted).collect();
        // As rustfmt sorts: a module's own modules before its items.
        modules.sort_by_key(|(module, _)| format!("{module}::~"));
        let lines: Vec<TokenStream> = modules.into_iter().map(|(module, names)| emit_line(module, names)).collect();
        (!lines.is_empty()).then(|| quote!(#(#lines)*))
    };
    (0..3).filter_map(group).collect()
}

fn group_of(module: &str) -> usize {
    match module.split("::").next() {
        Some("std") => 0,
        Some("crate") => 2,
        _ => 1,
    }
}

fn emit_line(module: &str, names: &BTreeSet<&str>) -> TokenStream {
    let module = module.split("::").map(ident);
    let names = names.iter().map(|name| ident(name));
    if names.len() == 1 { quote!(use #(#module)::* #(::#names)*;) } else { quote!(use #(#module)::*::{#(#names),*};) }
}

pub(super) fn of_types<'a>(section: &Section<'a>) -> Imports<'a> {
    let mut imports = Imports::default();
    for name in &section.foreign {
        imports.add("crate::types", name.as_str());
    }
    for def in &section.defs {
        for ty in uses(&def.kind) {
            imports.add_type(ty);
        }
        match &def.kind {
            ir::TypeKind::Struct(strukt) if argument(strukt).is_some() => {}
            ir::TypeKind::Struct(strukt) | ir::TypeKind::Multipart(ir::Multipart { strukt, .. }) => {
                let is_patch = |field: &ir::Field| structs::wrapping(def, field) == Wrapping::Patch;
                if strukt.fields.iter().any(is_patch) {
                    imports.add(RUNTIME, "Patch");
                }
                if matches!(strukt.rest, ir::Rest::Collect(..)) {
                    imports.add("std::collections", "BTreeMap");
                }
            }
            ir::TypeKind::Union(union) => {
                if matches!(union.unknown, ir::Unknown::Keep(_)) {
                    imports.add(RUNTIME, "Value");
                }
            }
            ir::TypeKind::Newtype(newtype) => add_newtype(&mut imports, newtype),
            ir::TypeKind::Answers(cases) => {
                if cases.iter().any(|case| matches!(case.content, ir::Content::Bytes)) {
                    imports.add("clientwright_runtime::bytes", "Bytes");
                }
            }
            ir::TypeKind::Choice(choices) => add_choices(&mut imports, choices),
            ir::TypeKind::Enum(_) | ir::TypeKind::Alias(_) => {}
        }
    }
    imports
}

fn add_choices(imports: &mut Imports<'_>, choices: &[ir::Choice]) {
    for choice in choices {
        match choice.body {
            ir::Body::Bytes(_) => imports.add("clientwright_runtime::bytes", "Bytes"),
            ir::Body::Json(..)
            | ir::Body::Form(..)
            | ir::Body::Multipart(..)
            | ir::Body::Text(_)
            | ir::Body::Choice(_) => {}
        }
    }
}

fn add_newtype(imports: &mut Imports<'_>, newtype: &ir::Newtype) {
    if let ir::TypeRef::Scalar(_) = newtype.inner {
        imports.add("std", "fmt");
        imports.add(RUNTIME, "Violation");
        if newtype.checks.iter().any(|check| check.enforcement == ir::Enforcement::Enforced) {
            imports.add(RUNTIME, "check");
        }
    }
}
