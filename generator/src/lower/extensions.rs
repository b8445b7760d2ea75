//! Structs that are a component and one property more: the usual way to describe an envelope.

use crate::ir;
use crate::lower::Lowerer;
use crate::naming::TypeName;
use crate::pointer::Pointer;

impl Lowerer<'_> {
    pub(super) fn find_extensions(&mut self) {
        for def in &mut self.types {
            if let ir::TypeKind::Struct(strukt) = &mut def.kind {
                strukt.extends = extends(|at| self.reserved.get(at).cloned(), &def.origin, &strukt.fields);
            }
        }
    }
}

/// The component that a struct adds its only own property to.
fn extends(
    component: impl Fn(&Pointer) -> Option<TypeName>,
    origin: &Pointer,
    fields: &[ir::Field],
) -> Option<ir::Extends> {
    let is_own = |field: &ir::Field| field.origin.is_within(origin);
    let own = fields.iter().position(is_own)?;
    let mut others = fields.iter().enumerate().filter(|(index, _)| *index != own).map(|(_, field)| field);
    let base = others.clone().next_back()?;
    if others.any(is_own) {
        return None;
    }
    let mut at = base.origin.parent()?;
    loop {
        if let Some(base) = component(&at) {
            return Some(ir::Extends { base, origin: at, own, generic: None });
        }
        at = at.parent()?;
    }
}
