//! Whether a JSON value fits its schema: the check that tells a description's mistakes from ours.
//!
//! It reads schemas as people write them, where that is laxer than JSON Schema: `nullable` counts beside anything, a
//! schema with `properties` means objects, and a property that only one side sets may be missing where both meet.
//! Patterns are not judged, since the types do not enforce them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::ir::Direction;
use crate::verify::formats;
use crate::verify::schemas::{
    Keywords, Schemas, count, list, number, properties, required, says, tags, text, told_by, type_of, unions,
};

/// Why a value does not fit.
#[derive(Debug, PartialEq)]
pub(super) struct Misfit {
    /// The keys and indices to the place, the innermost first.
    way: Vec<String>,
    why: String,
}

impl Misfit {
    fn new(why: impl Into<String>) -> Self {
        Self { way: Vec::new(), why: why.into() }
    }

    fn below(mut self, segment: &str) -> Self {
        self.way.push(segment.to_owned());
        self
    }
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.way.is_empty() {
            let way: Vec<&str> = self.way.iter().rev().map(String::as_str).collect();
            write!(f, "at {}: ", way.join("."))?;
        }
        f.write_str(&self.why)
    }
}

/// What a check works with.
#[derive(Clone, Copy)]
pub(super) struct Fit<'a> {
    pub(super) schemas: Schemas<'a>,
    /// Which way the values go.
    pub(super) direction: Direction,
}

/// The schemas that led to this one for the same value.
type Way<'a, 'w> = &'w [&'a Keywords];

impl<'a> Fit<'a> {
    /// Looks at a value.
    pub(super) fn check(self, schema: &'a Value, value: &Value) -> Result<(), Misfit> {
        self.check_on(schema, value, &[])
    }

    pub(super) fn fits(self, schema: &'a Value, value: &Value) -> bool {
        self.check(schema, value).is_ok()
    }

    /// Whether a branch of a union takes a value, as [`Fit::check`] sees it from the union.
    pub(super) fn fits_beside(self, union: &'a Keywords, branch: &'a Value, value: &Value) -> bool {
        self.check_on(branch, value, &[union]).is_ok()
    }

    fn check_on(self, schema: &'a Value, value: &Value, way: Way<'a, '_>) -> Result<(), Misfit> {
        let Some(keywords) = self.schemas.follow(schema) else { return Ok(()) };
        if way.iter().any(|other| std::ptr::eq(*other, keywords)) || (value.is_null() && says(keywords, "nullable")) {
            return Ok(());
        }
        let way = [way, &[keywords]].concat();
        for member in list(keywords, "allOf") {
            self.check_on(member, value, &way)?;
        }
        for branches in unions(keywords) {
            self.check_union(keywords, branches, value, &way)?;
        }
        if let Some(not) = keywords.get("not")
            && self.check_on(not, value, &way).is_ok()
        {
            return Err(Misfit::new("it is what `not` excludes"));
        }
        let values = list(keywords, "enum");
        if !values.is_empty() && !values.iter().any(|listed| equal(listed, value)) {
            return Err(Misfit::new(format!("{} is not among the listed values", short(value))));
        }
        check_type(keywords, value)?;
        match value {
            Value::Object(entries) => {
                self.check_extension(keywords, value, &way)?;
                self.check_object(keywords, entries, way.len() == 1)
            }
            Value::Array(items) => self.check_array(keywords, items),
            Value::String(string) => check_string(keywords, string),
            Value::Number(_) => check_number(keywords, value),
            Value::Null | Value::Bool(_) => Ok(()),
        }
    }

    /// One branch must fit; the discriminator says which.
    fn check_union(
        self,
        union: &'a Keywords,
        branches: &'a [Value],
        value: &Value,
        way: Way<'a, '_>,
    ) -> Result<(), Misfit> {
        let chosen = self.likely(self.chosen(union, branches, value), value);
        // A branch that leads back to the union holds no value of its own.
        let leads_back = |branch: &&Value| {
            self.schemas.follow(branch).is_some_and(|branch| way.iter().any(|other| std::ptr::eq(*other, branch)))
        };
        let mut misfits = Vec::new();
        let is_meant = |branch: &&Value| value.is_null() || !is_only_nullable(branch);
        for branch in chosen.into_iter().filter(|branch| !leads_back(branch)).filter(is_meant) {
            match self.check_on(branch, value, way) {
                Ok(()) => return Ok(()),
                Err(misfit) => misfits.push(misfit),
            }
        }
        match misfits.len() {
            0 => Err(Misfit::new("the union has no branch for this value")),
            1 => misfits.pop().map_or(Ok(()), Err),
            // The one that was followed the farthest is the likeliest.
            _ => Err(Misfit::new(format!(
                "no branch of the union fits ({})",
                misfits.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            ))),
        }
    }

