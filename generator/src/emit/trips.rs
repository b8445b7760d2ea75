//! A program that reads and writes values of the generated types, for who verifies them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::config::TagFeatures;
use crate::emit::imports::{Imports, RUNTIME, emit_imports};
use crate::emit::{Cx, Module, ident};
use crate::ir;

/// The path of the program in its crate.
pub(crate) const PATH: &str = "examples/round_trips.rs";

/// How a type is named in the program and in its input.
pub(crate) fn type_name(api: &ir::Api, ty: &ir::TypeRef) -> String {
    let cx = Cx { api, package: "", tag_features: TagFeatures::None };
    cx.ty(ty, &quote!(types::)).to_string().replace(' ', "")
}

/// The program: a line for each type, and the same few functions for all.
pub(crate) fn emit_trips(api: &ir::Api, package: &str, used: &[&ir::TypeRef]) -> Module {
    let cx = Cx { api, package, tag_features: TagFeatures::None };
    let mut imports = Imports::default();
    imports.add("std", "io");
    imports.add("std::collections", "BTreeMap");
    imports.add("std::io", "Write");
    imports.add(RUNTIME, "Json");
    imports.add(RUNTIME, "Value");
    for ty in used {
        imports.add_type(ty);
    }
    let package = ident(&package.replace('-', "_"));
    let entries = used.iter().map(|ty| {
        let name = type_name(api, ty);
        let ty = cx.ty(ty, &quote!(types::));
        quote!((#name, trip::<#ty>))
    });
    let mut items = vec![quote!(#![allow(dead_code, deprecated, unused_imports)])];
    items.extend(emit_imports(&imports));
    items.push(quote!(use #package::types;));
    items.push(quote!(
        type Trip = fn(&str) -> Result<Vec<u8>, String>;
    ));
    items.push(quote!(const TRIPS: &[(&str, Trip)] = &[#(#entries),*];));
    items.extend(emit_functions());
    let docs = "Reads a line of JSON for each value, and writes one that says what became of it.".to_owned();
    Module { path: PATH.to_owned(), docs, items }
}

fn emit_functions() -> Vec<TokenStream> {
    vec![
        quote!(
            fn trip<T: Json>(text: &str) -> Result<Vec<u8>, String> {
                let value = T::from_json(text.as_bytes()).map_err(|error| error.to_string())?;
                Ok(value.to_json())
            }
        ),
        quote!(
            fn follow(line: &str, trips: &BTreeMap<&str, Trip>) -> Result<Vec<u8>, String> {
                let sample = Value::from_json(line.as_bytes()).map_err(|error| error.to_string())?;
                let part = |name: &str| sample.get(name).and_then(Value::as_str).unwrap_or_default();
                let trip = trips.get(part("type")).ok_or("there is no such type")?;
                trip(part("text"))
            }
        ),
        quote!(
            pub fn main() -> io::Result<()> {
                let trips: BTreeMap<&str, Trip> = TRIPS.iter().copied().collect();
                let mut out = io::stdout().lock();
                for line in io::stdin().lines() {
                    match follow(&line?, &trips) {
                        Ok(json) => out.write_all(&[b"written ", json.as_slice(), b"\n"].concat())?,
                        Err(error) => writeln!(out, "refused {}", error.replace('\n', " "))?,
                    }
                    out.flush()?;
                }
                Ok(())
            }
        ),
    ]
}
