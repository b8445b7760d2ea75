//! Values made from a schema.
//!
//! Each schema gets a minimal value, with required properties alone, and full ones, with all of them. Where there is a
//! choice (the values of an enum, the branches of a union, null) each round takes another one, until every choice was
//! taken. What is behind a reference gets its own values, so here it is kept minimal.

use serde_json::{Map, Value, json};

use crate::verify::schemas::{
    Keywords, Schemas, count, list, mapped, number, properties, reference, required, says, tags, text, told_by,
    type_of, unions,
};

/// How much a value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Minimal,
    Full,
}

/// As many values are made of a schema at most.
const MOST_ROUNDS: usize = 256;
/// Values within values; what goes deeper is a circle of required properties.
const DEEPEST: usize = 24;
/// The nodes of one value.
const LARGEST: usize = 4000;

/// The values of a schema, each once.
pub(super) fn make<'a>(schemas: Schemas<'a>, schema: &'a Value, name: &'a str) -> Vec<Value> {
    let mut values = Vec::new();
    for extent in [Extent::Minimal, Extent::Full] {
        let mut rounds = 1;
        let mut round = 0;
        while round < rounds.min(MOST_ROUNDS) {
            let mut maker = Maker { schemas, round, rounds: &mut rounds, nodes: 0 };
            let here = Here { extent, depth: 0, weight: 1, name };
            values.extend(maker.make(&[schema], here).filter(|value| !values.contains(value)));
            round += 1;
        }
    }
    values
}

struct Maker<'a, 'r> {
    schemas: Schemas<'a>,
    round: usize,
    /// How many rounds it takes to make every choice.
    rounds: &'r mut usize,
    nodes: usize,
}

/// Where a value is made.
#[derive(Clone, Copy)]
struct Here<'a> {
    extent: Extent,
    depth: usize,
    /// How many rounds the choices around this place take, before this place gets the next one.
    weight: usize,
    /// The property's name; at the start, the schema's.
    name: &'a str,
}

/// What holds at once for a value.
#[derive(Default)]
struct Parts<'a> {
    list: Vec<&'a Keywords>,
    /// The branch of each union: one that holds twice is the same both times.
    chosen: Vec<(&'a [Value], usize)>,
    /// Properties that a discriminator fixes.
    tags: Vec<(&'a str, &'a str)>,
    /// The component that all of it is.
    component: Option<&'a str>,
    is_null: bool,
}

