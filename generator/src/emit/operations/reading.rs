//! `impl Operation`: the facts of an operation, and how its answers are read.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::operations::prefix;
use crate::emit::{Cx, answers, ident};
use crate::ir;

pub(super) fn emit_operation(cx: Cx<'_>, operation: &ir::Operation) -> TokenStream {
    let marker = ident(operation.marker.as_str());
    let responses = &operation.responses;
    let output = output_type(cx, responses);
    let error = match responses.error {
        Some(id) => cx.name(id, &prefix()),
        None => quote!(Undeclared),
    };
    let meta = emit_meta(cx, operation);
    let read_output = emit_read_output(cx, responses);
    let read_error = emit_read_error(cx, responses);
    let is_looked_at = responses
        .failure
        .iter()
        .any(|case| case.status != ir::Status::Default || !matches!(case.content, ir::Content::Empty));
    let error_answer = if is_looked_at { quote!(answer) } else { quote!(_) };
    let read_error = read_error.unwrap_or_else(|| quote!(None));
    let flag = emit_flag(operation);
    quote! {
        impl Operation for #marker {
            type Output = #output;
            type Error = #error;

            const META: &'static Meta = &#meta;

            fn read_output(answer: &Answer) -> Option<Result<Self::Output, DecodeError>> {
                #read_output
            }

            fn read_error(#error_answer: &Answer) -> Option<Result<Self::Error, DecodeError>> {
                #read_error
            }

            #flag
        }
    }
}

/// What a success gives.
fn output_type(cx: Cx<'_>, responses: &ir::Responses) -> TokenStream {
    match (responses.output, responses.success.as_slice()) {
        (Some(id), _) => cx.name(id, &prefix()),
        (None, [case]) => answers::content_type(cx, &case.content, &prefix()).unwrap_or_else(|| quote!(())),
        (None, _) => quote!(()),
    }
}

fn emit_meta(cx: Cx<'_>, operation: &ir::Operation) -> TokenStream {
    let ir::Operation { id, method, path, security, idempotent, success_flag, responses, .. } = operation;
    let method = ident(self::method(*method));
    let accept = accept(responses);
    let security = security.iter().map(|schemes| quote!(&[#(#schemes),*]));
    let flag = cx.api.conventions.success_flag.as_ref().filter(|_| success_flag.is_some());
    let flag = flag.map_or_else(|| quote!(None), |flag| quote!(Some(#flag)));
    quote! {
        Meta {
            id: #id,
            method: Method::#method,
            path: #path,
            accept: #accept,
            security: &[#(#security),*],
            idempotent: #idempotent,
            success_flag: #flag,
        }
    }
}

/// The media types of the answers, JSON first; empty where no answer has a body.
fn accept(responses: &ir::Responses) -> String {
    let cases = responses.success.iter().chain(&responses.failure);
    let mut types: Vec<&str> = cases.map(|case| case.media_type.as_str()).filter(|ty| !ty.is_empty()).collect();
    types.sort_by_key(|ty| (*ty != "application/json", (*ty).to_owned()));
    types.dedup();
    types.join(", ")
}

/// A method as the `http` crate names it.
pub(super) fn method(method: ir::Method) -> &'static str {
    match method {
        ir::Method::Get => "GET",
        ir::Method::Put => "PUT",
        ir::Method::Post => "POST",
        ir::Method::Delete => "DELETE",
        ir::Method::Options => "OPTIONS",
        ir::Method::Head => "HEAD",
        ir::Method::Patch => "PATCH",
        ir::Method::Trace => "TRACE",
    }
}

/// Where one success is declared, every 2xx is taken for it.
fn emit_read_output(cx: Cx<'_>, responses: &ir::Responses) -> TokenStream {
    match (responses.output.and_then(|id| cx.def(id)), responses.success.as_slice()) {
        (Some(def), cases) => emit_match(def, cases),
        (None, [ir::Case { content: ir::Content::Empty, .. }] | []) => {
            quote!(answer.status().is_success().then_some(Ok(())))
        }
        (None, [case, ..]) => {
            let read = emit_content(&case.content);
            quote!(answer.status().is_success().then(|| #read))
        }
    }
}

fn emit_read_error(cx: Cx<'_>, responses: &ir::Responses) -> Option<TokenStream> {
    let def = responses.error.and_then(|id| cx.def(id))?;
    Some(emit_match(def, &responses.failure))
}

/// Exact statuses before classes, and these before the default.
fn emit_match(def: &ir::TypeDef, cases: &[ir::Case]) -> TokenStream {
    let name = ident(def.name.as_str());
    let mut cases: Vec<&ir::Case> = cases.iter().collect();
    cases.sort_by_key(|case| match case.status {
        ir::Status::Exact(_) => 0,
        ir::Status::Class(_) => 1,
        ir::Status::Default => 2,
    });
    if let [only] = cases.as_slice()
        && only.status == ir::Status::Default
    {
        let variant = ident(only.name.as_str());
        let is_empty = matches!(only.content, ir::Content::Empty);
        let read = emit_content(&only.content);
        return if is_empty {
            quote!(Some(Ok(types::#name::#variant)))
        } else {
            quote!(Some(#read.map(types::#name::#variant)))
        };
    }
    let has_default = cases.iter().any(|case| case.status == ir::Status::Default);
    let arms = cases.iter().map(|case| {
        let pattern = emit_pattern(case.status);
        let variant = ident(case.name.as_str());
        if matches!(case.content, ir::Content::Empty) {
            return quote!(#pattern => Ok(types::#name::#variant));
        }
        let read = emit_content(&case.content);
        quote!(#pattern => #read.map(types::#name::#variant))
    });
    let rest = if has_default { TokenStream::new() } else { quote!(_ => return None,) };
    quote! {
        let read = match answer.status().as_u16() {
            #(#arms,)*
            #rest
        };
        Some(read)
    }
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
        ir::Content::Json(_) => quote!(answer.json()),
        ir::Content::Text => quote!(answer.text()),
        ir::Content::Bytes => quote!(Ok(answer.bytes())),
        ir::Content::Empty => quote!(Ok(())),
    }
}

/// Whether what was read says of itself that it is a success.
fn emit_flag(operation: &ir::Operation) -> TokenStream {
    let Some((field, presence)) = &operation.success_flag else {
        return TokenStream::new();
    };
    let field = ident(field.as_str());
    let value = match presence {
        ir::Presence::Required | ir::Presence::Defaulted(_) => quote!(output.#field),
        ir::Presence::RequiredNullable | ir::Presence::Optional | ir::Presence::OptionalNullable => {
            quote!(output.#field != Some(false))
        }
    };
    quote! {
        fn is_success(output: &Self::Output) -> bool {
            #value
        }
    }
}
