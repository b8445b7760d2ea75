//! What a schema is: the one place that decides.
//!
//! The views of all parts that hold at once are classified together; the class decides which file lowers them.

use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::lower::view::View;
use crate::lower::{Lowerer, enums, scalars};
use crate::pointer::Pointer;
use crate::spelling::nearest;

/// What a schema is.
#[derive(Debug, PartialEq)]
pub(super) enum Class {
    Struct,
    Map,
    /// The type of the values, and the listed ones.
    Enum(ir::Scalar, Vec<String>),
    Union,
    List,
    Scalar(ir::Scalar),
    Any,
}

impl<'a> Lowerer<'a> {
    /// Decides what the views are, taken together.
    pub(super) fn classify(&mut self, views: &[View<'a>]) -> Class {
        // Whatever else is said of it, there is but one null.
        if views.iter().any(|view| view.ty == Some("null")) {
            return Class::Any;
        }
        if views.iter().any(|view| view.union().is_some_and(|(_, schemas)| !constrains_only(schemas))) {
            return Class::Union;
        }
        let types: Vec<&str> = views.iter().filter_map(|view| view.ty).collect();
        self.check_types(views, &types);
        let ty = types.first().copied().or_else(|| views.iter().find_map(implied_type));
        match ty {
            Some("object") if has_properties(views) || is_closed(views) => Class::Struct,
            Some("object") => Class::Map,
            Some("array") => Class::List,
            Some(ty @ ("string" | "integer" | "number" | "boolean")) => {
                let scalar = self.scalar(views, ty);
                match enums::listed(scalar, views) {
                    Some((scalar, values)) => Class::Enum(scalar, values),
                    None => Class::Scalar(scalar),
                }
            }
            Some(_) | None => Class::Any,
        }
    }

    fn scalar(&mut self, views: &[View<'a>], ty: &str) -> ir::Scalar {
        let format = views.iter().rev().find_map(|view| view.format.as_deref());
        let scalar = scalars::wide_enough(self.formats.scalar(ty, format), views);
        let is_secret = views.iter().any(|view| self.overrides.is_secret(&view.at));
        if is_secret && scalar == ir::Scalar::String { ir::Scalar::Secret } else { scalar }
    }

    fn check_types(&mut self, views: &[View<'a>], types: &[&str]) {
        for view in views {
            let Some(ty) = view.ty else { continue };
            if !TYPES.contains(&ty) {
                let message = match nearest(ty, TYPES.iter().copied()) {
                    Some(known) => format!("`{ty}` is no type; did you mean `{known}`?"),
                    None => format!("`{ty}` is no type"),
                };
                self.report(&view.at.join("type"), Code::Untyped(message));
            } else if types.first().is_some_and(|first| *first != ty) {
                let first = types.first().copied().unwrap_or_default();
                let message = format!("a value cannot be both {first} and {ty}; it is taken to be {first}");
                self.report(&view.at.join("type"), Code::Conflict(message));
            }
        }
    }
}

/// The types that OpenAPI 3.0 knows.
const TYPES: &[&str] = &["array", "boolean", "integer", "null", "number", "object", "string"];

/// Whether the branches of a union say only which properties must be there.
pub(super) fn constrains_only(schemas: &[oas::ReferenceOr<oas::Schema>]) -> bool {
    schemas.iter().all(|schema| match schema {
        oas::ReferenceOr::Reference { .. } => false,
        oas::ReferenceOr::Item(schema) => {
            let view = View::new(Pointer::root(), schema);
            View { required: &[], not: false, ty: view.ty.filter(|ty| *ty != "object"), ..view.clone() }.is_blank()
                && (!view.required.is_empty() || view.not)
        }
    })
}

fn has_properties(views: &[View<'_>]) -> bool {
    views.iter().any(|view| view.properties.is_some_and(|properties| !properties.is_empty()))
}

/// Whether an object may have no properties at all.
fn is_closed(views: &[View<'_>]) -> bool {
    views.iter().any(|view| matches!(view.additional, Some(oas::AdditionalProperties::Any(false))))
}

/// The type that a view without `type` implies by its other keywords. What only numbers can have comes before a
/// `pattern`, which some write of a number's digits.
fn implied_type(view: &View<'_>) -> Option<&'static str> {
    let by_format = view.format.as_deref().and_then(scalars::type_of_format);
    if view.properties.is_some() || view.additional.is_some() {
        Some("object")
    } else if view.items.is_some() {
        Some("array")
    } else if by_format.is_some_and(|ty| ty != "string") {
        by_format
    } else if view.rules.iter().any(|(_, rule)| is_of_numbers(rule)) {
        Some("number")
    } else if view.rules.iter().any(|(_, rule)| is_of_texts(rule)) {
        Some("string")
    } else {
        by_format
    }
}

fn is_of_numbers(rule: &ir::Rule) -> bool {
    matches!(
        rule,
        ir::Rule::Minimum(_)
            | ir::Rule::Maximum(_)
            | ir::Rule::ExclusiveMinimum(_)
            | ir::Rule::ExclusiveMaximum(_)
            | ir::Rule::MultipleOf(_)
    )
}

fn is_of_texts(rule: &ir::Rule) -> bool {
    matches!(rule, ir::Rule::MinLength(_) | ir::Rule::MaxLength(_) | ir::Rule::Pattern(_))
}
