//! Schemas as they stand, without the generator's view of them: what judges the generator must not come from it.

use serde_json::{Map, Value};

use crate::load::Documents;
use crate::pointer::Pointer;
use crate::verify::formats;

/// A schema's keywords.
pub(super) type Keywords = Map<String, Value>;

/// More references in a row are a circle.
const LONGEST_WAY: usize = 64;

/// All schemas of a description.
#[derive(Clone, Copy)]
pub(super) struct Schemas<'a> {
    pub(super) documents: &'a Documents,
}

impl<'a> Schemas<'a> {
    /// The keywords at the end of a schema's references.
    pub(super) fn follow(self, schema: &'a Value) -> Option<&'a Keywords> {
        let mut node = schema;
        for _ in 0..LONGEST_WAY {
            match reference(node) {
                Some(reference) => node = self.documents.node(&Pointer::parse(reference))?,
                None => return node.as_object(),
            }
        }
        None
    }
}

/// What a schema refers to, if it is a reference.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()
}

/// The schemas in a list.
pub(super) fn list<'a>(schema: &'a Keywords, keyword: &str) -> &'a [Value] {
    schema.get(keyword).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The branches of a schema's `oneOf` and `anyOf`, a list for each that is there.
pub(super) fn unions(schema: &Keywords) -> impl Iterator<Item = &[Value]> {
    ["oneOf", "anyOf"].into_iter().map(|keyword| list(schema, keyword)).filter(|branches| !branches.is_empty())
}

/// A schema's properties.
pub(super) fn properties(schema: &Keywords) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

/// The names of a schema's required properties.
pub(super) fn required(schema: &Keywords) -> impl Iterator<Item = &str> {
    list(schema, "required").iter().filter_map(Value::as_str)
}

/// Whether a keyword is `true`.
pub(super) fn says(schema: &Keywords, keyword: &str) -> bool {
    schema.get(keyword) == Some(&Value::Bool(true))
}

/// A keyword's text.
pub(super) fn text<'a>(schema: &'a Keywords, keyword: &str) -> Option<&'a str> {
    schema.get(keyword)?.as_str()
}

/// A keyword's count.
pub(super) fn count(schema: &Keywords, keyword: &str) -> Option<usize> {
    schema.get(keyword)?.as_u64()?.try_into().ok()
}

/// A keyword's number.
pub(super) fn number(schema: &Keywords, keyword: &str) -> Option<f64> {
    schema.get(keyword)?.as_f64()
}

/// Keywords that say something of values of one type alone, by their type.
const TELLING: &[(&str, &[&str])] = &[
    ("object", &["properties", "additionalProperties"]),
    ("array", &["items"]),
    ("number", &["minimum", "maximum", "multipleOf"]),
    ("string", &["minLength", "maxLength", "pattern"]),
];

/// The type that a schema names, or implies by what it says of values of one type.
pub(super) fn type_of(schema: &Keywords) -> Option<&str> {
    let says_of =
        |ty: &str| TELLING.iter().any(|(of, keys)| *of == ty && keys.iter().any(|key| schema.contains_key(*key)));
    let by_format = || text(schema, "format").and_then(formats::type_of_numbers);
    let of = |ty: &'static str| says_of(ty).then_some(ty);
    let implied = || of("object").or_else(|| of("array")).or_else(by_format).or_else(|| of("number"));
    text(schema, "type").or_else(implied).or_else(|| of("string"))
}

/// The branches of a union that have one of the values of its discriminator, each with its values: those that the
/// mapping gives it, else the constant that it declares, else its name.
pub(super) fn tags<'a>(
    schemas: Schemas<'a>,
    union: &'a Keywords,
    branch: &'a Value,
) -> Option<(&'a str, Vec<&'a str>)> {
    let discriminator = union.get("discriminator")?.as_object()?;
    let property = text(discriminator, "propertyName")?;
    let name = reference(branch).map(|reference| reference.rsplit('/').next().unwrap_or(reference));
    let is_this = |to: &str| {
        reference(branch) == Some(to)
            || name == Some(to)
            || reference(branch).is_some_and(|reference| same(reference, to))
    };
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let mapped = mapping.into_iter().flatten().filter(|(_, to)| to.as_str().is_some_and(is_this));
    let mapped: Vec<&str> = mapped.map(|(tag, _)| tag.as_str()).collect();
    if !mapped.is_empty() {
        return Some((property, mapped));
    }
    let constants = schemas.constants(branch, property, 0);
    Some((property, if constants.len() == 1 { constants } else { name.into_iter().collect() }))
}

