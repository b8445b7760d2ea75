//! Whether what was written is what was read.
//!
//! Two JSON texts are the same where their values are, whatever the order of their objects' keys and the notation of
//! their numbers. Beyond that, these differences are legitimate, and no others:
//!
//! - a property that is not declared is gone, where others are, and nothing says `additionalProperties`;
//! - a property that is null and not required is gone, where the value only comes back, or the service alone sets it;
//! - a property that was not there has its default, where the value only comes back;
//! - a number of the format `float` is the nearest single;
//! - an instant is written in another time zone, one of the year 9999's last day as the last second, a UUID in small
//!   letters, base64 with its padding.

use serde_json::{Map, Value};

use crate::ir::Direction;
use crate::verify::fit::{Fit, equal, short};
use crate::verify::schemas::{Keywords, list, properties, required, text, unions};

use super::formats::mean_the_same;

/// The schemas that hold at once for a value.
type Parts<'a> = Vec<&'a Keywords>;

/// What differs and where, if that is not legitimate.
pub(super) fn difference<'a>(fit: Fit<'a>, schema: &'a Value, read: &Value, written: &Value) -> Option<String> {
    let mut way = Vec::new();
    let why = Comparison { fit }.compare(&[schema], read, written, &mut way)?;
    Some(if way.is_empty() { why } else { format!("at {}: {why}", way.join(".")) })
}

#[derive(Clone, Copy)]
struct Comparison<'a> {
    fit: Fit<'a>,
}

impl<'a> Comparison<'a> {
    fn compare(self, schemas: &[&'a Value], read: &Value, written: &Value, way: &mut Vec<String>) -> Option<String> {
        let mut parts = Vec::new();
        for schema in schemas {
            self.collect(schema, read, &mut parts);
        }
        match (read, written) {
            (Value::Object(read), Value::Object(written)) => self.compare_objects(&parts, read, written, way),
            (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
                let items: Vec<&Value> = parts.iter().filter_map(|part| part.get("items")).collect();
                read.iter().zip(written).enumerate().find_map(|(index, (read, written))| {
                    self.compare_below(&items, (read, written), &index.to_string(), way)
                })
            }
            (Value::Number(one), Value::Number(other)) => {
                let is_single = parts.iter().any(|part| text(part, "format") == Some("float"));
                (!same_number(one, other, is_single)).then(|| changed(read, written))
            }
            (Value::String(one), Value::String(other)) => {
                let mut formats = parts.iter().filter_map(|part| text(part, "format"));
                let is_same = one == other || formats.any(|format| mean_the_same(format, one, other));
                (!is_same).then(|| changed(read, written))
            }
            _ => (read != written).then(|| changed(read, written)),
        }
    }

    fn compare_below(
        self,
        schemas: &[&'a Value],
        (read, written): (&Value, &Value),
        segment: &str,
        way: &mut Vec<String>,
    ) -> Option<String> {
        way.push(segment.to_owned());
        let difference = self.compare(schemas, read, written, way);
        if difference.is_none() {
            way.pop();
        }
        difference
    }

    fn compare_objects(
        self,
        parts: &Parts<'a>,
        read: &Map<String, Value>,
        written: &Map<String, Value>,
        way: &mut Vec<String>,
    ) -> Option<String> {
        let only_comes_back = matches!(self.fit.direction, Direction::Response | Direction::Neither);
        let is_open = parts.iter().all(|part| properties(part).next().is_none());
        for (key, value) in read {
            let declared = declared(parts, key);
            let additional: Vec<&Value> = parts.iter().filter_map(|part| part.get("additionalProperties")).collect();
            let is_kept = is_open || !declared.is_empty() || additional.iter().any(|node| **node != Value::Bool(false));
            let Some(found) = written.get(key) else {
                let is_required = parts.iter().any(|part| required(part).any(|required| required == key));
                let is_read_only = declared.iter().any(|node| self.fit.says(node, "readOnly"));
                let may_go = value.is_null() && ((!is_required && only_comes_back) || is_read_only);
                if is_kept && !may_go {
                    way.push(key.clone());
                    return Some(format!("{} was read, and not written", short(value)));
                }
                continue;
            };
            let schemas = if declared.is_empty() { additional } else { declared };
            if let Some(difference) = self.compare_below(&schemas, (value, found), key, way) {
                return Some(difference);
            }
        }
        let added = written.iter().find(|(key, value)| {
            let is_default = |node: &&Value| self.default(node).is_some_and(|default| equal(default, value));
            let is_default = only_comes_back && declared(parts, key).iter().any(is_default);
            !is_default && !read.contains_key(*key)
        });
        let (key, value) = added?;
        way.push(key.clone());
        Some(format!("{} was written, and not read", short(value)))
    }

    fn default(self, schema: &'a Value) -> Option<&'a Value> {
        let keywords = self.fit.schemas.follow(schema)?;
        let of_members =
            || list(keywords, "allOf").iter().find_map(|member| self.fit.schemas.follow(member)?.get("default"));
        keywords.get("default").or_else(of_members)
    }

    /// A schema with its parts, and with those of its branches that fit.
    fn collect(self, schema: &'a Value, value: &Value, parts: &mut Parts<'a>) {
        let Some(keywords) = self.fit.schemas.follow(schema) else { return };
        if parts.iter().any(|other| std::ptr::eq(*other, keywords)) {
            return;
        }
        parts.push(keywords);
        for member in list(keywords, "allOf") {
            self.collect(member, value, parts);
        }
        for branch in unions(keywords).flatten().filter(|branch| self.fit.fits_beside(keywords, branch, value)) {
            self.collect(branch, value, parts);
        }
    }
}

/// The schemas of a property.
fn declared<'a>(parts: &Parts<'a>, key: &str) -> Vec<&'a Value> {
    parts.iter().flat_map(|part| properties(part)).filter(|(name, _)| *name == key).map(|(_, node)| node).collect()
}

fn same_number(one: &serde_json::Number, other: &serde_json::Number, is_single: bool) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "the nearest single is what is meant")]
    let single = |number: &serde_json::Number| number.as_f64().map(|number| number as f32);
    let is_exact = (one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64();
    one == other || is_exact || (is_single && single(one) == single(other))
}

