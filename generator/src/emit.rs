//! emit: takes a completed client, gives modules of tokens. It cannot fail.
//!
//! The fork of this half: here, and nowhere else, is decided who prints a definition. Same file name on both sides:
//! what `lower/structs.rs` makes, `emit/structs.rs` prints.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::analyze::argument;
use crate::config::{Config, TagFeatures};
use crate::emit::sections::Kind;
use crate::ir;

mod answers;
pub(crate) mod attrs;
mod bodies;
mod call;
mod choices;
mod client;
mod codec;
mod docs;
mod enums;
mod examples;
mod headers;
mod imports;
mod markdown;
mod newtypes;
mod operations;
mod root;
mod scalars;
mod sections;
mod servers;
mod structs;
#[cfg(feature = "cli")]
pub(crate) mod trips;
mod types;
mod unions;

/// One file, before it is formatted.
pub(crate) struct Module {
    /// Its path from the output folder.
    pub(crate) path: String,
    /// Its documentation.
    pub(crate) docs: String,
    /// Its items, in order.
    pub(crate) items: Vec<TokenStream>,
}

/// What emission works with: all of it is read only.
#[derive(Clone, Copy)]
struct Cx<'a> {
    api: &'a ir::Api,
    /// The name of the crate that the output is part of.
    package: &'a str,
    tag_features: TagFeatures,
}

/// Prints a client, a module at a time: the tokens of all of them are several times the size of their text.
pub(crate) fn emit(api: &ir::Api, config: &Config, mut each: impl FnMut(Module)) {
    let cx = Cx { api, package: &config.package, tag_features: config.tag_features };
    let sections = sections::sections(cx);
    each(root::emit_root(cx));
    if cx.has_client() {
        each(client::emit_client(cx));
        each(call::emit_call(cx));
    }
    if !api.headers.is_empty() {
        each(headers::emit_headers(cx));
    }
    let kinds = [Kind::Operations, Kind::Types, Kind::Codec];
    for kind in kinds.into_iter().filter(|kind| *kind != Kind::Operations || cx.has_client()) {
        sections::emit_parent(cx, &sections, kind).into_iter().for_each(&mut each);
        let sections = sections.iter().filter(|section| section.has(kind));
        sections
            .map(|section| match kind {
                Kind::Operations => operations::emit_operations(cx, section),
                Kind::Types => types::emit_types(cx, section),
                Kind::Codec => codec::emit_codec(cx, section),
            })
            .for_each(&mut each);
    }
}

/// The definition of a type.
fn emit_def(cx: Cx<'_>, def: &ir::TypeDef) -> Vec<TokenStream> {
    match &def.kind {
        ir::TypeKind::Struct(strukt) => match argument(strukt) {
            Some((generic, own)) => newtypes::emit_instance(cx, def, generic, own),
            None => structs::emit_struct(cx, def, strukt),
        },
        ir::TypeKind::Enum(enum_) => enums::emit_enum(cx, def, enum_),
        ir::TypeKind::Union(union) => unions::emit_union(cx, def, union),
        ir::TypeKind::Newtype(newtype) => newtypes::emit_newtype(cx, def, newtype),
        ir::TypeKind::Alias(ty) => newtypes::emit_alias(cx, def, ty),
        ir::TypeKind::Multipart(multipart) => structs::emit_struct(cx, def, &multipart.strukt),
        ir::TypeKind::Choice(choices) => choices::emit_choice(cx, def, choices),
        ir::TypeKind::Answers(cases) => answers::emit_answers(cx, def, cases),
    }
}

/// How a type is read and written.
fn emit_codec_of(cx: Cx<'_>, def: &ir::TypeDef) -> Vec<TokenStream> {
    match &def.kind {
        ir::TypeKind::Struct(strukt) if argument(strukt).is_some() => Vec::new(),
        ir::TypeKind::Struct(strukt) => codec::structs::emit_struct(cx, def, strukt),
        ir::TypeKind::Enum(enum_) => codec::enums::emit_enum(cx, def, enum_),
        ir::TypeKind::Union(union) => codec::unions::emit_union(cx, def, union),
        ir::TypeKind::Newtype(newtype) => codec::newtypes::emit_newtype(cx, def, newtype),
        ir::TypeKind::Choice(choices) => vec![choices::emit_codec(cx, def, choices)],
        ir::TypeKind::Multipart(multipart) => vec![codec::multipart::emit_multipart(def, multipart)],
        ir::TypeKind::Answers(cases) => codec::answers::emit_answers(cx, def, cases),
        ir::TypeKind::Alias(_) => Vec::new(),
    }
}

impl<'a> Cx<'a> {
    /// Whether there is anything to call: a description can consist of schemas and webhooks.
    fn has_client(self) -> bool {
        !self.api.operations.is_empty()
    }

    /// An attribute for what only operations use, where it can be that none of them is compiled.
    fn unused_without_features(self) -> TokenStream {
        match self.tag_features {
            TagFeatures::Declared if self.api.groups.len() > 1 => {
                quote!(#[allow(dead_code, reason = "without any tag's feature, nothing calls it")])
            }
            TagFeatures::Declared | TagFeatures::None => quote!(),
        }
    }

    fn def(self, id: ir::TypeId) -> Option<&'a ir::TypeDef> {
        self.api.types.list.get(id.0)
    }

    /// What a use comes down to when aliases are followed.
    fn unaliased(self, ty: &'a ir::TypeRef) -> &'a ir::TypeRef {
        let aliased = if let ir::TypeRef::Named(id) = ty { self.def(*id) } else { None };
        match aliased {
            Some(ir::TypeDef { kind: ir::TypeKind::Alias(target), .. }) => self.unaliased(target),
            Some(_) | None => ty,
        }
    }

    /// The definition that a use comes down to.
    fn definition(self, ty: &ir::TypeRef) -> Option<&'a ir::TypeDef> {
        let ir::TypeRef::Named(id) = ty else { return None };
        let def = self.def(*id)?;
        if let ir::TypeKind::Alias(target) = &def.kind { self.definition(target) } else { Some(def) }
    }

    /// A type where it is used. `prefix` stands before the names of the client's own types.
    fn ty(self, ty: &ir::TypeRef, prefix: &TokenStream) -> TokenStream {
        match ty {
            ir::TypeRef::Named(id) => self.name(*id, prefix),
            ir::TypeRef::Boxed(id) => {
                let name = self.name(*id, prefix);
                quote!(Box<#name>)
            }
            ir::TypeRef::Scalar(scalar) => scalars::emit_scalar(*scalar),
            ir::TypeRef::List(item) => {
                let item = self.ty(item, prefix);
                quote!(Vec<#item>)
            }
            ir::TypeRef::Map(value) => {
                let value = self.ty(value, prefix);
                quote!(BTreeMap<String, #value>)
            }
            ir::TypeRef::Nullable(inner) => {
                let inner = self.ty(inner, prefix);
                quote!(Option<#inner>)
            }
            ir::TypeRef::Any => quote!(Value),
            ir::TypeRef::FormPart => quote!(FormPart),
            ir::TypeRef::Parameter => quote!(T),
        }
    }

    fn name(self, id: ir::TypeId, prefix: &TokenStream) -> TokenStream {
        match self.def(id) {
            Some(def) => {
                let name = ident(def.name.as_str());
                quote!(#prefix #name)
            }
            None => quote!(Value),
        }
    }
}

/// A name as a token.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
