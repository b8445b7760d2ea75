//! Schemas whose keywords are those of their type.

use std::str::FromStr;

use openapiv3 as oas;
use serde_json::Value;

use crate::load::typing::{list, map, reference_or, serde, some, text};

pub(super) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

/// A schema within something else, which is not left to serde for its sake.
pub(super) fn any_schema(node: &Value) -> Option<oas::Schema> {
    schema(node).or_else(|| serde(node))
}

pub(super) fn schema(node: &Value) -> Option<oas::Schema> {
    let mut data = oas::SchemaData::default();
    let mut ty = None;
    let mut keywords = Keywords::new();
    for (key, value) in node.as_object()? {
        match key.as_str() {
            "type" => ty = Some(value.as_str()?),
            "nullable" => data.nullable = value.as_bool()?,
            "readOnly" => data.read_only = value.as_bool()?,
            "writeOnly" => data.write_only = value.as_bool()?,
            "deprecated" => data.deprecated = value.as_bool()?,
            "externalDocs" => data.external_docs = Some(serde(value)?),
            "example" => data.example = Some(some(value)?),
            "title" => data.title = Some(text(value)?),
            "description" => data.description = Some(text(value)?),
            "discriminator" => data.discriminator = Some(serde(value)?),
            "default" => data.default = Some(some(value)?),
            "pattern"
            | "multipleOf"
            | "exclusiveMinimum"
            | "exclusiveMaximum"
            | "minimum"
            | "maximum"
            | "properties"
            | "required"
            | "additionalProperties"
            | "minProperties"
            | "maxProperties"
            | "items"
            | "minItems"
            | "maxItems"
            | "uniqueItems"
            | "enum"
            | "format"
            | "minLength"
            | "maxLength"
            | "oneOf"
            | "allOf"
            | "anyOf"
            | "not" => keywords.push((key, value)),
            _ if is_extension(key) => drop(data.extensions.insert(key.clone(), value.clone())),
            _ => {}
        }
    }
    Some(oas::Schema { schema_data: data, schema_kind: kind(ty, &keywords)? })
}

type Keywords<'a> = Vec<(&'a str, &'a Value)>;

/// A type with nothing but its own keywords, or none with nothing but branches.
fn kind(ty: Option<&str>, keywords: &Keywords<'_>) -> Option<oas::SchemaKind> {
    Some(oas::SchemaKind::Type(match ty {
        Some("string") => oas::Type::String(string(keywords)?),
        Some("number") => oas::Type::Number(number(keywords)?),
        Some("integer") => oas::Type::Integer(integer(keywords)?),
        Some("object") => oas::Type::Object(object(keywords)?),
        Some("array") => oas::Type::Array(array(keywords)?),
        Some("boolean") if keywords.is_empty() => oas::Type::Boolean(oas::BooleanType::default()),
        Some(_) => return None,
        None => return branches(keywords),
    }))
}

fn branches(keywords: &Keywords<'_>) -> Option<oas::SchemaKind> {
    let [(key, value)] = keywords.as_slice() else {
        return keywords.is_empty().then(|| oas::SchemaKind::Any(oas::AnySchema::default()));
    };
    let branches = list(value, |branch| reference_or(branch, any_schema));
    Some(match *key {
        "oneOf" => oas::SchemaKind::OneOf { one_of: branches? },
        "allOf" => oas::SchemaKind::AllOf { all_of: branches? },
        "anyOf" => oas::SchemaKind::AnyOf { any_of: branches? },
        _ => return None,
    })
}

fn boxed(node: &Value) -> Option<oas::ReferenceOr<Box<oas::Schema>>> {
    reference_or(node, |node| any_schema(node).map(Box::new))
}

fn object(keywords: &Keywords<'_>) -> Option<oas::ObjectType> {
    let mut object = oas::ObjectType::default();
    for (key, value) in keywords {
        match *key {
            "properties" => object.properties = map(value, boxed)?,
            "required" => object.required = list(value, text)?,
            "additionalProperties" => {
                object.additional_properties = Some(match value.as_bool() {
                    Some(any) => oas::AdditionalProperties::Any(any),
                    None => oas::AdditionalProperties::Schema(Box::new(reference_or(value, any_schema)?)),
                });
            }
            "minProperties" => object.min_properties = Some(count(value)?),
            "maxProperties" => object.max_properties = Some(count(value)?),
            _ => return None,
        }
    }
    Some(object)
}

fn array(keywords: &Keywords<'_>) -> Option<oas::ArrayType> {
    let mut array = oas::ArrayType { items: None, min_items: None, max_items: None, unique_items: false };
    for (key, value) in keywords {
        match *key {
            "items" => array.items = Some(boxed(value)?),
            "minItems" => array.min_items = Some(count(value)?),
            "maxItems" => array.max_items = Some(count(value)?),
            "uniqueItems" => array.unique_items = value.as_bool()?,
            _ => return None,
        }
    }
    Some(array)
}

