//! The answers of an operation, one of which arrives.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, attrs, docs, ident};
use crate::ir;

pub(super) fn emit_answers(cx: Cx<'_>, def: &ir::TypeDef, cases: &[ir::Case]) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let around = def.origin.parent();
    let owner = cx.api.operations.iter().find(|operation| around.as_ref() == Some(&operation.origin));
    let fallback = match owner {
        Some(operation) => {
            let is_error =
                operation.responses.error.and_then(|id| cx.def(id)).is_some_and(|error| error.name == def.name);
            let what = if is_error { "failures" } else { "successes" };
            format!("The {what} that [`Client::{0}`](crate::Client::{0}) declares.", operation.name.plain())
        }
        None => "The answers, by status.".to_owned(),
    };
    let doc = attrs::doc(&docs::of_type(&def.docs, &fallback, &def.origin));
    let variants = cases.iter().map(|case| {
        let label = status(case.status);
        let doc = match docs::of_member(&case.docs, "") {
            text if text.is_empty() => attrs::doc(&format!("{label}.")),
            text => attrs::doc(&format!("{label}: {text}")),
        };
        let name = ident(case.name.as_str());
        let body = content_type(cx, &case.content, &TokenStream::new()).map(|ty| quote!((#ty)));
        quote!(#doc #name #body)
    });
    vec![quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }
    }]
}

/// A status as it is shown.
pub(super) fn status(status: ir::Status) -> String {
    match status {
        ir::Status::Exact(code) => code.to_string(),
        ir::Status::Class(class) => format!("{class}XX"),
        ir::Status::Default => "Any other status".to_owned(),
    }
}

/// The Rust type of an answer's body; `None` where there is no body.
pub(super) fn content_type(cx: Cx<'_>, content: &ir::Content, prefix: &TokenStream) -> Option<TokenStream> {
    match content {
        ir::Content::Empty => None,
        ir::Content::Json(ty) => Some(cx.ty(ty, prefix)),
        ir::Content::Text => Some(quote!(String)),
        ir::Content::Bytes => Some(quote!(Bytes)),
    }
}
