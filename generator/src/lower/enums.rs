//! Lists of strings.

use crate::ir;
use crate::lower::Lowerer;
use crate::lower::view::View;
use crate::naming::Scope;

impl<'a> Lowerer<'a> {
    pub(super) fn lower_enum(&mut self, views: &[View<'a>], values: &[String]) -> ir::Enum {
        let mut scope = Scope::default();
        let view = views.iter().find(|view| !view.enumeration.is_empty());
        let mut variants = Vec::new();
        for wire in values {
            let at = view.map(|view| {
                let index = view.enumeration.iter().position(|value| value.as_str() == Some(wire));
                view.at.join("enum").join(index.unwrap_or_default())
            });
            let wanted = at.as_ref().and_then(|at| self.overrides.rename(at)).unwrap_or_else(|| wire.clone());
            let claim = scope.claim_variant(&wanted);
            let name = match at {
                Some(at) => self.granted(&at, claim),
                None => claim.name,
            };
            variants.push(ir::EnumVariant { name, wire: wire.clone() });
        }
        let claim = scope.claim_variant("Unknown");
        let unknown = match view {
            Some(view) => self.granted(&view.at, claim),
            None => claim.name,
        };
        ir::Enum { variants, unknown: ir::Unknown::Keep(unknown) }
    }
}
