//! Ways to hurt a description.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// The way to a node: keys and indices.
type Way = Vec<String>;

/// Names that mean something somewhere.
const NAMES: &[&str] = &[
    "",
    "$ref",
    "type",
    "self",
    "Self",
    "crate",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "items",
    "properties",
    "default",
    "enum",
    "format",
    "required",
    "a/b~c%d",
    "{x}",
    "名前",
    "e\u{301}",
    "\u{202e}abc",
    "*/ fn main() {}",
    "\"#",
    "\r\n",
    "r#type",
    "String",
    "Option",
    "Client",
    "1",
    "-",
    "x-",
    "nullable",
    "discriminator",
    "additionalProperties",
    "200",
    "default:",
];

const TYPES: &[&str] = &["string", "null", "integer", "object", "array", "file"];

/// Values of every kind.
fn value(rng: &mut Rng, ways: &[Way]) -> Value {
    match rng.u8(..16) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => json!(rng.i64(..)),
        3 => json!(f64::MAX),
        4 => json!(-1),
        5 => json!([]),
        6 => json!({}),
        7 => json!([null]),
        8 => json!("x".repeat(3000)),
        9 => json!([TYPES[rng.usize(..TYPES.len())], "null"]),
        10 | 11 => json!({ "$ref": pointer(&ways[rng.usize(..ways.len())]) }),
        _ => json!(NAMES[rng.usize(..NAMES.len())]),
    }
}

fn pointer(way: &Way) -> String {
    way.iter().fold("#".to_owned(), |text, step| format!("{text}/{}", step.replace('~', "~0").replace('/', "~1")))
}

/// Hurts what a description means, in a few places.
pub(super) fn tree(tree: &Value, rng: &mut Rng) -> Value {
    let mut tree = tree.clone();
    for _ in 0..rng.usize(1..=6) {
        let mut ways = Vec::new();
        collect(&tree, &mut Vec::new(), &mut ways);
        let way = ways[rng.usize(..ways.len())].clone();
        let other = ways[rng.usize(..ways.len())].clone();
        hurt(&mut tree, &way, &other, &ways, rng);
    }
    tree
}

fn hurt(tree: &mut Value, way: &Way, other: &Way, ways: &[Way], rng: &mut Rng) {
    let copy = node(tree, other).clone();
    let Some((last, parent)) = way.split_last() else { return };
    match rng.u8(..10) {
        0 => remove(tree, parent, last),
        1 => *node(tree, way) = value(rng, ways),
        2 => *node(tree, way) = json!({ "$ref": pointer(other) }),
        3 => *node(tree, way) = copy,
        4 => {
            // The other may be within the first, and is gone then.
            let first = std::mem::replace(node(tree, way), copy);
            if !other.starts_with(way) {
                *node(tree, other) = first;
            }
        }
        5 => rename(node(tree, parent), last, NAMES[rng.usize(..NAMES.len())]),
        6 => {
            let inner = node(tree, way).take();
            *node(tree, way) = wrapped(&inner, &copy, rng);
        }
        7 => {
            let inner = value(rng, ways);
            if let Value::Object(entries) = node(tree, way) {
                entries.insert(NAMES[rng.usize(..NAMES.len())].to_owned(), inner);
            }
        }
        8 => match node(tree, parent) {
            Value::Array(items) => items.push(copy),
            Value::Object(entries) => drop(entries.insert(format!("{last}_"), copy)),
            _ => {}
        },
        _ => {
            if let Value::Object(entries) = node(tree, way) {
                entries.extend(copy.as_object().cloned().unwrap_or_default());
            }
        }
    }
}

fn wrapped(inner: &Value, copy: &Value, rng: &mut Rng) -> Value {
    match rng.u8(..8) {
        0 => json!({ "allOf": [inner] }),
        1 => json!({ "allOf": [inner, copy] }),
        2 => json!({ "oneOf": [inner, copy, { "type": "string" }] }),
        3 => json!({ "anyOf": [inner, { "type": "null" }] }),
        4 => json!({ "type": "array", "items": inner }),
        5 => json!({ "type": "object", "additionalProperties": inner }),
        6 => json!({ "type": "object", "properties": { "inner": inner } }),
        _ => json!([inner]),
    }
}

fn collect(tree: &Value, way: &mut Way, ways: &mut Vec<Way>) {
    ways.push(way.clone());
    let steps: Vec<(String, &Value)> = match tree {
        Value::Object(entries) => entries.iter().map(|(key, child)| (key.clone(), child)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, child)| (index.to_string(), child)).collect(),
        _ => Vec::new(),
    };
    for (step, child) in steps {
        way.push(step);
        collect(child, way, ways);
        way.pop();
    }
}

fn node<'a>(tree: &'a mut Value, way: &[String]) -> &'a mut Value {
    way.iter().fold(tree, |node, step| match node {
        Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
        other => &mut other[step.as_str()],
    })
}

fn remove(tree: &mut Value, parent: &[String], last: &str) {
    match node(tree, parent) {
        Value::Array(items) => drop(items.remove(last.parse().unwrap())),
        Value::Object(entries) => drop(entries.shift_remove(last)),
        _ => {}
    }
}

/// Renames a key in its place.
fn rename(node: &mut Value, key: &str, name: &str) {
    if let Value::Object(entries) = node {
        let renamed = std::mem::take(entries).into_iter();
        let renamed: Map<String, Value> =
            renamed.map(|(old, child)| (if old == key { name.to_owned() } else { old }, child)).collect();
        *entries = renamed;
    }
}

/// Hurts what is written.
pub(super) fn text(text: &str, rng: &mut Rng) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let index = rng.usize(..lines.len().max(1));
    let (before, behind) = lines.split_at(index.min(lines.len()));
    let (before, behind) = (before.concat(), behind.concat());
    let line = lines.get(index).copied().unwrap_or_default();
    match rng.u8(..8) {
        0 => before,
        1 => format!("{before}{}", behind.strip_prefix(line).unwrap_or_default()),
        2 => format!("{before}{line}{behind}"),
        3 => format!("{before}  {behind}"),
        4 => format!("\u{feff}{}", text.replace('\n', "\r\n")),
        5 => format!("{before}\t{behind}"),
        6 => text.chars().take(rng.usize(..text.len().max(1))).collect(),
        _ => {
            let sign = ['\0', '\r', '&', '*', '!', '|', '{', '"', '\u{2028}', '%', '\u{fffe}'][rng.usize(..11)];
            format!("{before}{sign}{behind}")
        }
    }
}
