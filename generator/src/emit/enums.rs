//! Lists of texts or integers.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, quote};

use crate::emit::{Cx, attrs, docs, ident, scalars};
use crate::ir;

pub(super) fn emit_enum(_: Cx<'_>, def: &ir::TypeDef, enum_: &ir::Enum) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let doc = attrs::doc(&docs::of_type(&def.docs, "", &def.origin));
    let variants = enum_.variants.iter().map(|variant| {
        let doc = attrs::doc(&docs::of_value(&variant.docs, &variant.wire));
        let name = ident(variant.name.as_str());
        quote!(#doc #name)
    });
    // Texts print for `Debug` as on the wire, and are compared as that where they are open; the codec has it.
    let derives = match (is_integer(enum_), is_copy(enum_)) {
        (true, _) => quote!(Clone, Copy, Debug, PartialEq, Eq, Hash),
        (false, true) => quote!(Clone, Copy, PartialEq, Eq, Hash),
        (false, false) => quote!(Clone),
    };
    let unknown = emit_unknown(enum_);
    let item = quote! {
        #doc
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown
        }
    };
    vec![item]
}

/// Whether it has no text in it.
pub(super) fn is_copy(enum_: &ir::Enum) -> bool {
    enum_.unknown == ir::Unknown::Never || is_integer(enum_)
}

pub(super) fn is_integer(enum_: &ir::Enum) -> bool {
    matches!(enum_.scalar.nature(), ir::Nature::Integer(..))
}

/// Whether a variant is what a JSON value says.
pub(super) fn stands_for(variant: &ir::EnumVariant, value: &serde_json::Value) -> bool {
    let Some(text) = value.as_str() else {
        // `1.0` is `1` for a float's `Display`.
        let float = value.as_f64().map(|float| float.to_string());
        return [Some(value.to_string()), float].contains(&Some(variant.wire.clone()));
    };
    text == variant.wire
}

/// A listed value as a literal.
pub(super) fn literal(enum_: &ir::Enum, variant: &ir::EnumVariant) -> TokenStream {
    let wire = variant.wire.as_str();
    if is_integer(enum_) { wire.parse().unwrap_or_default() } else { Literal::string(wire).into_token_stream() }
}

fn emit_unknown(enum_: &ir::Enum) -> TokenStream {
    match &enum_.unknown {
        ir::Unknown::Keep(name) => {
            let name = ident(name.as_str());
            let ty = scalars::emit_scalar(enum_.scalar);
            quote! {
                /// A value that the description does not list, as it came.
                #name(#ty),
            }
        }
        ir::Unknown::Never => TokenStream::new(),
    }
}
