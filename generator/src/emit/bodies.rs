//! Bodies: how each kind is given, and the step that puts it into a request.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, choices, operations};
use crate::ir;

/// The type of a body as an argument or in a variant: documents by reference, text and bytes by value.
pub(super) fn emit_type(cx: Cx<'_>, body: &ir::Body, prefix: &TokenStream, lifetime: &TokenStream) -> TokenStream {
    match body {
        ir::Body::Json(ty, _) => operations::reference(cx, ty, prefix, lifetime),
        ir::Body::Form(ty) | ir::Body::Multipart(Some(ty), _) => {
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
        ir::Body::Form(_) | ir::Body::Multipart(..) => true,
        ir::Body::Text(_) | ir::Body::Bytes(_) | ir::Body::Choice(_) => false,
    }
}

/// The step of a request that sets `body`.
pub(super) fn emit_step(cx: Cx<'_>, body: &ir::Body) -> TokenStream {
    let reference = (!is_borrowed(cx, body)).then(|| quote!(&));
    match body {
        ir::Body::Json(_, Some(media_type)) => quote!(.json_as(#media_type, #reference body)),
        ir::Body::Json(_, None) => quote!(.json(#reference body)),
        ir::Body::Form(_) => quote!(.form(body)),
        ir::Body::Multipart(_, media_type) => quote!(.multipart(#media_type, body)),
        ir::Body::Text(media_type) => quote!(.text(#media_type, body)),
        ir::Body::Bytes(media_type) => quote!(.bytes(#media_type, body)),
        ir::Body::Choice(_) => quote!(.body(body.into())),
    }
}