fn changed(read: &Value, written: &Value) -> String {
    format!("{} was read, and {} written", short(read), short(written))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::difference;
    use crate::ir::Direction;
    use crate::load::load;
    use crate::pointer::Pointer;
    use crate::source::{Source, Sources};
    use crate::verify::fit::Fit;
    use crate::verify::schemas::Schemas;

    const PET: &str = "{properties: {name: {type: string, nullable: true}, kind: {type: string, default: cat}, \
                       weight: {type: number, format: float}, born: {type: string, format: date-time}}}";

    const CLOSED: &str = "{oneOf: [{required: [age], properties: {age: {type: integer}}}, {additionalProperties: false, \
                          properties: {born: {type: string, format: date-time}}}]}";

    fn differs(schema: &str, direction: Direction, read: &Value, written: &Value) -> bool {
        let text = format!("openapi: 3.0.3\ncomponents: {{schemas: {{It: {schema}}}}}\n");
        let documents = load(&Sources::new(Source::parse("api.yaml", text).unwrap()), &[], &mut Vec::new());
        let fit = Fit { schemas: Schemas { documents: &documents }, direction };
        let schema = documents.node(&Pointer::parse("#/components/schemas/It")).unwrap();
        difference(fit, schema, read, written).is_some()
    }

    #[test]
    fn what_means_the_same_is_the_same() {
        let back = Direction::Response;
        for (schema, read, written) in [
            (PET, json!({"name": "a", "kind": "b"}), json!({"kind": "b", "name": "a"})),
            (PET, json!({"weight": 1}), json!({"weight": 1.0, "kind": "cat"})),
            (PET, json!({"weight": 0.123_456_789}), json!({"weight": 0.123_456_79, "kind": "cat"})),
            (PET, json!({"name": null, "kind": "b", "other": 1}), json!({"kind": "b"})),
            (CLOSED, json!({"born": "2026-01-01T00:00:00.10Z", "other": 1}), json!({"born": "2026-01-01T00:00:00.1Z"})),
            (
                PET,
                json!({"born": "9999-12-31T11:59:59Z", "kind": "b"}),
                json!({"kind": "b", "born": "9999-12-31T23:59:59Z"}),
            ),
            (PET, json!({"born": "2026-01-01T01:00:00+01:00"}), json!({"born": "2026-01-01T00:00:00Z"})),
        ] {
            assert!(!differs(schema, back, &read, &written), "{read} {written}");
        }
    }

    #[test]
    fn what_is_lost_is_told() {
        for (schema, direction, read, written) in [
            (PET, Direction::Response, json!({"kind": "b"}), json!({})),
            (PET, Direction::Response, json!({}), json!({"kind": "dog"})),
            (PET, Direction::Request, json!({}), json!({"kind": "cat"})),
            (PET, Direction::Request, json!({"name": null}), json!({})),
            (PET, Direction::Response, json!({"name": "a"}), json!({"name": "b"})),
            ("{type: object}", Direction::Response, json!({"other": 1}), json!({})),
            ("{type: array, items: {type: integer}}", Direction::Response, json!([1, 2]), json!([1])),
            ("{}", Direction::Response, json!({"a": [1]}), json!({"a": [2]})),
            ("{properties: {a: {}}, additionalProperties: true}", Direction::Both, json!({"b": 1}), json!({})),
        ] {
            assert!(differs(schema, direction, &read, &written), "{schema}: {read} {written}");
        }
    }
}
