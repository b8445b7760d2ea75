//! Inline types of the same shape become one type, and other names for it.
//!
//! Descriptions repeat themselves: the same error in each operation, the same envelope around each result. All names
//! stay, so that a new operation with a shape that is there already takes none away. Components stay apart: that two of
//! them look alike today is no promise.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use crate::analyze::uses;
use crate::ir;

/// Leaves the first of each shape, in the order of the output.
pub(super) fn share(types: &mut ir::Types) {
    let groups = groups(types);
    let ir::Types { list, order } = types;
    let mut first: BTreeMap<usize, ir::TypeId> = BTreeMap::new();
    for &mut id in order {
        let Some(group) = groups.get(id.0) else { continue };
        let shared = *first.entry(*group).or_insert(id);
        if shared == id {
            continue;
        }
        let alias = ir::TypeKind::Alias(ir::TypeRef::Named(shared));
        let Some(def) = list.get_mut(id.0) else { continue };
        let (kind, is_parameter) = (std::mem::replace(&mut def.kind, alias), def.is_parameter);
        if let Some(def) = list.get_mut(shared.0) {
            def.is_parameter |= is_parameter;
            forget_differences(&mut def.kind, &kind);
        }
    }
}

/// Takes out what is said of answers, where it is not the same in all operations that have them.
fn forget_differences(kind: &mut ir::TypeKind, other: &ir::TypeKind) {
    if let (ir::TypeKind::Answers(cases), ir::TypeKind::Answers(others)) = (kind, other) {
        for (case, other) in cases.iter_mut().zip(others) {
            if case.docs != other.docs {
                case.docs = ir::Docs::default();
            }
        }
    }
}

/// Whether the author of the description gave it no name.
fn is_inline(def: &ir::TypeDef) -> bool {
    let holder = def.origin.parent().map(|parent| parent.last());
    !matches!(holder.as_deref(), Some("schemas" | "definitions" | "$defs"))
}

/// For each type the one whose shape it has.
fn groups(types: &ir::Types) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..types.list.len()).collect();
    let defs = || types.order.iter().filter_map(|id| Some((id.0, types.list.get(id.0).filter(|def| is_inline(def))?)));
    // To print what no other can be like takes longer than all that is done with it.
    let mut namesakes: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for (_, def) in defs() {
        *namesakes.entry(names(def)).or_default() += 1;
    }
    let mut outlines: BTreeMap<String, usize> = BTreeMap::new();
    let mut inline = Vec::new();
    for (id, def) in defs().filter(|(_, def)| namesakes.get(&names(def)).is_some_and(|count| *count > 1)) {
        if let Some(outline) = outline(def) {
            inline.push((id, *outlines.entry(outline).or_insert(id), uses(&def.kind)));
        }
    }
    // Types that contain types of the same shape have the same shape, too: each round looks one level further up.
    let mut count = groups.len();
    loop {
        let mut by_shape: BTreeMap<(usize, String), usize> = BTreeMap::new();
        let mut next = groups.clone();
        for (id, outline, uses) in &inline {
            let mut parts = String::new();
            let is_written = uses.iter().all(|ty| write_use(ty, types, &groups, &mut parts).is_ok());
            if let Some(group) = next.get_mut(*id).filter(|_| is_written) {
                *group = *by_shape.entry((*outline, parts)).or_insert(*id);
            }
        }
        groups = next;
        if by_shape.len() == std::mem::replace(&mut count, by_shape.len()) {
            return groups;
        }
    }
}

/// The names of a definition's members.
fn names(def: &ir::TypeDef) -> Vec<&str> {
    match &def.kind {
        ir::TypeKind::Struct(strukt) => strukt.fields.iter().map(|field| field.wire.as_str()).collect(),
        ir::TypeKind::Enum(enum_) => enum_.variants.iter().map(|variant| variant.name.as_str()).collect(),
        ir::TypeKind::Union(union) => union.variants.iter().map(|variant| variant.name.as_str()).collect(),
        ir::TypeKind::Answers(cases) => cases.iter().map(|case| case.name.as_str()).collect(),
        ir::TypeKind::Newtype(_) | ir::TypeKind::Alias(_) | ir::TypeKind::Choice(_) | ir::TypeKind::Multipart(_) => {
            Vec::new()
        }
    }
}

