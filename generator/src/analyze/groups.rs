//! Which types belong to which operations.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::directions::{reached, sides};
use crate::analyze::{named, uses};
use crate::ir;
use crate::naming::Scope;

/// Types that the same tags need are worth a module of their own when they are as much as this to compile. Below, GitHub's
/// largest tag gains another fiftieth from twenty modules more.
const ENOUGH: usize = 12;

/// The places of tags in [`ir::Api::tags`], and one more for what is always compiled.
type Tags = BTreeSet<usize>;

/// Gives each group the types that its tags alone need, and makes groups of the types that the same tags need, where
/// these are much to compile. All others are with those that more tags need, if there are such. The rest belongs to no
/// group, and is always compiled.
///
/// What a type uses is needed by all tags that need the type, and maybe by others: it is there whenever the type is.
pub(super) fn give_types(api: &mut ir::Api) {
    let divided = divided(api, needs(api));
    let mut modules = Scope::default();
    for group in &api.groups {
        modules.take(&group.module);
    }
    for (tags, types) in divided {
        if let Some(group) = api.groups.iter_mut().find(|group| tags.iter().eq(&group.tags)) {
            group.types = types;
        } else {
            let names: Vec<&str> =
                tags.iter().filter_map(|tag| api.tags.get(*tag)).map(|tag| tag.feature.as_str()).collect();
            let module = modules.claim_module(&names).name;
            let tags = tags.into_iter().collect();
            api.groups.push(ir::Group { module, tags, operations: Vec::new(), types });
        }
    }
}

fn always(api: &ir::Api) -> Tags {
    (0..=api.tags.len()).collect()
}

/// The tags that need each type. What none needs is always compiled, and so is what that leads to.
fn needs(api: &ir::Api) -> Vec<Tags> {
    let mut needs = vec![Tags::new(); api.types.list.len()];
    for group in &api.groups {
        compile_for(&api.types, &group.tags.iter().copied().collect(), named_by(api, group), &mut needs);
    }
    follow_aliases(api, &mut needs);
    let is_unneeded = |id: &ir::TypeId| needs.get(id.0).is_some_and(Tags::is_empty);
    let unneeded = api.types.order.iter().copied().filter(is_unneeded).collect();
    compile_for(&api.types, &always(api), unneeded, &mut needs);
    needs
}

/// The types by the tags that they are compiled for, without those that always are.
///
/// Where the same tags need little, it is compiled for the fewest tags more that have a module, or always. That goes for all
/// that it leads to; so there can be new sets of tags, and they are looked at until there are none that have little.
fn divided(api: &ir::Api, mut needs: Vec<Tags>) -> Vec<(Tags, Vec<ir::TypeId>)> {
    let always = always(api);
    loop {
        let mut by_tags: BTreeMap<&Tags, Vec<ir::TypeId>> = BTreeMap::new();
        for id in &api.types.order {
            by_tags.entry(needs.get(id.0).unwrap_or(const { &Tags::new() })).or_default().push(*id);
        }
        by_tags.remove(&always);
        let has_module = |tags: &Tags| api.groups.iter().any(|group| tags.iter().eq(&group.tags));
        let (kept, little): (Vec<_>, Vec<_>) =
            by_tags.into_iter().partition(|(tags, types)| has_module(tags) || weight(api, types) >= ENOUGH);
        if little.is_empty() {
            return kept.into_iter().map(|(tags, types)| (tags.clone(), types)).collect();
        }
        let moved: Vec<(Tags, Vec<ir::TypeId>)> = little
            .into_iter()
            .map(|(tags, types)| {
                let wider = kept.iter().map(|(wider, _)| *wider).filter(|wider| wider.is_superset(tags));
                let fewest = wider.min_by_key(|wider| wider.len());
                (fewest.unwrap_or(&always).clone(), types)
            })
            .collect();
        for (tags, types) in moved {
            compile_for(&api.types, &tags, types.into_iter().collect(), &mut needs);
        }
    }
}

/// How much types are to compile, by their parts; a type itself counts as three, and a name for another one is nothing.
fn weight(api: &ir::Api, types: &[ir::TypeId]) -> usize {
    let kinds = types.iter().filter_map(|id| api.types.list.get(id.0)).map(|def| &def.kind);
    kinds.map(|kind| if matches!(kind, ir::TypeKind::Alias(_)) { 0 } else { 3 + uses(kind).len() }).sum()
}

/// Has types, and all that they lead to, compiled for more tags.
fn compile_for(types: &ir::Types, tags: &Tags, start: BTreeSet<ir::TypeId>, needs: &mut [Tags]) {
    for id in reached(types, start) {
        needs.get_mut(id.0).into_iter().for_each(|needs| needs.extend(tags));
    }
}

/// Gives a name that nothing uses, since what used it has become another name itself, to the tags that need what it names.
/// Else it would be in the module that is always compiled, with all that it leads to.
fn follow_aliases(api: &ir::Api, needs: &mut [Tags]) {
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

/// The types that the operations of a group name themselves.
fn named_by(api: &ir::Api, group: &ir::Group) -> BTreeSet<ir::TypeId> {
    let operations = group.operations.iter().filter_map(|index| api.operations.get(*index));
    operations.map(sides).flat_map(|sides| sides.out.into_iter().chain(sides.back)).collect()
}
