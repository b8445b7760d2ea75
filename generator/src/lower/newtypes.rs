//! Scalars with a name of their own, and constraints.

use crate::ir;
use crate::lower::Lowerer;
use crate::lower::view::View;

impl<'a> Lowerer<'a> {
    /// A component that is a scalar: a newtype where it is constrained, else another name for the scalar.
    pub(super) fn lower_newtype(&mut self, scalar: ir::Scalar, views: &[View<'a>]) -> ir::TypeKind {
        let mut checks = self.checks(views);
        for check in &mut checks {
            if check.enforcement == ir::Enforcement::Documented
                && is_enforceable(scalar, &check.rule)
                && !is_implied(scalar, &check.rule)
            {
                check.enforcement = ir::Enforcement::Enforced;
            }
        }
        let is_newtype = checks.iter().any(|check| check.enforcement != ir::Enforcement::Documented);
        let inner = ir::TypeRef::Scalar(scalar);
        if is_newtype { ir::TypeKind::Newtype(ir::Newtype { inner, checks }) } else { ir::TypeKind::Alias(inner) }
    }

    /// The constraints of the views, none of them enforced yet.
    pub(super) fn checks(&mut self, views: &[View<'a>]) -> Vec<ir::Check> {
        let mut checks: Vec<ir::Check> = Vec::new();
        for view in views {
            for (keyword, rule) in &view.rules {
                let enforcement = match self.overrides.unchecked(&view.at.join(keyword)) {
                    Some(reason) => ir::Enforcement::SwitchedOff(reason),
                    None => ir::Enforcement::Documented,
                };
                if !checks.iter().any(|check| check.rule == *rule) {
                    checks.push(ir::Check { rule: rule.clone(), enforcement });
                }
            }
        }
        checks
    }
}

/// Whether every value of the scalar keeps to a rule: what has no sign is at least 0.
fn is_implied(scalar: ir::Scalar, rule: &ir::Rule) -> bool {
    let ir::Nature::Integer(least, greatest) = scalar.nature() else { return false };
    if let ir::Rule::Minimum(ir::Bound::Integer(bound)) = rule {
        return i128::from(*bound) <= least;
    }
    matches!(rule, ir::Rule::Maximum(ir::Bound::Integer(bound)) if i128::from(*bound) >= greatest)
}

/// Patterns and steps are the service's to judge: no Rust engine reads all of ECMA 262, and a decimal step is no float.
fn is_enforceable(scalar: ir::Scalar, rule: &ir::Rule) -> bool {
    match rule {
        ir::Rule::MinLength(_) | ir::Rule::MaxLength(_) => scalar == ir::Scalar::String,
        ir::Rule::Minimum(_) | ir::Rule::ExclusiveMinimum(_) | ir::Rule::Maximum(_) | ir::Rule::ExclusiveMaximum(_) => {
            matches!(scalar.nature(), ir::Nature::Integer(..) | ir::Nature::Float)
        }
        ir::Rule::Pattern(_)
        | ir::Rule::MultipleOf(_)
        | ir::Rule::MinItems(_)
        | ir::Rule::MaxItems(_)
        | ir::Rule::UniqueItems
        | ir::Rule::MinProperties(_)
        | ir::Rule::MaxProperties(_) => false,
    }
}
