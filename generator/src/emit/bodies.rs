//! Bodies: how each kind is given, and the step that puts it into a request.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, choices, operations};
use crate::ir;

/// The type of a body as an argument or in a variant: documents by reference, text and bytes by value.
pub(super) fn emit_type(cx: Cx<'_>, body: &ir::Body, prefix: &TokenStream, lifetime: &TokenStream) -> TokenStream {
    match body {
        ir::Body::Json(ty, _) => operations::reference(cx, ty, prefix, lifetime),
        ir::Body::Form(ty, _) | ir::Body::Multipart(Some(ty), _) => {
            let ty = cx.ty(ty, prefix);
            quote!(&#lifetime #ty)
        }
        ir::Body::Multipart(None, _) => {
            // A component can have this name.
            let form = if prefix.is_empty() { quote!(clientwright_runtime::Form) } else { quote!(Form) };
            quote!(&#lifetime #form)
        }
        ir::Body::Text(_) => quote!(String),
        ir::Body::Bytes(_) => quote!(Bytes),
        ir::Body::Choice(ty) => {
            let lifetime = generics(cx, body);
            let ty = cx.ty(ty, prefix);
            quote!(#ty #lifetime)
        }
    }
}

/// The lifetime that a function needs for its body.
pub(super) fn generics(cx: Cx<'_>, body: &ir::Body) -> Option<TokenStream> {
    let ir::Body::Choice(ty) = body else { return None };
    choices::of(cx, ty).iter().any(|choice| is_borrowed(cx, &choice.body)).then(|| quote!(<'a>))
}

/// Whether the type of a body is a reference.
pub(super) fn is_borrowed(cx: Cx<'_>, body: &ir::Body) -> bool {
    match body {
        ir::Body::Json(ty, _) => !operations::is_copy(cx, ty),
        ir::Body::Form(..) | ir::Body::Multipart(..) => true,
        ir::Body::Text(_) | ir::Body::Bytes(_) | ir::Body::Choice(_) => false,
    }
}

/// Whether the step of a body names styles.
pub(super) fn names_styles(cx: Cx<'_>, body: &ir::Body) -> bool {
    matches!(body, ir::Body::Form(ty, styles) if FormStyle::of(cx, ty, styles) == FormStyle::Own)
}

/// How the fields of a form are written.
#[derive(PartialEq)]
enum FormStyle {
    Plain,
    /// All that have parts themselves by names of several parts.
    Deep,
    /// Some with styles of their own.
    Own,
}

impl FormStyle {
    fn of(cx: Cx<'_>, ty: &ir::TypeRef, styles: &[(String, ir::QueryStyle)]) -> Self {
        let Some(ir::TypeKind::Struct(strukt)) = cx.definition(ty).map(|def| &def.kind) else { return Self::Plain };
        let is_deep = |field: &ir::Field| {
            let is_named = styles.contains(&(field.wire.clone(), ir::QueryStyle::DeepObject));
            let has_parts =
                operations::is_object(cx, &field.ty) || matches!(cx.unaliased(&field.ty), ir::TypeRef::List(_));
            is_named || !has_parts
        };
        match styles {
            [] => Self::Plain,
            _ if strukt.fields.iter().all(is_deep) && strukt.rest == ir::Rest::Ignore => Self::Deep,
            _ => Self::Own,
        }
    }
}

/// The step of a request that sets `body`.
pub(super) fn emit_step(cx: Cx<'_>, body: &ir::Body) -> TokenStream {
    let reference = (!is_borrowed(cx, body)).then(|| quote!(&));
    match body {
        ir::Body::Json(_, Some(media_type)) => quote!(.json_as(#media_type, #reference body)),
        ir::Body::Json(_, None) => quote!(.json(#reference body)),
        ir::Body::Form(ty, styles) => match FormStyle::of(cx, ty, styles) {
            FormStyle::Plain => quote!(.form(body)),
            FormStyle::Deep => quote!(.form_deep(body)),
            FormStyle::Own => {
                let styles = styles.iter().map(|(property, style)| {
                    let style = operations::query_style(*style);
                    quote!((#property, QueryStyle::#style))
                });
                quote!(.form_styled(&[#(#styles),*], body))
            }
        },
        ir::Body::Multipart(_, media_type) => quote!(.multipart(#media_type, body)),
        ir::Body::Text(media_type) => quote!(.text(#media_type, body)),
        ir::Body::Bytes(media_type) => quote!(.bytes(#media_type, body)),
        ir::Body::Choice(_) => quote!(.body(body.into())),
    }
}
