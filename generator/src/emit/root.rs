//! `lib.rs`: the crate page, the modules, and what is at the root.

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze;
use crate::config::TagFeatures;
use crate::emit::{Cx, Module, docs, markdown, sections};
use crate::ir;

pub(super) fn emit_root(cx: Cx<'_>) -> Module {
    let mut items: Vec<TokenStream> = recursion_limit(cx).into_iter().collect();
    let allow_deprecated = cx
        .api
        .types
        .list
        .iter()
        .any(has_deprecated_fields)
        .then(|| quote!(#[allow(deprecated, reason = "deprecated fields are read and written as all others")]));
    if cx.has_client() {
        items.push(quote! {
            #[rustfmt::skip]
            mod call;
            #[rustfmt::skip]
            mod client;
            #[rustfmt::skip]
            #allow_deprecated
            mod codec;
            #[rustfmt::skip]
            pub mod operations;
            #[rustfmt::skip]
            pub mod types;
        });
    } else {
        items.push(quote! {
            #[rustfmt::skip]
            #allow_deprecated
            mod codec;
            #[rustfmt::skip]
            pub mod types;
        });
    }
    if !cx.api.headers.is_empty() {
        items.push(quote! {
            #[rustfmt::skip]
            mod headers;
        });
    }
    items.push(quote! {
        pub use clientwright_runtime as runtime;
        pub use clientwright_runtime::{Error, Patch, Response, Secret, Value, Violation};
    });
    if cx.has_client() {
        let headers = (!cx.api.headers.is_empty()).then(|| {
            quote!(
                pub use crate::headers::Headers;
            )
        });
        items.push(quote! {
            pub use crate::call::Call;
            pub use crate::client::{Client, ClientBuilder};
            #headers
        });
        items.push(quote!(clientwright_runtime::mock!();));
    }
    Module { path: "lib.rs".to_owned(), docs: crate_page(cx), items }
}

/// Whether the tables touch fields that users should not.
fn has_deprecated_fields(def: &ir::TypeDef) -> bool {
    match &def.kind {
        ir::TypeKind::Struct(strukt) => strukt.fields.iter().any(|field| field.docs.deprecated),
        ir::TypeKind::Enum(_)
        | ir::TypeKind::Union(_)
        | ir::TypeKind::Newtype(_)
        | ir::TypeKind::Alias(_)
        | ir::TypeKind::Choice(_)
        | ir::TypeKind::Multipart(_)
        | ir::TypeKind::Answers(_) => false,
    }
}

/// Where types stand deeper within each other than the compiler follows them by default.
fn recursion_limit(cx: Cx<'_>) -> Option<TokenStream> {
    let needed = analyze::depth(&cx.api.types) * STEPS;
    let limit = needed.next_power_of_two().to_string();
    (needed > DEFAULT_LIMIT).then(|| quote!(#![recursion_limit = #limit]))
}

/// How many steps the compiler needs for a type within another: a list in an option, say.
const STEPS: usize = 6;

const DEFAULT_LIMIT: usize = 128;

const MAP: &str = "# The map

- [`Client`]: a function for each operation.
- [`Call`]: what a function gives; options, then `.await`.
- [`types`]: what goes out and comes back.
- [`Response`], [`Error`]: what a call gives.
- [`runtime`]: what all clients have in common; other HTTP clients.
- `mock`, with the feature of that name: a double of the service, for tests.";

fn crate_page(cx: Cx<'_>) -> String {
    let info = &cx.api.info;
    let version =
        if info.version.is_empty() { String::new() } else { format!(", version {}", docs::code(&info.version)) };
    let mut page = vec![format!("Client for {}{version}.", docs::title(cx.api))];
    page.extend(info.docs.description.as_deref().map(markdown::sanitized).filter(|text| !text.is_empty()));
    if cx.has_client() {
        page.push(MAP.to_owned());
    }
    page.extend(operations(cx));
    page.join("\n\n")
}

/// The operations, under their tags where these differ.
fn operations(cx: Cx<'_>) -> Vec<String> {
    let api = cx.api;
    let list = |operations: &[&ir::Operation]| {
        let lines: Vec<String> = operations.iter().map(|operation| line(operation)).collect();
        lines.join("\n")
    };
    match api.groups.as_slice() {
        [] => Vec::new(),
        [_] => vec![format!("# The operations\n\n{}", list(&api.operations.iter().collect::<Vec<_>>()))],
        groups => {
            let mut paragraphs = vec!["# The operations".to_owned()];
            for group in groups.iter().filter(|group| !group.operations.is_empty()) {
                let tags: Vec<&ir::Tag> = group.tags.iter().filter_map(|tag| api.tags.get(*tag)).collect();
                let operations: Vec<_> =
                    group.operations.iter().filter_map(|index| api.operations.get(*index)).collect();
                paragraphs.extend(heading(cx, &tags));
                paragraphs.push(list(&operations));
            }
            paragraphs
        }
    }
}

/// What is said of tags: their names, their features, and what the description says of a single one.
fn heading(cx: Cx<'_>, tags: &[&ir::Tag]) -> Vec<String> {
    let features: Vec<String> = match cx.tag_features {
        TagFeatures::None => Vec::new(),
        TagFeatures::Declared => tags.iter().map(|tag| docs::code(tag.feature.as_str())).collect(),
    };
    let features = match features.as_slice() {
        [] => None,
        [feature] => Some(format!("Feature: {feature}.")),
        several => Some(format!("Features, any of which will do: {}.", several.join(", "))),
    };
    let description = match tags {
        [tag] => tag.description.as_deref().map(markdown::sanitized).filter(|text| !text.is_empty()),
        _ => None,
    };
    let mut paragraphs = vec![format!("## Operations {}", sections::tagged(tags, "and"))];
    paragraphs.extend(description);
    paragraphs.extend(features);
    paragraphs
}

fn line(operation: &ir::Operation) -> String {
    let summary = operation.docs.summary.as_deref().map(markdown::sanitized).unwrap_or_default();
    let summary = summary.lines().next().unwrap_or_default().to_owned();
    let link = format!("[`Client::{}`]", operation.name.plain());
    if summary.is_empty() { format!("- {link}") } else { format!("- {link}: {summary}") }
}