fn string(keywords: &Keywords<'_>) -> Option<oas::StringType> {
    let mut string = oas::StringType::default();
    for (key, value) in keywords {
        match *key {
            "format" => string.format = format(value)?,
            "pattern" => string.pattern = Some(text(value)?),
            "enum" => string.enumeration = list(value, |value| text(value).map(Some))?,
            "minLength" => string.min_length = Some(count(value)?),
            "maxLength" => string.max_length = Some(count(value)?),
            _ => return None,
        }
    }
    Some(string)
}

fn number(keywords: &Keywords<'_>) -> Option<oas::NumberType> {
    let mut number = oas::NumberType::default();
    for (key, value) in keywords {
        match *key {
            "format" => number.format = format(value)?,
            "multipleOf" => number.multiple_of = Some(value.as_f64()?),
            "exclusiveMinimum" => number.exclusive_minimum = value.as_bool()?,
            "exclusiveMaximum" => number.exclusive_maximum = value.as_bool()?,
            "minimum" => number.minimum = Some(value.as_f64()?),
            "maximum" => number.maximum = Some(value.as_f64()?),
            _ => return None,
        }
    }
    Some(number)
}

fn integer(keywords: &Keywords<'_>) -> Option<oas::IntegerType> {
    let mut integer = oas::IntegerType::default();
    for (key, value) in keywords {
        match *key {
            "format" => integer.format = format(value)?,
            "multipleOf" => integer.multiple_of = Some(value.as_i64()?),
            "exclusiveMinimum" => integer.exclusive_minimum = value.as_bool()?,
            "exclusiveMaximum" => integer.exclusive_maximum = value.as_bool()?,
            "minimum" => integer.minimum = Some(value.as_i64()?),
            "maximum" => integer.maximum = Some(value.as_i64()?),
            "enum" => integer.enumeration = list(value, |value| value.as_i64().map(Some))?,
            _ => return None,
        }
    }
    Some(integer)
}

fn format<T: FromStr>(node: &Value) -> Option<oas::VariantOrUnknownOrEmpty<T>> {
    text(node).map(|format| Some(format).into())
}

fn count(node: &Value) -> Option<usize> {
    usize::try_from(node.as_u64()?).ok()
}

#[cfg(test)]
mod tests {
    use openapiv3::Schema;
    use serde::Deserialize as _;
    use serde_json::json;

    use crate::load::typing::Typed as _;

    #[test]
    fn what_is_usual_is_read_as_serde_reads_it() {
        let usual = [
            json!({}),
            json!({"description": "d", "title": "t", "deprecated": true, "x-a": [1], "unknown": 1, "example": {"a": 1}}),
            json!({"type": "string", "format": "date-time", "pattern": "a", "enum": ["a", "b"], "minLength": 1}),
            json!({"type": "string", "format": "odd", "maxLength": 3, "nullable": true, "default": "a"}),
            json!({"type": "number", "format": "double", "minimum": 1, "maximum": 2.5, "exclusiveMaximum": true}),
            json!({"type": "integer", "format": "int64", "minimum": -1, "multipleOf": 2, "enum": [1, 2]}),
            json!({"type": "boolean", "readOnly": true}),
            json!({"type": "array", "items": {"$ref": "#/a"}, "minItems": 1, "maxItems": 2, "uniqueItems": true}),
            json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"$ref": "#/b"}}, "required": ["a"]}),
            json!({"type": "object", "additionalProperties": false, "minProperties": 1, "maxProperties": 2}),
            json!({"type": "object", "additionalProperties": {"type": "array", "items": {}}, "writeOnly": true}),
            json!({"type": "array", "items": {"type": "string", "minimum": 1}}),
            json!({"oneOf": [{"$ref": "#/a"}, {"type": "boolean"}], "discriminator": {"propertyName": "p"}}),
            json!({"allOf": [{"$ref": "#/a"}, {"anyOf": [{}]}], "externalDocs": {"url": "u"}}),
        ];
        for node in usual {
            assert_eq!(Schema::read(&node), Some(Schema::deserialize(&node).unwrap()), "{node}");
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_serde() {
        let unusual = [
            json!(true),
            json!({"type": "string", "minimum": 1}),
            json!({"type": "file"}),
            json!({"type": "integer", "minimum": 0.5}),
            json!({"type": "array", "items": {"nullable": 1}}),
            json!({"type": "string", "enum": [null]}),
            json!({"nullable": "yes"}),
            json!({"example": null}),
            json!({"properties": {}}),
            json!({"oneOf": [], "anyOf": []}),
        ];
        for node in unusual {
            assert_eq!(Schema::read(&node), None, "{node}");
        }
    }
}
