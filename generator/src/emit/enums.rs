//! Lists of strings.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, attrs, docs, ident};
use crate::ir;

pub(super) fn emit_enum(_: Cx<'_>, def: &ir::TypeDef, enum_: &ir::Enum) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let doc = attrs::doc(&docs::of_type(&def.docs, &format!("`{}`.", def.name), &def.origin));
    let variants = enum_.variants.iter().map(|variant| {
        let doc = attrs::doc(&docs::code(&variant.wire));
        let name = ident(variant.name.as_str());
        quote!(#doc #name)
    });
    let derives = match enum_.unknown {
        ir::Unknown::Keep(_) => quote!(#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]),
        ir::Unknown::Never => quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]),
    };
    let unknown = emit_unknown(enum_);
    let item = quote! {
        #doc
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown
        }
    };
    vec![item, emit_functions(def, enum_), emit_display(def)]
}

fn emit_unknown(enum_: &ir::Enum) -> TokenStream {
    match &enum_.unknown {
        ir::Unknown::Keep(name) => {
            let name = ident(name.as_str());
            quote! {
                /// A value that the description does not list, as it came.
                #name(String),
            }
        }
        ir::Unknown::Never => TokenStream::new(),
    }
}

fn emit_functions(def: &ir::TypeDef, enum_: &ir::Enum) -> TokenStream {
    let name = ident(def.name.as_str());
    let arms = enum_.variants.iter().map(|variant| {
        let name = ident(variant.name.as_str());
        let wire = &variant.wire;
        quote!(Self::#name => #wire)
    });
    let (receiver, lifetime, unknown) = match &enum_.unknown {
        ir::Unknown::Keep(name) => {
            let name = ident(name.as_str());
            (quote!(&self), quote!(&str), quote!(Self::#name(text) => text,))
        }
        ir::Unknown::Never => (quote!(self), quote!(&'static str), TokenStream::new()),
    };
    quote! {
        impl #name {
            /// The value as the service writes it.
            #[must_use]
            pub fn as_str(#receiver) -> #lifetime {
                match self {
                    #(#arms,)*
                    #unknown
                }
            }
        }
    }
}

fn emit_display(def: &ir::TypeDef) -> TokenStream {
    let name = ident(def.name.as_str());
    quote! {
        impl fmt::Display for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}
