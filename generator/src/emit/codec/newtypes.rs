//! Other types with a name of their own.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Cx;
use crate::emit::codec::{emit_json, emit_parameter};
use crate::ir;

/// What comes back is not checked: the service is trusted to keep its own rules, or to break them.
pub(in crate::emit) fn emit_newtype(_: Cx<'_>, def: &ir::TypeDef, _: &ir::Newtype) -> Vec<TokenStream> {
    let json = emit_json(def, &quote!(reader.value().map(Self)), &quote!(self.0.write(writer);));
    let parameter = emit_parameter(def, &quote!(self.0.parameter()));
    std::iter::once(json).chain(parameter).collect()
}