/// What a definition prints, apart from its name, what is said of it as a whole, and the types that it uses; `None` where it
/// is shared in vain.
fn outline(def: &ir::TypeDef) -> Option<String> {
    let mut text = format!("{:?} ", def.direction);
    let write = &mut text;
    match &def.kind {
        ir::TypeKind::Struct(strukt) => {
            write.push_str(rest(strukt));
            for field in &strukt.fields {
                write_field(field, write).ok()?;
                write_docs(&field.docs, write).ok()?;
            }
        }
        ir::TypeKind::Enum(ir::Enum { scalar, variants, unknown }) => {
            write!(write, "{scalar:?} {unknown:?}").ok()?;
            for ir::EnumVariant { name, origin: _, docs, wire } in variants {
                write!(write, "{name} {docs:?} {wire:?};").ok()?;
            }
        }
        ir::TypeKind::Union(ir::Union { tagging, variants, unknown }) => {
            write!(write, "{tagging:?} {unknown:?}").ok()?;
            for ir::UnionVariant { name, origin: _, docs, ty: _, tags, probe } in variants {
                write!(write, "{name} {docs:?} {tags:?} {probe:?};").ok()?;
            }
        }
        ir::TypeKind::Answers(cases) => {
            // What an answer means is said of the operation, too.
            for ir::Case { status, name, origin: _, docs: _, content, media_type } in cases {
                let content = std::mem::discriminant(content);
                write!(write, "{status:?} {name} {content:?} {media_type:?};").ok()?;
            }
        }
        ir::TypeKind::Newtype(_) | ir::TypeKind::Alias(_) | ir::TypeKind::Choice(_) | ir::TypeKind::Multipart(_) => {
            return None;
        }
    }
    Some(text)
}

/// What becomes of a struct's other properties.
pub(super) fn rest(strukt: &ir::Struct) -> &str {
    match &strukt.rest {
        ir::Rest::Ignore => "ignore",
        ir::Rest::Deny => "deny",
        ir::Rest::Collect(name, _) => name.as_str(),
    }
}

/// A field apart from its type, and from what is said of it.
pub(super) fn write_field(field: &ir::Field, text: &mut String) -> fmt::Result {
    let ir::Field { name, wire, origin: _, docs: _, ty: _, presence, access, fixed } = field;
    write!(text, "{name} {wire:?} {presence:?} {access:?} {fixed:?} ")
}

/// What is said of a field, apart from its example: one shows what it is like as well as another.
pub(super) fn write_docs(docs: &ir::Docs, text: &mut String) -> fmt::Result {
    let ir::Docs { summary, description, deprecated, checks, each, default, example: _, facts, remarks } = docs;
    write!(text, "{summary:?} {description:?} {deprecated} {checks:?} {each:?} {default:?} {facts:?} {remarks:?};")
}

/// What a use says, with the groups for the types, and what aliases stand for in their place.
pub(super) fn write_use(ty: &ir::TypeRef, types: &ir::Types, groups: &[usize], text: &mut String) -> fmt::Result {
    let (sign, inner) = match ty {
        ir::TypeRef::Named(id) | ir::TypeRef::Boxed(id) => {
            if matches!(ty, ir::TypeRef::Boxed(_)) {
                text.push('*');
            }
            return match types.list.get(id.0).map(|def| &def.kind) {
                Some(ir::TypeKind::Alias(ty)) => write_use(ty, types, groups, text),
                _ => write!(text, "{} ", groups.get(id.0).unwrap_or(&id.0)),
            };
        }
        ir::TypeRef::List(inner) => ('[', &**inner),
        ir::TypeRef::Map(inner) => ('{', &**inner),
        ir::TypeRef::Nullable(inner) => ('?', &**inner),
        ir::TypeRef::Scalar(_) | ir::TypeRef::Any | ir::TypeRef::FormPart | ir::TypeRef::Parameter => {
            return write!(text, "{ty:?} ");
        }
    };
    text.push(sign);
    write_use(inner, types, groups, text)
}
