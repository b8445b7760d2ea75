//! Which types belong to which operations.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::directions::{reached, sides};
use crate::analyze::named;
use crate::ir;
use crate::naming::Scope;

/// As many types that the same tags need are worth a module of their own.
const MANY: usize = 4;

/// Gives each group the types that its tags alone need, and makes groups of the types that the same tags need, where
/// these are many. All others belong to no group, and so does all that they lead to.
///
/// What a type uses is needed by all tags that need the type, and maybe by others: it is there whenever the type is.
pub(super) fn give_types(api: &mut ir::Api) {
    let mut needs = vec![BTreeSet::new(); api.types.list.len()];
    for group in &api.groups {
        for id in reached_by(api, group) {
            needs.get_mut(id.0).into_iter().for_each(|tags: &mut BTreeSet<usize>| tags.extend(&group.tags));
        }
    }
    follow_aliases(api, &mut needs);
    let mut by_tags: BTreeMap<Vec<usize>, Vec<ir::TypeId>> = BTreeMap::new();
    for id in &api.types.order {
        let tags = needs.get(id.0).into_iter().flatten().copied().collect();
        by_tags.entry(tags).or_default().push(*id);
    }
    let is_group = |tags: &[usize]| api.groups.iter().any(|group| group.tags == tags);
    let (divided, others): (Vec<_>, Vec<_>) =
        by_tags.into_iter().partition(|(tags, types)| is_group(tags) || (!tags.is_empty() && types.len() >= MANY));
    let others = reached(&api.types, others.into_iter().flat_map(|(_, types)| types).collect());
    let mut modules = Scope::default();
    for group in &api.groups {
        modules.take(&group.module);
    }
    for (tags, mut types) in divided {
        types.retain(|id| !others.contains(id));
        if let Some(group) = api.groups.iter_mut().find(|group| group.tags == tags) {
            group.types = types;
        } else if !types.is_empty() {
            let names: Vec<&str> =
                tags.iter().filter_map(|tag| api.tags.get(*tag)).map(|tag| tag.feature.as_str()).collect();
            let module = modules.claim_module(&names).name;
            api.groups.push(ir::Group { module, tags, operations: Vec::new(), types });
        }
    }
}

/// Gives a name that nothing uses, since what used it has become another name itself, to the tags that need what it names.
/// Else it would be in the module that is always compiled, with all that it leads to.
fn follow_aliases(api: &ir::Api, needs: &mut [BTreeSet<usize>]) {
    let ir::Api { types, webhooks, .. } = api;
    for id in types.order.iter().filter(|id| !webhooks.contains(id)) {
        let is_needed = |id: &ir::TypeId| needs.get(id.0).is_some_and(|tags| !tags.is_empty());
        let mut target = *id;
        // It may name another name, and so on; no alias leads back to itself.
        while !is_needed(&target) {
            let Some(ir::TypeKind::Alias(ty)) = types.list.get(target.0).map(|def| &def.kind) else { break };
            let mut next = BTreeSet::new();
            named(ty, &mut next);
            let Some(next) = next.pop_first() else { break };
            target = next;
        }
        let tags = needs.get(target.0).cloned().unwrap_or_default();
        needs.get_mut(id.0).into_iter().for_each(|needs| needs.extend(&tags));
    }
}

fn reached_by(api: &ir::Api, group: &ir::Group) -> BTreeSet<ir::TypeId> {
    let operations = group.operations.iter().filter_map(|index| api.operations.get(*index));
    let named = operations.map(sides).flat_map(|sides| sides.out.into_iter().chain(sides.back)).collect();
    reached(&api.types, named)
}
