//! Types as they look in an answer: without null and aliases.

use crate::ir::{self, Nature};

/// All types.
#[derive(Clone, Copy)]
pub(super) struct Shapes<'t>(pub(super) &'t [ir::TypeDef]);

impl<'t> Shapes<'t> {
    /// The properties of a struct; none of what is no struct.
    pub(super) fn fields(self, ty: &'t ir::TypeRef) -> &'t [ir::Field] {
        if let Some(ir::TypeKind::Struct(strukt)) = self.kind(ty) { &strukt.fields } else { &[] }
    }

    /// What a list consists of.
    pub(super) fn item(self, ty: &'t ir::TypeRef) -> Option<&'t ir::TypeRef> {
        if let ir::TypeRef::List(item) = self.plain(ty) { Some(item) } else { None }
    }

    /// What stands at the end of a way.
    pub(super) fn at(self, ty: &'t ir::TypeRef, way: &[String]) -> Option<&'t ir::TypeRef> {
        way.iter().try_fold(ty, |ty, name| self.fields(ty).iter().find(|field| field.wire == *name).map(|f| &f.ty))
    }

    pub(super) fn is_number(self, ty: &'t ir::TypeRef) -> bool {
        matches!(self.nature(ty), Some(Nature::Integer(..) | Nature::Float | Nature::Digits))
    }

    pub(super) fn is_text(self, ty: &'t ir::TypeRef) -> bool {
        self.nature(ty) == Some(Nature::Text)
    }

    fn nature(self, ty: &'t ir::TypeRef) -> Option<Nature> {
        if let ir::TypeRef::Scalar(scalar) = self.plain(ty) {
            return Some(scalar.nature());
        }
        if let Some(ir::TypeKind::Newtype(newtype)) = self.kind(ty) { self.nature(&newtype.inner) } else { None }
    }

    fn kind(self, ty: &'t ir::TypeRef) -> Option<&'t ir::TypeKind> {
        if let ir::TypeRef::Named(id) | ir::TypeRef::Boxed(id) = self.plain(ty) {
            self.0.get(id.0).map(|def| &def.kind)
        } else {
            None
        }
    }

    fn plain(self, mut ty: &'t ir::TypeRef) -> &'t ir::TypeRef {
        // An alias of an alias is possible, a circle of them is not worth more than a bound.
        for _ in 0..8 {
            if let ir::TypeRef::Nullable(inner) = ty {
                ty = inner;
            } else if let ir::TypeRef::Named(id) = ty
                && let Some(ir::TypeKind::Alias(target)) = self.0.get(id.0).map(|def| &def.kind)
            {
                ty = target;
            } else {
                break;
            }
        }
        ty
    }
}
