//! From a text to a tree.
//!
//! Takes YAML or JSON; gives a JSON tree with its keys in the order of the text, or the first syntax error. The YAML
//! is deserialized straight into the JSON tree, because `serde_yaml`'s own tree refuses duplicate keys and keeps
//! numbers and `true` as keys.

use std::cell::Cell;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::source::Format;
use crate::source::syntax::{self, SyntaxError};

/// What a node counts for beside its text, about its size in memory.
const NODE_COST: usize = 16;

pub(super) fn parse_tree(text: &str) -> Result<(Value, Format), SyntaxError> {
    if !text.trim_start().starts_with('{') {
        return parse_yaml(text).map(|tree| (tree, Format::Yaml));
    }
    match serde_json::from_str(text) {
        Ok(tree) => Ok((tree, Format::Json)),
        Err(error) if syntax::is_too_deep(&error) => Err(syntax::explain_json(&error)),
        // A brace opens a mapping in YAML too. Where it is neither, it was meant to be JSON.
        Err(error) => match parse_yaml(text) {
            Ok(tree) => Ok((tree, Format::Yaml)),
            Err(_) => Err(syntax::explain_json(&error)),
        },
    }
}

fn parse_yaml(text: &str) -> Result<Value, SyntaxError> {
    if is_hopeless(text) {
        return Err(SyntaxError { message: syntax::TOO_DEEP.to_owned(), line: 1, column: 1 });
    }
    // Without aliases a tree cannot outgrow its text by much; with them, ten lines can mean the memory of the world.
    let budget = Cell::new(16 * 1024 * 1024 + 2 * NODE_COST * text.len());
    let seed = Tree { budget: &budget };
    seed.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| syntax::explain_yaml(&error))
}

/// Whether the brackets are so deep that the parser, whose time grows with their depth's square, would never end.
///
/// Brackets in texts are counted too, which is why the bound lies far above the depth that is allowed.
fn is_hopeless(text: &str) -> bool {
    let mut depth = 0_i32;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = (depth - 1).max(0),
            _ => {}
        }
        depth > 10_000
    })
}

/// Makes a tree of what it is given.
#[derive(Clone, Copy)]
struct Tree<'a> {
    budget: &'a Cell<usize>,
}

impl Tree<'_> {
    fn spend<E: Error>(self, length: usize) -> Result<(), E> {
        let rest = self.budget.get().checked_sub(length + NODE_COST).ok_or_else(|| E::custom(syntax::TOO_LARGE))?;
        self.budget.set(rest);
        Ok(())
    }

    fn text<E: Error>(self, text: &str) -> Result<Value, E> {
        self.spend(text.len())?;
        Ok(Value::String(text.to_owned()))
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value.to_string().parse().unwrap_or(f64::NEG_INFINITY))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value.to_string().parse().unwrap_or(f64::INFINITY))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        match Number::from_f64(value) {
            Some(number) => {
                self.spend(0)?;
                Ok(Value::Number(number))
            }
            None if value.is_nan() => self.text(".nan"),
            None if value > 0.0 => self.text(".inf"),
            None => self.text("-.inf"),
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.text(value)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.spend(0)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.spend(0)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.spend(0)?;
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.spend(key.len())?;
            let value = entries.next_value_seed(self)?;
            if key == "<<" {
                merge(&mut object, value);
            } else {
                // Replaces what was merged in or written before.
                object.insert(key, value);
            }
        }
        Ok(Value::Object(object))
    }

    /// A local tag, `!tag value`: what follows it counts.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_tag, value) = tagged.variant::<String>()?;
        value.newtype_variant_seed(self)
    }
}

/// Adds the entries of a merge key's value that are not there yet; of several mappings the first has precedence.
fn merge(object: &mut Map<String, Value>, value: Value) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                object.entry(key).or_insert(value);
            }
        }
        Value::Array(items) => items.into_iter().for_each(|item| merge(object, item)),
        // A key that merely looks like a merge key.
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            object.insert("<<".to_owned(), other);
        }
    }
}
