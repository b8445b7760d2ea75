//! Formats: which scalar a type with a format is.

use crate::ir::Scalar;

/// `type`, `format`, and the scalar. A format that is not here is text for people.
const FORMATS: &[(&str, &str, Scalar)] = &[
    ("string", "uuid", Scalar::Uuid),
    ("string", "date-time", Scalar::DateTime),
    ("string", "date", Scalar::Date),
    ("string", "byte", Scalar::Base64),
    ("string", "password", Scalar::Secret),
    ("integer", "int32", Scalar::I32),
    ("integer", "int64", Scalar::I64),
    ("integer", "uint32", Scalar::U32),
    ("integer", "uint64", Scalar::U64),
    ("number", "float", Scalar::F32),
    ("number", "double", Scalar::F64),
];

/// Text formats that have no type of their own, so that nothing is changed on the way.
const TEXT: &[&str] = &["binary", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "url"];

pub(super) fn scalar(ty: &str, format: Option<&str>) -> Scalar {
    let known = FORMATS.iter().find(|(of, name, _)| *of == ty && Some(*name) == format);
    known.map_or_else(|| plain(ty), |(_, _, scalar)| *scalar)
}

fn plain(ty: &str) -> Scalar {
    match ty {
        "integer" => Scalar::I64,
        "number" => Scalar::F64,
        "boolean" => Scalar::Bool,
        _ => Scalar::String,
    }
}

/// The type that a format without one implies.
pub(super) fn type_of_format(format: &str) -> Option<&'static str> {
    let known = FORMATS.iter().find(|(_, name, _)| *name == format).map(|(ty, _, _)| *ty);
    known.or_else(|| TEXT.contains(&format).then_some("string"))
}

/// Whether the format says more than the scalar's type does.
pub(super) fn is_telling(format: &str) -> bool {
    !FORMATS.iter().any(|(_, name, _)| *name == format)
}
