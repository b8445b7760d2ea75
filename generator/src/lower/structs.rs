//! Objects with properties, merged from all parts that hold at once.

use indexmap::IndexMap;
use openapiv3 as oas;

use crate::ir;
use crate::lower::Lowerer;
use crate::lower::schema::{Part, not_null};
use crate::lower::view::View;
use crate::naming::{self, Scope};
use crate::pointer::Pointer;

impl<'a> Lowerer<'a> {
    pub(super) fn lower_struct(&mut self, views: &[View<'a>], name: &str) -> ir::Struct {
        let mut properties: IndexMap<&'a str, Vec<Part<'a>>> = IndexMap::new();
        for view in views {
            for (key, schema) in view.properties.into_iter().flatten() {
                let at = view.at.join("properties").join(key);
                properties.entry(key).or_default().push(Part::boxed(at, schema));
            }
        }
        let mut scope = Scope::default();
        let mut fields = Vec::new();
        for (wire, parts) in properties {
            let is_required = views.iter().any(|view| view.required.iter().any(|key| key == wire));
            fields.push(self.lower_field(&parts, wire, is_required, name, &mut scope));
        }
        let rest = self.lower_rest(views, name, &mut scope);
        ir::Struct { fields, rest }
    }

    fn lower_field(
        &mut self,
        parts: &[Part<'a>],
        wire: &str,
        is_required: bool,
        parent: &str,
        scope: &mut Scope,
    ) -> ir::Field {
        // The last definition is the most specific one, so it is the one that the field belongs to.
        let origin = parts.last().map_or_else(Pointer::root, |part| part.at.clone());
        let wanted = self.overrides.rename(&origin).unwrap_or_else(|| wire.to_owned());
        let claim = scope.claim_field(&wanted);
        let name = self.granted(&origin, claim);
        let parent = self.owner(&origin).unwrap_or_else(|| parent.to_owned());
        let open_unions = std::mem::take(&mut self.open_unions);
        let ty = self.lower_use(parts, &format!("{parent}{}", naming::suffix(wire)));
        self.open_unions = open_unions;
        let docs = self.docs(parts);
        let presence = presence(&ty, is_required, &docs);
        let ty = not_null(ty);
        let access = access(parts);
        ir::Field {
            name,
            wire: wire.to_owned(),
            origin,
            docs,
            ty,
            presence,
            access,
        }
    }

    /// The name of the component that a property stands in directly; an inline type has that in its name, whichever
    /// type reaches it first.
    fn owner(&self, property: &Pointer) -> Option<String> {
        let component = property.parent()?.parent()?;
        self.reserved.get(&component).map(ToString::to_string)
    }

    /// What becomes of undeclared properties: the strictest of what the parts say.
    fn lower_rest(&mut self, views: &[View<'a>], name: &str, scope: &mut Scope) -> ir::Rest {
        let is_closed = |view: &View<'_>| matches!(view.additional, Some(oas::AdditionalProperties::Any(false)));
        if views.iter().any(is_closed) {
            return ir::Rest::Deny;
        }
        match self.lower_additional(views, name) {
            Some(ty) => ir::Rest::Collect(scope.claim_field("additional_properties").name, ty),
            None => ir::Rest::Ignore,
        }
    }

    /// The type of undeclared properties, where they are declared to be allowed.
    pub(super) fn lower_additional(&mut self, views: &[View<'a>], name: &str) -> Option<ir::TypeRef> {
        let mut found = None;
        for view in views {
            match view.additional {
                Some(oas::AdditionalProperties::Schema(schema)) => {
                    let part = Part::new(view.at.join("additionalProperties"), schema);
                    return Some(self.lower_use(&[part], &format!("{name}Value")));
                }
                Some(oas::AdditionalProperties::Any(true)) => found = Some(ir::TypeRef::Any),
                Some(oas::AdditionalProperties::Any(false)) | None => {}
            }
        }
        found
    }
}

fn presence(ty: &ir::TypeRef, is_required: bool, docs: &ir::Docs) -> ir::Presence {
    let is_nullable = matches!(ty, ir::TypeRef::Nullable(_));
    match (is_required, is_nullable, &docs.default) {
        (true, false, _) => ir::Presence::Required,
        (true, true, _) => ir::Presence::RequiredNullable,
        (false, true, _) => ir::Presence::OptionalNullable,
        (false, false, Some(default)) if fits(ty, default) => ir::Presence::Defaulted(default.clone()),
        (false, false, _) => ir::Presence::Optional,
    }
}

/// Whether a default can stand for a value of the type.
fn fits(ty: &ir::TypeRef, default: &serde_json::Value) -> bool {
    match ty {
        ir::TypeRef::Scalar(ir::Scalar::Bool) => default.is_boolean(),
        ir::TypeRef::Scalar(ir::Scalar::String) => default.is_string(),
        ir::TypeRef::Scalar(ir::Scalar::I64) => default.is_i64(),
        ir::TypeRef::Scalar(ir::Scalar::I32) => default.as_i64().is_some_and(|value| i32::try_from(value).is_ok()),
        ir::TypeRef::Scalar(ir::Scalar::F64) => default.is_number(),
        ir::TypeRef::Scalar(
            ir::Scalar::U32
            | ir::Scalar::U64
            | ir::Scalar::F32
            | ir::Scalar::Secret
            | ir::Scalar::Uuid
            | ir::Scalar::DateTime
            | ir::Scalar::Date
            | ir::Scalar::Base64,
        )
        | ir::TypeRef::Named(_)
        | ir::TypeRef::Boxed(_)
        | ir::TypeRef::List(_)
        | ir::TypeRef::Map(_)
        | ir::TypeRef::Nullable(_)
        | ir::TypeRef::Any => false,
    }
}

fn access(parts: &[Part<'_>]) -> ir::Access {
    let views: Vec<_> = parts.iter().filter_map(Part::view).collect();
    if views.iter().any(|view| view.data.read_only) {
        ir::Access::ReadOnly
    } else if views.iter().any(|view| view.data.write_only) {
        ir::Access::WriteOnly
    } else {
        ir::Access::ReadWrite
    }
}
