//! Lists of texts or integers.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::codec::{emit_json, emit_parameter};
use crate::emit::enums::{is_integer, literal, value};
use crate::emit::{Cx, ident, scalars};
use crate::ir;

pub(in crate::emit) fn emit_enum(_: Cx<'_>, def: &ir::TypeDef, enum_: &ir::Enum) -> Vec<TokenStream> {
    let arms = enum_.variants.iter().map(|variant| {
        let name = ident(variant.name.as_str());
        let wire = literal(enum_, variant);
        quote!(#wire => Self::#name)
    });
    let value = value(enum_);
    let unknown = match &enum_.unknown {
        ir::Unknown::Keep(name) => {
            let name = ident(name.as_str());
            let owned = (!is_integer(enum_)).then(|| quote!(.to_owned()));
            quote!(#value => Self::#name(#value #owned))
        }
        ir::Unknown::Never => {
            let expected = expected(enum_);
            quote!(_ => return Err(reader.mismatch(#expected)))
        }
    };
    let found = if is_integer(enum_) {
        let ty = scalars::emit_scalar(enum_.scalar);
        quote!(reader.value::<#ty>()?)
    } else {
        quote!(reader.str()?)
    };
    let read = quote! {
        Ok(match #found {
            #(#arms,)*
            #unknown,
        })
    };
    let (write, parameter) = if is_integer(enum_) {
        (quote!(self.get().write(writer);), quote!(ParameterValue::from_json(self)))
    } else {
        (quote!(writer.string(self.as_str());), quote!(self.as_str().parameter()))
    };
    std::iter::once(emit_json(def, &read, &write)).chain(emit_parameter(def, &parameter)).collect()
}

/// What a reader of the error is told.
fn expected(enum_: &ir::Enum) -> String {
    let values: Vec<String> = enum_.variants.iter().map(|variant| literal(enum_, variant).to_string()).collect();
    format!("one of {}", values.join(", "))
}