impl<'a> Maker<'a, '_> {
    fn make(&mut self, schemas: &[&'a Value], here: Here<'a>) -> Option<Value> {
        self.nodes += 1;
        if here.depth > DEEPEST || self.nodes > LARGEST {
            return None;
        }
        let named = schemas.iter().find_map(|schema| reference(schema)?.rsplit('/').next());
        let component = named.or((here.depth == 0).then_some(here.name));
        let mut parts = Parts { component, ..Parts::default() };
        let mut here = here;
        for schema in schemas {
            here = self.collect(schema, here, &mut parts, &mut Vec::new())?;
        }
        if parts.is_null || self.chooses_null(&parts, &mut here) {
            return Some(Value::Null);
        }
        if let Some(value) = self.listed(&parts, here) {
            return Some(value);
        }
        match parts.list.iter().find_map(|part| type_of(part)) {
            Some("object") => self.object(&parts, here),
            Some("array") => self.array(&parts, here),
            Some("boolean") => Some(Value::Bool(self.choose(2, here) == 0)),
            Some("integer") => Some(integer(&parts)),
            Some("number") => Some(float(&parts)),
            Some("null") => Some(Value::Null),
            Some("string") => Some(string(&parts, here)),
            _ if !parts.tags.is_empty() || parts.list.iter().any(|part| required(part).next().is_some()) => {
                self.object(&parts, here)
            }
            _ if parts.list.iter().any(|part| part.contains_key("format") || part.contains_key("pattern")) => {
                Some(string(&parts, here))
            }
            _ => Some(json!({"any": [1, 2.5, "\u{e9}\"\\\n", true, null, {}]})),
        }
    }

    /// A choice among several; a place that is asked again in a later round gives another.
    fn choose(&mut self, choices: usize, here: Here<'_>) -> usize {
        if here.extent == Extent::Minimal && here.depth > 0 {
            return 0;
        }
        *self.rounds = (*self.rounds).max(here.weight.saturating_mul(choices));
        (self.round / here.weight) % choices.max(1)
    }

    /// Takes a schema apart; fails where it contains itself.
    fn collect(
        &mut self,
        schema: &'a Value,
        mut here: Here<'a>,
        parts: &mut Parts<'a>,
        way: &mut Vec<&'a Keywords>,
    ) -> Option<Here<'a>> {
        let keywords = self.schemas.follow(schema)?;
        if way.iter().any(|other| std::ptr::eq(*other, keywords)) {
            return None;
        }
        way.push(keywords);
        parts.list.push(keywords);
        for member in list(keywords, "allOf") {
            here = self.collect(member, here, parts, way)?;
        }
        for branches in unions(keywords) {
            let before = parts.chosen.iter().find(|(union, _)| std::ptr::eq(*union, branches)).map(|(_, index)| *index);
            let index = before.unwrap_or_else(|| self.choose(branches.len(), here));
            if before.is_none() {
                parts.chosen.push((branches, index));
                here.weight = here.weight.saturating_mul(branches.len()).min(MOST_ROUNDS);
            }
            // A branch that contains the whole union again has no smallest value; another one has.
            let order = branches.iter().skip(index).chain(branches.iter().take(index));
            let mut taken = None;
            for branch in order {
                let (before, fixed) = (parts.list.len(), parts.tags.len());
                if let Some((property, tags)) = tags(self.schemas, keywords, branch) {
                    let tag = tags.get(self.round % tags.len().max(1));
                    parts.tags.extend(tag.map(|tag| (property, *tag)));
                }
                let mut inner = here;
                if reference(branch).is_some() && keywords.get("properties").is_none() && here.depth > 0 {
                    inner.extent = Extent::Minimal;
                }
                let depth = way.len();
                taken = self.collect(branch, inner, parts, way);
                if taken.is_some() {
                    break;
                }
                way.truncate(depth);
                parts.list.truncate(before);
                parts.tags.truncate(fixed);
            }
            here = taken?;
        }
        if let (Some(property), Some(name)) = (told_by(keywords), parts.component) {
            parts.tags.push((property, mapped(keywords, name).unwrap_or(name)));
        }
        parts.is_null |= text(keywords, "type") == Some("null");
        way.pop();
        Some(here)
    }

    /// Whether null is the choice.
    fn chooses_null(&mut self, parts: &Parts<'a>, here: &mut Here<'a>) -> bool {
        let may = parts.list.iter().any(|part| says(part, "nullable"));
        if !may || here.extent == Extent::Minimal {
            return false;
        }
        let is_null = self.choose(2, *here) == 1;
        here.weight = here.weight.saturating_mul(2).min(MOST_ROUNDS);
        is_null
    }

    /// One of the values that the schema lists.
    fn listed(&mut self, parts: &Parts<'a>, here: Here<'_>) -> Option<Value> {
        let lists: Vec<&[Value]> =
            parts.list.iter().map(|part| list(part, "enum")).filter(|values| !values.is_empty()).collect();
        let is_possible = |value: &&Value| lists.iter().all(|values| values.contains(value)) && !value.is_null();
        let values: Vec<&Value> = lists.first()?.iter().filter(is_possible).collect();
        let index = self.choose(values.len(), here);
        values.get(index).map(|value| (*value).clone())
    }

    fn object(&mut self, parts: &Parts<'a>, here: Here<'a>) -> Option<Value> {
        let mut declared: Vec<(&'a String, Vec<&'a Value>)> = Vec::new();
        for (key, node) in parts.list.iter().flat_map(|part| properties(part)) {
            match declared.iter_mut().find(|(other, _)| *other == key) {
                Some((_, nodes)) => nodes.push(node),
                None => declared.push((key, vec![node])),
            }
        }
        let needed: Vec<&str> = parts.list.iter().flat_map(|part| required(part)).collect();
        let mut entries = Map::new();
        for (key, nodes) in &declared {
            let is_needed = needed.contains(&key.as_str());
            let tag = parts.tags.iter().find(|(property, _)| *property == key.as_str());
            if let Some((_, tag)) = tag {
                entries.insert((*key).clone(), json!(tag));
            } else if is_needed || here.extent == Extent::Full {
                match self.make(nodes, below(here, key, nodes)) {
                    Some(value) => drop(entries.insert((*key).clone(), value)),
                    None if is_needed => return None,
                    None => {}
                }
            }
        }
        // What is required and not declared can be anything.
        for (key, tag) in &parts.tags {
            entries.entry(*key).or_insert_with(|| json!(tag));
        }
        for key in needed {
            entries.entry(key).or_insert_with(|| json!("undeclared"));
        }
        self.add_undeclared(parts, &mut entries, here);
        Some(Value::Object(entries))
    }

    /// Properties without a name, where a schema says that there can be some.
    fn add_undeclared(&mut self, parts: &Parts<'a>, entries: &mut Map<String, Value>, here: Here<'a>) {
        let least = parts.list.iter().filter_map(|part| count(part, "minProperties")).max().unwrap_or(0);
        let wanted = if here.extent == Extent::Full { least.max(entries.len() + 1) } else { least };
        let nodes: Vec<&Value> = parts.list.iter().filter_map(|part| part.get("additionalProperties")).collect();
        if nodes.iter().any(|node| **node == Value::Bool(false)) || (nodes.is_empty() && least == 0) {
            return;
        }
        let nodes: Vec<&Value> = nodes.into_iter().filter(|node| node.is_object()).collect();
        for index in entries.len()..wanted.min(entries.len() + 8) {
            let value = match nodes.as_slice() {
                [] => Some(json!("free")),
                nodes => self.make(nodes, below(here, "value", nodes)),
            };
            if let Some(value) = value {
                entries.insert(format!("key {index}"), value);
            }
        }
    }

    fn array(&mut self, parts: &Parts<'a>, here: Here<'a>) -> Option<Value> {
        let bound = |keyword: &str| parts.list.iter().filter_map(|part| count(part, keyword)).max();
        let least = bound("minItems").unwrap_or(0);
        let wanted = if here.extent == Extent::Full { least.max(1) } else { least };
        let nodes: Vec<&Value> = parts.list.iter().filter_map(|part| part.get("items")).collect();
        let mut items: Vec<Value> = Vec::new();
        let round = self.round;
        for _ in 0..wanted.min(bound("maxItems").unwrap_or(wanted)).min(64) {
            let item = match nodes.as_slice() {
                [] => Some(json!("item")),
                nodes => self.make(nodes, below(here, here.name, nodes)),
            };
            match item {
                Some(item) => items.push(item),
                None if items.len() < least => return None,
                None => break,
            }
            // The next one is another, where there is a choice.
            self.round += 1;
        }
        self.round = round;
        Some(Value::Array(items))
    }
}

