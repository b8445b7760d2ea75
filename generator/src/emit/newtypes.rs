//! Other types with a name of their own.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, attrs, docs, ident};
use crate::ir;

pub(super) fn emit_alias(cx: Cx<'_>, def: &ir::TypeDef, ty: &ir::TypeRef) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let doc = attrs::doc(&docs::of_type(&def.docs, "", &def.origin));
    let ty = cx.ty(ty, &TokenStream::new());
    vec![quote!(#doc pub type #name = #ty;)]
}

/// A generic struct with its argument.
pub(super) fn emit_instance(cx: Cx<'_>, def: &ir::TypeDef, generic: &ir::TypeRef, own: &ir::Field) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let doc = attrs::doc(&docs::of_instance(&def.docs, own, &def.origin));
    let generic = cx.ty(generic, &TokenStream::new());
    let argument = cx.ty(&own.ty, &TokenStream::new());
    vec![quote!(#doc pub type #name = #generic<#argument>;)]
}

pub(super) fn emit_newtype(cx: Cx<'_>, def: &ir::TypeDef, newtype: &ir::Newtype) -> Vec<TokenStream> {
    let name = ident(def.name.as_str());
    let doc = attrs::doc(&docs::of_type(&def.docs, "", &def.origin));
    let inner = cx.ty(&newtype.inner, &TokenStream::new());
    let form = Form::of(&newtype.inner);
    let derives = match form {
        Form::Text => quote!(#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]),
        Form::Integer => quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]),
        Form::Float => quote!(#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]),
        Form::Other => quote!(#[derive(Clone, Debug, PartialEq)]),
    };
    let item = quote! {
        #doc
        #derives
        pub struct #name(pub(crate) #inner);
    };
    match form {
        Form::Text => vec![item, emit_text(def, newtype), emit_display(def)],
        Form::Integer | Form::Float => vec![item, emit_number(def, newtype, &inner), emit_display(def)],
        Form::Other => vec![item, emit_plain(def, &inner)],
    }
}

/// What a newtype is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Integer,
    Float,
    Other,
}

impl Form {
    pub(super) fn of(inner: &ir::TypeRef) -> Self {
        let ir::TypeRef::Scalar(scalar) = inner else {
            return Self::Other;
        };
        match scalar.nature() {
            ir::Nature::Text => Self::Text,
            ir::Nature::Integer(..) => Self::Integer,
            ir::Nature::Float => Self::Float,
            ir::Nature::Boolean | ir::Nature::Digits | ir::Nature::Formed => Self::Other,
        }
    }
}

fn emit_text(def: &ir::TypeDef, newtype: &ir::Newtype) -> TokenStream {
    let name = ident(def.name.as_str());
    let (docs, checks) = emit_checks(newtype);
    let checks = if checks.is_empty() {
        quote!(Ok(Self(text.into())))
    } else {
        quote! {
            let text = text.into();
            #(#checks;)*
            Ok(Self(text))
        }
    };
    quote! {
        impl #name {
            #docs
            pub fn new(text: impl Into<String>) -> Result<Self, Violation> {
                #checks
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    }
}

fn emit_number(def: &ir::TypeDef, newtype: &ir::Newtype, inner: &TokenStream) -> TokenStream {
    let name = ident(def.name.as_str());
    let (docs, checks) = emit_checks(newtype);
    quote! {
        impl #name {
            #docs
            pub fn new(number: #inner) -> Result<Self, Violation> {
                #(#checks;)*
                Ok(Self(number))
            }

            /// The number.
            #[must_use]
            pub fn get(self) -> #inner {
                self.0
            }
        }
    }
}

fn emit_plain(def: &ir::TypeDef, inner: &TokenStream) -> TokenStream {
    let name = ident(def.name.as_str());
    quote! {
        impl #name {
            /// Wraps a value.
            #[must_use]
            pub fn new(value: #inner) -> Self {
                Self(value)
            }

            /// The value.
            #[must_use]
            pub fn as_inner(&self) -> &#inner {
                &self.0
            }

            /// The value, out of its wrapping.
            #[must_use]
            pub fn into_inner(self) -> #inner {
                self.0
            }
        }
    }
}

