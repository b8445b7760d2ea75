//! `lib.rs`: the crate page, the modules, and what is at the root.

use quote::quote;

use crate::emit::{Cx, Module, docs, markdown};

pub(super) fn emit_root(cx: Cx<'_>) -> Module {
    let mut items = Vec::new();
    if cx.has_client() {
        items.push(quote! {
            #[rustfmt::skip]
            mod call;
            #[rustfmt::skip]
            mod client;
            #[rustfmt::skip]
            mod codec;
            #[rustfmt::skip]
            pub mod operations;
            #[rustfmt::skip]
            pub mod types;
        });
    } else {
        items.push(quote! {
            #[rustfmt::skip]
            mod codec;
            #[rustfmt::skip]
            pub mod types;
        });
    }
    items.push(quote! {
        pub use clientwright_runtime as runtime;
        pub use clientwright_runtime::{Error, Patch, Response, Secret, Value, Violation};
    });
    if cx.has_client() {
        items.push(quote! {
            pub use crate::call::Call;
            pub use crate::client::{Client, ClientBuilder};
        });
    }
    Module { path: "lib.rs", docs: crate_page(cx), items }
}

const MAP: &str = "# The map

- [`Client`]: a function for each operation.
- [`Call`]: what a function gives; options, then `.await`.
- [`types`]: what goes out and comes back.
- [`Response`], [`Error`]: what a call gives.
- [`runtime`]: what all clients have in common; other HTTP clients.";

fn crate_page(cx: Cx<'_>) -> String {
    let info = &cx.api.info;
    let version =
        if info.version.is_empty() { String::new() } else { format!(", version {}", docs::code(&info.version)) };
    let mut page = vec![format!("Client for {}{version}.", docs::title(cx.api))];
    page.extend(info.docs.description.as_deref().map(markdown::sanitized).filter(|text| !text.is_empty()));
    if cx.has_client() {
        page.push(MAP.to_owned());
    }
    let operations = cx.api.operations.iter().map(|operation| {
        let summary = operation.docs.summary.as_deref().map(markdown::sanitized).unwrap_or_default();
        let summary = summary.lines().next().unwrap_or_default().to_owned();
        let link = format!("[`{0}`](Client::{0})", operation.name.plain());
        if summary.is_empty() { format!("- {link}") } else { format!("- {link}: {summary}") }
    });
    let operations: Vec<String> = operations.collect();
    if !operations.is_empty() {
        page.push(format!("# The operations\n\n{}", operations.join("\n")));
    }
    page.join("\n\n")
}
