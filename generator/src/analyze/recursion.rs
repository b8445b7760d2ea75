//! Types that lead back to themselves.

use std::collections::BTreeSet;

use crate::analyze::sizes::Sizes;
use crate::analyze::{named, uses};
use crate::ir;

/// Gives an alias whose expansion would contain itself a definition of its own: `Tree` as a list of `Tree`, say.
pub(super) fn name_circular_aliases(types: &mut ir::Types) {
    for index in types.order.clone() {
        if leads_back(types, index, aliased)
            && let Some(def) = types.list.get_mut(index.0)
            && let ir::TypeKind::Alias(inner) = &def.kind
        {
            def.kind = ir::TypeKind::Newtype(ir::Newtype { inner: inner.clone(), checks: Vec::new() });
        }
    }
}

/// What a type is another name for.
pub(super) fn aliased(kind: &ir::TypeKind) -> Option<&ir::TypeRef> {
    if let ir::TypeKind::Alias(ty) = kind { Some(ty) } else { None }
}

/// Whether a name leads to itself by nothing but names, `aliased` being what one stands for.
pub(super) fn leads_back(
    types: &ir::Types,
    start: ir::TypeId,
    aliased: fn(&ir::TypeKind) -> Option<&ir::TypeRef>,
) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(id) = open.pop() {
        let Some(ty) = types.list.get(id.0).and_then(|def| aliased(&def.kind)) else { continue };
        let mut next = BTreeSet::new();
        named(ty, &mut next);
        if next.contains(&start) {
            return true;
        }
        open.extend(next.into_iter().filter(|id| seen.insert(*id)));
    }
    false
}

/// A use of a type by value: the definition that it stands in, the number of the use there, and what it comes down to.
struct Edge {
    number: usize,
    target: ir::TypeId,
}

/// Boxes the uses that close a circle of types that contain each other by value, and what makes a struct too large.
pub(super) fn box_values(types: &mut ir::Types) {
    let mut sizes = Sizes::default();
    let mut done = BTreeSet::new();
    for start in types.order.clone() {
        if done.contains(&start) {
            continue;
        }
        // Depth first, with a stack of our own: circles can be as long as the description.
        let mut way = vec![(start, edges(types, start))];
        done.insert(start);
        while let Some((from, open)) = way.last_mut() {
            let from = *from;
            let Some(edge) = open.pop() else {
                // The size of all that it contains is known now.
                sizes.settle(types, from);
                way.pop();
                continue;
            };
            if way.iter().any(|(id, _)| *id == edge.target) {
                set_boxed(types, from, edge.number);
            } else if done.insert(edge.target) {
                let next = edges(types, edge.target);
                way.push((edge.target, next));
            }
        }
    }
}

/// The uses by value in a definition, the last first.
fn edges(types: &ir::Types, from: ir::TypeId) -> Vec<Edge> {
    let Some(def) = types.list.get(from.0) else {
        return Vec::new();
    };
    let uses = uses(&def.kind).into_iter().enumerate();
    let edges = uses.filter_map(|(number, ty)| Some(Edge { number, target: contained(types, ty)? }));
    let mut edges: Vec<Edge> = edges.collect();
    edges.reverse();
    edges
}

/// The struct, union or newtype that is contained in a value, through aliases.
pub(super) fn contained(types: &ir::Types, ty: &ir::TypeRef) -> Option<ir::TypeId> {
    let mut ty = ty;
    loop {
        match ty {
            ir::TypeRef::Named(id) => match types.list.get(id.0).map(|def| &def.kind)? {
                ir::TypeKind::Alias(target) => ty = target,
                ir::TypeKind::Struct(_)
                | ir::TypeKind::Union(_)
                | ir::TypeKind::Newtype(_)
                | ir::TypeKind::Enum(_)
                | ir::TypeKind::Multipart(_)
                | ir::TypeKind::Choice(_)
                | ir::TypeKind::Answers(_) => return Some(*id),
            },
            ir::TypeRef::Nullable(inner) => ty = inner,
            ir::TypeRef::Boxed(_)
            | ir::TypeRef::Scalar(_)
            | ir::TypeRef::List(_)
            | ir::TypeRef::Map(_)
            | ir::TypeRef::Any
            | ir::TypeRef::FormPart
            | ir::TypeRef::Parameter => return None,
        }
    }
}

pub(super) fn set_boxed(types: &mut ir::Types, from: ir::TypeId, number: usize) {
    let Some(def) = types.list.get_mut(from.0) else { return };
    let uses: Vec<&mut ir::TypeRef> = match &mut def.kind {
        ir::TypeKind::Struct(strukt) => strukt.fields.iter_mut().map(|field| &mut field.ty).collect(),
        ir::TypeKind::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        ir::TypeKind::Newtype(newtype) => vec![&mut newtype.inner],
        // Nothing contains a body or an answer, so no circle goes through one.
        ir::TypeKind::Multipart(_)
        | ir::TypeKind::Choice(_)
        | ir::TypeKind::Alias(_)
        | ir::TypeKind::Enum(_)
        | ir::TypeKind::Answers(_) => Vec::new(),
    };
    if let Some(ty) = uses.into_iter().nth(number) {
        set_innermost(ty);
    }
}

fn set_innermost(ty: &mut ir::TypeRef) {
    match ty {
        ir::TypeRef::Named(id) => *ty = ir::TypeRef::Boxed(*id),
        ir::TypeRef::Nullable(inner) => set_innermost(inner),
        ir::TypeRef::Boxed(_)
        | ir::TypeRef::Scalar(_)
        | ir::TypeRef::List(_)
        | ir::TypeRef::Map(_)
        | ir::TypeRef::Any
        | ir::TypeRef::FormPart
        | ir::TypeRef::Parameter => {}
    }
}
