//! Lists of strings.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::codec::{emit_json, emit_parameter};
use crate::emit::{Cx, ident};
use crate::ir;

pub(in crate::emit) fn emit_enum(_: Cx<'_>, def: &ir::TypeDef, enum_: &ir::Enum) -> Vec<TokenStream> {
    let arms = enum_.variants.iter().map(|variant| {
        let name = ident(variant.name.as_str());
        let wire = &variant.wire;
        quote!(#wire => Self::#name)
    });
    let unknown = match &enum_.unknown {
        ir::Unknown::Keep(name) => {
            let name = ident(name.as_str());
            quote!(text => Self::#name(text.to_owned()))
        }
        ir::Unknown::Never => {
            let expected = expected(enum_);
            quote!(_ => return Err(reader.mismatch(#expected)))
        }
    };
    let read = quote! {
        Ok(match reader.str()? {
            #(#arms,)*
            #unknown,
        })
    };
    let json = emit_json(def, &read, &quote!(writer.string(self.as_str());));
    let parameter = emit_parameter(def, &quote!(self.as_str().parameter()));
    std::iter::once(json).chain(parameter).collect()
}

/// What a reader of the error is told.
fn expected(enum_: &ir::Enum) -> String {
    let values: Vec<String> = enum_.variants.iter().map(|variant| format!("{:?}", variant.wire)).collect();
    format!("one of {}", values.join(", "))
}
