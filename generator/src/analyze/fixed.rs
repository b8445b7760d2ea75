//! Properties that say which variant of a union a value is: where there is but one thing to say, callers need not.

use std::collections::BTreeMap;

use crate::ir;

/// Fixes the discriminators of structs that are one variant, wherever they are one.
pub(super) fn fix_discriminators(types: &mut ir::Types) {
    let mut found: BTreeMap<(ir::TypeId, String), Option<String>> = BTreeMap::new();
    for union in
        types.list.iter().filter_map(|def| if let ir::TypeKind::Union(union) = &def.kind { Some(union) } else { None })
    {
        let ir::Tagging::Property(property) = &union.tagging else { continue };
        for variant in &union.variants {
            let ir::TypeRef::Named(id) = variant.ty else { continue };
            let tag = only_tag(types, id, &variant.tags);
            let entry = found.entry((id, property.clone())).or_insert_with(|| tag.clone());
            if *entry != tag {
                *entry = None;
            }
        }
    }
    for ((id, property), tag) in found {
        if let Some(def) = types.list.get_mut(id.0)
            && let ir::TypeKind::Struct(strukt) = &mut def.kind
            && let Some(field) = strukt.fields.iter_mut().find(|field| field.wire == property)
        {
            fix(field, tag, def.direction);
        }
    }
}

/// Where the value only goes out, it must be there, or nobody could tell what it is.
fn fix(field: &mut ir::Field, tag: Option<String>, direction: ir::Direction) {
    let is_optional = matches!(field.presence, ir::Presence::Optional | ir::Presence::Defaulted(_));
    if tag.is_some() && is_optional && direction == ir::Direction::Request {
        field.presence = ir::Presence::Required;
    }
    field.fixed = tag.filter(|_| field.presence == ir::Presence::Required);
}

/// The value that stands for a variant. That of the mapping goes before the schema's own name, which counts as well.
fn only_tag(types: &ir::Types, id: ir::TypeId, tags: &[String]) -> Option<String> {
    match tags {
        [only] => Some(only.clone()),
        [mapped, name] if types.list.get(id.0).is_some_and(|def| def.origin.last() == *name) => Some(mapped.clone()),
        _ => None,
    }
}