    /// The branches that a value's discriminator leaves.
    fn chosen(self, union: &'a Keywords, branches: &'a [Value], value: &Value) -> Vec<&'a Value> {
        let is_chosen = |branch: &&Value| match tags(self.schemas, union, branch) {
            Some((property, tags)) if !tags.is_empty() => {
                value.get(property).and_then(Value::as_str).is_some_and(|tag| tags.contains(&tag))
            }
            _ => true,
        };
        branches.iter().filter(is_chosen).collect()
    }

    /// The branches that a value can be of: those that declare most of its properties, and those that declare none at
    /// all. Others would excuse whatever stands in it. A branch whose listed values exclude it is not counted.
    fn likely(self, branches: Vec<&'a Value>, value: &Value) -> Vec<&'a Value> {
        let Some(entries) = value.as_object() else { return branches };
        let known = |branch: &'a Value| {
            let mut declared = BTreeSet::new();
            if let Some(keywords) = self.schemas.follow(branch) {
                let mut names = Vec::new();
                self.declared(keywords, entries, &mut Vec::new(), &mut names, &mut false);
                declared.extend(names);
            }
            let known = declared.iter().filter(|key| entries.contains_key(**key)).count();
            (declared.is_empty(), if self.excludes(branch, entries) { 0 } else { known })
        };
        let known: Vec<(bool, usize)> = branches.iter().map(|branch| known(branch)).collect();
        let most = known.iter().map(|(_, known)| *known).max().unwrap_or_default();
        let is_likely = |(is_free, known): &(bool, usize)| *is_free || *known == most;
        branches.into_iter().zip(known).filter(|(_, known)| is_likely(known)).map(|(branch, _)| branch).collect()
    }

    /// Whether a property's value is not among those that a schema lists for it.
    fn excludes(self, schema: &'a Value, entries: &Map<String, Value>) -> bool {
        let Some(keywords) = self.schemas.follow(schema) else { return false };
        properties(keywords).any(|(key, node)| {
            let listed = self.schemas.follow(node).map(|node| list(node, "enum")).unwrap_or_default();
            !listed.is_empty() && entries.get(key).is_some_and(|value| !listed.iter().any(|one| equal(one, value)))
        })
    }

    /// A value of a base is one of the schema that its property names.
    fn check_extension(self, base: &'a Keywords, value: &Value, way: Way<'a, '_>) -> Result<(), Misfit> {
        let Some(property) = told_by(base) else { return Ok(()) };
        let tag = value.get(property).and_then(Value::as_str);
        if !self.schemas.names_extension(base, tag) {
            return Err(Misfit::new(format!("`{property}` names no schema that extends this one")));
        }
        // What comes here from the extension, by its `allOf`, has it on its way, and is not judged again.
        match tag.and_then(|tag| self.schemas.extension(base, tag)) {
            Some(extension) => self.check_on(extension, value, way),
            None => Ok(()),
        }
    }

    fn check_object(self, schema: &'a Keywords, entries: &Map<String, Value>, is_whole: bool) -> Result<(), Misfit> {
        for key in required(schema) {
            let declared = properties(schema).find(|(declared, _)| *declared == key);
            if !entries.contains_key(key) && !declared.is_some_and(|(_, node)| self.may_lack(node)) {
                return Err(Misfit::new(format!("`{key}` is required")));
            }
        }
        for (key, node) in properties(schema) {
            if let Some(value) = entries.get(key) {
                self.check(node, value).map_err(|misfit| misfit.below(key))?;
            }
        }
        let (mut declared, mut is_closed) = (Vec::new(), false);
        self.declared(schema, entries, &mut Vec::new(), &mut declared, &mut is_closed);
        if let Some(key) = entries.keys().find(|key| is_whole && is_closed && !declared.contains(key)) {
            return Err(Misfit::new(format!("`{key}` is not declared, and nothing else is allowed")));
        }
        if let Some(additional) = schema.get("additionalProperties").filter(|node| node.is_object()) {
            for (key, value) in entries.iter().filter(|(key, _)| !declared.contains(key)) {
                self.check(additional, value).map_err(|misfit| misfit.below(key))?;
            }
        }
        check_count(schema, entries.len(), ("minProperties", "maxProperties"))
    }

    /// Whether a required property may be missing, since it is the other side that sets it.
    fn may_lack(self, property: &'a Value) -> bool {
        let goes_out = matches!(self.direction, Direction::Request | Direction::Both);
        let comes_back = !matches!(self.direction, Direction::Request);
        (goes_out && self.says(property, "readOnly")) || (comes_back && self.says(property, "writeOnly"))
    }

    /// Whether a keyword is `true` in a schema or one of its parts.
    pub(super) fn says(self, schema: &'a Value, keyword: &str) -> bool {
        let Some(keywords) = self.schemas.follow(schema) else { return false };
        let mut members = list(keywords, "allOf").iter().filter_map(|member| self.schemas.follow(member));
        says(keywords, keyword) || members.any(|member| says(member, keyword))
    }

    /// All properties that a schema declares with its parts and branches, and whether it allows no others. A value of a
    /// `oneOf` is of one branch: of them, the one counts that knows most of its entries.
    fn declared(
        self,
        schema: &'a Keywords,
        entries: &Map<String, Value>,
        way: &mut Vec<&'a Keywords>,
        declared: &mut Vec<&'a String>,
        is_closed: &mut bool,
    ) {
        if way.iter().any(|other| std::ptr::eq(*other, schema)) {
            return;
        }
        way.push(schema);
        *is_closed |= schema.get("additionalProperties") == Some(&Value::Bool(false));
        declared.extend(properties(schema).map(|(key, _)| key));
        for member in list(schema, "allOf").iter().filter_map(|member| self.schemas.follow(member)) {
            self.declared(member, entries, way, declared, is_closed);
        }
        for branch in list(schema, "anyOf").iter().filter_map(|branch| self.schemas.follow(branch)) {
            self.declared(branch, entries, way, declared, &mut false);
        }
        let branches = list(schema, "oneOf").iter().filter_map(|branch| self.schemas.follow(branch));
        let sets = branches.map(|branch| {
            let mut declared = Vec::new();
            self.declared(branch, entries, &mut way.clone(), &mut declared, &mut false);
            declared
        });
        let known = |set: &Vec<&String>| set.iter().filter(|key| entries.contains_key(**key)).count();
        declared.extend(sets.rev().max_by_key(known).unwrap_or_default());
    }

    fn check_array(self, schema: &'a Keywords, items: &[Value]) -> Result<(), Misfit> {
        if let Some(node) = schema.get("items") {
            for (index, item) in items.iter().enumerate() {
                self.check(node, item).map_err(|misfit| misfit.below(&index.to_string()))?;
            }
        }
        let is_repeated = |(index, item): (usize, &Value)| items.iter().take(index).any(|other| equal(other, item));
        if says(schema, "uniqueItems") && items.iter().enumerate().any(is_repeated) {
            return Err(Misfit::new("an item is there twice"));
        }
        check_count(schema, items.len(), ("minItems", "maxItems"))
    }
}

