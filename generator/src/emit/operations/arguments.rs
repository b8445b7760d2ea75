//! Arguments: how a parameter or body is given, and the step that puts it into the request.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::imports::Imports;
use crate::emit::newtypes::Form;
use crate::emit::operations::{prefix, reading};
use crate::emit::{Cx, attrs, bodies, docs, enums, ident, markdown, scalars};
use crate::ir;

/// The required parameters, in the order of the URL.
pub(super) fn required(operation: &ir::Operation) -> Vec<&ir::Param> {
    operation.params.iter().filter(|param| param.need == ir::Need::Required).collect()
}

/// The type of a parameter's argument.
pub(super) fn parameter_type(cx: Cx<'_>, param: &ir::Param) -> TokenStream {
    argument_type(cx, &param.ty)
}

/// The type of an argument: small values as they are, all others by reference.
fn argument_type(cx: Cx<'_>, ty: &ir::TypeRef) -> TokenStream {
    reference(cx, ty, &prefix(), &TokenStream::new())
}

/// The same anywhere: `prefix` stands before the client's own types, `lifetime` behind the `&`.
pub(in crate::emit) fn reference(
    cx: Cx<'_>,
    ty: &ir::TypeRef,
    prefix: &TokenStream,
    lifetime: &TokenStream,
) -> TokenStream {
    let target = cx.unaliased(ty);
    if *target == ir::TypeRef::Scalar(ir::Scalar::String) {
        return quote!(&#lifetime str);
    }
    if let ir::TypeRef::List(item) = target {
        let item = cx.ty(item, prefix);
        return quote!(&#lifetime [#item]);
    }
    let printed = cx.ty(ty, prefix);
    if is_copy(cx, ty) { printed } else { quote!(&#lifetime #printed) }
}

/// The part of a type that [`reference()`] spells by name; a text is a `str` under any name.
pub(in crate::emit) fn spelled<'a>(cx: Cx<'a>, ty: &'a ir::TypeRef) -> Option<&'a ir::TypeRef> {
    match cx.unaliased(ty) {
        ir::TypeRef::Scalar(ir::Scalar::String) => None,
        ir::TypeRef::List(item) => Some(item),
        ir::TypeRef::Scalar(_)
        | ir::TypeRef::Named(_)
        | ir::TypeRef::Boxed(_)
        | ir::TypeRef::Map(_)
        | ir::TypeRef::Nullable(_)
        | ir::TypeRef::Any
        | ir::TypeRef::FormPart
        | ir::TypeRef::Parameter => Some(ty),
    }
}

/// Whether values of a type are copied.
pub(in crate::emit) fn is_copy(cx: Cx<'_>, ty: &ir::TypeRef) -> bool {
    match cx.unaliased(ty) {
        ir::TypeRef::Scalar(scalar) => scalars::is_copy(*scalar),
        ir::TypeRef::Named(id) => match cx.def(*id).map(|def| &def.kind) {
            Some(ir::TypeKind::Enum(enum_)) => enums::is_copy(enum_),
            Some(ir::TypeKind::Newtype(newtype)) => matches!(Form::of(&newtype.inner), Form::Integer | Form::Float),
            Some(
                ir::TypeKind::Struct(_)
                | ir::TypeKind::Union(_)
                | ir::TypeKind::Alias(_)
                | ir::TypeKind::Multipart(_)
                | ir::TypeKind::Choice(_)
                | ir::TypeKind::Answers(_),
            )
            | None => false,
        },
        ir::TypeRef::Boxed(_)
        | ir::TypeRef::List(_)
        | ir::TypeRef::Map(_)
        | ir::TypeRef::Nullable(_)
        | ir::TypeRef::Any
        | ir::TypeRef::FormPart
        | ir::TypeRef::Parameter => false,
    }
}

/// What an argument of the type needs.
pub(super) fn import(imports: &mut Imports<'_>, cx: Cx<'_>, ty: &ir::TypeRef) {
    match (ty, cx.unaliased(ty)) {
        (_, ir::TypeRef::List(item)) => imports.add_type(item),
        // It is printed by its name.
        (ir::TypeRef::Named(_), _) => {}
        (_, target) => imports.add_type(target),
    }
}

/// The step that sets a parameter to a value.
pub(super) fn emit_step(cx: Cx<'_>, param: &ir::Param, value: &TokenStream) -> TokenStream {
    let wire = &param.wire;
    let value = if is_copy(cx, &param.ty) { quote!(&#value) } else { value.clone() };
    let value = match param.encoding {
        ir::Encoding::Style | ir::Encoding::Reserved => value,
        ir::Encoding::Json => quote!(&ParameterValue::json(#value)),
    };
    match param.place {
        ir::Place::Path(ir::PathStyle::Simple) => quote!(.path(#wire, #value)),
        ir::Place::Path(style) => {
            let style = path_style(style);
            quote!(.path_style(#wire, PathStyle::#style, #value))
        }
        ir::Place::Query(style) if param.encoding == ir::Encoding::Reserved => {
            let style = query_style(style);
            quote!(.query_reserved(#wire, QueryStyle::#style, #value))
        }
        ir::Place::Query(ir::QueryStyle::FormExplode) => quote!(.query(#wire, #value)),
        ir::Place::Query(style) => {
            let style = query_style(style);
            quote!(.query_style(#wire, QueryStyle::#style, #value))
        }
        ir::Place::Header(ir::HeaderStyle::SimpleExplode) if is_object(cx, &param.ty) => {
            quote!(.header_style(#wire, HeaderStyle::SimpleExplode, #value))
        }
        ir::Place::Header(_) => quote!(.header_parameter(#wire, #value)),
        ir::Place::Cookie => quote!(.cookie(#wire, #value)),
    }
}

fn path_style(style: ir::PathStyle) -> proc_macro2::Ident {
    ident(match style {
        ir::PathStyle::Simple => "Simple",
        ir::PathStyle::SimpleExplode => "SimpleExplode",
        ir::PathStyle::Label => "Label",
        ir::PathStyle::LabelExplode => "LabelExplode",
        ir::PathStyle::Matrix => "Matrix",
        ir::PathStyle::MatrixExplode => "MatrixExplode",
    })
}

/// Whether values have names for their parts, so that it matters how these are written.
pub(in crate::emit) fn is_object(cx: Cx<'_>, ty: &ir::TypeRef) -> bool {
    let has_parts = |def: &ir::TypeDef| matches!(def.kind, ir::TypeKind::Struct(_) | ir::TypeKind::Union(_));
    matches!(cx.unaliased(ty), ir::TypeRef::Map(_) | ir::TypeRef::Any) || cx.definition(ty).is_some_and(has_parts)
}

pub(in crate::emit) fn query_style(style: ir::QueryStyle) -> proc_macro2::Ident {
    ident(match style {
        ir::QueryStyle::Form => "Form",
        ir::QueryStyle::FormExplode => "FormExplode",
        ir::QueryStyle::SpaceDelimited => "SpaceDelimited",
        ir::QueryStyle::PipeDelimited => "PipeDelimited",
        ir::QueryStyle::DeepObject => "DeepObject",
    })
}

/// The argument and the step of a required body; nothing where there is none.
pub(super) fn emit_body(cx: Cx<'_>, operation: &ir::Operation) -> (TokenStream, TokenStream) {
    match &operation.body {
        Some(body) if body.need == ir::Need::Required => {
            let (ty, step) = body_of(cx, &body.content);
            (quote!(body: #ty), step)
        }
        Some(_) | None => (TokenStream::new(), TokenStream::new()),
    }
}

/// The type of a body's argument, and the step that puts it into the request.
fn body_of(cx: Cx<'_>, content: &ir::Body) -> (TokenStream, TokenStream) {
    let ty = bodies::emit_type(cx, content, &prefix(), &TokenStream::new());
    let ty = match content {
        ir::Body::Text(_) | ir::Body::Bytes(_) | ir::Body::Choice(_) => quote!(impl Into<#ty>),
        ir::Body::Json(..) | ir::Body::Form(..) | ir::Body::Multipart(..) => ty,
    };
    (ty, bodies::emit_step(cx, content))
}

/// The functions of the call that set what may be left out.
pub(super) fn emit_optional(cx: Cx<'_>, operation: &ir::Operation) -> Option<TokenStream> {
    let marker = ident(operation.marker.as_str());
    let optional = operation.params.iter().filter(|param| param.need == ir::Need::Optional);
    let mut functions: Vec<TokenStream> = optional.map(|param| emit_setter(cx, param)).collect();
    functions.extend(emit_body_setter(cx, operation));
    functions.extend(reading::emit_alternatives(cx, operation));
    functions.extend(reading::emit_sequences(cx, operation));
    (!functions.is_empty()).then(|| {
        quote! {
            impl Call<#marker> {
                #(#functions)*
            }
        }
    })
}

fn emit_setter(cx: Cx<'_>, param: &ir::Param) -> TokenStream {
    let text = match param.docs.description.as_deref().map(markdown::sanitized).filter(|text| !text.is_empty()) {
        Some(text) => text,
        None => format!("Sets {}.", docs::code(&param.wire)),
    };
    let mut paragraphs = vec![text];
    docs::join_facts(&mut paragraphs, &docs::sentences(&param.docs));
    let doc = attrs::doc(&paragraphs.join("\n\n"));
    let deprecated = attrs::deprecated(param.docs.deprecated);
    let name = ident(param.name.as_str());
    let setter = ident(param.name.call_setter().as_str());
    let ty = parameter_type(cx, param);
    let step = emit_step(cx, param, &quote!(#name));
    quote! {
        #doc
        #deprecated
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.request = self.request #step;
            self
        }
    }
}

fn emit_body_setter(cx: Cx<'_>, operation: &ir::Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref().filter(|body| body.need == ir::Need::Optional)?;
    let (ty, step) = body_of(cx, &body.content);
    let generics = bodies::generics(cx, &body.content);
    let text = body.docs.description.as_deref().map(markdown::sanitized);
    let doc = attrs::doc(&text.filter(|text| !text.is_empty()).unwrap_or_else(|| "Sets the body.".to_owned()));
    Some(quote! {
        #doc
        pub fn body #generics(mut self, body: #ty) -> Self {
            self.request = self.request #step;
            self
        }
    })
}
