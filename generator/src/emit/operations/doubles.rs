//! What a double of the service checks: the parameters that an operation needs, and the bodies that it takes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::operations::{is_object, prefix};
use crate::emit::{Cx, choices};
use crate::ir;

/// Parameters that must be there, besides those of the path.
pub(super) fn emit_needs(cx: Cx<'_>, operation: &ir::Operation) -> Option<TokenStream> {
    let required = operation.params.iter().filter(|param| param.need == ir::Need::Required);
    let needs: Vec<TokenStream> = required.filter_map(|param| emit_need(cx, param)).collect();
    (!needs.is_empty()).then(|| quote!(, needs #(#needs)*))
}

fn emit_need(cx: Cx<'_>, param: &ir::Param) -> Option<TokenStream> {
    let wire = &param.wire;
    match param.place {
        // Each of its properties is a parameter.
        ir::Place::Query(ir::QueryStyle::FormExplode)
            if param.encoding != ir::Encoding::Json && is_object(cx, &param.ty) =>
        {
            None
        }
        ir::Place::Query(_) => Some(quote!(query #wire)),
        ir::Place::Header(_) => Some(quote!(header #wire)),
        ir::Place::Cookie => Some(quote!(cookie #wire)),
        ir::Place::Path(_) => None,
    }
}

/// The bodies, with what they are read as.
pub(super) fn emit_takes(cx: Cx<'_>, operation: &ir::Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let optional = (body.need == ir::Need::Optional).then(|| quote!(optional));
    let taken: Vec<TokenStream> = match &body.content {
        ir::Body::Choice(ty) => {
            let choices = choices::of(cx, ty).iter();
            choices.map(|choice| emit_taken(cx, &choice.body, Some(&choice.media_type))).collect()
        }
        content @ (ir::Body::Json(..)
        | ir::Body::Form(..)
        | ir::Body::Multipart(..)
        | ir::Body::Text(_)
        | ir::Body::Bytes(_)) => vec![emit_taken(cx, content, None)],
    };
    Some(quote!(, takes #optional #(#taken)|*))
}

fn emit_taken(cx: Cx<'_>, body: &ir::Body, media_type: Option<&String>) -> TokenStream {
    match body {
        ir::Body::Json(ty, own) => {
            let media_type = own.as_ref().or(media_type).filter(|media_type| *media_type != "application/json");
            let ty = named(cx, ty).map(|name| quote!(of #name));
            quote!(json #media_type #ty)
        }
        ir::Body::Form(..) => quote!(any "application/x-www-form-urlencoded"),
        ir::Body::Multipart(_, media_type) | ir::Body::Text(media_type) | ir::Body::Bytes(media_type) => {
            quote!(any #media_type)
        }
        ir::Body::Choice(_) => quote!(any "*/*"),
    }
}

/// A type that can be named without an import that only doubles would need.
fn named(cx: Cx<'_>, ty: &ir::TypeRef) -> Option<TokenStream> {
    match ty {
        ir::TypeRef::Named(_) | ir::TypeRef::Boxed(_) => Some(cx.ty(ty, &prefix())),
        ir::TypeRef::List(item) => named(cx, item).map(|item| quote!(Vec<#item>)),
        ir::TypeRef::Scalar(_)
        | ir::TypeRef::Map(_)
        | ir::TypeRef::Nullable(_)
        | ir::TypeRef::Any
        | ir::TypeRef::FormPart
        | ir::TypeRef::Parameter => None,
    }
}
