//! One of several types: the value is looked at in place, and read once.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::codec::emit_parameter;
use crate::emit::{Cx, ident};
use crate::ir;

pub(in crate::emit) fn emit_union(_: Cx<'_>, def: &ir::TypeDef, union: &ir::Union) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let mut rows: Vec<TokenStream> = match &union.tagging {
        ir::Tagging::Property(_) => union.variants.iter().map(emit_tagged).collect(),
        ir::Tagging::Shape => union.variants.iter().enumerate().map(emit_shaped).collect(),
    };
    if let ir::Unknown::Keep(name) = &union.unknown {
        let name = ident(name.as_str());
        rows.push(quote!(_ => #name));
    }
    let by = match &union.tagging {
        ir::Tagging::Property(property) => quote!(, by #property),
        ir::Tagging::Shape => TokenStream::new(),
    };
    let table = quote!(union!(types::#name #by { #(#rows),* }););
    std::iter::once(table).chain(emit_parameter(def)).collect()
}

fn emit_tagged(variant: &ir::UnionVariant) -> TokenStream {
    let name = ident(variant.name.as_str());
    let tags = &variant.tags;
    quote!(#(#tags)|* => #name)
}

fn emit_shaped((index, variant): (usize, &ir::UnionVariant)) -> TokenStream {
    let index = proc_macro2::Literal::usize_unsuffixed(index);
    let name = ident(variant.name.as_str());
    let shape = emit_shape(&variant.probe);
    quote!(#index #name: #shape)
}

fn emit_shape(probe: &ir::Probe) -> TokenStream {
    let ir::Probe { kinds, required, constants, known, items } = probe;
    let items = (!items.is_empty()).then(|| {
        let items = items.iter().map(|kind| emit_kind(*kind));
        quote!(.items(&[#(#items),*]))
    });
    if !kinds.contains(&ir::JsonKind::Object) {
        let kinds = emit_kinds(kinds);
        return quote!(#kinds #items);
    }
    let required = (!required.is_empty()).then(|| quote!(.required(&[#(#required),*])));
    let constants = constants.iter().map(|(key, value)| quote!((#key, #value)));
    let constants = (constants.len() > 0).then(|| quote!(.constants(&[#(#constants),*])));
    let others = (kinds.len() > 1).then(|| {
        let kinds = kinds.iter().map(|kind| emit_kind(*kind));
        quote!(.kinds(&[#(#kinds),*]))
    });
    quote!(Shape::object(&[#(#known),*]) #required #constants #others #items)
}

/// A value of any of several kinds that are no object.
fn emit_kinds(kinds: &[ir::JsonKind]) -> TokenStream {
    match kinds {
        [ir::JsonKind::Null] => quote!(Shape::NULL),
        [ir::JsonKind::Boolean] => quote!(Shape::BOOL),
        [ir::JsonKind::Number] => quote!(Shape::NUMBER),
        [ir::JsonKind::String] => quote!(Shape::STRING),
        [ir::JsonKind::Array] => quote!(Shape::ARRAY),
        _ => {
            let kinds = kinds.iter().map(|kind| emit_kind(*kind));
            quote!(Shape::of(&[#(#kinds),*]))
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
