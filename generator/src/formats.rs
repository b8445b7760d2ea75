//! Formats: what a value with a `format` becomes, and what else it can become.
//!
//! One table, for whoever reads a description and for whoever reads a configuration. A format that is not in it is text
//! for people: it is documented, and the type's plain scalar stands for it.

use crate::ir::Calendar::{Chrono, Jiff, Time};
use crate::ir::Scalar;

/// A format, and the scalars that can stand for its values.
pub(crate) struct Format {
    /// As the description writes it.
    pub(crate) name: &'static str,
    /// The type that it belongs to.
    pub(crate) ty: &'static str,
    /// What can be chosen, with the word for it; the first is chosen where the configuration says nothing.
    pub(crate) choices: &'static [(&'static str, Scalar)],
}

const fn format(ty: &'static str, name: &'static str, choices: &'static [(&'static str, Scalar)]) -> Format {
    Format { name, ty, choices }
}

const TEXT: (&str, Scalar) = ("text", Scalar::String);
const I64: (&str, Scalar) = ("i64", Scalar::I64);
const F64: (&str, Scalar) = ("f64", Scalar::F64);
/// All digits are kept.
const NUMBER: (&str, Scalar) = ("number", Scalar::Number);

/// Every format with a meaning. Times of day and durations are text unless somebody wants them otherwise: services write
/// them with and without an offset, as `9:30`, as `90s`.
pub(crate) const FORMATS: &[Format] = &[
    format(
        "string",
        "date-time",
        &[
            ("jiff", Scalar::DateTime(Jiff)),
            ("chrono", Scalar::DateTime(Chrono)),
            ("time", Scalar::DateTime(Time)),
            TEXT,
        ],
    ),
    format(
        "string",
        "date",
        &[("jiff", Scalar::Date(Jiff)), ("chrono", Scalar::Date(Chrono)), ("time", Scalar::Date(Time)), TEXT],
    ),
    format(
        "string",
        "time",
        &[TEXT, ("jiff", Scalar::Time(Jiff)), ("chrono", Scalar::Time(Chrono)), ("time", Scalar::Time(Time))],
    ),
    format("string", "duration", &[TEXT, ("jiff", Scalar::Duration)]),
    format("string", "uuid", &[("uuid", Scalar::Uuid), TEXT]),
    format("string", "byte", &[("base64", Scalar::Base64), TEXT]),
    format("string", "base64", &[("base64", Scalar::Base64), TEXT]),
    format("string", "base64url", &[("base64url", Scalar::Base64Url), TEXT]),
    format("string", "password", &[("secret", Scalar::Secret), TEXT]),
    format("string", "decimal", &[TEXT, ("rust_decimal", Scalar::Decimal)]),
    format("string", "ipv4", &[TEXT, ("std", Scalar::Ipv4)]),
    format("string", "ipv6", &[TEXT, ("std", Scalar::Ipv6)]),
    format("string", "binary", &[TEXT]),
    format("string", "email", &[TEXT]),
    format("string", "hostname", &[TEXT]),
    format("string", "uri", &[TEXT]),
    format("string", "uri-reference", &[TEXT]),
    format("string", "url", &[TEXT]),
    format("integer", "int8", &[("i8", Scalar::I8), I64]),
    format("integer", "int16", &[("i16", Scalar::I16), I64]),
    format("integer", "int32", &[("i32", Scalar::I32), I64]),
    format("integer", "int64", &[I64]),
    format("integer", "uint8", &[("u8", Scalar::U8), I64]),
    format("integer", "uint16", &[("u16", Scalar::U16), I64]),
    format("integer", "uint32", &[("u32", Scalar::U32), I64]),
    format("integer", "uint64", &[("u64", Scalar::U64), I64]),
    format("integer", "uint", &[("u64", Scalar::U64), I64]),
    format("number", "float", &[("f32", Scalar::F32), F64, NUMBER]),
    format("number", "double", &[F64, NUMBER]),
    format("number", "decimal", &[F64, NUMBER]),
];

/// What stands for a type whose format says nothing.
pub(crate) fn plain(ty: &str) -> Scalar {
    match ty {
        "integer" => Scalar::I64,
        "number" => Scalar::F64,
        "boolean" => Scalar::Bool,
        _ => Scalar::String,
    }
}

/// The words that are also features of the run time, since the types come from a crate of this name.
#[cfg(feature = "cli")]
const FEATURES: &[&str] = &["chrono", "rust_decimal", "time"];

/// The features of the run time that a configuration's choices need.
#[cfg(feature = "cli")]
pub(crate) fn features(choices: &[crate::config::FormatChoice]) -> Vec<&'static str> {
    let is_chosen = |feature: &&str| choices.iter().any(|choice| choice.choice == **feature);
    FEATURES.iter().copied().filter(is_chosen).collect()
}
