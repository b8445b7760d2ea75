//! `operations.rs`: the client's functions, and a type for each operation that says how it is sent and read.

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::{body_type, json};
use crate::emit::imports::{Imports, RUNTIME, emit_imports};
use crate::emit::sections::{Kind, Section};
use crate::emit::{Cx, Module, answers, attrs, bodies, docs, examples, ident, markdown};
use crate::ir;

pub(super) use arguments::{is_copy, is_object, query_style, reference, spelled};
pub(super) use paging::is_paged;

mod arguments;
mod doubles;
mod paging;
mod reading;

pub(super) fn emit_operations(cx: Cx<'_>, section: &Section<'_>) -> Module {
    let mut items = emit_imports(&imports(cx, section));
    for operation in section.operations.iter().copied() {
        items.push(emit_function(cx, operation));
        items.extend(arguments::emit_optional(cx, operation));
        items.push(reading::emit_operation(cx, operation));
        items.extend(paging::emit_paging(cx, operation));
    }
    Module { path: section.path(Kind::Operations), docs: section.docs(Kind::Operations), items }
}

/// The types of the client's own modules, seen from here.
fn prefix() -> TokenStream {
    quote!(types::)
}

fn imports<'a>(cx: Cx<'a>, section: &Section<'a>) -> Imports<'a> {
    let mut imports = Imports::default();
    for name in ["Meta", "Operation", "Request"] {
        imports.add(RUNTIME, name);
    }
    imports.add(RUNTIME, "operation");
    imports.add("clientwright_runtime::http", "Method");
    imports.add("crate", "Call");
    imports.add("crate", "Client");
    for operation in &section.operations {
        add_operation(&mut imports, cx, operation);
    }
    imports
}

fn add_operation(imports: &mut Imports<'_>, cx: Cx<'_>, operation: &ir::Operation) {
    let ir::Responses { success, failure: _, output, error, alternatives, sequences } = &operation.responses;
    let body = operation.body.as_ref().map(|body| &body.content);
    let mut used: Vec<&ir::TypeRef> = operation.params.iter().map(|param| &param.ty).collect();
    used.extend(body.and_then(body_type));
    let mut named = std::collections::BTreeSet::new();
    if output.is_none() {
        for ty in success.iter().filter_map(|case| json(&case.content)) {
            imports.add_type(ty);
            crate::analyze::named(ty, &mut named);
        }
        if success.iter().any(|case| matches!(case.content, ir::Content::Bytes)) {
            imports.add("clientwright_runtime::bytes", "Bytes");
        }
    }
    for alternative in alternatives {
        imports.add(RUNTIME, reading::wrapper(&alternative.content));
        if let Some(ty) = json(&alternative.content) {
            imports.add_type(ty);
            crate::analyze::named(ty, &mut named);
        }
    }
    for sequence in sequences {
        imports.add(RUNTIME, reading::stream(sequence));
        imports.add_type(sequence.item());
        crate::analyze::named(sequence.item(), &mut named);
    }
    if matches!(body, Some(ir::Body::Multipart(None, _))) {
        imports.add(RUNTIME, "Form");
    }
    if body.is_some_and(|body| bodies::names_styles(cx, body)) {
        imports.add(RUNTIME, "QueryStyle");
    }
    if matches!(body, Some(ir::Body::Bytes(_))) {
        imports.add("clientwright_runtime::bytes", "Bytes");
    }
    if let Some(pagination) = operation.pagination.as_ref().filter(|_| is_paged(cx, operation)) {
        imports.add(RUNTIME, "paged");
        imports.add(RUNTIME, "Paging");
        imports.add_type(&pagination.item);
        crate::analyze::named(&pagination.item, &mut named);
    }
    for ty in used {
        arguments::import(imports, cx, ty);
        crate::analyze::named(ty, &mut named);
    }
    if !named.is_empty() || output.is_some() || error.is_some() {
        imports.add("crate", "types");
    }
    if error.is_none() {
        imports.add(RUNTIME, "Undeclared");
    }
    for param in &operation.params {
        add_param(imports, cx, param);
    }
}

fn add_param(imports: &mut Imports<'_>, cx: Cx<'_>, param: &ir::Param) {
    if param.encoding == ir::Encoding::Json {
        imports.add(RUNTIME, "ParameterValue");
    }
    match param.place {
        ir::Place::Query(_) if param.encoding == ir::Encoding::Reserved => imports.add(RUNTIME, "QueryStyle"),
        ir::Place::Header(ir::HeaderStyle::SimpleExplode) if is_object(cx, &param.ty) => {
            imports.add(RUNTIME, "HeaderStyle");
        }
        ir::Place::Path(ir::PathStyle::Simple)
        | ir::Place::Query(ir::QueryStyle::FormExplode)
        | ir::Place::Header(_)
        | ir::Place::Cookie => {}
        ir::Place::Path(_) => imports.add(RUNTIME, "PathStyle"),
        ir::Place::Query(_) => imports.add(RUNTIME, "QueryStyle"),
    }
}

