//! How a parameter's parts are put together and encoded, by OpenAPI's styles.
//!
//! Takes a name and a plain value, gives encoded text. It must not know what a request is.

use std::borrow::Cow;

use crate::parameter::{Flat, ParameterValue};
use crate::percent::{encode, in_query_value, in_segment, is_unreserved, push_encoded, push_repaired};
use crate::value::Value;

/// How a path parameter of several parts is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathStyle {
    /// `a,b` and `x,1,y,2`
    #[default]
    Simple,
    /// `a,b` and `x=1,y=2`
    SimpleExplode,
    /// `.a,b` and `.x,1,y,2`
    Label,
    /// `.a.b` and `.x=1.y=2`
    LabelExplode,
    /// `;name=a,b` and `;name=x,1,y,2`
    Matrix,
    /// `;name=a;name=b` and `;x=1;y=2`
    MatrixExplode,
}

/// How a query parameter of several parts is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueryStyle {
    /// `name=a&name=b` and `x=1&y=2`; what OpenAPI does unless told.
    #[default]
    FormExplode,
    /// `name=a,b` and `name=x,1,y,2`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name[x]=1&name[y]=2`, the brackets encoded.
    DeepObject,
}

/// How a header of several parts is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeaderStyle {
    /// `a,b` and `x,1,y,2`
    #[default]
    Simple,
    /// `a,b` and `x=1,y=2`
    SimpleExplode,
}

/// What becomes of the reserved characters in the value of a query parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reserved {
    /// They are encoded.
    Encoded,
    /// They stay, and so do escapes, but for what would end the value.
    Kept,
}

impl Reserved {
    fn encode(self, text: &str) -> String {
        match self {
            Self::Encoded => encode(text, is_unreserved),
            Self::Kept => {
                let mut out = String::with_capacity(text.len());
                push_repaired(&mut out, text, in_query_value);
                out
            }
        }
    }
}

/// Adds the encoded text of a path parameter.
pub(crate) fn push_path(out: &mut String, name: &str, style: PathStyle, value: &ParameterValue<'_>) {
    let (lead, separator) = match style {
        PathStyle::Simple | PathStyle::SimpleExplode => ("", ","),
        PathStyle::Label => (".", ","),
        PathStyle::LabelExplode => (".", "."),
        PathStyle::Matrix => (";", ","),
        PathStyle::MatrixExplode => (";", ";"),
    };
    let flat = value.flat();
    if let (true, Flat::Text(text)) = (lead.is_empty(), &flat) {
        // One text is alone in its segment, where more characters may stay readable.
        return push_encoded(out, text, in_segment);
    }
    let explode = matches!(style, PathStyle::SimpleExplode | PathStyle::LabelExplode | PathStyle::MatrixExplode);
    let name = encode(name, is_unreserved);
    let part = |text: &str| encode(text, is_unreserved);
    let parts: Vec<String> = match &flat {
        Flat::Text(text) => vec![part(text)],
        Flat::List(items) => items.iter().map(|item| part(item)).collect(),
        Flat::Object(fields) if explode => {
            fields.iter().map(|(name, value)| format!("{}={}", part(name), part(value))).collect()
        }
        Flat::Object(fields) => fields.iter().flat_map(|(name, value)| [part(name), part(value)]).collect(),
    };
    let named = match (style, &flat) {
        (PathStyle::MatrixExplode, Flat::Object(_)) => false,
        (PathStyle::Matrix | PathStyle::MatrixExplode, _) => true,
        _ => false,
    };
    let joined = match (named, explode) {
        (true, true) => parts.iter().map(|part| format!("{name}={part}")).collect::<Vec<_>>(),
        (true, false) => vec![format!("{name}={}", parts.join(separator))],
        (false, _) => parts,
    };
    out.push_str(lead);
    out.push_str(&joined.join(separator));
}

/// Adds a query parameter to an encoded query. A list or object without parts adds nothing.
pub(crate) fn push_query(
    query: &mut String,
    name: &str,
    style: QueryStyle,
    reserved: Reserved,
    value: &ParameterValue<'_>,
) {
    if let (QueryStyle::DeepObject, ParameterValue::Json(value)) = (style, value) {
        return push_deep(query, name, reserved, value);
    }
    let separator = match style {
        QueryStyle::FormExplode | QueryStyle::DeepObject | QueryStyle::Form => ",",
        QueryStyle::SpaceDelimited => "%20",
        QueryStyle::PipeDelimited => "%7C",
    };
    let joined = |parts: Vec<&str>| {
        let parts: Vec<_> = parts.into_iter().map(|part| reserved.encode(part)).collect();
        parts.join(separator)
    };
    let explode = matches!(style, QueryStyle::FormExplode | QueryStyle::DeepObject);
    match value.flat() {
        Flat::Text(text) => push_pair(query, name, &reserved.encode(&text)),
        Flat::List(items) if explode => {
            for (index, item) in items.iter().enumerate() {
                let value = reserved.encode(item);
                if style == QueryStyle::DeepObject {
                    push_pair(query, &format!("{name}[{index}]"), &value);
                } else {
                    push_pair(query, name, &value);
                }
            }
        }
        Flat::List(items) if items.is_empty() => {}
        Flat::List(items) => {
            push_pair(query, name, &joined(items.iter().map(Cow::as_ref).collect()));
        }
        Flat::Object(fields) if explode => {
            for (field, value) in fields {
                let value = reserved.encode(&value);
                if style == QueryStyle::DeepObject {
                    push_pair(query, &format!("{name}[{field}]"), &value);
                } else {
                    push_pair(query, &field, &value);
                }
            }
        }
        Flat::Object(fields) if fields.is_empty() => {}
        Flat::Object(fields) => {
            let parts = fields.iter().flat_map(|(name, value)| [name.as_ref(), value.as_ref()]);
            push_pair(query, name, &joined(parts.collect()));
        }
    }
}

/// `name[a][b]=1` and, of lists, `name[a][0]=1`: OpenAPI leaves depth open, and this is what servers read.
fn push_deep(query: &mut String, name: &str, reserved: Reserved, value: &Value) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                push_deep(query, &format!("{name}[{index}]"), reserved, item);
            }
        }
        Value::Object(fields) => {
            for (field, value) in fields.iter() {
                push_deep(query, &format!("{name}[{field}]"), reserved, value);
            }
        }
        Value::String(text) => push_pair(query, name, &reserved.encode(text)),
        Value::Bool(_) | Value::Number(_) => push_pair(query, name, &reserved.encode(&value.to_string())),
    }
}

/// Adds `name=value`, where the value is encoded already.
pub(crate) fn push_pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    push_encoded(query, name, is_unreserved);
    query.push('=');
    query.push_str(value);
}

/// The plain text of a header: parts joined with commas, the fields of an object as `style` says.
pub(crate) fn header_text(style: HeaderStyle, value: &ParameterValue<'_>) -> String {
    let sign = match style {
        HeaderStyle::Simple => ",",
        HeaderStyle::SimpleExplode => "=",
    };
    match value.flat() {
        Flat::Text(text) => text.into_owned(),
        Flat::List(items) => items.join(","),
        Flat::Object(fields) => {
            let parts: Vec<_> = fields.iter().map(|(name, value)| format!("{name}{sign}{value}")).collect();
            parts.join(",")
        }
    }
}
