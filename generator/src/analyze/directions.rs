//! Which way values go.

use std::collections::BTreeSet;

use crate::analyze::{body_type, json, named, uses};
use crate::ir;

pub(super) fn mark(api: &mut ir::Api) {
    let (mut out, mut back, mut parameters) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for operation in &api.operations {
        for param in &operation.params {
            named(&param.ty, &mut parameters);
        }
        let sides = sides(operation);
        out.extend(sides.out);
        back.extend(sides.back);
    }
    back.extend(&api.webhooks);
    let (out, back) = (reached(&api.types, out), reached(&api.types, back));
    let parameters = reached(&api.types, parameters);
    for (index, def) in api.types.list.iter_mut().enumerate() {
        let id = ir::TypeId(index);
        def.is_parameter = parameters.contains(&id);
        def.direction = match (out.contains(&id), back.contains(&id)) {
            (true, true) => ir::Direction::Both,
            (true, false) => ir::Direction::Request,
            (false, true) => ir::Direction::Response,
            // Nothing is called, so nothing is known.
            (false, false) if api.operations.is_empty() => ir::Direction::Both,
            (false, false) => ir::Direction::Neither,
        };
    }
}

/// The types that an operation names itself.
#[derive(Default)]
pub(super) struct Sides {
    pub(super) out: BTreeSet<ir::TypeId>,
    pub(super) back: BTreeSet<ir::TypeId>,
}

pub(super) fn sides(operation: &ir::Operation) -> Sides {
    let mut sides = Sides::default();
    for param in &operation.params {
        named(&param.ty, &mut sides.out);
    }
    if let Some(ty) = operation.body.as_ref().and_then(|body| body_type(&body.content)) {
        named(ty, &mut sides.out);
    }
    let ir::Responses { success, failure, output, error, alternatives, sequences } = &operation.responses;
    let contents = success.iter().chain(failure).map(|case| &case.content);
    for ty in contents.chain(alternatives.iter().map(|other| &other.content)).filter_map(json) {
        named(ty, &mut sides.back);
    }
    for sequence in sequences {
        named(sequence.item(), &mut sides.back);
    }
    sides.back.extend(output.iter().chain(error).chain(&operation.callbacks));
    sides
}

/// All types that the given ones lead to, themselves included.
pub(super) fn reached(types: &ir::Types, start: BTreeSet<ir::TypeId>) -> BTreeSet<ir::TypeId> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<ir::TypeId> = start.into_iter().collect();
    while let Some(id) = open.pop() {
        if !reached.insert(id) {
            continue;
        }
        let mut next = BTreeSet::new();
        for ty in types.list.get(id.0).iter().flat_map(|def| uses(&def.kind)) {
            named(ty, &mut next);
        }
        open.extend(next);
    }
    reached
}
