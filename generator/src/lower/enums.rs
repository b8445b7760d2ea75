//! Lists of texts or integers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diagnostic::Code;
use crate::ir;
use crate::lower::Lowerer;
use crate::lower::view::View;
use crate::naming::Scope;

/// What a value is written as in a list: a text as it is, all else as JSON.
pub(super) fn wire(value: &Value) -> String {
    match (value.as_str(), integer(value)) {
        (Some(text), _) => text.to_owned(),
        (None, Some(integer)) => integer.to_string(),
        (None, None) => value.to_string(),
    }
}

/// The values that all of the views list, null apart, and what they are; `None` where there is no list, or one of values
/// that have no names.
pub(super) fn listed(scalar: ir::Scalar, views: &[View<'_>]) -> Option<(ir::Scalar, Vec<String>)> {
    let values = agreed(views);
    let listed = match scalar.nature() {
        ir::Nature::Text | ir::Nature::Formed => (ir::Scalar::String, texts(&values)?),
        ir::Nature::Integer(..) => (scalar, integers(scalar, &values)?),
        // Of numbers that are all integers, the others will be integers too.
        ir::Nature::Float | ir::Nature::Digits => (ir::Scalar::I64, integers(ir::Scalar::I64, &values)?),
        ir::Nature::Boolean => return None,
    };
    Some(listed).filter(|(_, values)| !values.is_empty())
}

/// The distinct values of the last list that are in all others too; of lists that have nothing in common, the last.
fn agreed<'v>(views: &'v [View<'_>]) -> Vec<&'v Value> {
    let mut lists = views.iter().rev().map(|view| &view.enumeration).filter(|list| !list.is_empty());
    let Some(last) = lists.next() else { return Vec::new() };
    let others: Vec<BTreeSet<String>> = lists.map(|list| list.iter().map(Value::to_string).collect()).collect();
    let mut seen = BTreeSet::new();
    let distinct = last.iter().filter(|value| !value.is_null() && seen.insert(value.to_string()));
    let distinct: Vec<&Value> = distinct.collect();
    let is_agreed = |value: &&Value| others.iter().all(|list| list.contains(&value.to_string()));
    let agreed: Vec<&Value> = distinct.iter().copied().filter(is_agreed).collect();
    if agreed.is_empty() { distinct } else { agreed }
}

fn texts(values: &[&Value]) -> Option<Vec<String>> {
    values.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

fn integers(scalar: ir::Scalar, values: &[&Value]) -> Option<Vec<String>> {
    let ir::Nature::Integer(least, greatest) = scalar.nature() else { return None };
    let fitting = |value: &&Value| integer(value).filter(|integer| (least..=greatest).contains(integer));
    values.iter().map(|value| Some(fitting(value)?.to_string())).collect()
}

pub(super) fn integer(value: &Value) -> Option<i128> {
    let number = value.as_number()?;
    // Within 2^53 a float holds an integer exactly.
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    let whole = |float: f64| (float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0).then_some(float as i128);
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)).or_else(|| whole(number.as_f64()?))
}

/// The integer that a number is, or is nearest to beyond what is kept exactly.
pub(super) fn large_integer(value: &Value) -> Option<i128> {
    #[expect(clippy::cast_possible_truncation, reason = "what is too large becomes the largest")]
    let nearest = |float: f64| (float.fract() == 0.0).then_some(float as i128);
    integer(value).or_else(|| nearest(value.as_number()?.as_f64()?))
}

/// Extensions in which authors name the values that have no names of their own.
const NAMES: &[&str] = &["x-enum-varnames", "x-enumNames"];

/// Extensions in which authors say what the values mean.
const DESCRIPTIONS: &[&str] = &["x-enum-descriptions", "x-enumDescriptions"];

/// What an extension with a text for each value says of one.
fn said(view: &View<'_>, extensions: &[&str], index: usize) -> Option<String> {
    let lists = extensions.iter().filter_map(|name| view.data.extensions.get(*name)?.as_array());
    let list = lists.into_iter().find(|list| list.len() == view.enumeration.len())?;
    list.get(index)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Where a view's list has its values first.
fn indices(view: &View<'_>) -> BTreeMap<String, usize> {
    let values = view.enumeration.iter().enumerate().rev();
    values.map(|(index, value)| (wire(value), index)).collect()
}

impl<'a> Lowerer<'a> {
    pub(super) fn lower_enum(&mut self, scalar: ir::Scalar, values: &[String], views: &[View<'a>]) -> ir::Enum {
        let mut scope = Scope::default();
        let mut variants = Vec::new();
        let indices: Vec<BTreeMap<String, usize>> = views.iter().map(indices).collect();
        for value in values {
            let place = views.iter().zip(&indices).rev().find_map(|(view, indices)| {
                let index = *indices.get(value)?;
                Some((view, index, view.at.join("enum").join_index(index)))
            });
            let Some((view, index, origin)) = place else { continue };
            // A branch for each value is how JSON Schema lets authors say something of it.
            let own = Some(view.data).filter(|_| values.len() > 1 && view.enumeration.len() == 1);
            let title = own.and_then(|data| data.title.clone());
            let named = || said(view, NAMES, index).or(title.clone()).filter(|_| scalar != ir::Scalar::String);
            let wanted = self.overrides.rename(&origin).or_else(named).unwrap_or_else(|| value.clone());
            let claim = scope.claim_variant(&wanted);
            let name = self.granted(&origin, claim);
            let said_by_title = title.filter(|_| scalar == ir::Scalar::String);
            let described = own.and_then(|data| data.description.clone()).or(said_by_title);
            let description = said(view, DESCRIPTIONS, index).or(described);
            let docs = ir::Docs { description, ..ir::Docs::default() };
            variants.push(ir::EnumVariant { name, origin, docs, wire: value.clone() });
        }
        self.report_disagreement(values, views);
        let claim = scope.claim_variant("Unknown");
        let unknown = match views.iter().find(|view| !view.enumeration.is_empty()) {
            Some(view) => self.granted(&view.at, claim),
            None => claim.name,
        };
        ir::Enum { scalar, variants, unknown: ir::Unknown::Keep(unknown) }
    }

    fn report_disagreement(&mut self, values: &[String], views: &[View<'a>]) {
        for view in views.iter().filter(|view| !view.enumeration.is_empty()) {
            if !view.enumeration.iter().any(|listed| values.contains(&wire(listed))) {
                let message =
                    "these values are none of those that are listed for the same place elsewhere; the others are taken";
                self.report(&view.at.join("enum"), Code::Conflict(message.to_owned()));
            }
        }
    }
}
