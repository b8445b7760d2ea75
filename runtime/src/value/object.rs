//! A JSON object that keeps its order.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::json::{DecodeError, Json, Reader, Writer};
use crate::value::Value;

/// A JSON object: names and values in their order, each name once.
///
/// Two objects are equal when they have the same fields, in whatever order.
#[derive(Clone, Default)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// An empty object.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// Sets a field, in its old place where it has one.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(field, _)| *field == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// The fields in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many fields there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn sorted(&self) -> BTreeMap<&str, &Value> {
        self.iter().collect()
    }
}

/// The last of several fields of one name counts.
impl FromIterator<(String, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(fields: I) -> Self {
        let mut fields: Vec<_> = fields.into_iter().collect();
        let mut seen = BTreeSet::new();
        let keep: Vec<bool> = fields.iter().rev().map(|(name, _)| seen.insert(name)).collect();
        if keep.contains(&false) {
            let mut keep = keep.into_iter().rev();
            fields.retain(|_| keep.next().unwrap_or(true));
        }
        Self(fields)
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.sorted() == other.sorted()
    }
}

impl Json for Object {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut fields = Vec::new();
        reader.begin_object()?;
        while let Some(name) = reader.next_key()? {
            fields.push((name, Value::read(reader)?));
        }
        Ok(fields.into_iter().collect())
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        for (name, value) in self.iter() {
            writer.entry(name, value);
        }
        writer.end_object();
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
