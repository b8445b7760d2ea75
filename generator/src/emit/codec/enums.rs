//! Lists of texts or integers.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::enums::{is_integer, literal};
use crate::emit::{Cx, ident, scalars};
use crate::ir;

pub(in crate::emit) fn emit_enum(_: Cx<'_>, def: &ir::TypeDef, enum_: &ir::Enum) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let variants = enum_.variants.iter().map(|variant| {
        let name = ident(variant.name.as_str());
        let wire = literal(enum_, variant);
        quote!(#wire => #name)
    });
    let unknown = match &enum_.unknown {
        ir::Unknown::Keep(name) => {
            let name = ident(name.as_str());
            Some(quote!(_ => #name))
        }
        ir::Unknown::Never => None,
    };
    let rows = variants.chain(unknown);
    if is_integer(enum_) {
        let ty = scalars::emit_scalar(enum_.scalar);
        return vec![quote!(integers!(types::#name as #ty { #(#rows),* });)];
    }
    let parameter = def.is_parameter.then(|| quote!(, parameter));
    vec![quote!(strings!(types::#name #parameter { #(#rows),* });)]
}
