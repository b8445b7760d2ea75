//! The bodies that a service takes, one of which goes out.
//!
//! The usual one needs no naming: a reference to its type becomes the choice.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::body_type;
use crate::emit::{Cx, attrs, bodies, docs, ident, operations};
use crate::ir;

pub(super) fn emit_choice(cx: Cx<'_>, def: &ir::TypeDef, choices: &[ir::Choice]) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let fallback = "A body in one of the content types that the service takes.";
    let doc = attrs::doc(&docs::of_type(&def.docs, fallback, &def.origin));
    let lifetime = is_borrowed(cx, choices).then(|| quote!(<'a>));
    let none = TokenStream::new();
    let variants = choices.iter().map(|choice| {
        let doc = attrs::doc(&format!("{}.", docs::code(&choice.media_type)));
        let name = ident(choice.name.as_str());
        let ty = bodies::emit_type(cx, &choice.body, &none, &quote!('a));
        quote!(#doc #name(#ty))
    });
    let item = quote! {
        #doc
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name #lifetime {
            #(#variants,)*
        }
    };
    std::iter::once(item)
        .chain(conversions(cx, choices).into_iter().map(|choice| emit_conversion(cx, def, choice, lifetime.as_ref())))
        .collect()
}

/// What a body can be; nothing where the type is no choice.
pub(super) fn of<'a>(cx: Cx<'a>, ty: &ir::TypeRef) -> &'a [ir::Choice] {
    match cx.definition(ty) {
        Some(ir::TypeDef { kind: ir::TypeKind::Choice(choices), .. }) => choices,
        Some(_) | None => &[],
    }
}

/// The types that a choice's variants name.
pub(super) fn named_types<'a>(cx: Cx<'a>, choices: &'a [ir::Choice]) -> impl Iterator<Item = &'a ir::TypeRef> {
    choices.iter().filter_map(move |choice| {
        if let ir::Body::Json(ty, _) = &choice.body { operations::spelled(cx, ty) } else { body_type(&choice.body) }
    })
}

/// The choices that a value of one of the client's types becomes by itself: the first one of each type.
pub(super) fn conversions<'a>(cx: Cx<'a>, choices: &'a [ir::Choice]) -> Vec<&'a ir::Choice> {
    let mut seen = BTreeSet::new();
    let is_first = |choice: &&ir::Choice| match &choice.body {
        ir::Body::Json(ty, _) | ir::Body::Form(ty, _) | ir::Body::Multipart(Some(ty), _) => {
            cx.definition(ty).is_some_and(|def| seen.insert(&def.name))
        }
        ir::Body::Multipart(None, _) | ir::Body::Text(_) | ir::Body::Bytes(_) | ir::Body::Choice(_) => false,
    };
    choices.iter().filter(is_first).collect()
}

fn is_borrowed(cx: Cx<'_>, choices: &[ir::Choice]) -> bool {
    choices.iter().any(|choice| bodies::is_borrowed(cx, &choice.body))
}

fn emit_conversion(cx: Cx<'_>, def: &ir::TypeDef, choice: &ir::Choice, lifetime: Option<&TokenStream>) -> TokenStream {
    let name = ident(def.name.as_str());
    let variant = ident(choice.name.as_str());
    let ty = bodies::emit_type(cx, &choice.body, &TokenStream::new(), &quote!('a));
    quote! {
        impl #lifetime From<#ty> for #name #lifetime {
            fn from(body: #ty) -> Self {
                Self::#variant(body)
            }
        }
    }
}

/// Whether a variant's step names styles.
pub(super) fn names_styles(cx: Cx<'_>, def: &ir::TypeDef) -> bool {
    matches!(&def.kind, ir::TypeKind::Choice(choices) if choices.iter().any(|choice| bodies::names_styles(cx, &choice.body)))
}

/// How the choice is put into a request.
pub(super) fn emit_codec(cx: Cx<'_>, def: &ir::TypeDef, choices: &[ir::Choice]) -> TokenStream {
    let name = ident(def.name.as_str());
    let lifetime = is_borrowed(cx, choices).then(|| quote!(<'_>));
    let arms = choices.iter().map(|choice| {
        let variant = ident(choice.name.as_str());
        let step = bodies::emit_step(cx, &choice.body);
        quote!(Self::#variant(body) => request #step)
    });
    quote! {
        impl RequestBody for types::#name #lifetime {
            fn put(self, request: Request) -> Request {
                match self {
                    #(#arms,)*
                }
            }
        }
    }
}
