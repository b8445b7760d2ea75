//! Probes: what a JSON value of a schema looks like from outside, so that the branches of a union can be told apart.

use crate::ir::{JsonKind, Nature, Probe, Scalar};
use crate::lower::Lowerer;
use crate::lower::parts::{Part, branches};
use crate::lower::schema::Class;
use crate::lower::view::View;

const ALL: &[JsonKind] = &[JsonKind::Boolean, JsonKind::Number, JsonKind::String, JsonKind::Array, JsonKind::Object];

impl<'a> Lowerer<'a> {
    pub(super) fn probe(&mut self, parts: &[Part<'a>]) -> Probe {
        let views = self.settled(parts);
        let kinds = match self.classify(&views) {
            Class::Struct | Class::Map => vec![JsonKind::Object],
            Class::List => vec![JsonKind::Array],
            Class::Enum(scalar, _) | Class::Scalar(scalar) => vec![kind_of(scalar)],
            Class::Union => return self.union_probe(&views),
            Class::Any => ALL.to_vec(),
        };
        let items = self.item_kinds(&views);
        Probe { kinds, required: required(&views), constants: constants(&views), known: known(&views), items }
    }

    /// A union within a union: what all of its branches have in common.
    fn union_probe(&mut self, views: &[View<'a>]) -> Probe {
        let mut probe = Probe { required: required(views), known: known(views), ..Probe::default() };
        let mut required: Option<Vec<String>> = None;
        for view in views {
            let Some((keyword, schemas)) = view.union() else {
                continue;
            };
            // A branch that leads back here must not branch again.
            self.open_unions.push(view.at.clone());
            for branch in branches(&view.at, keyword, schemas) {
                let inner = self.probe(&[branch]);
                probe.kinds.extend(inner.kinds);
                for key in inner.known {
                    if !probe.known.contains(&key) {
                        probe.known.push(key);
                    }
                }
                required = Some(match required {
                    Some(common) => common.into_iter().filter(|key| inner.required.contains(key)).collect(),
                    None => inner.required,
                });
            }
            self.open_unions.pop();
        }
        probe.required.extend(required.unwrap_or_default());
        probe.kinds.sort_unstable();
        probe.kinds.dedup();
        probe
    }
}

pub(super) fn kind_of(scalar: Scalar) -> JsonKind {
    match scalar.nature() {
        Nature::Boolean => JsonKind::Boolean,
        Nature::Integer(..) | Nature::Float | Nature::Digits => JsonKind::Number,
        Nature::Text | Nature::Formed => JsonKind::String,
    }
}

fn required(views: &[View<'_>]) -> Vec<String> {
    let mut required: Vec<String> = Vec::new();
    for key in views.iter().flat_map(|view| view.required) {
        if !required.contains(key) {
            required.push(key.clone());
        }
    }
    required
}

/// What is required counts, whether it is declared or not.
fn known(views: &[View<'_>]) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    let declared = views.iter().filter_map(|view| view.properties).flat_map(|properties| properties.keys());
    for key in declared.chain(views.iter().flat_map(|view| view.required)) {
        if !known.contains(key) {
            known.push(key.clone());
        }
    }
    known
}

/// The properties that can have but one string.
pub(super) fn constants(views: &[View<'_>]) -> Vec<(String, String)> {
    let mut constants = Vec::new();
    for view in views {
        for (key, schema) in view.properties.into_iter().flatten() {
            let property = Part::boxed(view.at.clone(), schema).view();
            if let Some([serde_json::Value::String(value)]) = property.as_ref().map(|view| view.enumeration.as_slice())
            {
                constants.push((key.clone(), value.clone()));
            }
        }
    }
    constants
}

/// Whether whatever looks like `second` looks like `first` too, and no less so.
pub(super) fn covers(first: &Probe, second: &Probe) -> bool {
    let includes = |some: &[String], others: &[String]| others.iter().all(|key| some.contains(key));
    let contradict = first
        .constants
        .iter()
        .any(|(key, value)| second.constants.iter().any(|(other, other_value)| key == other && value != other_value));
    let kinds = second.kinds.iter().all(|kind| first.kinds.contains(kind));
    let are_lists = first.kinds == [JsonKind::Array] && second.kinds == [JsonKind::Array];
    let others = |item| !first.items.contains(item);
    let differ = are_lists && !first.items.is_empty() && second.items.iter().any(others);
    kinds
        && !differ
        && !contradict
        && includes(&second.required, &first.required)
        && includes(&first.known, &second.known)
        && first.constants.iter().all(|constant| second.constants.contains(constant))
}
