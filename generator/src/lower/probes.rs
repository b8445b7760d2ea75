//! Probes: what a JSON value of a schema looks like from outside, so that the branches of a union can be told apart.

use std::collections::BTreeSet;

use crate::ir::{JsonKind, Nature, Probe, Scalar};
use crate::lower::Lowerer;
use crate::lower::circles::place;
use crate::lower::parts::{Part, branches};
use crate::lower::schema::{Class, constrains_only};
use crate::lower::unions::is_null;
use crate::lower::view::View;

const ALL: &[JsonKind] = &[JsonKind::Boolean, JsonKind::Number, JsonKind::String, JsonKind::Array, JsonKind::Object];

impl<'a> Lowerer<'a> {
    pub(super) fn probe(&mut self, parts: &[Part<'a>]) -> Probe {
        if let [part] = parts {
            self.explore(part);
            return self.probe_of(part).unwrap_or_default();
        }
        let views = self.settled(parts);
        for branch in all_branches(&views).iter().flatten() {
            self.explore(branch);
        }
        self.seen_from_outside(&views)
    }

    /// What is known of a schema so far.
    fn probe_of(&self, part: &Part<'a>) -> Option<Probe> {
        self.probes.get(&place(part)).cloned()
    }

    /// Finds what the values of the schemas in a circle look like: what each adds is added to the others, until there
    /// is no more.
    pub(super) fn settle_probes(&mut self, circle: &[Part<'a>]) {
        loop {
            let mut is_settled = true;
            for part in circle {
                let views = self.settled(std::slice::from_ref(part));
                let probe = self.seen_from_outside(&views);
                if self.probe_of(part).as_ref() != Some(&probe) {
                    self.probes.insert(place(part), probe);
                    is_settled = false;
                }
            }
            if is_settled {
                break;
            }
        }
    }

    fn seen_from_outside(&mut self, views: &[View<'a>]) -> Probe {
        let kinds = match self.classify(views) {
            Class::Struct | Class::Map => vec![JsonKind::Object],
            Class::List => vec![JsonKind::Array],
            Class::Enum(scalar, _) | Class::Scalar(scalar) => vec![kind_of(scalar)],
            Class::Union => return self.union_probe(views),
            Class::Any => ALL.to_vec(),
        };
        let items = self.item_kinds(views);
        Probe { kinds, required: required(views), constants: constants(views), known: known(views), items }
    }

    /// A union: what all of its branches have in common. A branch of which nothing is known yet adds nothing.
    fn union_probe(&mut self, views: &[View<'a>]) -> Probe {
        let mut probe = Probe { required: required(views), known: known(views), ..Probe::default() };
        for branches in all_branches(views) {
            let mut common: Option<Vec<String>> = None;
            for inner in branches.iter().filter_map(|branch| self.probe_of(branch)) {
                probe.kinds.extend(inner.kinds);
                add_new(&mut probe.known, inner.known);
                common = Some(match common {
                    Some(common) => common.into_iter().filter(|key| inner.required.contains(key)).collect(),
                    None => inner.required,
                });
            }
            add_new(&mut probe.required, common.unwrap_or_default());
        }
        probe.kinds.sort_unstable();
        probe.kinds.dedup();
        probe
    }
}

/// The branches of all unions among the views, without null.
pub(super) fn all_branches<'a>(views: &[View<'a>]) -> Vec<Vec<Part<'a>>> {
    let unions = views.iter().filter_map(|view| {
        let (keyword, schemas) = view.union().filter(|(_, schemas)| !constrains_only(schemas))?;
        let mut branches = branches(&view.at, keyword, schemas);
        branches.retain(|branch| !is_null(branch));
        Some(branches)
    });
    unions.collect()
}

/// Adds those keys that are not there yet.
fn add_new(keys: &mut Vec<String>, others: Vec<String>) {
    let known: BTreeSet<&String> = keys.iter().collect();
    let new: Vec<bool> = others.iter().map(|key| !known.contains(key)).collect();
    keys.extend(others.into_iter().zip(new).filter(|(_, is_new)| *is_new).map(|(key, _)| key));
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