fn emit_display(def: &ir::TypeDef) -> TokenStream {
    let name = ident(def.name.as_str());
    quote! {
        impl fmt::Display for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    }
}

/// The documentation of `new`, and its checks.
fn emit_checks(newtype: &ir::Newtype) -> (TokenStream, Vec<TokenStream>) {
    let enforced: Vec<&ir::Rule> = newtype
        .checks
        .iter()
        .filter(|check| check.enforcement == ir::Enforcement::Enforced)
        .map(|check| &check.rule)
        .collect();
    if enforced.is_empty() {
        let text = "Wraps a value.\n\n# Errors\n\nNone today: the service judges. A new description may bring a check.";
        return (attrs::doc(text), Vec::new());
    }
    let rules: Vec<String> = enforced.iter().map(|rule| docs::lower_first(&docs::rule(rule))).collect();
    let text = format!("Checks a value.\n\n# Errors\n\nWhen this does not hold: {}.", rules.join(", "));
    let checks = enforced.into_iter().filter_map(|rule| emit_check(rule, &newtype.inner)).collect();
    (attrs::doc(&text), checks)
}

fn emit_check(rule: &ir::Rule, inner: &ir::TypeRef) -> Option<TokenStream> {
    Some(match rule {
        ir::Rule::MinLength(length) => {
            let length = usize_literal(*length);
            quote!(check::min_length(&text, #length)?)
        }
        ir::Rule::MaxLength(length) => {
            let length = usize_literal(*length);
            quote!(check::max_length(&text, #length)?)
        }
        ir::Rule::Minimum(bound) => {
            let bound = number(*bound, inner)?;
            quote!(check::minimum(number, #bound)?)
        }
        ir::Rule::ExclusiveMinimum(bound) => {
            let bound = number(*bound, inner)?;
            quote!(check::exclusive_minimum(number, #bound)?)
        }
        ir::Rule::Maximum(bound) => {
            let bound = number(*bound, inner)?;
            quote!(check::maximum(number, #bound)?)
        }
        ir::Rule::ExclusiveMaximum(bound) => {
            let bound = number(*bound, inner)?;
            quote!(check::exclusive_maximum(number, #bound)?)
        }
        ir::Rule::Pattern(_)
        | ir::Rule::MultipleOf(_)
        | ir::Rule::MinItems(_)
        | ir::Rule::MaxItems(_)
        | ir::Rule::UniqueItems
        | ir::Rule::MinProperties(_)
        | ir::Rule::MaxProperties(_) => return None,
    })
}

fn usize_literal(length: u64) -> proc_macro2::Literal {
    proc_macro2::Literal::u64_unsuffixed(length)
}

/// A bound as a literal of the number's type; `None` where it lies outside and so bounds nothing.
fn number(bound: ir::Bound, inner: &ir::TypeRef) -> Option<TokenStream> {
    let ir::TypeRef::Scalar(scalar) = inner else { return None };
    let ir::Nature::Integer(low, high) = scalar.nature() else {
        let bound = match bound {
            ir::Bound::Integer(bound) => format!("{bound}.0"),
            ir::Bound::Float(bound) => format!("{bound:?}"),
        };
        return bound.parse().ok();
    };
    let bound = match bound {
        ir::Bound::Integer(bound) => i128::from(bound),
        // Within 2^53 a float holds an integer exactly.
        #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
        ir::Bound::Float(bound) if bound.fract() == 0.0 && bound.abs() <= 9_007_199_254_740_992.0 => bound as i128,
        ir::Bound::Float(_) => return None,
    };
    (low..=high).contains(&bound).then(|| bound.to_string().parse().ok()).flatten()
}
