//! Which types belong to which operations.

use std::collections::BTreeSet;

use crate::analyze::directions::{reached, sides};
use crate::ir;

/// Gives each group the types that no other reaches. What several reach, or none, belongs to no group, and so does all
/// that it leads to.
pub(super) fn give_types(api: &mut ir::Api) {
    let groups: Vec<BTreeSet<ir::TypeId>> = api.groups.iter().map(|group| reached_by(api, group)).collect();
    let mut owners = vec![0_usize; api.types.list.len()];
    for id in groups.iter().flatten() {
        if let Some(owners) = owners.get_mut(id.0) {
            *owners += 1;
        }
    }
    let shared = owners.iter().enumerate().filter(|(_, owners)| **owners != 1).map(|(index, _)| ir::TypeId(index));
    let shared = shared.collect();
    let shared = reached(&api.types, shared);
    for (group, types) in api.groups.iter_mut().zip(&groups) {
        let own = |id: &&ir::TypeId| types.contains(*id) && !shared.contains(*id);
        group.types = api.types.order.iter().filter(own).copied().collect();
    }
}

fn reached_by(api: &ir::Api, group: &ir::Group) -> BTreeSet<ir::TypeId> {
    let operations = group.operations.iter().filter_map(|index| api.operations.get(*index));
    let named = operations.map(sides).flat_map(|sides| sides.out.into_iter().chain(sides.back)).collect();
    reached(&api.types, named)
}
