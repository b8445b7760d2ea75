//! Structs.

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::is_generic;
use crate::emit::{Cx, attrs, docs, ident};
use crate::ir;

pub(super) fn emit_struct(cx: Cx<'_>, def: &ir::TypeDef, strukt: &ir::Struct) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let doc = attrs::doc(&docs::of_type(&def.docs, "", &def.origin));
    // What is read and written prints for `Debug` as its JSON; the codec has it.
    let debug = matches!(def.kind, ir::TypeKind::Multipart(_)).then(|| quote!(Debug,));
    let default = has_default(def, strukt).then(|| quote!(Default,));
    let fields = strukt.fields.iter().map(|field| emit_field(cx, def, field));
    let rest = emit_rest(cx, strukt);
    let parameter = is_generic(strukt).then(|| quote!(<T>));
    let item = quote! {
        #doc
        #[derive(Clone, #debug #default PartialEq)]
        #[non_exhaustive]
        pub struct #name #parameter {
            #(#fields,)*
            #rest
        }
    };
    match def.direction {
        ir::Direction::Request | ir::Direction::Both => {
            let default = emit_default(cx, def, strukt);
            std::iter::once(item).chain(default).chain([emit_setters(cx, def, strukt)]).collect()
        }
        ir::Direction::Response | ir::Direction::Neither => vec![item],
    }
}

