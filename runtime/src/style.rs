//! How a parameter's parts are put together and encoded, by OpenAPI's styles.
//!
//! Takes a name and a plain value, gives encoded text. It must not know what a request is.

use std::borrow::Cow;

use crate::parameter::ParameterValue;
use crate::percent::{encode, in_segment, is_unreserved, push_encoded};

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

type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// The encoded text of a path parameter.
pub(crate) fn path_text(name: &str, style: PathStyle, value: &ParameterValue<'_>) -> String {
    let (lead, separator) = match style {
        PathStyle::Simple | PathStyle::SimpleExplode => ("", ","),
        PathStyle::Label => (".", ","),
        PathStyle::LabelExplode => (".", "."),
        PathStyle::Matrix => (";", ","),
        PathStyle::MatrixExplode => (";", ";"),
    };
    let explode = matches!(style, PathStyle::SimpleExplode | PathStyle::LabelExplode | PathStyle::MatrixExplode);
    let name = encode(name, is_unreserved);
    let part = |text: &str| encode(text, is_unreserved);
    let parts: Vec<String> = match value {
        // One text is alone in its segment, where more characters may stay readable.
        ParameterValue::Text(text) if lead.is_empty() => vec![encode(text, in_segment)],
        ParameterValue::Text(text) => vec![part(text)],
        ParameterValue::List(items) => items.iter().map(|item| part(item)).collect(),
        ParameterValue::Object(fields) if explode => {
            fields.iter().map(|(name, value)| format!("{}={}", part(name), part(value))).collect()
        }
        ParameterValue::Object(fields) => fields.iter().flat_map(|(name, value)| [part(name), part(value)]).collect(),
    };
    let named = match (style, value) {
        (PathStyle::MatrixExplode, ParameterValue::Object(_)) => false,
        (PathStyle::Matrix | PathStyle::MatrixExplode, _) => true,
        _ => false,
    };
    let joined = match (named, explode) {
        (true, true) => parts.iter().map(|part| format!("{name}={part}")).collect::<Vec<_>>(),
        (true, false) => vec![format!("{name}={}", parts.join(separator))],
        (false, _) => parts,
    };
    format!("{lead}{}", joined.join(separator))
}

/// Adds a query parameter to an encoded query. A list or object without parts adds nothing.
pub(crate) fn push_query(query: &mut String, name: &str, style: QueryStyle, value: &ParameterValue<'_>) {
    let separator = match style {
        QueryStyle::FormExplode | QueryStyle::DeepObject | QueryStyle::Form => ",",
        QueryStyle::SpaceDelimited => "%20",
        QueryStyle::PipeDelimited => "%7C",
    };
    let joined = |parts: Vec<&str>| {
        let parts: Vec<_> = parts.into_iter().map(|part| encode(part, is_unreserved)).collect();
        parts.join(separator)
    };
    let explode = matches!(style, QueryStyle::FormExplode | QueryStyle::DeepObject);
    match value {
        ParameterValue::Text(text) => push_pair(query, name, &encode(text, is_unreserved)),
        ParameterValue::List(items) if explode => {
            for item in items {
                push_pair(query, name, &encode(item, is_unreserved));
            }
        }
        ParameterValue::List(items) if items.is_empty() => {}
        ParameterValue::List(items) => {
            push_pair(query, name, &joined(items.iter().map(Cow::as_ref).collect()));
        }
        ParameterValue::Object(fields) if explode => {
            for (field, value) in fields {
                let value = encode(value, is_unreserved);
                if style == QueryStyle::DeepObject {
                    push_pair(query, &format!("{name}[{field}]"), &value);
                } else {
                    push_pair(query, field, &value);
                }
            }
        }
        ParameterValue::Object(fields) if fields.is_empty() => {}
        ParameterValue::Object(fields) => {
            let parts = fields.iter().flat_map(|(name, value)| [name.as_ref(), value.as_ref()]);
            push_pair(query, name, &joined(parts.collect()));
        }
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

/// The plain text of a header: parts joined with commas.
pub(crate) fn header_text(value: &ParameterValue<'_>) -> String {
    let pairs = |fields: &Pairs<'_>| {
        let parts: Vec<_> = fields.iter().map(|(name, value)| format!("{name},{value}")).collect();
        parts.join(",")
    };
    match value {
        ParameterValue::Text(text) => text.to_string(),
        ParameterValue::List(items) => items.join(","),
        ParameterValue::Object(fields) => pairs(fields),
    }
}
