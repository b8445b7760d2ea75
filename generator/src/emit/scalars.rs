//! Scalars: their Rust types, and what these need.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::examples::literal;
use crate::emit::imports::RUNTIME;
use crate::ir::Calendar::{Chrono, Jiff, Time};
use crate::ir::{Nature, Scalar};

/// The type. What a reader may take for another type of the same name stands with its module.
pub(super) fn emit_scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::I8 => quote!(i8),
        Scalar::I16 => quote!(i16),
        Scalar::I32 => quote!(i32),
        Scalar::I64 => quote!(i64),
        Scalar::U8 => quote!(u8),
        Scalar::U16 => quote!(u16),
        Scalar::U32 => quote!(u32),
        Scalar::U64 => quote!(u64),
        Scalar::F32 => quote!(f32),
        Scalar::F64 => quote!(f64),
        Scalar::Number => quote!(clientwright_runtime::Number),
        Scalar::String => quote!(String),
        Scalar::Secret => quote!(Secret),
        Scalar::Uuid => quote!(Uuid),
        Scalar::DateTime(Jiff) => quote!(Timestamp),
        Scalar::DateTime(Chrono) => quote!(chrono::DateTime<chrono::FixedOffset>),
        Scalar::DateTime(Time) => quote!(time::OffsetDateTime),
        Scalar::Date(Jiff) => quote!(Date),
        Scalar::Date(Chrono) => quote!(chrono::NaiveDate),
        Scalar::Date(Time) => quote!(time::Date),
        Scalar::Time(Jiff) => quote!(jiff::civil::Time),
        Scalar::Time(Chrono) => quote!(chrono::NaiveTime),
        Scalar::Time(Time) => quote!(time::Time),
        Scalar::Duration => quote!(jiff::SpanFieldwise),
        Scalar::Base64 => quote!(Base64),
        Scalar::Base64Url => quote!(Base64Url),
        Scalar::Decimal => quote!(rust_decimal::Decimal),
        Scalar::Ipv4 => quote!(core::net::Ipv4Addr),
        Scalar::Ipv6 => quote!(core::net::Ipv6Addr),
    }
}

/// The module and the name that the type is used by.
pub(super) fn import(scalar: Scalar) -> Option<(&'static str, &'static str)> {
    Some(match scalar {
        Scalar::Secret => (RUNTIME, "Secret"),
        Scalar::Uuid => ("clientwright_runtime::uuid", "Uuid"),
        Scalar::DateTime(Jiff) => ("clientwright_runtime::jiff", "Timestamp"),
        Scalar::Date(Jiff) => ("clientwright_runtime::jiff::civil", "Date"),
        Scalar::Time(Jiff) | Scalar::Duration => (RUNTIME, "jiff"),
        Scalar::DateTime(Chrono) | Scalar::Date(Chrono) | Scalar::Time(Chrono) => (RUNTIME, "chrono"),
        Scalar::DateTime(Time) | Scalar::Date(Time) | Scalar::Time(Time) => (RUNTIME, "time"),
        Scalar::Base64 => (RUNTIME, "Base64"),
        Scalar::Base64Url => (RUNTIME, "Base64Url"),
        Scalar::Decimal => (RUNTIME, "rust_decimal"),
        Scalar::Bool
        | Scalar::I8
        | Scalar::I16
        | Scalar::I32
        | Scalar::I64
        | Scalar::U8
        | Scalar::U16
        | Scalar::U32
        | Scalar::U64
        | Scalar::F32
        | Scalar::F64
        | Scalar::Number
        | Scalar::String
        | Scalar::Ipv4
        | Scalar::Ipv6 => return None,
    })
}

pub(super) fn is_copy(scalar: Scalar) -> bool {
    !matches!(scalar, Scalar::Number | Scalar::String | Scalar::Secret | Scalar::Base64 | Scalar::Base64Url)
}

/// An expression of the type, for an example. Text comes as `&str`.
pub(super) fn example(scalar: Scalar, given: Option<&serde_json::Value>, name: &str) -> Option<String> {
    let text = given.and_then(serde_json::Value::as_str);
    match scalar.nature() {
        Nature::Boolean => return Some(given.and_then(serde_json::Value::as_bool).unwrap_or(true).to_string()),
        Nature::Integer(_, greatest) => {
            let given = given.and_then(serde_json::Value::as_u64);
            return Some(given.filter(|value| i128::from(*value) <= greatest).unwrap_or(1).to_string());
        }
        Nature::Float => {
            let given = given.and_then(serde_json::Value::as_f64).filter(|value| value.abs() < 1e9);
            return Some(format!("{:?}", given.unwrap_or(1.0)));
        }
        Nature::Digits => return Some("1.into()".to_owned()),
        Nature::Text => return Some(literal(text.unwrap_or(name))),
        Nature::Formed => {}
    }
    formed_example(scalar, text)
}

fn formed_example(scalar: Scalar, given: Option<&str>) -> Option<String> {
    let is_uuid = |text: &&str| text.len() == 36 && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit());
    Some(match scalar {
        Scalar::Secret => "\"secret\".into()".to_owned(),
        Scalar::Uuid => {
            format!("{}.parse()?", literal(given.filter(is_uuid).unwrap_or("3fa85f64-5717-4562-b3fc-2c963f66afa6")))
        }
        Scalar::DateTime(Jiff | Chrono) => "\"2026-01-31T12:00:00Z\".parse()?".to_owned(),
        Scalar::Date(Jiff | Chrono) => "\"2026-01-31\".parse()?".to_owned(),
        Scalar::Time(Jiff | Chrono) => "\"12:00:00\".parse()?".to_owned(),
        Scalar::Decimal => "\"9.99\".parse()?".to_owned(),
        Scalar::Ipv4 => "\"192.0.2.1\".parse()?".to_owned(),
        Scalar::Ipv6 => "\"2001:db8::1\".parse()?".to_owned(),
        Scalar::Bool
        | Scalar::I8
        | Scalar::I16
        | Scalar::I32
        | Scalar::I64
        | Scalar::U8
        | Scalar::U16
        | Scalar::U32
        | Scalar::U64
        | Scalar::F32
        | Scalar::F64
        | Scalar::Number
        | Scalar::String
        | Scalar::DateTime(Time)
        | Scalar::Date(Time)
        | Scalar::Time(Time)
        | Scalar::Duration
        | Scalar::Base64
        | Scalar::Base64Url => return None,
    })
}
