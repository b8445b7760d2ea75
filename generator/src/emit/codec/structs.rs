//! Structs: a row for each field.

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::is_generic;
use crate::emit::codec::emit_parameter;
use crate::emit::structs::{Wrapping, wrapping};
use crate::emit::{Cx, enums, ident};
use crate::ir;

/// As many fields are read together by the run time; what is more stands behind a semicolon.
const TUPLE: usize = 8;

pub(in crate::emit) fn emit_struct(cx: Cx<'_>, def: &ir::TypeDef, strukt: &ir::Struct) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let rows = strukt.fields.iter().map(|field| {
        let wire = &field.wire;
        let mode = ident(mode(cx, def, field));
        let name = ident(field.name.as_str());
        let default = emit_default(cx, field);
        quote!(#wire #mode #name #default)
    });
    let rows: Vec<_> = rows.collect();
    let rows = rows.chunks(TUPLE).map(|rows| quote!(#(#rows),*));
    let rest = match &strukt.rest {
        ir::Rest::Collect(name, _) => {
            let name = ident(name.as_str());
            quote!(; .. #name)
        }
        // What the service adds to a closed object is not the caller's problem.
        ir::Rest::Ignore | ir::Rest::Deny => TokenStream::new(),
    };
    let generic = is_generic(strukt).then(|| quote!(<T> where T));
    let table = quote!(object!(types::#name #generic { #(#rows);* #rest }););
    std::iter::once(table).chain(emit_parameter(def)).collect()
}

/// What becomes of a field that is missing, in the run time's words.
fn mode(cx: Cx<'_>, def: &ir::TypeDef, field: &ir::Field) -> &'static str {
    match (wrapping(def, field), &field.presence) {
        (Wrapping::Option, _) if *cx.unaliased(&field.ty) == ir::TypeRef::Any => "any",
        (Wrapping::Patch, _) => "patch",
        (Wrapping::Option, ir::Presence::RequiredNullable) => "nullable",
        (Wrapping::Option, ir::Presence::OptionalNullable) => "nullish",
        (Wrapping::Option, _) => "optional",
        (Wrapping::Bare, ir::Presence::Defaulted(_)) => "default",
        (Wrapping::Bare, _) => "required",
    }
}

fn emit_default(cx: Cx<'_>, field: &ir::Field) -> Option<TokenStream> {
    let ir::Presence::Defaulted(default) = &field.presence else { return None };
    let value = default_value(cx, &field.ty, default);
    Some(quote!(= #value))
}

fn default_value(cx: Cx<'_>, ty: &ir::TypeRef, default: &serde_json::Value) -> TokenStream {
    if let Some(def) = cx.definition(ty) {
        let name = ident(def.name.as_str());
        if let ir::TypeKind::Newtype(newtype) = &def.kind {
            let inner = default_value(cx, &newtype.inner, default);
            return quote!(types::#name(#inner));
        }
        if let ir::TypeKind::Enum(enum_) = &def.kind
            && let Some(variant) = enum_.variants.iter().find(|variant| enums::stands_for(variant, default))
        {
            let variant = ident(variant.name.as_str());
            return quote!(types::#name::#variant);
        }
    }
    match default {
        serde_json::Value::Bool(value) => quote!(#value),
        serde_json::Value::String(value) => quote!(#value.to_owned()),
        serde_json::Value::Number(value) => {
            let is_float = matches!(cx.unaliased(ty), ir::TypeRef::Scalar(ir::Scalar::F32 | ir::Scalar::F64));
            let literal =
                if is_float { format!("{:?}", value.as_f64().unwrap_or_default()) } else { value.to_string() };
            literal.parse().unwrap_or_else(|_| quote!(0))
        }
        serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
            quote!(Default::default())
        }
    }
}
