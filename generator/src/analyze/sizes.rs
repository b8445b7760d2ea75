//! Types that are too large to be handed around by value.
//!
//! Services nest objects that have a hundred properties each. By value, each contains all the others, and the outermost
//! one does not fit on a stack.

use std::collections::BTreeMap;

use crate::analyze::recursion::{contained, set_boxed};
use crate::analyze::uses;
use crate::ir;

/// The bytes that a struct may take before its largest fields go into a box.
const MOST: usize = 4096;

/// What is not larger than this stays where it is: a box would save too little.
const FEW: usize = 256;

/// A text, a list or a map.
const HANDLE: usize = 24;

/// What the types take that have been looked at, in bytes. Optional or not does not count.
#[derive(Default)]
pub(super) struct Sizes(BTreeMap<ir::TypeId, usize>);

impl Sizes {
    /// Boxes a struct's fields, the largest first, until it is small enough, and remembers what it takes. What it contains by
    /// value comes before it.
    pub(super) fn settle(&mut self, types: &mut ir::Types, id: ir::TypeId) {
        let Some(kind) = types.list.get(id.0).map(|def| &def.kind) else { return };
        let mut parts: Vec<usize> = uses(kind).into_iter().map(|ty| self.of(types, ty)).collect();
        let whole = match kind {
            ir::TypeKind::Struct(_) => {
                while parts.iter().sum::<usize>() > MOST
                    && let Some((number, part)) = parts.iter_mut().enumerate().rev().max_by_key(|(_, part)| **part)
                    && *part > FEW
                {
                    *part = size_of::<usize>();
                    set_boxed(types, id, number);
                }
                parts.iter().sum()
            }
            ir::TypeKind::Union(_) | ir::TypeKind::Answers(_) | ir::TypeKind::Choice(_) => {
                parts.iter().max().map_or(0, |largest| largest + size_of::<usize>())
            }
            ir::TypeKind::Enum(_) => HANDLE,
            ir::TypeKind::Newtype(_) | ir::TypeKind::Alias(_) | ir::TypeKind::Multipart(_) => parts.iter().sum(),
        };
        self.0.insert(id, whole);
    }

    fn of(&self, types: &ir::Types, ty: &ir::TypeRef) -> usize {
        match ty {
            ir::TypeRef::Boxed(_) => size_of::<usize>(),
            ir::TypeRef::Scalar(_) | ir::TypeRef::List(_) | ir::TypeRef::Map(_) => HANDLE,
            ir::TypeRef::Any | ir::TypeRef::FormPart | ir::TypeRef::Parameter => 2 * HANDLE,
            ir::TypeRef::Named(_) | ir::TypeRef::Nullable(_) => {
                contained(types, ty).and_then(|id| self.0.get(&id).copied()).unwrap_or(HANDLE)
            }
        }
    }
}
