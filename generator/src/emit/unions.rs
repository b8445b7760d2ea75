//! One of several types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, attrs, docs, ident};
use crate::ir;

pub(super) fn emit_union(cx: Cx<'_>, def: &ir::TypeDef, union: &ir::Union) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let doc = attrs::doc(&docs::of_type(&def.docs, "", &def.origin));
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
    let goes_out = matches!(def.direction, ir::Direction::Request | ir::Direction::Both);
    let convertible = union.variants.iter().filter(|variant| goes_out && is_only_one(cx, union, variant));
    let conversions = convertible.flat_map(|variant| emit_conversions(cx, def, variant));
    std::iter::once(item).chain(conversions).collect()
}

/// `From` what the variant holds; text may come as `&str`.
fn emit_conversions(cx: Cx<'_>, def: &ir::TypeDef, variant: &ir::UnionVariant) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let variant_name = ident(variant.name.as_str());
    let convert = |ty: TokenStream, value: TokenStream| {
        quote! {
            impl From<#ty> for #name {
                fn from(value: #ty) -> Self {
                    Self::#variant_name(#value)
                }
            }
        }
    };
    let own = convert(cx.ty(&variant.ty, &TokenStream::new()), quote!(value));
    let is_text = *cx.unaliased(&variant.ty) == ir::TypeRef::Scalar(ir::Scalar::String);
    let borrowed = is_text.then(|| convert(quote!(&str), quote!(value.to_owned())));
    std::iter::once(own).chain(borrowed).collect()
}

/// Whether no other variant could hold the same Rust type under another name.
fn is_only_one(cx: Cx<'_>, union: &ir::Union, variant: &ir::UnionVariant) -> bool {
    let own = cx.unaliased(&variant.ty);
    let is_plain = match own {
        ir::TypeRef::Named(_) | ir::TypeRef::Scalar(_) | ir::TypeRef::List(_) => true,
        ir::TypeRef::Boxed(_)
        | ir::TypeRef::Map(_)
        | ir::TypeRef::Nullable(_)
        | ir::TypeRef::FormPart
        | ir::TypeRef::Any
        | ir::TypeRef::Parameter => false,
    };
    is_plain && union.variants.iter().filter(|other| cx.unaliased(&other.ty) == own).count() == 1
}
