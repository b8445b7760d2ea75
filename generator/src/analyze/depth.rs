//! How deep types stand within each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::{named, uses};
use crate::ir;

/// The number of types on the longest way from one to the next, as far as a search finds it that sees each type once.
///
/// This is how the compiler goes through types to find out whether they are `Send`, and it gives up after a while.
#[must_use]
pub(crate) fn depth(types: &ir::Types) -> usize {
    let mut depths: BTreeMap<ir::TypeId, usize> = BTreeMap::new();
    for start in &types.order {
        let mut way = vec![(*start, targets(types, *start))];
        depths.entry(*start).or_insert(1);
        while let Some((from, open)) = way.last_mut() {
            let (from, next) = (*from, open.pop());
            match next {
                Some(next) if !depths.contains_key(&next) => {
                    depths.insert(next, 1);
                    way.push((next, targets(types, next)));
                }
                Some(next) => deepen(&mut depths, from, next),
                None => {
                    way.pop();
                    if let Some((before, _)) = way.last() {
                        deepen(&mut depths, *before, from);
                    }
                }
            }
        }
    }
    depths.into_values().max().unwrap_or_default()
}

fn deepen(depths: &mut BTreeMap<ir::TypeId, usize>, outer: ir::TypeId, inner: ir::TypeId) {
    let inner = depths.get(&inner).copied().unwrap_or_default();
    if let Some(outer) = depths.get_mut(&outer) {
        *outer = (*outer).max(inner + 1);
    }
}

fn targets(types: &ir::Types, id: ir::TypeId) -> Vec<ir::TypeId> {
    let mut targets = BTreeSet::new();
    for ty in types.list.get(id.0).iter().flat_map(|def| uses(&def.kind)) {
        named(ty, &mut targets);
    }
    targets.into_iter().collect()
}