/// Whether a branch says no more than that there can be null: nobody means that there can be anything.
fn is_only_nullable(branch: &Value) -> bool {
    let says_nothing =
        |key: &String| matches!(key.as_str(), "nullable" | "description" | "title" | "example" | "default");
    branch.as_object().is_some_and(|keywords| says(keywords, "nullable") && keywords.keys().all(says_nothing))
}

/// Whether two values are equal; a number's notation does not count.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}

fn check_type(schema: &Keywords, value: &Value) -> Result<(), Misfit> {
    let Some(ty) = type_of(schema) else { return Ok(()) };
    let fits = match ty {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|value| value.fract() == 0.0),
        "null" => value.is_null(),
        // What is no type says nothing.
        _ => true,
    };
    let listed_null = value.is_null() && list(schema, "enum").contains(&Value::Null);
    if fits || listed_null { Ok(()) } else { Err(Misfit::new(format!("{} is no {ty}", short(value)))) }
}

fn check_string(schema: &Keywords, string: &str) -> Result<(), Misfit> {
    check_count(schema, string.chars().count(), ("minLength", "maxLength"))?;
    match text(schema, "format").filter(|format| !formats::is_of(format, string)) {
        Some(format) => Err(Misfit::new(format!("{string:?} is no {format}"))),
        None => Ok(()),
    }
}

fn check_number(schema: &Keywords, value: &Value) -> Result<(), Misfit> {
    let Some(found) = value.as_f64() else { return Ok(()) };
    let is_low = number(schema, "minimum")
        .is_some_and(|bound| found < bound || (says(schema, "exclusiveMinimum") && found <= bound));
    let is_high = number(schema, "maximum")
        .is_some_and(|bound| found > bound || (says(schema, "exclusiveMaximum") && found >= bound));
    let fits = text(schema, "format").is_none_or(|format| formats::holds(format, found));
    if is_low || is_high || !fits { Err(Misfit::new(format!("{value} is out of bounds"))) } else { Ok(()) }
}

fn check_count(schema: &Keywords, found: usize, (least, most): (&str, &str)) -> Result<(), Misfit> {
    if count(schema, least).is_some_and(|least| found < least) {
        return Err(Misfit::new(format!("there are {found}, fewer than `{least}`")));
    }
    if count(schema, most).is_some_and(|most| found > most) {
        return Err(Misfit::new(format!("there are {found}, more than `{most}`")));
    }
    Ok(())
}

/// A value, cut short.
pub(super) fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 60 { text } else { format!("{}…", text.chars().take(60).collect::<String>()) }
}
