//! One of several types: the value is looked at in place, and read once.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::codec::{emit_json, emit_parameter};
use crate::emit::{Cx, ident};
use crate::ir;

pub(in crate::emit) fn emit_union(_: Cx<'_>, def: &ir::TypeDef, union: &ir::Union) -> Vec<TokenStream> {
    let read = match &union.tagging {
        ir::Tagging::Property(property) => emit_read_by_property(union, property),
        ir::Tagging::Shape => emit_read_by_shape(union),
    };
    let arms = union.variants.iter().map(|variant| &variant.name).chain(match &union.unknown {
        ir::Unknown::Keep(name) => Some(name),
        ir::Unknown::Never => None,
    });
    let arms = arms.map(|name| {
        let name = ident(name.as_str());
        quote!(Self::#name(value) => value.write(writer))
    });
    let write = quote! {
        match self {
            #(#arms,)*
        }
    };
    let json = emit_json(def, &read, &write);
    let parameter = emit_parameter(def, &quote!(ParameterValue::from_json(self)));
    std::iter::once(json).chain(parameter).collect()
}

fn emit_read_by_property(union: &ir::Union, property: &str) -> TokenStream {
    let arms = union.variants.iter().map(|variant| {
        let name = ident(variant.name.as_str());
        let tags = variant.tags.iter().map(|tag| quote!(Some(#tag)));
        quote!(#(#tags)|* => reader.value().map(Self::#name))
    });
    let unknown = emit_unknown(union);
    quote! {
        match reader.discriminator(#property)?.as_deref() {
            #(#arms,)*
            _ => #unknown,
        }
    }
}

fn emit_read_by_shape(union: &ir::Union) -> TokenStream {
    let shapes = union.variants.iter().map(|variant| {
        let ir::Probe { kinds, required, constants, known } = &variant.probe;
        let kinds = kinds.iter().map(|kind| emit_kind(*kind));
        let constants = constants.iter().map(|(key, value)| quote!((#key, #value)));
        quote! {
            Shape {
                kinds: &[#(#kinds),*],
                required: &[#(#required),*],
                constants: &[#(#constants),*],
                known: &[#(#known),*],
            }
        }
    });
    let arms = union.variants.iter().enumerate().map(|(index, variant)| {
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        let name = ident(variant.name.as_str());
        quote!(Some(#index) => reader.value().map(Self::#name))
    });
    let unknown = emit_unknown(union);
    quote! {
        const SHAPES: &[Shape] = &[#(#shapes),*];
        match reader.choose(SHAPES) {
            #(#arms,)*
            _ => #unknown,
        }
    }
}

fn emit_unknown(union: &ir::Union) -> TokenStream {
    match &union.unknown {
        ir::Unknown::Keep(name) => {
            let name = ident(name.as_str());
            quote!(reader.value().map(Self::#name))
        }
        ir::Unknown::Never => {
            let names: Vec<String> = union.variants.iter().map(|variant| variant.name.to_string()).collect();
            let expected = format!("one of {}", names.join(", "));
            quote!(Err(reader.mismatch(#expected)))
        }
    }
}

fn emit_kind(kind: ir::JsonKind) -> TokenStream {
    match kind {
        ir::JsonKind::Null => quote!(Kind::Null),
        ir::JsonKind::Boolean => quote!(Kind::Bool),
        ir::JsonKind::Number => quote!(Kind::Number),
        ir::JsonKind::String => quote!(Kind::String),
        ir::JsonKind::Array => quote!(Kind::Array),
        ir::JsonKind::Object => quote!(Kind::Object),
    }
}