/// A value in another; what is behind a reference is minimal.
fn below<'a>(here: Here<'a>, name: &'a str, nodes: &[&Value]) -> Here<'a> {
    let is_elsewhere = nodes.iter().all(|node| reference(node).is_some());
    let extent = if is_elsewhere || here.depth > 8 { Extent::Minimal } else { here.extent };
    Here { extent, depth: here.depth + 1, weight: here.weight, name }
}

/// The bounds of a number, the tightest of all parts.
fn bounds(parts: &Parts<'_>, step: f64) -> (Option<f64>, Option<f64>) {
    let low = parts
        .list
        .iter()
        .filter_map(|part| Some(number(part, "minimum")? + if says(part, "exclusiveMinimum") { step } else { 0.0 }));
    let high = parts
        .list
        .iter()
        .filter_map(|part| Some(number(part, "maximum")? - if says(part, "exclusiveMaximum") { step } else { 0.0 }));
    (low.reduce(f64::max), high.reduce(f64::min))
}

fn integer(parts: &Parts<'_>) -> Value {
    let (low, high) = bounds(parts, 1.0);
    let step = parts.list.iter().find_map(|part| number(part, "multipleOf")).filter(|step| *step >= 1.0).unwrap_or(1.0);
    let low = low.map(|low| (low / step).ceil() * step);
    let value = low.unwrap_or_else(|| high.map_or(step, |high| step.min((high / step).floor() * step)));
    #[expect(clippy::cast_possible_truncation, reason = "what is beyond is cut to the bound of the type")]
    let value = value as i64;
    json!(value)
}

fn float(parts: &Parts<'_>) -> Value {
    let value = match bounds(parts, 0.5) {
        (Some(low), Some(high)) => low.midpoint(high),
        (Some(low), None) => low + 0.5,
        (None, Some(high)) => high - 0.5,
        (None, None) => 1.5,
    };
    let step = parts.list.iter().find_map(|part| number(part, "multipleOf")).filter(|step| *step >= 1.0);
    json!(step.map_or(value, |step| (value / step).ceil() * step))
}

/// Values of formats that have a form.
const FORMATS: &[(&str, &str)] = &[
    ("base64", "aGVsbG8="),
    ("base64url", "aGVsbG8_"),
    ("binary", "01"),
    ("byte", "aGVsbG8="),
    ("date", "2026-01-31"),
    ("date-time", "2026-01-31T12:00:00Z"),
    ("decimal", "12.50"),
    ("duration", "PT1H30M"),
    ("email", "jane@example.com"),
    ("hostname", "example.com"),
    ("ipv4", "192.0.2.1"),
    ("ipv6", "2001:db8::1"),
    ("time", "12:00:00"),
    ("uri", "https://example.com"),
    ("url", "https://example.com"),
    ("uuid", "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
];

fn string(parts: &Parts<'_>, here: Here<'_>) -> Value {
    let format = parts.list.iter().find_map(|part| text(part, "format"));
    if let Some((_, value)) = FORMATS.iter().find(|(name, _)| Some(*name) == format) {
        return json!(value);
    }
    let bound = |keyword: &str| parts.list.iter().filter_map(|part| count(part, keyword)).max();
    // A text with all that a writer must escape.
    let mut value = format!("{} \u{e9}\u{1f680}\"\\\n\u{1}", here.name);
    if let Some(most) = bound("maxLength") {
        value = value.chars().take(most).collect();
    }
    let missing = bound("minLength").unwrap_or(0).saturating_sub(value.chars().count());
    value.extend(std::iter::repeat_n('x', missing.min(10_000)));
    json!(value)
}
