//! Other types with a name of their own.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, ident};
use crate::ir;

pub(in crate::emit) fn emit_newtype(_: Cx<'_>, def: &ir::TypeDef, _: &ir::Newtype) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let parameter = def.is_parameter.then(|| quote!(, parameter));
    vec![quote!(newtype!(types::#name #parameter);)]
}
