//! `headers.rs`: the headers that answers are declared to have, a function for each.

use quote::quote;

use crate::emit::imports::{Imports, RUNTIME, emit_imports};
use crate::emit::{Cx, Module, attrs, docs, ident};
use crate::ir;

pub(super) fn emit_headers(cx: Cx<'_>) -> Module {
    let mut imports = Imports::default();
    imports.add(RUNTIME, "AnswerHeaders");
    for header in &cx.api.headers {
        imports.add_type(&header.ty);
    }
    let functions = cx.api.headers.iter().map(|header| {
        let ir::Header { name, wire, origin, docs: said, ty } = header;
        let text = docs::of_member(said, &format!("{}.", docs::code(wire)));
        let doc = attrs::doc(&format!("{text}\n\n{}", docs::place(origin)));
        let name = ident(name.as_str());
        let printed = cx.ty(ty, &proc_macro2::TokenStream::new());
        let read = if matches!(ty, ir::TypeRef::List(_)) { quote!(header_list) } else { quote!(header) };
        quote! {
            #doc
            fn #name(&self) -> Option<#printed> {
                self.#read(#wire)
            }
        }
    });
    let items = quote! {
        /// The headers that answers are declared to have. What is missing, or is not as declared, is `None`.
        pub trait Headers: AnswerHeaders {
            #(#functions)*
        }
    };
    let blanket = quote! {
        impl<A: AnswerHeaders> Headers for A {}
    };
    let mut all = emit_imports(&imports);
    all.extend([items, blanket]);
    Module { path: "headers.rs".to_owned(), docs: "The headers of answers.".to_owned(), items: all }
}
