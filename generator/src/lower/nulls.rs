//! Whether values of a schema can be null.

use serde_json::Value;

use crate::lower::Lowerer;
use crate::lower::parts::{Node, Part, branches, members};

/// What a schema says of null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Null {
    Allowed,
    Refused,
    /// Nothing: what holds beside it decides.
    Open,
}

impl Null {
    /// What several schemas say that hold at once.
    fn all(mut several: impl Iterator<Item = Self>) -> Self {
        several
            .try_fold(Self::Open, |before, next| match (before, next) {
                (_, Self::Refused) => Err(Self::Refused),
                (Self::Allowed, _) | (_, Self::Allowed) => Ok(Self::Allowed),
                (before, Self::Open) => Ok(before),
            })
            .unwrap_or_else(|refused| refused)
    }
}

impl<'a> Lowerer<'a> {
    /// Whether a part allows null, and none refuses it.
    pub(super) fn is_nullable(&self, parts: &[Part<'a>]) -> bool {
        Null::all(parts.iter().map(|part| self.null(part, &mut Vec::new()))) == Null::Allowed
    }

    /// `way` has the references that lead here: a circle adds nothing to what its other branches allow.
    fn null(&self, part: &Part<'a>, way: &mut Vec<&'a str>) -> Null {
        if let Node::Reference(reference) = part.node {
            if way.contains(&reference) {
                return Null::Open;
            }
            way.push(reference);
            let null = self.followed(part).map_or(Null::Open, |target| self.null(&target, way));
            way.pop();
            return null;
        }
        let Some(view) = part.view() else { return Null::Open };
        if view.data.nullable || view.ty == Some("null") || view.enumeration.contains(&Value::Null) {
            return Null::Allowed;
        }
        let of_members = Null::all(members(&view).iter().map(|member| self.null(member, way)));
        if of_members == Null::Allowed {
            return Null::Allowed;
        }
        let of_branches = view.union().map_or(Null::Open, |(keyword, schemas)| {
            let branches = branches(&view.at, keyword, schemas);
            let of_each: Vec<Null> = branches.iter().map(|branch| self.null(branch, way)).collect();
            let any = |null| of_each.contains(&null).then_some(null);
            any(Null::Allowed).or_else(|| any(Null::Open)).unwrap_or(Null::Refused)
        });
        let has_kind = view.ty.is_some() || view.properties.is_some() || view.items.is_some();
        match of_branches {
            Null::Open if has_kind || !view.enumeration.is_empty() => Null::Refused,
            Null::Open => of_members,
            Null::Allowed | Null::Refused => of_branches,
        }
    }
}
