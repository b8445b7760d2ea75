//! One of several types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, attrs, docs, ident};
use crate::ir;

pub(super) fn emit_union(cx: Cx<'_>, def: &ir::TypeDef, union: &ir::Union) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let doc = attrs::doc(&docs::of_type(&def.docs, &format!("`{}`.", def.name), &def.origin));
    let variants = union.variants.iter().map(|variant| {
        let doc = attrs::doc(&docs::of_member(&variant.docs, &format!("`{}`.", variant.name)));
        let name = ident(variant.name.as_str());
        let ty = cx.ty(&variant.ty, &TokenStream::new());
        quote!(#doc #name(#ty))
    });
    let unknown = match &union.unknown {
        ir::Unknown::Keep(name) => {
            let name = ident(name.as_str());
            quote! {
                /// Something that the description does not list, as it came.
                #name(Value),
            }
        }
        ir::Unknown::Never => TokenStream::new(),
    };
    let item = quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown
        }
    };
    let conversions = union.variants.iter().filter(|variant| is_only_one(cx, union, variant)).map(|variant| {
        let variant_name = ident(variant.name.as_str());
        let ty = cx.ty(&variant.ty, &TokenStream::new());
        quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant_name(value)
                }
            }
        }
    });
    std::iter::once(item).chain(conversions).collect()
}

/// Whether no other variant could hold the same Rust type under another name.
fn is_only_one(cx: Cx<'_>, union: &ir::Union, variant: &ir::UnionVariant) -> bool {
    let is_own = matches!(variant.ty, ir::TypeRef::Named(_)) && cx.unaliased(&variant.ty) == &variant.ty;
    is_own && union.variants.iter().filter(|other| cx.unaliased(&other.ty) == &variant.ty).count() == 1
}
