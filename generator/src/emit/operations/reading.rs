//! A line of an operation: its facts, and how its answers are read.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::operations::{doubles, prefix};
use crate::emit::{Cx, answers, attrs, docs, ident};
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
    let function = ident(operation.name.as_str());
    let text = is_text(responses).then(|| quote!(; text));
    let flag = emit_flag(operation);
    let (needs, takes) = (doubles::emit_needs(cx, operation), doubles::emit_takes(cx, operation));
    quote!(operation!(#marker by #function { #meta, #output, #error #text #flag #needs #takes });)
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
    let method = ident(method.as_str());
    let accept = accept(responses);
    let accept = (accept != "application/json").then(|| quote!(.accept(#accept)));
    let security = (!security.is_empty()).then(|| {
        let security = security.iter().map(|schemes| quote!(&[#(#schemes),*]));
        quote!(.security(&[#(#security),*]))
    });
    let idempotent = idempotent.then(|| quote!(.idempotent()));
    let flag = cx.api.conventions.success_flag.as_ref().filter(|_| success_flag.is_some());
    let flag = flag.map(|flag| quote!(.success_flag(#flag)));
    let server = operation.server.as_ref().map(|server| quote!(.server(#server)));
    quote!(Meta::new(#id, Method::#method, #path) #server #accept #security #idempotent #flag)
}

/// The media types of the answers, JSON first; empty where no answer has a body.
fn accept(responses: &ir::Responses) -> String {
    let cases = responses.success.iter().chain(&responses.failure);
    let mut types: Vec<&str> = cases.map(|case| case.media_type.as_str()).filter(|ty| !ty.is_empty()).collect();
    types.sort_by_key(|ty| (*ty != "application/json", (*ty).to_owned()));
    types.dedup();
    types.join(", ")
}

/// The type of the run time that reads a success in another way.
pub(super) fn wrapper(content: &ir::Content) -> &'static str {
    match content {
        ir::Content::Json(_) => "AsJson",
        ir::Content::Text => "AsText",
        ir::Content::Bytes | ir::Content::Empty => "AsBytes",
    }
}

/// The functions of a call that ask for another content type.
pub(super) fn emit_alternatives(cx: Cx<'_>, operation: &ir::Operation) -> Vec<TokenStream> {
    let marker = ident(operation.marker.as_str());
    let functions = operation.responses.alternatives.iter().map(|alternative| {
        let ir::Alternative { name, media_type, content } = alternative;
        let doc = attrs::doc(&format!("Asks for {} instead. Set parameters before.", docs::code(media_type)));
        let name = ident(name.as_str());
        let wrapper = ident(wrapper(content));
        let ty = answers::content_type(cx, content, &prefix()).filter(|_| matches!(content, ir::Content::Json(_)));
        let ty = ty.map(|ty| quote!(, #ty));
        quote! {
            #doc
            pub fn #name(self) -> Call<#wrapper<#marker #ty>> {
                Call::new(&self.core, self.request.accept(#media_type))
            }
        }
    });
    functions.collect()
}

/// The run time's stream of a sequence.
pub(super) fn stream(sequence: &ir::Sequence) -> &'static str {
    match sequence {
        ir::Sequence::Events(_) => "Events",
        ir::Sequence::Lines(_) => "Lines",
    }
}

/// The function of a call that gives the items of a sequence.
pub(super) fn stream_function(sequence: &ir::Sequence) -> &'static str {
    match sequence {
        ir::Sequence::Events(_) => "events",
        ir::Sequence::Lines(_) => "lines",
    }
}

/// The functions of a call that give what comes item by item.
pub(super) fn emit_sequences(cx: Cx<'_>, operation: &ir::Operation) -> Vec<TokenStream> {
    let marker = ident(operation.marker.as_str());
    let functions = operation.responses.sequences.iter().map(|sequence| {
        let (stream, name, item) =
            (ident(stream(sequence)), ident(stream_function(sequence)), cx.ty(sequence.item(), &prefix()));
        let (doc, open) = match sequence {
            ir::Sequence::Events(ir::TypeRef::Scalar(ir::Scalar::String)) => {
                ("The events, with text as their data.", "text_events")
            }
            ir::Sequence::Events(_) => ("The events, each as it comes in.", "events"),
            ir::Sequence::Lines(_) => ("The values, each as it comes in.", "lines"),
        };
        let (doc, open) = (attrs::doc(doc), ident(open));
        quote! {
            #doc
            pub fn #name(self) -> #stream<#marker, #item> {
                self.core.#open(self.request)
            }
        }
    });
    functions.collect()
}

/// Whether a success is text, which is no JSON.
pub(super) fn is_text(responses: &ir::Responses) -> bool {
    let is_text = |case: &ir::Case| matches!(case.content, ir::Content::Text);
    responses.output.is_none() && responses.success.first().is_some_and(is_text)
}

/// Whether what was read says of itself that it is a success.
fn emit_flag(operation: &ir::Operation) -> Option<TokenStream> {
    let (field, presence) = operation.success_flag.as_ref()?;
    let field = ident(field.as_str());
    let value = match presence {
        ir::Presence::Required | ir::Presence::Defaulted(_) => quote!(output.#field),
        ir::Presence::RequiredNullable | ir::Presence::Optional | ir::Presence::OptionalNullable => {
            quote!(output.#field != Some(false))
        }
    };
    Some(quote!(, success output => #value))
}
