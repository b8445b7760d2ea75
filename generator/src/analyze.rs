//! analyze: takes a client's parts, completes them with what only the whole can tell.
//!
//! Eight passes, in this order, each of which must be deterministic:
//!
//! 1. Which way values of each type go, from the operations on.
//! 2. What follows from that: a type that only comes back needs no checks, a property that the service alone sets need
//!    not be given, …
//! 3. Discriminators that can have but one value.
//! 4. Aliases that would be defined by themselves become types of their own.
//! 5. Inline types of the same shape become one.
//! 6. Types that would contain themselves get a box, at the first place where the circle closes, and structs that would take
//!    too much room get boxes for their largest fields.
//! 7. Structs that add one property each to the same component become a generic type.
//! 8. Types that only operations of the same tags reach belong to these.

use std::collections::BTreeSet;

use crate::ir;

mod depth;
mod directions;
mod fixed;
mod generics;
mod groups;
mod recursion;
mod sharing;
mod sizes;

pub(crate) use depth::depth;

/// Completes the client.
#[must_use]
pub(crate) fn analyze(mut api: ir::Api) -> ir::Api {
    directions::mark(&mut api);
    for def in &mut api.types.list {
        settle(def);
    }
    fixed::fix_discriminators(&mut api.types);
    recursion::name_circular_aliases(&mut api.types);
    sharing::share(&mut api.types);
    recursion::box_values(&mut api.types);
    generics::share(&mut api.types);
    groups::give_types(&mut api);
    api
}

/// The types that a definition uses.
pub(crate) fn uses(kind: &ir::TypeKind) -> Vec<&ir::TypeRef> {
    match kind {
        ir::TypeKind::Struct(strukt) | ir::TypeKind::Multipart(ir::Multipart { strukt, .. }) => {
            let rest = match &strukt.rest {
                ir::Rest::Collect(_, ty) => Some(ty),
                ir::Rest::Ignore | ir::Rest::Deny => None,
            };
            match argument(strukt) {
                Some((generic, own)) => vec![generic, &own.ty],
                None => strukt.fields.iter().map(|field| &field.ty).chain(rest).collect(),
            }
        }
        ir::TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        ir::TypeKind::Newtype(newtype) => vec![&newtype.inner],
        ir::TypeKind::Alias(ty) => vec![ty],
        ir::TypeKind::Answers(cases) => cases.iter().filter_map(|case| json(&case.content)).collect(),
        ir::TypeKind::Choice(choices) => choices.iter().filter_map(|choice| body_type(&choice.body)).collect(),
        ir::TypeKind::Enum(_) => Vec::new(),
    }
}

/// The generic type that a struct is an instance of, and the field whose type is its argument.
pub(crate) fn argument(strukt: &ir::Struct) -> Option<(&ir::TypeRef, &ir::Field)> {
    let extends = strukt.extends.as_ref()?;
    Some((extends.generic.as_ref()?, strukt.fields.get(extends.own)?))
}

/// Whether the type of a field is left open.
pub(crate) fn is_generic(strukt: &ir::Struct) -> bool {
    strukt.fields.iter().any(|field| field.ty == ir::TypeRef::Parameter)
}

/// The type of a JSON answer.
pub(crate) fn json(content: &ir::Content) -> Option<&ir::TypeRef> {
    match content {
        ir::Content::Json(ty) => Some(ty),
        ir::Content::Empty | ir::Content::Text | ir::Content::Bytes => None,
    }
}

/// The type of a body that has one.
pub(crate) fn body_type(body: &ir::Body) -> Option<&ir::TypeRef> {
    match body {
        ir::Body::Json(ty, _) | ir::Body::Form(ty, _) | ir::Body::Multipart(Some(ty), _) | ir::Body::Choice(ty) => {
            Some(ty)
        }
        ir::Body::Multipart(None, _) | ir::Body::Text(_) | ir::Body::Bytes(_) => None,
    }
}

/// The type definitions that are named in a use.
pub(crate) fn named(ty: &ir::TypeRef, ids: &mut BTreeSet<ir::TypeId>) {
    match ty {
        ir::TypeRef::Named(id) | ir::TypeRef::Boxed(id) => drop(ids.insert(*id)),
        ir::TypeRef::List(inner) | ir::TypeRef::Map(inner) | ir::TypeRef::Nullable(inner) => named(inner, ids),
        ir::TypeRef::Scalar(_) | ir::TypeRef::Any | ir::TypeRef::FormPart | ir::TypeRef::Parameter => {}
    }
}

/// What follows from the direction of a type.
fn settle(def: &mut ir::TypeDef) {
    let goes_out = matches!(def.direction, ir::Direction::Request | ir::Direction::Both);
    let comes_back = !matches!(def.direction, ir::Direction::Request);
    match &mut def.kind {
        ir::TypeKind::Struct(strukt) => {
            for field in &mut strukt.fields {
                let is_set_by_service = field.access == ir::Access::ReadOnly && goes_out;
                let is_not_returned = field.access == ir::Access::WriteOnly && comes_back;
                field.presence = match std::mem::replace(&mut field.presence, ir::Presence::Optional) {
                    ir::Presence::Required if is_set_by_service || is_not_returned => ir::Presence::Optional,
                    ir::Presence::RequiredNullable if is_set_by_service || is_not_returned => {
                        ir::Presence::OptionalNullable
                    }
                    ir::Presence::Defaulted(_) if goes_out => ir::Presence::Optional,
                    presence @ (ir::Presence::Required
                    | ir::Presence::RequiredNullable
                    | ir::Presence::Optional
                    | ir::Presence::OptionalNullable
                    | ir::Presence::Defaulted(_)) => presence,
                };
            }
        }
        ir::TypeKind::Enum(enum_) if !comes_back => enum_.unknown = ir::Unknown::Never,
        ir::TypeKind::Union(union) if !comes_back => union.unknown = ir::Unknown::Never,
        ir::TypeKind::Newtype(newtype) if !goes_out => def.kind = ir::TypeKind::Alias(newtype.inner.clone()),
        ir::TypeKind::Enum(_)
        | ir::TypeKind::Union(_)
        | ir::TypeKind::Newtype(_)
        | ir::TypeKind::Alias(_)
        | ir::TypeKind::Multipart(_)
        | ir::TypeKind::Choice(_)
        | ir::TypeKind::Answers(_) => {}
    }
}
