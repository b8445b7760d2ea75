//! `View`: one schema with every keyword at hand, whichever form the typed model gave it.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3 as oas;
use serde_json::Value;

use crate::ir::{Bound, Rule};
use crate::pointer::Pointer;

pub(super) type Properties = IndexMap<String, oas::ReferenceOr<Box<oas::Schema>>>;
type Branches<'a> = &'a [oas::ReferenceOr<oas::Schema>];

/// A schema's keywords. The destructuring in this file is what holds that each one is lowered or reported.
#[derive(Clone)]
pub(super) struct View<'a> {
    pub(super) at: Pointer,
    pub(super) schema: &'a oas::Schema,
    pub(super) data: &'a oas::SchemaData,
    pub(super) ty: Option<&'a str>,
    pub(super) format: Option<Cow<'a, str>>,
    pub(super) properties: Option<&'a Properties>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a oas::AdditionalProperties>,
    pub(super) items: Option<&'a oas::ReferenceOr<Box<oas::Schema>>>,
    pub(super) enumeration: Vec<Value>,
    pub(super) one_of: Branches<'a>,
    pub(super) any_of: Branches<'a>,
    pub(super) all_of: Branches<'a>,
    pub(super) not: bool,
    /// The constraints, each with its keyword.
    pub(super) rules: Vec<(&'static str, Rule)>,
}

impl<'a> View<'a> {
    pub(super) fn new(at: Pointer, schema: &'a oas::Schema) -> Self {
        let oas::Schema { schema_data, schema_kind } = schema;
        let empty = Self::empty(at, schema, schema_data);
        match schema_kind {
            oas::SchemaKind::Type(oas::Type::String(ty)) => empty.with_string(ty),
            oas::SchemaKind::Type(oas::Type::Number(ty)) => empty.with_number(ty),
            oas::SchemaKind::Type(oas::Type::Integer(ty)) => empty.with_integer(ty),
            oas::SchemaKind::Type(oas::Type::Boolean(oas::BooleanType { enumeration })) => {
                Self { ty: Some("boolean"), enumeration: values(enumeration), ..empty }
            }
            oas::SchemaKind::Type(oas::Type::Object(ty)) => empty.with_object(ty),
            oas::SchemaKind::Type(oas::Type::Array(ty)) => empty.with_array(ty),
            oas::SchemaKind::OneOf { one_of } => Self { one_of, ..empty },
            oas::SchemaKind::AllOf { all_of } => Self { all_of, ..empty },
            oas::SchemaKind::AnyOf { any_of } => Self { any_of, ..empty },
            oas::SchemaKind::Not { not: _ } => Self { not: true, ..empty },
            oas::SchemaKind::Any(any) => empty.with_any(any),
        }
    }

    fn empty(at: Pointer, schema: &'a oas::Schema, data: &'a oas::SchemaData) -> Self {
        Self {
            at,
            schema,
            data,
            ty: None,
            format: None,
            properties: None,
            required: &[],
            additional: None,
            items: None,
            enumeration: Vec::new(),
            one_of: &[],
            any_of: &[],
            all_of: &[],
            not: false,
            rules: Vec::new(),
        }
    }

    /// Whether the schema says nothing that a type could hold.
    pub(super) fn is_blank(&self) -> bool {
        self.ty.is_none()
            && self.properties.is_none_or(IndexMap::is_empty)
            && self.required.is_empty()
            && self.additional.is_none()
            && self.items.is_none()
            && self.enumeration.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
            && self.all_of.is_empty()
            && self.rules.is_empty()
            && self.format.is_none()
            && !self.not
    }

    /// The branches of its `oneOf` or `anyOf`, with the keyword.
    pub(super) fn union(&self) -> Option<(&'static str, Branches<'a>)> {
        if self.one_of.is_empty() {
            Some(("anyOf", self.any_of)).filter(|(_, branches)| !branches.is_empty())
        } else {
            Some(("oneOf", self.one_of))
        }
    }

    fn with_string(self, ty: &'a oas::StringType) -> Self {
        let oas::StringType { format, pattern, enumeration, min_length, max_length } = ty;
        let format = match format {
            oas::VariantOrUnknownOrEmpty::Item(oas::StringFormat::Date) => Some(Cow::Borrowed("date")),
            oas::VariantOrUnknownOrEmpty::Item(oas::StringFormat::DateTime) => Some(Cow::Borrowed("date-time")),
            oas::VariantOrUnknownOrEmpty::Item(oas::StringFormat::Password) => Some(Cow::Borrowed("password")),
            oas::VariantOrUnknownOrEmpty::Item(oas::StringFormat::Byte) => Some(Cow::Borrowed("byte")),
            oas::VariantOrUnknownOrEmpty::Item(oas::StringFormat::Binary) => Some(Cow::Borrowed("binary")),
            oas::VariantOrUnknownOrEmpty::Unknown(format) => Some(Cow::Borrowed(format.as_str())),
            oas::VariantOrUnknownOrEmpty::Empty => None,
        };
        let rules = text_rules(*min_length, *max_length, pattern.as_deref());
        Self { ty: Some("string"), format, enumeration: values(enumeration), rules, ..self }
    }

    fn with_number(self, ty: &'a oas::NumberType) -> Self {
        let oas::NumberType {
            format,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration,
        } = ty;
        let format = match format {
            oas::VariantOrUnknownOrEmpty::Item(oas::NumberFormat::Float) => Some(Cow::Borrowed("float")),
            oas::VariantOrUnknownOrEmpty::Item(oas::NumberFormat::Double) => Some(Cow::Borrowed("double")),
            oas::VariantOrUnknownOrEmpty::Unknown(format) => Some(Cow::Borrowed(format.as_str())),
            oas::VariantOrUnknownOrEmpty::Empty => None,
        };
        let rules = range_rules(
            (minimum.map(Bound::Float), *exclusive_minimum),
            (maximum.map(Bound::Float), *exclusive_maximum),
            multiple_of.map(Bound::Float),
        );
        Self { ty: Some("number"), format, enumeration: values(enumeration), rules, ..self }
    }

