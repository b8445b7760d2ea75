//! The functions of the builder that choose a server.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, attrs, docs, ident, markdown};
use crate::ir;

/// What is said of the base URL.
pub(super) fn base_url_docs(cx: Cx<'_>) -> String {
    let ir::Server { url, env: _, others, templates: _ } = &cx.api.server;
    let text = if url.contains("://") {
        format!("Sends calls to this URL instead of {}.", docs::code(url))
    } else if url.is_empty() || url == "/" {
        "Sends calls to this URL; the description names none.".to_owned()
    } else {
        format!("Sends calls to this URL; the description names no host, only {}.", docs::code(url))
    };
    if others.is_empty() {
        return text;
    }
    let lines: Vec<String> = others.iter().map(|(url, said)| format!("- {}{}", docs::code(url), tail(said))).collect();
    format!("{text}\n\nThe description names these too:\n\n{}", lines.join("\n"))
}

/// A function for a server whose URL has variables.
pub(super) fn emit_template(server: &ir::ServerTemplate) -> TokenStream {
    let ir::ServerTemplate { name, origin, docs: said, url, pieces, variables } = server;
    let lines = variables.iter().map(|variable| {
        let values: Vec<String> = variable.values.iter().map(|value| docs::code(value)).collect();
        let values = if values.is_empty() { String::new() } else { format!(" One of {}.", values.join(", ")) };
        let default = variable.docs.default.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
        let name = variable.name.plain();
        let usual = format!("sually {}.{values}", docs::code(default));
        match &variable.docs.description {
            Some(_) => format!("- `{name}`{} U{usual}", tail(&variable.docs)),
            None => format!("- `{name}`: u{usual}"),
        }
    });
    let lines: Vec<String> = lines.collect();
    let head = format!("Sends calls to {}{}", docs::code(url), tail(said));
    let doc = attrs::doc(&format!("{head}\n\n{}\n\n{}", lines.join("\n"), docs::place(origin)));
    let name = ident(name.as_str());
    let arguments = variables.iter().map(|variable| {
        let name = ident(variable.name.as_str());
        quote!(#name: &str)
    });
    let pieces = pieces.iter().map(|piece| match piece {
        ir::ServerPiece::Text(text) => quote!(#text),
        ir::ServerPiece::Variable(name) => {
            let name = ident(name.as_str());
            quote!(#name)
        }
    });
    quote! {
        #doc
        pub fn #name(self, #(#arguments),*) -> Self {
            self.base_url([#(#pieces),*].concat())
        }
    }
}

/// What is said, behind a colon.
fn tail(said: &ir::Docs) -> String {
    let text = said.description.as_deref().map(markdown::sanitized).unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { ".".to_owned() } else { format!(": {}.", text.trim_end_matches('.')) }
}
