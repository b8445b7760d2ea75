//! Circles: unions that are branches of each other.
//!
//! A schema leads to the branches of its union. What leads back to itself by nothing else would have no end: neither in
//! what its values look like, nor when one is read. The schemas are gone through once, the branches before what they
//! are branches of, and with a stack of our own, since a way can be as long as the description.

use std::collections::BTreeMap;

use crate::lower::Lowerer;
use crate::lower::parts::{Node, Part};
use crate::lower::probes::all_branches;
use crate::lower::unions::base;
use crate::pointer::Pointer;

/// The place by which a schema is known: that of the schema itself.
pub(super) fn place(part: &Part<'_>) -> Pointer {
    match part.node {
        Node::Reference(reference) => Pointer::parse(reference),
        Node::Schema(_) | Node::Flat(_) | Node::Bare(_) => part.at.clone(),
    }
}

/// A schema on the way, in Tarjan's algorithm.
struct Visit<'a> {
    part: Part<'a>,
    branches: Vec<Part<'a>>,
    /// How many of the branches have been looked at.
    next: usize,
    /// The first schema on the way that this one leads back to.
    low: usize,
}

impl<'a> Lowerer<'a> {
    /// Finds the circles, and what the values of all look like, from a schema on.
    pub(super) fn explore(&mut self, start: &Part<'a>) {
        if self.circles.contains_key(&place(start)) {
            return;
        }
        // No way is closed here: where it leads back is what is to be found out.
        let open = std::mem::take(&mut self.open_unions);
        let mut numbers = BTreeMap::from([(place(start), 0)]);
        let mut way = vec![self.visit(start, 0)];
        // Those that are left, and may yet turn out to be in a circle with one on the way.
        let mut left: Vec<(usize, Part<'a>)> = Vec::new();
        while let Some(visit) = way.last_mut() {
            let Some(branch) = visit.branches.get(visit.next).cloned() else {
                let Some(done) = way.pop() else { break };
                self.leave(done, way.last_mut(), &numbers, &mut left);
                continue;
            };
            visit.next += 1;
            let at = place(&branch);
            match numbers.get(&at) {
                Some(number) if !self.circles.contains_key(&at) => visit.low = visit.low.min(*number),
                Some(_) => {}
                None if self.circles.contains_key(&at) => {}
                None => {
                    let number = numbers.len();
                    numbers.insert(at, number);
                    let next = self.visit(&branch, number);
                    way.push(next);
                }
            }
        }
        self.open_unions = open;
    }

    fn visit(&mut self, part: &Part<'a>, number: usize) -> Visit<'a> {
        let views = self.settled(std::slice::from_ref(part));
        let branches = all_branches(&views).into_iter().flatten().collect();
        Visit { part: part.clone(), branches, next: 0, low: number }
    }

    fn leave(
        &mut self,
        done: Visit<'a>,
        parent: Option<&mut Visit<'a>>,
        numbers: &BTreeMap<Pointer, usize>,
        left: &mut Vec<(usize, Part<'a>)>,
    ) {
        let number = numbers.get(&place(&done.part)).copied().unwrap_or_default();
        if let Some(parent) = parent {
            parent.low = parent.low.min(done.low);
        }
        left.push((number, done.part));
        if done.low == number {
            let start = left.iter().position(|(other, _)| *other >= number).unwrap_or_default();
            let circle: Vec<Part<'a>> = left.split_off(start).into_iter().map(|(_, part)| part).collect();
            self.settle_probes(&circle);
            let id = self.circles.len();
            self.circles.extend(circle.iter().map(|part| (place(part), id)));
        }
    }

    /// The branches of a union that says nothing else, with those of its circle in place of the unions that they are.
    pub(super) fn without_circle(&mut self, union: &Part<'a>, branches: Vec<Part<'a>>) -> Vec<Part<'a>> {
        self.explore(union);
        let Some(circle) = self.circles.get(&place(union)).copied() else { return branches };
        let mut seen = vec![place(union)];
        let mut open = branches;
        open.reverse();
        let mut straight = Vec::new();
        while let Some(branch) = open.pop() {
            let at = place(&branch);
            if self.circles.get(&at) == Some(&circle) {
                if seen.contains(&at) {
                    continue;
                }
                if let Some(inner) = self.pure_union(&branch) {
                    seen.push(at);
                    open.extend(inner.into_iter().rev());
                    continue;
                }
            }
            straight.push(branch);
        }
        straight
    }

    /// The branches of a schema that is a union and nothing else.
    fn pure_union(&mut self, part: &Part<'a>) -> Option<Vec<Part<'a>>> {
        let open = std::mem::take(&mut self.open_unions);
        let views = self.settled(std::slice::from_ref(part));
        let branches = if views.len() == 1 { self.union_of(&views) } else { None };
        self.open_unions = open;
        let (index, branches) = branches?;
        base(&views, index).is_empty().then_some(branches)
    }
}