    fn with_integer(self, ty: &'a oas::IntegerType) -> Self {
        let oas::IntegerType {
            format,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration,
        } = ty;
        let format = match format {
            oas::VariantOrUnknownOrEmpty::Item(oas::IntegerFormat::Int32) => Some(Cow::Borrowed("int32")),
            oas::VariantOrUnknownOrEmpty::Item(oas::IntegerFormat::Int64) => Some(Cow::Borrowed("int64")),
            oas::VariantOrUnknownOrEmpty::Unknown(format) => Some(Cow::Borrowed(format.as_str())),
            oas::VariantOrUnknownOrEmpty::Empty => None,
        };
        let exact = |bound: &Option<i64>| bound.map(Bound::Integer);
        let rules =
            range_rules((exact(minimum), *exclusive_minimum), (exact(maximum), *exclusive_maximum), exact(multiple_of));
        Self { ty: Some("integer"), format, enumeration: values(enumeration), rules, ..self }
    }

    fn with_object(self, ty: &'a oas::ObjectType) -> Self {
        let oas::ObjectType { properties, required, additional_properties, min_properties, max_properties } = ty;
        Self {
            ty: Some("object"),
            properties: Some(properties),
            required,
            additional: additional_properties.as_ref(),
            rules: size_rules(*min_properties, *max_properties),
            ..self
        }
    }

    fn with_array(self, ty: &'a oas::ArrayType) -> Self {
        let oas::ArrayType { items, min_items, max_items, unique_items } = ty;
        let rules = list_rules(*min_items, *max_items, *unique_items);
        Self { ty: Some("array"), items: items.as_ref(), rules, ..self }
    }

    fn with_any(self, any: &'a oas::AnySchema) -> Self {
        let oas::AnySchema {
            typ,
            pattern,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            properties,
            required,
            additional_properties,
            min_properties,
            max_properties,
            items,
            min_items,
            max_items,
            unique_items,
            enumeration,
            format,
            min_length,
            max_length,
            one_of,
            all_of,
            any_of,
            not,
        } = any;
        let mut rules = text_rules(*min_length, *max_length, pattern.as_deref());
        let (low, high) = (exclusive_minimum.unwrap_or_default(), exclusive_maximum.unwrap_or_default());
        rules.extend(range_rules(
            (minimum.map(Bound::Float), low),
            (maximum.map(Bound::Float), high),
            multiple_of.map(Bound::Float),
        ));
        rules.extend(list_rules(*min_items, *max_items, unique_items.unwrap_or_default()));
        rules.extend(size_rules(*min_properties, *max_properties));
        Self {
            ty: typ.as_deref(),
            format: format.as_deref().map(Cow::Borrowed),
            properties: Some(properties).filter(|properties| !properties.is_empty()),
            required,
            additional: additional_properties.as_ref(),
            items: items.as_ref(),
            enumeration: enumeration.clone(),
            one_of,
            any_of,
            all_of,
            not: not.is_some(),
            rules,
            ..self
        }
    }
}

fn values<T: Clone + Into<Value>>(enumeration: &[Option<T>]) -> Vec<Value> {
    enumeration.iter().map(|value| value.clone().map_or(Value::Null, Into::into)).collect()
}

fn text_rules(min: Option<usize>, max: Option<usize>, pattern: Option<&str>) -> Vec<(&'static str, Rule)> {
    let min = min.filter(|min| *min > 0).map(|min| ("minLength", Rule::MinLength(min as u64)));
    let max = max.map(|max| ("maxLength", Rule::MaxLength(max as u64)));
    let pattern = pattern.map(|pattern| ("pattern", Rule::Pattern(pattern.to_owned())));
    [min, max, pattern].into_iter().flatten().collect()
}

fn range_rules(
    (min, min_excluded): (Option<Bound>, bool),
    (max, max_excluded): (Option<Bound>, bool),
    multiple_of: Option<Bound>,
) -> Vec<(&'static str, Rule)> {
    let min = min.map(|min| ("minimum", if min_excluded { Rule::ExclusiveMinimum(min) } else { Rule::Minimum(min) }));
    let max = max.map(|max| ("maximum", if max_excluded { Rule::ExclusiveMaximum(max) } else { Rule::Maximum(max) }));
    let multiple_of = multiple_of.map(|step| ("multipleOf", Rule::MultipleOf(step)));
    [min, max, multiple_of].into_iter().flatten().collect()
}

fn list_rules(min: Option<usize>, max: Option<usize>, unique: bool) -> Vec<(&'static str, Rule)> {
    let min = min.filter(|min| *min > 0).map(|min| ("minItems", Rule::MinItems(min as u64)));
    let max = max.map(|max| ("maxItems", Rule::MaxItems(max as u64)));
    let unique = unique.then_some(("uniqueItems", Rule::UniqueItems));
    [min, max, unique].into_iter().flatten().collect()
}

fn size_rules(min: Option<usize>, max: Option<usize>) -> Vec<(&'static str, Rule)> {
    let min = min.filter(|min| *min > 0).map(|min| ("minProperties", Rule::MinProperties(min as u64)));
    let max = max.map(|max| ("maxProperties", Rule::MaxProperties(max as u64)));
    [min, max].into_iter().flatten().collect()
}
