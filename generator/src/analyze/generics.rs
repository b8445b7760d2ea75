//! Structs that add one property each to the same component become one generic type, and names for what it holds: the
//! envelope that a service puts around all of its results.

use std::collections::BTreeMap;

use crate::analyze::recursion::{aliased, leads_back};
use crate::analyze::sharing::{rest, write_docs, write_field, write_use};
use crate::ir;
use crate::naming::Scope;

/// As many structs are worth a generic type.
const SEVERAL: usize = 3;

pub(super) fn share(types: &mut ir::Types) {
    let mut names = Scope::of_types();
    for def in &types.list {
        names.take(&def.name);
    }
    let alike = alike(types);
    for instances in alike.into_values().filter(|instances| instances.len() >= SEVERAL) {
        let Some(first) = instances.first() else { continue };
        let Some(generic) = types.list.get(first.0).and_then(|def| generic(def, &mut names)) else { continue };
        let id = ir::TypeId(types.list.len());
        let place = types.order.iter().position(|other| other == first).unwrap_or_default();
        types.list.push(generic);
        types.order.insert(place, id);
        for instance in instances {
            if let Some(ir::TypeKind::Struct(strukt)) = types.list.get_mut(instance.0).map(|def| &mut def.kind)
                && let Some(extends) = &mut strukt.extends
            {
                extends.generic = Some(ir::TypeRef::Named(id));
            }
        }
    }
}

/// The structs that come back and extend the same component, in the order of the output, by what they have in common.
fn alike(types: &ir::Types) -> BTreeMap<String, Vec<ir::TypeId>> {
    let mut alike: BTreeMap<String, Vec<ir::TypeId>> = BTreeMap::new();
    for &id in &types.order {
        if let Some(common) = types.list.get(id.0).and_then(|def| common(types, id, def)) {
            alike.entry(common).or_default().push(id);
        }
    }
    alike
}

/// All of a struct but what it adds to a component; `None` where it has to stay what it is.
fn common(types: &ir::Types, id: ir::TypeId, def: &ir::TypeDef) -> Option<String> {
    let ir::TypeKind::Struct(strukt) = &def.kind else { return None };
    let (extends, own) = (strukt.extends.as_ref()?, own(strukt)?);
    let goes_out = matches!(def.direction, ir::Direction::Request | ir::Direction::Both);
    if goes_out || def.is_parameter || own.docs.deprecated || leads_back(types, id, named_by) {
        return None;
    }
    let mut text = format!("{} {} {:?} ", extends.base, extends.own, def.direction);
    for (index, field) in strukt.fields.iter().enumerate() {
        write_field(field, &mut text).ok()?;
        if index != extends.own {
            write_docs(&field.docs, &mut text).ok()?;
            write_use(&field.ty, types, &[], &mut text).ok()?;
        }
    }
    text.push_str(rest(strukt));
    if let ir::Rest::Collect(_, ty) = &strukt.rest {
        write_use(ty, types, &[], &mut text).ok()?;
    }
    Some(text)
}

/// What a type would be another name for if all structs that extend a component were names for something else.
fn named_by(kind: &ir::TypeKind) -> Option<&ir::TypeRef> {
    match kind {
        ir::TypeKind::Struct(strukt) => own(strukt).map(|field| &field.ty),
        ir::TypeKind::Alias(_)
        | ir::TypeKind::Enum(_)
        | ir::TypeKind::Union(_)
        | ir::TypeKind::Newtype(_)
        | ir::TypeKind::Choice(_)
        | ir::TypeKind::Multipart(_)
        | ir::TypeKind::Answers(_) => aliased(kind),
    }
}

/// The property that a struct adds to a component.
fn own(strukt: &ir::Struct) -> Option<&ir::Field> {
    strukt.fields.get(strukt.extends.as_ref()?.own)
}

/// The generic type, made from one of its instances.
fn generic(instance: &ir::TypeDef, names: &mut Scope) -> Option<ir::TypeDef> {
    let ir::TypeKind::Struct(ir::Struct { fields, rest, extends: Some(extends) }) = &instance.kind else { return None };
    let mut fields = fields.clone();
    let own = fields.get_mut(extends.own)?;
    own.ty = ir::TypeRef::Parameter;
    // Each instance says itself what it has there.
    own.docs = ir::Docs::default();
    let summary = format!("`{}` with a `{}` of type `T`.", extends.base, own.wire);
    Some(ir::TypeDef {
        name: names.claim_type(&format!("{}Of", extends.base)).name,
        origin: extends.origin.clone(),
        docs: ir::Docs { summary: Some(summary), ..ir::Docs::default() },
        kind: ir::TypeKind::Struct(ir::Struct { fields, rest: rest.clone(), extends: None }),
        direction: instance.direction,
        is_parameter: false,
    })
}