fn emit_field(cx: Cx<'_>, def: &ir::TypeDef, field: &ir::Field) -> TokenStream {
    let mut text = docs::of_member(&field.docs, &format!("{}.", docs::code(&field.wire)));
    match field.access {
        ir::Access::ReadOnly => text.push_str("\n\nSet by the service alone."),
        ir::Access::WriteOnly => text.push_str("\n\nNever comes back."),
        ir::Access::ReadWrite => {}
    }
    let doc = attrs::doc(&text);
    let deprecated = attrs::deprecated(field.docs.deprecated);
    let name = ident(field.name.as_str());
    let ty = field_type(cx, def, field);
    quote!(#doc #deprecated pub #name: #ty)
}

fn emit_rest(cx: Cx<'_>, strukt: &ir::Struct) -> TokenStream {
    match &strukt.rest {
        ir::Rest::Collect(name, ty) => {
            let name = ident(name.as_str());
            let ty = cx.ty(ty, &TokenStream::new());
            quote! {
                /// All other properties.
                pub #name: BTreeMap<String, #ty>,
            }
        }
        ir::Rest::Ignore | ir::Rest::Deny => TokenStream::new(),
    }
}

/// The type of a field: what it holds, and how it can be missing.
pub(super) fn field_type(cx: Cx<'_>, def: &ir::TypeDef, field: &ir::Field) -> TokenStream {
    let ty = cx.ty(&field.ty, &TokenStream::new());
    match wrapping(def, field) {
        Wrapping::Bare => ty,
        Wrapping::Option => quote!(Option<#ty>),
        Wrapping::Patch => quote!(Patch<#ty>),
    }
}

/// How a field holds what may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrapping {
    Bare,
    Option,
    Patch,
}

/// Three states only where a caller can mean each of them: what comes back absent or null is the same to read.
pub(super) fn wrapping(def: &ir::TypeDef, field: &ir::Field) -> Wrapping {
    match (&field.presence, def.direction) {
        (ir::Presence::Required | ir::Presence::Defaulted(_), _) => Wrapping::Bare,
        (ir::Presence::OptionalNullable, ir::Direction::Request | ir::Direction::Both)
            if field.access != ir::Access::ReadOnly =>
        {
            Wrapping::Patch
        }
        (ir::Presence::RequiredNullable | ir::Presence::Optional | ir::Presence::OptionalNullable, _) => {
            Wrapping::Option
        }
    }
}

/// Whether every field can be left out, so that an empty value is a value.
pub(super) fn has_default(def: &ir::TypeDef, strukt: &ir::Struct) -> bool {
    let goes_out = matches!(def.direction, ir::Direction::Request | ir::Direction::Both);
    goes_out && strukt.fields.iter().all(|field| !is_required(field))
}

/// Whether `new` asks for the field: it is required, and there is a choice.
pub(super) fn is_argument(cx: Cx<'_>, field: &ir::Field) -> bool {
    is_required(field) && constant(cx, field).is_none()
}

/// Whether there is a function that sets the field: it can be left out, and is not the service's alone to set.
pub(super) fn is_settable(field: &ir::Field) -> bool {
    !is_required(field) && field.access != ir::Access::ReadOnly
}

fn is_required(field: &ir::Field) -> bool {
    match field.presence {
        ir::Presence::Required | ir::Presence::RequiredNullable => true,
        ir::Presence::Optional | ir::Presence::OptionalNullable | ir::Presence::Defaulted(_) => false,
    }
}

/// The only value that a required field can have.
fn constant(cx: Cx<'_>, field: &ir::Field) -> Option<TokenStream> {
    if field.presence != ir::Presence::Required {
        return None;
    }
    let Some(def) = cx.definition(&field.ty) else {
        let is_text = *cx.unaliased(&field.ty) == ir::TypeRef::Scalar(ir::Scalar::String);
        return field.fixed.as_ref().filter(|_| is_text).map(|text| quote!(#text.to_owned()));
    };
    let ir::TypeKind::Enum(enum_) = &def.kind else { return None };
    let fixed = enum_.variants.iter().find(|variant| field.fixed.as_ref() == Some(&variant.wire));
    let only = fixed.or(enum_.variants.first().filter(|_| enum_.variants.len() == 1))?;
    let (name, variant) = (ident(def.name.as_str()), ident(only.name.as_str()));
    Some(quote!(#name::#variant))
}

/// `Default` where it cannot be derived, and yet nothing need be given.
fn emit_default(cx: Cx<'_>, def: &ir::TypeDef, strukt: &ir::Struct) -> Option<TokenStream> {
    let name = ident(def.name.as_str());
    let needs_nothing = !strukt.fields.iter().any(|field| is_argument(cx, field));
    (needs_nothing && !has_default(def, strukt)).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    })
}

/// `new` and the functions that set what it leaves out.
fn emit_setters(cx: Cx<'_>, def: &ir::TypeDef, strukt: &ir::Struct) -> TokenStream {
    let name = ident(def.name.as_str());
    let new = if has_default(def, strukt) {
        quote! {
            /// Makes a value in which everything is left out.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        }
    } else {
        emit_new(cx, def, strukt)
    };
    let setters = strukt.fields.iter().filter(|field| is_settable(field)).map(|field| emit_setter(cx, def, field));
    let rest = emit_rest_setter(cx, strukt);
    let names_all = !has_default(def, strukt);
    let expect = attrs::expect_deprecated(strukt.fields.iter().filter(|field| names_all || is_settable(field)));
    quote! {
        #expect
        impl #name {
            #new
            #(#setters)*
            #rest
        }
    }
}

fn emit_new(cx: Cx<'_>, def: &ir::TypeDef, strukt: &ir::Struct) -> TokenStream {
    let arguments = strukt.fields.iter().filter(|field| is_argument(cx, field)).map(|field| {
        let name = ident(field.name.as_str());
        let ty = field_type(cx, def, field);
        if takes_into(cx, field) { quote!(#name: impl Into<#ty>) } else { quote!(#name: #ty) }
    });
    let values = strukt.fields.iter().map(|field| {
        let name = ident(field.name.as_str());
        match (constant(cx, field), wrapping(def, field)) {
            (Some(only), _) => quote!(#name: #only),
            _ if is_required(field) && takes_into(cx, field) => quote!(#name: #name.into()),
            _ if is_required(field) => quote!(#name),
            (None, Wrapping::Patch) => quote!(#name: Patch::Absent),
            (None, Wrapping::Option) => quote!(#name: None),
            (None, Wrapping::Bare) => quote!(#name: Default::default()),
        }
    });
    let rest = match &strukt.rest {
        ir::Rest::Collect(name, _) => {
            let name = ident(name.as_str());
            quote!(#name: BTreeMap::new(),)
        }
        ir::Rest::Ignore | ir::Rest::Deny => TokenStream::new(),
    };
    let allow = (strukt.fields.iter().filter(|field| is_argument(cx, field)).count() > 7)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "the description requires each of them")]));
    quote! {
        /// Makes a value of what is required.
        #[must_use]
        #allow
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #rest }
        }
    }
}

fn emit_setter(cx: Cx<'_>, def: &ir::TypeDef, field: &ir::Field) -> TokenStream {
    let name = ident(field.name.as_str());
    let setter = ident(field.name.setter().as_str());
    let doc = attrs::doc(&format!("Sets {}.", docs::code(&field.wire)));
    let inner = cx.ty(&field.ty, &TokenStream::new());
    let (argument, value) = match (wrapping(def, field), takes_into(cx, field)) {
        (Wrapping::Patch, _) => (quote!(impl Into<Patch<#inner>>), quote!(#name.into())),
        (Wrapping::Option, true) => (quote!(impl Into<#inner>), quote!(Some(#name.into()))),
        (Wrapping::Option, false) => (quote!(#inner), quote!(Some(#name))),
        (Wrapping::Bare, true) => (quote!(impl Into<#inner>), quote!(#name.into())),
        (Wrapping::Bare, false) => (quote!(#inner), quote!(#name)),
    };
    quote! {
        #doc
        #[must_use]
        pub fn #setter(mut self, #name: #argument) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn emit_rest_setter(cx: Cx<'_>, strukt: &ir::Struct) -> TokenStream {
    let ir::Rest::Collect(name, ty) = &strukt.rest else {
        return TokenStream::new();
    };
    let setter = ident(name.setter().as_str());
    let name = ident(name.as_str());
    let ty = cx.ty(ty, &TokenStream::new());
    quote! {
        /// Sets all other properties.
        #[must_use]
        pub fn #setter(mut self, #name: BTreeMap<String, #ty>) -> Self {
            self.#name = #name;
            self
        }
    }
}

/// Whether a caller may give something that becomes the field's type: a `&str` for a `String`, say, or what a variant of
/// a union holds.
fn takes_into(cx: Cx<'_>, field: &ir::Field) -> bool {
    let becomes = match cx.unaliased(&field.ty) {
        ir::TypeRef::Scalar(scalar) => {
            matches!(scalar, ir::Scalar::String | ir::Scalar::Secret | ir::Scalar::Base64 | ir::Scalar::Base64Url)
        }
        ir::TypeRef::Named(id) => cx.def(*id).is_some_and(|def| matches!(def.kind, ir::TypeKind::Union(_))),
        ir::TypeRef::Boxed(_) | ir::TypeRef::FormPart => true,
        ir::TypeRef::List(_)
        | ir::TypeRef::Map(_)
        | ir::TypeRef::Nullable(_)
        | ir::TypeRef::Any
        | ir::TypeRef::Parameter => false,
    };
    becomes && field.presence != ir::Presence::RequiredNullable
}
