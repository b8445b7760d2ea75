//! Whether values of a schema can be null.

use serde_json::Value;

use crate::lower::Lowerer;
use crate::lower::parts::{Node, Part, branches, members};
use crate::lower::view::View;

/// What a schema says of null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
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
    pub(super) fn is_nullable(&mut self, parts: &[Part<'a>]) -> bool {
        self.find_nulls(parts);
        Null::all(parts.iter().map(|part| self.null(part))) == Null::Allowed
    }

    /// Finds what the schemas say that are referred to. A circle adds nothing to what its other branches allow: each
    /// says nothing until it is found out, which goes on until there is no more to be found.
    fn find_nulls(&mut self, parts: &[Part<'a>]) {
        let mut unknown = Vec::new();
        let mut open = parts.to_vec();
        while let Some(part) = open.pop() {
            let Node::Reference(reference) = part.node else {
                open.extend(part.view().iter().flat_map(alternatives));
                continue;
            };
            if !self.nullable.contains_key(reference) {
                self.nullable.insert(reference, Null::Open);
                open.extend(self.followed(&part));
                unknown.push((reference, part));
            }
        }
        for _ in 0..=unknown.len() {
            let mut is_settled = true;
            // Those that were found last are referred to by the others.
            for (reference, part) in unknown.iter().rev() {
                let null = self.followed(part).map_or(Null::Open, |target| self.null(&target));
                is_settled &= self.nullable.insert(*reference, null) == Some(null);
            }
            if is_settled {
                break;
            }
        }
    }

    /// What a part says, with what is known of the schemas that are referred to.
    fn null(&self, part: &Part<'a>) -> Null {
        if let Node::Reference(reference) = part.node {
            return self.nullable.get(reference).copied().unwrap_or(Null::Open);
        }
        let Some(view) = part.view() else { return Null::Open };
        if view.data.nullable || view.ty == Some("null") || view.enumeration.contains(&Value::Null) {
            return Null::Allowed;
        }
        let of_members = Null::all(members(&view).iter().map(|member| self.null(member)));
        if of_members == Null::Allowed {
            return Null::Allowed;
        }
        let of_branches = view.union().map_or(Null::Open, |(keyword, schemas)| {
            let branches = branches(&view.at, keyword, schemas);
            let of_each: Vec<Null> = branches.iter().map(|branch| self.null(branch)).collect();
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

/// The members of a view's `allOf`, and the branches of its union.
fn alternatives<'a>(view: &View<'a>) -> Vec<Part<'a>> {
    let union = view.union().map(|(keyword, schemas)| branches(&view.at, keyword, schemas));
    members(view).into_iter().chain(union.into_iter().flatten()).collect()
}
