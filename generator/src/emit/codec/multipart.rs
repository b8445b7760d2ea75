//! Multipart bodies: a line for each part. They are written, and never read.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::structs::{Wrapping, wrapping};
use crate::emit::{attrs, ident};
use crate::ir;

pub(in crate::emit) fn emit_multipart(def: &ir::TypeDef, multipart: &ir::Multipart) -> TokenStream {
    let ir::Multipart { strukt, content_types } = multipart;
    let name = ident(def.name.as_str());
    let expect = attrs::expect_deprecated(strukt.fields.iter());
    let parts = strukt.fields.iter().map(|field| emit_part(def, field, content_types));
    let rest = emit_rest(&strukt.rest);
    quote! {
        #expect
        impl Multipart for types::#name {
            fn write(&self, form: &mut Form) {
                #(#parts)*
                #rest
            }
        }
    }
}

fn emit_part(def: &ir::TypeDef, field: &ir::Field, content_types: &[(String, String)]) -> TokenStream {
    let name = ident(field.name.as_str());
    let wire = &field.wire;
    let content_type = content_types.iter().find(|(property, _)| property == wire).map(|(_, ty)| ty.as_str());
    let is_optional = wrapping(def, field) != Wrapping::Bare;
    let is_list = matches!(field.ty, ir::TypeRef::List(_));
    let part = match (is_part(&field.ty), is_list, is_optional) {
        (true, false, false) => quote!(form.part(#wire, &self.#name);),
        (true, true, true) => quote!(form.parts(#wire, self.#name.iter().flatten());),
        (true, ..) => quote!(form.parts(#wire, &self.#name);),
        (false, ..) if content_type == Some("application/json") => quote!(form.json(#wire, &self.#name);),
        (false, ..) => quote!(form.value(#wire, &self.#name);),
    };
    match content_type {
        Some(content_type) if is_part(&field.ty) || content_type != "application/json" => {
            quote!(#part form.content_type(#wire, #content_type);)
        }
        Some(_) | None => part,
    }
}

fn emit_rest(rest: &ir::Rest) -> TokenStream {
    let ir::Rest::Collect(name, ty) = rest else { return TokenStream::new() };
    let name = ident(name.as_str());
    let add = match (is_part(ty), matches!(ty, ir::TypeRef::List(_))) {
        (true, true) => quote!(parts),
        (true, false) => quote!(part),
        (false, _) => quote!(value),
    };
    quote! {
        for (name, part) in &self.#name {
            form.#add(name, part);
        }
    }
}

/// Whether the type is a part, or a list of parts.
fn is_part(ty: &ir::TypeRef) -> bool {
    match ty {
        ir::TypeRef::FormPart => true,
        ir::TypeRef::List(item) => **item == ir::TypeRef::FormPart,
        ir::TypeRef::Named(_)
        | ir::TypeRef::Boxed(_)
        | ir::TypeRef::Scalar(_)
        | ir::TypeRef::Map(_)
        | ir::TypeRef::Nullable(_)
        | ir::TypeRef::Any
        | ir::TypeRef::Parameter => false,
    }
}