/// The property that tells which of the schemas that extend this one a value is.
pub(super) fn told_by(base: &Keywords) -> Option<&str> {
    let discriminator = base.get("discriminator").filter(|_| unions(base).next().is_none())?;
    text(discriminator.as_object()?, "propertyName")
}

/// The values that a base's mapping has for a component.
pub(super) fn mapped<'a>(base: &'a Keywords, name: &str) -> Option<&'a str> {
    let mapping = base.get("discriminator")?.get("mapping")?.as_object()?;
    let is_this = |to: &str| to.rsplit('/').next() == Some(name);
    mapping.iter().find(|(_, to)| to.as_str().is_some_and(is_this)).map(|(tag, _)| tag.as_str())
}

/// Whether a mapping's text, which no one has made absolute, names the same schema as a reference.
fn same(reference: &str, to: &str) -> bool {
    let fragment = |text: &str| text.split_once('#').map(|(_, fragment)| fragment.to_owned());
    fragment(to).is_some_and(|to| fragment(reference) == Some(to))
}

impl<'a> Schemas<'a> {
    /// The values that a schema lists for a property.
    fn constants(self, schema: &'a Value, property: &str, depth: usize) -> Vec<&'a str> {
        let Some(keywords) = self.follow(schema).filter(|_| depth < 8) else { return Vec::new() };
        let declared = properties(keywords).find(|(key, _)| *key == property).and_then(|(_, node)| self.follow(node));
        let values = declared.map(|node| list(node, "enum")).unwrap_or_default();
        if !values.is_empty() {
            return values.iter().filter_map(Value::as_str).collect();
        }
        list(keywords, "allOf").iter().flat_map(|member| self.constants(member, property, depth + 1)).collect()
    }

    /// Whether a schema, or a member of its `allOf`, declares a property.
    pub(super) fn declares(self, schema: &'a Value, property: &str, depth: usize) -> bool {
        let Some(keywords) = self.follow(schema).filter(|_| depth < 16) else { return false };
        properties(keywords).any(|(key, _)| key == property)
            || list(keywords, "allOf").iter().any(|member| self.declares(member, property, depth + 1))
    }

    /// Whether a value of a base's property names a component that extends it; any does where none extends it.
    pub(super) fn names_extension(self, base: &'a Keywords, tag: Option<&str>) -> bool {
        let components = Pointer::root().join_all(&["components", "schemas"]);
        let Some(all) = self.documents.node(&components).and_then(Value::as_object) else { return true };
        let extends = |node: &'a Value| self.extends(node, base, 0);
        let has_mapping = base.get("discriminator").is_some_and(|discriminator| discriminator.get("mapping").is_some());
        if !has_mapping && !all.values().any(extends) {
            return true;
        }
        let Some(tag) = tag else { return false };
        let is_mapped = || base.get("discriminator")?.get("mapping")?.get(tag);
        is_mapped().is_some() || all.get(tag).is_some_and(extends)
    }

    /// The component that a value of a base's property names.
    pub(super) fn extension(self, base: &'a Keywords, tag: &str) -> Option<&'a Value> {
        let components = Pointer::root().join_all(&["components", "schemas"]);
        let mapped = || base.get("discriminator")?.get("mapping")?.get(tag)?.as_str()?.rsplit('/').next();
        let component = self.documents.node(&components.join(mapped().unwrap_or(tag)))?;
        self.extends(component, base, 0).then_some(component)
    }

    fn extends(self, schema: &'a Value, base: &Keywords, depth: usize) -> bool {
        let Some(keywords) = self.follow(schema).filter(|_| depth < 16) else { return false };
        let is_base = |member: &'a Value| self.follow(member).is_some_and(|member| std::ptr::eq(member, base));
        list(keywords, "allOf").iter().any(|member| is_base(member) || self.extends(member, base, depth + 1))
    }
}
