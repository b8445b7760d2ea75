//! Typing: from a node to the typed model, without a detour where the node is written as usual.
//!
//! serde reads what the model flattens, or does not tag, by way of buffers, one inside another, level by level: two
//! thirds of the time for a description of many schemas. So these are read here; a node with anything unusual in it is
//! left to serde, which also says what is wrong with it.

mod schema;

use indexmap::IndexMap;
use openapiv3 as oas;
use serde::de::DeserializeOwned;
use serde_json::Value;

use schema::{any_schema, is_extension};

/// What a node can be.
pub(crate) trait Typed: DeserializeOwned {
    /// The node with its type; `None` where serde must have a look.
    fn read(_: &Value) -> Option<Self> {
        None
    }
}

impl Typed for oas::Operation {}
impl Typed for oas::Server {}
impl Typed for oas::SecurityRequirement {}
impl Typed for oas::SecurityScheme {}
impl Typed for oas::Header {}

impl Typed for oas::Schema {
    fn read(node: &Value) -> Option<Self> {
        schema::schema(node)
    }
}

impl Typed for oas::RequestBody {
    fn read(node: &Value) -> Option<Self> {
        let mut body = Self::default();
        for (key, value) in node.as_object()? {
            match key.as_str() {
                "description" => body.description = Some(text(value)?),
                "content" => body.content = map(value, media_type)?,
                "required" => body.required = value.as_bool()?,
                _ if is_extension(key) => drop(body.extensions.insert(key.clone(), value.clone())),
                _ => {}
            }
        }
        Some(body)
    }
}

impl Typed for oas::Response {
    fn read(node: &Value) -> Option<Self> {
        let mut response = Self { description: text(node.get("description")?)?, ..Self::default() };
        for (key, value) in node.as_object()? {
            match key.as_str() {
                "headers" => response.headers = map(value, |header| reference_or(header, serde))?,
                "content" => response.content = map(value, media_type)?,
                "links" => response.links = serde(value)?,
                _ if is_extension(key) => drop(response.extensions.insert(key.clone(), value.clone())),
                _ => {}
            }
        }
        Some(response)
    }
}

impl Typed for oas::Parameter {
    fn read(node: &Value) -> Option<Self> {
        let place = node.get("in")?.as_str()?;
        let schema = reference_or(node.get("schema")?, any_schema)?;
        let mut parameter_data = oas::ParameterData {
            name: text(node.get("name")?)?,
            description: None,
            required: false,
            deprecated: None,
            format: oas::ParameterSchemaOrContent::Schema(schema),
            example: None,
            examples: IndexMap::new(),
            explode: None,
            extensions: IndexMap::new(),
        };
        for (key, value) in node.as_object()? {
            match key.as_str() {
                "description" => parameter_data.description = Some(text(value)?),
                "required" => parameter_data.required = value.as_bool()?,
                "deprecated" => parameter_data.deprecated = Some(value.as_bool()?),
                "example" => parameter_data.example = Some(some(value)?),
                "explode" => parameter_data.explode = Some(value.as_bool()?),
                "examples" => parameter_data.examples = serde(value)?,
                "content" => return None,
                _ if is_extension(key) => drop(parameter_data.extensions.insert(key.clone(), value.clone())),
                _ => {}
            }
        }
        Some(match place {
            "query" => Self::Query {
                parameter_data,
                allow_reserved: node.get("allowReserved").map_or(Some(false), Value::as_bool)?,
                style: style(node)?,
                allow_empty_value: node
                    .get("allowEmptyValue")
                    .map(|value| value.as_bool().ok_or(()))
                    .transpose()
                    .ok()?,
            },
            "header" => Self::Header { parameter_data, style: style(node)? },
            "path" => Self::Path { parameter_data, style: style(node)? },
            "cookie" => Self::Cookie { parameter_data, style: style(node)? },
            _ => return None,
        })
    }
}

fn style<T: DeserializeOwned + Default>(node: &Value) -> Option<T> {
    node.get("style").map_or_else(|| Some(T::default()), serde)
}

/// Without examples and extensions, which are of no use.
fn media_type(node: &Value) -> Option<oas::MediaType> {
    let mut media_type = oas::MediaType::default();
    for (key, value) in node.as_object()? {
        match key.as_str() {
            "schema" => media_type.schema = Some(reference_or(value, any_schema)?),
            "encoding" => media_type.encoding = serde(value)?,
            "examples" if !value.is_object() => return None,
            _ => {}
        }
    }
    Some(media_type)
}

fn serde<T: DeserializeOwned>(node: &Value) -> Option<T> {
    T::deserialize(node).ok()
}

/// A reference, or what stands in its place; one with siblings is not usual.
fn reference_or<T>(node: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<oas::ReferenceOr<T>> {
    match node.get("$ref") {
        Some(Value::String(reference)) => Some(oas::ReferenceOr::ref_(reference)),
        Some(_) => None,
        None => read(node).map(oas::ReferenceOr::Item),
    }
}

fn map<T>(node: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<IndexMap<String, T>> {
    let entries = node.as_object()?;
    let mut map = IndexMap::with_capacity(entries.len());
    for (key, value) in entries {
        map.insert(key.clone(), read(value)?);
    }
    Some(map)
}

fn list<T>(node: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    node.as_array()?.iter().map(read).collect()
}

fn text(node: &Value) -> Option<String> {
    node.as_str().map(str::to_owned)
}

/// A value that is there: serde reads null as none.
fn some(node: &Value) -> Option<Value> {
    (!node.is_null()).then(|| node.clone())
}
