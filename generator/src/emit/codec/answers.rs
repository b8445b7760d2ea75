//! The answers of an operation: a table of statuses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, ident};
use crate::ir;

/// Exact statuses before classes, and these before the default.
pub(in crate::emit) fn emit_answers(_: Cx<'_>, def: &ir::TypeDef, cases: &[ir::Case]) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let mut cases: Vec<&ir::Case> = cases.iter().collect();
    cases.sort_by_key(|case| match case.status {
        ir::Status::Exact(_) => 0,
        ir::Status::Class(_) => 1,
        ir::Status::Default => 2,
    });
    let rows = cases.iter().map(|case| {
        let pattern = emit_pattern(case.status);
        let variant = ident(case.name.as_str());
        let content = emit_content(&case.content);
        quote!(#pattern => #variant #content)
    });
    vec![quote!(answers!(types::#name { #(#rows),* });)]
}

fn emit_pattern(status: ir::Status) -> TokenStream {
    match status {
        ir::Status::Exact(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        ir::Status::Class(class) => {
            let first = proc_macro2::Literal::u16_unsuffixed(u16::from(class) * 100);
            let last = proc_macro2::Literal::u16_unsuffixed(u16::from(class) * 100 + 99);
            quote!(#first..=#last)
        }
        ir::Status::Default => quote!(_),
    }
}

fn emit_content(content: &ir::Content) -> TokenStream {
    match content {
        ir::Content::Json(_) => quote!((json)),
        ir::Content::Text => quote!((text)),
        ir::Content::Bytes => quote!((bytes)),
        ir::Content::Empty => TokenStream::new(),
    }
}
