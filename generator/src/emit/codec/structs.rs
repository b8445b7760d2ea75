//! Structs: a table of names, and one loop.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::codec::{emit_json, emit_parameter};
use crate::emit::structs::{Wrapping, wrapping};
use crate::emit::{Cx, attrs, enums, ident};
use crate::ir;

pub(in crate::emit) fn emit_struct(cx: Cx<'_>, def: &ir::TypeDef, strukt: &ir::Struct) -> Vec<TokenStream> {
    let expect = attrs::expect_deprecated(strukt.fields.iter());
    let json = emit_json(def, &emit_read(cx, def, strukt), &emit_write(def, strukt));
    let json = quote!(#expect #json);
    let parameter = emit_parameter(def, &quote!(ParameterValue::from_json(self)));
    std::iter::once(json).chain(parameter).collect()
}

fn emit_read(cx: Cx<'_>, def: &ir::TypeDef, strukt: &ir::Struct) -> TokenStream {
    let names = strukt.fields.iter().map(|field| &field.wire);
    let starts = strukt.fields.iter().map(|field| {
        let local = local(field);
        match wrapping(def, field) {
            Wrapping::Patch => quote!(let mut #local = Patch::Absent;),
            Wrapping::Bare | Wrapping::Option => quote!(let mut #local = None;),
        }
    });
    let arms = strukt.fields.iter().enumerate().map(|(index, field)| {
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        let local = local(field);
        match wrapping(def, field) {
            Wrapping::Bare => quote!(#index => #local = Some(reader.value()?)),
            Wrapping::Option | Wrapping::Patch => quote!(#index => #local = reader.value()?),
        }
    });
    let values = strukt.fields.iter().map(|field| emit_value(cx, field));
    let (rest_start, rest_arm, rest_value) = emit_rest(strukt);
    if strukt.fields.is_empty() && strukt.rest == ir::Rest::Deny {
        return quote! {
            reader.begin_object()?;
            while reader.next_field(&[])?.is_some() {
                reader.skip()?;
            }
            Ok(Self {})
        };
    }
    quote! {
        const FIELDS: &[&str] = &[#(#names),*];
        #(#starts)*
        #rest_start
        reader.begin_object()?;
        while let Some(field) = reader.next_field(FIELDS)? {
            match field {
                #(#arms,)*
                #rest_arm
            }
        }
        Ok(Self { #(#values,)* #rest_value })
    }
}

/// A field of the finished value.
fn emit_value(cx: Cx<'_>, field: &ir::Field) -> TokenStream {
    let name = ident(field.name.as_str());
    let local = local(field);
    let wire = &field.wire;
    match &field.presence {
        ir::Presence::Required => quote!(#name: reader.required(#local, #wire)?),
        ir::Presence::Defaulted(default) => {
            let default = emit_default(cx, &field.ty, default);
            quote!(#name: #local.#default)
        }
        // A null that is missing is as good as one that is there.
        ir::Presence::RequiredNullable | ir::Presence::Optional | ir::Presence::OptionalNullable => {
            if local == name {
                quote!(#name)
            } else {
                quote!(#name: #local)
            }
        }
    }
}

/// `unwrap_or` with the default.
fn emit_default(cx: Cx<'_>, ty: &ir::TypeRef, default: &serde_json::Value) -> TokenStream {
    if let ir::TypeRef::Named(id) = cx.unaliased(ty)
        && let Some(def) = cx.def(*id)
        && let ir::TypeKind::Enum(enum_) = &def.kind
        && let Some(variant) = enum_.variants.iter().find(|variant| enums::stands_for(variant, default))
    {
        let (name, variant) = (ident(def.name.as_str()), ident(variant.name.as_str()));
        return quote!(unwrap_or(types::#name::#variant));
    }
    match default {
        serde_json::Value::Bool(value) => quote!(unwrap_or(#value)),
        serde_json::Value::String(value) => quote!(unwrap_or_else(|| #value.to_owned())),
        serde_json::Value::Number(value) => {
            let is_float = matches!(cx.unaliased(ty), ir::TypeRef::Scalar(ir::Scalar::F32 | ir::Scalar::F64));
            let literal =
                if is_float { format!("{:?}", value.as_f64().unwrap_or_default()) } else { value.to_string() };
            let literal: TokenStream = literal.parse().unwrap_or_else(|_| quote!(0));
            quote!(unwrap_or(#literal))
        }
        serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
            quote!(unwrap_or_default())
        }
    }
}

fn emit_rest(strukt: &ir::Struct) -> (TokenStream, TokenStream, TokenStream) {
    match &strukt.rest {
        ir::Rest::Collect(name, _) => {
            let name = ident(name.as_str());
            let arm = quote! {
                _ => {
                    let key = reader.unknown_field();
                    #name.insert(key, reader.value()?);
                }
            };
            (quote!(let mut #name = BTreeMap::new();), arm, quote!(#name,))
        }
        // What the service adds to a closed object is not the caller's problem.
        ir::Rest::Ignore | ir::Rest::Deny => (TokenStream::new(), quote!(_ => reader.skip()?,), TokenStream::new()),
    }
}

fn emit_write(def: &ir::TypeDef, strukt: &ir::Struct) -> TokenStream {
    let fields = strukt.fields.iter().map(|field| {
        let name = ident(field.name.as_str());
        let wire = &field.wire;
        match (wrapping(def, field), &field.presence) {
            (Wrapping::Bare, _) | (Wrapping::Option, ir::Presence::RequiredNullable) => {
                quote!(writer.field(#wire, &self.#name);)
            }
            (Wrapping::Option, _) => quote!(writer.optional(#wire, &self.#name);),
            (Wrapping::Patch, _) => quote!(writer.patch(#wire, &self.#name);),
        }
    });
    let rest = match &strukt.rest {
        ir::Rest::Collect(name, _) => {
            let name = ident(name.as_str());
            quote! {
                for (key, value) in &self.#name {
                    writer.entry(key, value);
                }
            }
        }
        ir::Rest::Ignore | ir::Rest::Deny => TokenStream::new(),
    };
    quote! {
        writer.begin_object();
        #(#fields)*
        #rest
        writer.end_object();
    }
}

/// The local that holds a field while its object is read; it must not hide the reader, and must have a letter.
fn local(field: &ir::Field) -> proc_macro2::Ident {
    match field.name.as_str() {
        name @ ("reader" | "field" | "key") => ident(&format!("{name}_")),
        name if !name.contains(|c: char| c.is_alphabetic()) => ident(&format!("field{name}")),
        name => ident(name),
    }
}