fn emit_function(cx: Cx<'_>, operation: &ir::Operation) -> TokenStream {
    let doc = attrs::doc(&function_docs(cx, operation));
    let deprecated = attrs::deprecated(operation.docs.deprecated);
    let name = ident(operation.name.as_str());
    let marker = ident(operation.marker.as_str());
    let required = arguments::required(operation);
    let arguments = required.iter().map(|param| {
        let name = ident(param.name.as_str());
        let ty = arguments::parameter_type(cx, param);
        quote!(#name: #ty)
    });
    let steps = required.iter().map(|param| {
        let name = ident(param.name.as_str());
        arguments::emit_step(cx, param, &quote!(#name))
    });
    let (body_argument, body_step) = arguments::emit_body(cx, operation);
    let required_body = operation.body.as_ref().filter(|body| body.need == ir::Need::Required);
    let generics = required_body.and_then(|body| bodies::generics(cx, &body.content));
    let arity = required.len() + usize::from(!body_argument.is_empty());
    let expect = (arity > 6)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "the description requires each of them")]));
    quote! {
        impl Client {
            #doc
            #deprecated
            #expect
            pub fn #name #generics(&self, #(#arguments,)* #body_argument) -> Call<#marker> {
                let request = Request::new(#marker::META) #(#steps)* #body_step;
                Call::new(&self.core, request)
            }
        }
    }
}

/// Summary, description, the HTTP line, parameters, errors, facts, an example, the place.
fn function_docs(cx: Cx<'_>, operation: &ir::Operation) -> String {
    let route = format!("{} {}", operation.method.as_str(), operation.path);
    let texts = [&operation.docs.summary, &operation.docs.description].into_iter().flatten();
    let mut paragraphs: Vec<String> =
        texts.map(|text| markdown::sanitized(text)).filter(|text| !text.is_empty()).collect();
    if paragraphs.is_empty() {
        paragraphs.extend((operation.id != route).then(|| format!("{}.", docs::code(&operation.id))));
    }
    paragraphs.push(docs::code(&route));
    if let Some(server) = &operation.server {
        paragraphs.push(format!("Sent to {}, unless the client has a base URL of its own.", docs::code(server)));
    }
    paragraphs.extend(docs::sentences(&operation.docs));
    paragraphs.extend(examples::emit_example(cx, operation));
    paragraphs.extend(params(operation));
    let errors = error_lines(cx, operation);
    if !errors.is_empty() {
        paragraphs.push(format!("# Errors\n\n{}", errors.join("\n")));
    }
    paragraphs.extend(header_line(operation));
    for (heading, lines) in &operation.docs.facts {
        let lines: Vec<String> = lines.iter().map(|line| format!("- {}", markdown::sanitized(line))).collect();
        paragraphs.push(format!("# {}\n\n{}", markdown::sanitized(heading), lines.join("\n")));
    }
    if is_paged(cx, operation) {
        let text = "The list comes in pages: [`items`](Call::items) and [`pages`](Call::pages) go through all of them.";
        paragraphs.push(text.to_owned());
    }
    paragraphs.extend(operation.responses.sequences.iter().map(|sequence| {
        let function = reading::stream_function(sequence);
        format!("It can come item by item: [`{function}`](Call::{function}) gives each as it comes in.")
    }));
    paragraphs.push(docs::place(&operation.origin));
    paragraphs.join("\n\n")
}

/// What is said of the required parameters, and the names of the others, which say it where they are set.
fn params(operation: &ir::Operation) -> Option<String> {
    let (required, optional): (Vec<_>, Vec<_>) =
        operation.params.iter().partition(|param| param.need == ir::Need::Required);
    let mut lines: Vec<String> = required.into_iter().filter_map(param_line).collect();
    let names: Vec<String> = optional.iter().map(|param| format!("`{}`", param.name.call_setter().plain())).collect();
    let names = match names.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        [names @ .., last] => Some(format!("{} and {last}", names.join(", "))),
    };
    let names = names.map(|names| format!("Optional, set on the call: {names}."));
    if lines.is_empty() {
        return names;
    }
    lines.extend(names.map(|names| format!("- {names}")));
    Some(format!("# Parameters\n\n{}", lines.join("\n")))
}

fn param_line(param: &ir::Param) -> Option<String> {
    let description = param.docs.description.as_deref().or(param.docs.summary.as_deref()).unwrap_or_default();
    let text = markdown::sanitized(description);
    let description = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let facts = docs::sentences(&param.docs).join(" ");
    let said: Vec<&str> = [description.as_str(), facts.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    (!said.is_empty()).then(|| format!("- `{}`: {}", param.name.plain(), said.join(" ")))
}

/// The functions for the headers of the answers.
fn header_line(operation: &ir::Operation) -> Option<String> {
    let names: Vec<String> = operation.headers.iter().map(|name| format!("`{}`", name.plain())).collect();
    let link = "[`Headers`](crate::Headers)";
    (!names.is_empty()).then(|| format!("Headers of the answers, by {link}: {}.", names.join(", ")))
}

fn error_lines(cx: Cx<'_>, operation: &ir::Operation) -> Vec<String> {
    let enum_name = operation.responses.error.and_then(|id| cx.def(id)).map(|def| def.name.as_str());
    let mut lines: Vec<String> = Vec::new();
    for case in &operation.responses.failure {
        let description = case.docs.description.as_deref().unwrap_or_default();
        let text = markdown::sanitized(description);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = if text.is_empty() { String::new() } else { format!(": {}", text.trim_end_matches('.')) };
        let link = enum_name.map(|name| format!(", as [`{0}`](types::{name}::{0})", case.name));
        lines.push(format!("- {}{text}{}.", answers::status(case.status), link.unwrap_or_default()));
    }
    lines
}
