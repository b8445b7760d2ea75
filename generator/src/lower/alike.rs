//! Branches of a union that no JSON value can tell apart, since all are texts, or all are numbers: they are one variant.
//!
//! Lists of values become one list; with anything that is not listed beside them, the type is the scalar, and the listed
//! values are documented.

use crate::ir::{self, Nature, Scalar};
use crate::lower::parts::Part;
use crate::lower::schema::Class;
use crate::lower::unions::{base, class_words};
use crate::lower::view::View;
use crate::lower::{Lowerer, probes};
use crate::naming::Scope;
use crate::pointer::Pointer;

/// Branches that become one variant.
pub(super) struct Alike<'a> {
    /// The type, and the values if all are listed.
    pub(super) class: Class,
    /// What the branches say.
    pub(super) views: Vec<View<'a>>,
    /// Sentences on what the type does not say.
    pub(super) remarks: Vec<String>,
}

/// A branch that is a scalar.
struct Branch<'a> {
    scalar: Scalar,
    listed: Vec<String>,
    /// It has no other values than the listed ones.
    is_closed: bool,
    views: Vec<View<'a>>,
}

/// What tells scalars apart in JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Boolean,
    Number,
    Text,
}

impl<'a> Lowerer<'a> {
    /// The branches, those together that are one variant.
    pub(super) fn grouped(&mut self, base: &[Part<'a>], branches: &[Part<'a>]) -> Vec<Vec<Part<'a>>> {
        let mut groups: Vec<(Option<Kind>, Vec<Part<'a>>)> = Vec::new();
        for branch in branches {
            let kind = self.scalar_branch(base, branch).map(|branch| kind(branch.scalar));
            match groups.iter_mut().find(|(other, _)| kind.is_some() && *other == kind) {
                Some((_, group)) => group.push(branch.clone()),
                None => groups.push((kind, vec![branch.clone()])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// What several branches of a group are together.
    pub(super) fn alike(&mut self, base: &[Part<'a>], group: &[Part<'a>]) -> Alike<'a> {
        let branches: Vec<_> = group.iter().filter_map(|branch| self.scalar_branch(base, branch)).collect();
        let scalar = branches.iter().map(|branch| branch.scalar).reduce(wider).unwrap_or(Scalar::String);
        let mut listed: Vec<String> = Vec::new();
        for value in branches.iter().flat_map(|branch| &branch.listed) {
            if !listed.contains(value) {
                listed.push(value.clone());
            }
        }
        let is_closed = branches.iter().all(|branch| branch.is_closed);
        let remarks = if is_closed { Vec::new() } else { remarks(&branches, &listed) };
        let class = if is_closed { Class::Enum(scalar, listed) } else { Class::Scalar(scalar) };
        Alike { class, views: branches.into_iter().flat_map(|branch| branch.views).collect(), remarks }
    }

    /// The type of a union that comes to one group.
    pub(super) fn lower_alike(&mut self, base: &[Part<'a>], group: &[Part<'a>]) -> ir::TypeKind {
        let Alike { class, views, .. } = self.alike(base, group);
        match class {
            Class::Enum(scalar, values) => ir::TypeKind::Enum(self.lower_enum(scalar, &values, &views)),
            Class::Scalar(scalar) => ir::TypeKind::Alias(ir::TypeRef::Scalar(scalar)),
            Class::Struct | Class::Map | Class::Union | Class::List | Class::Any => {
                ir::TypeKind::Alias(ir::TypeRef::Any)
            }
        }
    }

    /// The variant for a group of branches; `name` is the union's.
    pub(super) fn alike_variant(
        &mut self,
        base: &[Part<'a>],
        group: &[Part<'a>],
        name: &str,
        scope: &mut Scope,
    ) -> Option<ir::UnionVariant> {
        let at = group.first()?.at.clone();
        let Alike { class, remarks, .. } = self.alike(base, group);
        let (Class::Enum(scalar, _) | Class::Scalar(scalar)) = class else { return None };
        let wanted = class_words(&class)?;
        let kind = self.lower_alike(base, group);
        let ty = if let ir::TypeKind::Alias(ty) = kind {
            ty
        } else {
            let name = self.inline_name(&at, &format!("{name}{wanted}"));
            ir::TypeRef::Named(self.define(name, &at, ir::Docs::default(), kind))
        };
        let claim = scope.claim_variant(&self.overrides.rename(&at).unwrap_or_else(|| wanted.to_owned()));
        let name = self.granted(&at, claim);
        let docs = ir::Docs { remarks, ..ir::Docs::default() };
        let probe = ir::Probe { kinds: vec![probes::kind_of(scalar)], ..ir::Probe::default() };
        Some(ir::UnionVariant { name, origin: at, docs, ty, tags: Vec::new(), probe })
    }

    /// What a union leaves to say of the scalar that it comes to.
    pub(super) fn alike_remarks(&mut self, views: &[View<'a>]) -> Vec<String> {
        let Some((index, branches)) = self.union_of(views) else { return Vec::new() };
        let base = base(views, index);
        let mut kinds = branches.iter().map(|branch| Some(kind(self.scalar_branch(&base, branch)?.scalar)));
        let first = kinds.next().flatten();
        let is_alike = branches.len() > 1 && first.is_some() && kinds.all(|kind| kind == first);
        if is_alike { self.alike(&base, &branches).remarks } else { Vec::new() }
    }

    fn scalar_branch(&mut self, base: &[Part<'a>], branch: &Part<'a>) -> Option<Branch<'a>> {
        self.branch_on_way(base, branch, &mut Vec::new())
    }

    /// `way` has the unions that lead here: one that leads back to itself is no scalar.
    fn branch_on_way(&mut self, base: &[Part<'a>], branch: &Part<'a>, way: &mut Vec<Pointer>) -> Option<Branch<'a>> {
        let mut parts = base.to_vec();
        parts.push(branch.clone());
        let views = self.settled(&parts);
        match self.classify(&views) {
            Class::Scalar(scalar) => Some(Branch { scalar, listed: Vec::new(), is_closed: false, views }),
            Class::Enum(scalar, listed) => Some(Branch { scalar, listed, is_closed: true, views }),
            Class::Union => self.inner_union(&views, way),
            Class::Struct | Class::Map | Class::List | Class::Any => None,
        }
    }

    /// A union that comes to one scalar, as a branch of another.
    fn inner_union(&mut self, views: &[View<'a>], way: &mut Vec<Pointer>) -> Option<Branch<'a>> {
        let (index, branches) = self.union_of(views)?;
        let at = views.get(index)?.at.clone();
        if way.contains(&at) {
            return None;
        }
        way.push(at);
        let base = base(views, index);
        let found: Option<Vec<_>> = branches.iter().map(|branch| self.branch_on_way(&base, branch, way)).collect();
        way.pop();
        let found = found.filter(|found| {
            found.iter().all(|branch| found.first().is_some_and(|first| kind(first.scalar) == kind(branch.scalar)))
        })?;
        let scalar = found.iter().map(|branch| branch.scalar).reduce(wider)?;
        let is_closed = found.iter().all(|branch| branch.is_closed);
        let listed = found.iter().flat_map(|branch| branch.listed.clone()).collect();
        let views = found.into_iter().flat_map(|branch| branch.views).collect();
        Some(Branch { scalar, listed, is_closed, views })
    }
}

fn kind(scalar: Scalar) -> Kind {
    match scalar.nature() {
        Nature::Boolean => Kind::Boolean,
        Nature::Integer(..) | Nature::Float | Nature::Digits => Kind::Number,
        Nature::Text | Nature::Formed => Kind::Text,
    }
}

/// A scalar that holds the values of both.
fn wider(one: Scalar, other: Scalar) -> Scalar {
    match (one.nature(), other.nature()) {
        _ if one == other => one,
        (Nature::Integer(..), Nature::Integer(..)) => Scalar::I64,
        (Nature::Digits, _) | (_, Nature::Digits) => Scalar::Number,
        (Nature::Integer(..) | Nature::Float, _) => Scalar::F64,
        (Nature::Text | Nature::Formed | Nature::Boolean, _) if [one, other].contains(&Scalar::Secret) => {
            Scalar::Secret
        }
        (Nature::Text | Nature::Formed | Nature::Boolean, _) => Scalar::String,
    }
}

fn remarks(branches: &[Branch<'_>], listed: &[String]) -> Vec<String> {
    let mut formats: Vec<String> = Vec::new();
    let mut is_free = false;
    for branch in branches.iter().filter(|branch| !branch.is_closed) {
        match branch.views.iter().rev().find_map(|view| view.format.as_deref()) {
            Some(format) if !formats.iter().any(|other| other == format) => formats.push(format.to_owned()),
            Some(_) => {}
            None => is_free = true,
        }
    }
    let quoted = |words: &[String]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>();
    let formats = (!is_free && !formats.is_empty()).then(|| format!("Format: {}.", quoted(&formats).join(" or ")));
    let values = (!listed.is_empty()).then(|| format!("Known values: {}.", quoted(listed).join(", ")));
    formats.into_iter().chain(values).collect()
}
