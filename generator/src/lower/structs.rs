//! Objects with properties, merged from all parts that hold at once.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::lower::items::values;
use crate::lower::multipart::Notation;
use crate::lower::parts::Part;
use crate::lower::schema::Class;
use crate::lower::uses::not_null;
use crate::lower::view::View;
use crate::lower::{Lowerer, enums};
use crate::naming::{self, Scope};
use crate::pointer::Pointer;

impl<'a> Lowerer<'a> {
    pub(super) fn lower_struct(&mut self, views: &[View<'a>], name: &str, notation: Notation<'_>) -> ir::Struct {
        let mut properties: IndexMap<&'a str, Vec<Part<'a>>> = IndexMap::new();
        for view in views {
            for (key, schema) in view.properties.into_iter().flatten() {
                let at = view.at.join("properties").join(key);
                properties.entry(key).or_default().push(Part::boxed(at, schema));
            }
        }
        let required: BTreeSet<&str> = views.iter().flat_map(|view| view.required).map(String::as_str).collect();
        let mut scope = Scope::default();
        let mut fields = Vec::new();
        for (wire, parts) in properties {
            let is_required = required.contains(wire);
            fields.push(self.lower_field(&parts, wire, is_required, (name, notation), &mut scope));
        }
        let rest = self.lower_rest(views, (name, notation), &mut scope);
        if matches!(rest, ir::Rest::Ignore) && matches!(notation, Notation::Json) {
            self.add_undescribed(views, &mut fields, &mut scope);
        } else if !matches!(rest, ir::Rest::Collect(..)) {
            self.undescribed(views, &fields, "it is left out");
        }
        self.members += fields.len();
        ir::Struct { fields, rest, extends: None }
    }

    /// Adds the properties that are required, and declared nowhere: any JSON, which need not be given, for the name may be a
    /// slip.
    fn add_undescribed(&mut self, views: &[View<'a>], fields: &mut Vec<ir::Field>, scope: &mut Scope) {
        for (at, wire) in self.undescribed(views, fields, "it is any JSON value, and need not be given") {
            let wanted = self.overrides.rename(&at).unwrap_or_else(|| wire.to_owned());
            let claim = scope.claim_field(&wanted);
            let remarks = vec!["Required, and not described.".to_owned()];
            fields.push(ir::Field {
                name: self.granted(&at, claim),
                wire: wire.to_owned(),
                origin: at,
                docs: ir::Docs { remarks, ..ir::Docs::default() },
                ty: ir::TypeRef::Any,
                presence: ir::Presence::Optional,
                access: ir::Access::ReadWrite,
                fixed: None,
            });
        }
    }

    /// The properties that are required and not declared, each once; reports all of them.
    fn undescribed(&mut self, views: &[View<'a>], fields: &[ir::Field], outcome: &str) -> Vec<(Pointer, &'a str)> {
        let mut seen: BTreeSet<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
        let mut undeclared = Vec::new();
        for view in views {
            for (index, key) in view.required.iter().enumerate() {
                if seen.insert(key) {
                    let at = view.at.join("required").join_index(index);
                    let message = format!("`{key}` is required, but no property of this name is declared; {outcome}");
                    self.report(&at, Code::Conflict(message));
                    undeclared.push((at, key.as_str()));
                }
            }
        }
        undeclared
    }

    fn lower_field(
        &mut self,
        parts: &[Part<'a>],
        wire: &str,
        is_required: bool,
        (parent, notation): (&str, Notation<'_>),
        scope: &mut Scope,
    ) -> ir::Field {
        // The last definition is the most specific one, so it is the one that the field belongs to.
        let origin = parts.last().map_or_else(Pointer::root, |part| part.at.clone());
        let wanted = self.overrides.rename(&origin).unwrap_or_else(|| wire.to_owned());
        let claim = scope.claim_field(&wanted);
        let name = self.granted(&origin, claim);
        let owner = self.telling(parts).last().and_then(|part| self.owner(&part.at));
        let parent = owner.unwrap_or_else(|| parent.to_owned());
        let open_unions = std::mem::take(&mut self.open_unions);
        let part = match notation {
            Notation::Json => None,
            Notation::Parts(encoding) => self.part_type(parts, encoding.get(wire)),
        };
        let ty = part.unwrap_or_else(|| self.lower_use(parts, &format!("{parent}{}", naming::suffix(&wanted))));
        self.open_unions = open_unions;
        let docs = self.docs(parts);
        let presence = self.presence(parts, &ty, is_required, &docs);
        let ty = not_null(ty);
        let access = self.access(parts);
        ir::Field { name, wire: wire.to_owned(), origin, docs, ty, presence, access, fixed: None }
    }

    /// The name of the component that a property stands in directly; an inline type has that in its name, whichever
    /// type reaches it first.
    fn owner(&self, property: &Pointer) -> Option<String> {
        let component = property.parent()?.parent()?;
        self.reserved.get(&component).map(ToString::to_string)
    }

    /// Whoever says it, the property or what it refers to.
    fn access(&self, parts: &[Part<'a>]) -> ir::Access {
        let is_said = |is: fn(&oas::SchemaData) -> bool| self.last_said(parts, |data| is(data).then_some(())).is_some();
        if is_said(|data| data.read_only) {
            ir::Access::ReadOnly
        } else if is_said(|data| data.write_only) {
            ir::Access::WriteOnly
        } else {
            ir::Access::ReadWrite
        }
    }

    fn presence(&mut self, parts: &[Part<'a>], ty: &ir::TypeRef, is_required: bool, docs: &ir::Docs) -> ir::Presence {
        let is_nullable = matches!(ty, ir::TypeRef::Nullable(_));
        let default = docs.default.clone().filter(|default| self.can_stand(parts, default));
        match (is_required, is_nullable, default) {
            (true, false, _) => ir::Presence::Required,
            (true, true, _) => ir::Presence::RequiredNullable,
            (false, true, _) => ir::Presence::OptionalNullable,
            (false, false, Some(default)) => ir::Presence::Defaulted(default),
            (false, false, None) => ir::Presence::Optional,
        }
    }

    /// Whether a default can stand for a value that does not come; reports one that is no value of its schema.
    fn can_stand(&mut self, parts: &[Part<'a>], default: &serde_json::Value) -> bool {
        let views = self.settled(parts);
        let (is_value, is_plain) = match self.classify(&views) {
            Class::Scalar(scalar) => scalar_takes(scalar, default),
            Class::Enum(_, values) => (values.contains(&enums::wire(default)), true),
            Class::Struct | Class::Map => (default.is_object(), false),
            Class::List => (default.is_array(), false),
            Class::Union | Class::Any => (true, false),
        };
        let owner = parts.iter().rev().filter_map(Part::view).find(|view| view.data.default.is_some());
        if let Some(view) = owner.filter(|_| !is_value) {
            let message = format!("the default `{default}` is no value of its schema; it is documented, and not used");
            self.report(&view.at.join("default"), Code::UnfitDefault(message));
        }
        is_value && is_plain
    }

    /// What becomes of undeclared properties: the strictest of what the parts say.
    fn lower_rest(
        &mut self,
        views: &[View<'a>],
        (name, notation): (&str, Notation<'_>),
        scope: &mut Scope,
    ) -> ir::Rest {
        let is_closed = |view: &View<'_>| matches!(view.additional, Some(oas::AdditionalProperties::Any(false)));
        if views.iter().any(is_closed) {
            return ir::Rest::Deny;
        }
        let part = match notation {
            Notation::Json => None,
            Notation::Parts(_) => self.part_type(&values(views), None),
        };
        match part.or_else(|| self.lower_additional(views, name)) {
            Some(ty) => {
                let at = views.iter().find(|view| view.additional.is_some()).map(|view| view.at.clone());
                let claim = scope.claim_field("additional_properties");
                ir::Rest::Collect(self.granted(&at.unwrap_or_else(Pointer::root), claim), ty)
            }
            None => ir::Rest::Ignore,
        }
    }

    /// The type of undeclared properties, where they are declared to be allowed.
    pub(super) fn lower_additional(&mut self, views: &[View<'a>], name: &str) -> Option<ir::TypeRef> {
        let values = values(views);
        if !values.is_empty() {
            return Some(self.lower_use(&values, &format!("{name}Value")));
        }
        let is_open = |view: &View<'_>| matches!(view.additional, Some(oas::AdditionalProperties::Any(true)));
        views.iter().any(is_open).then_some(ir::TypeRef::Any)
    }
}

/// Whether a default is a value of the scalar, and one that can be written in Rust without a check.
fn scalar_takes(scalar: ir::Scalar, default: &serde_json::Value) -> (bool, bool) {
    let integer = default.as_i64().map(i128::from).or_else(|| default.as_u64().map(i128::from));
    match scalar.nature() {
        ir::Nature::Boolean => (default.is_boolean(), true),
        ir::Nature::Integer(least, greatest) => {
            (integer.is_some_and(|value| (least..=greatest).contains(&value)), true)
        }
        ir::Nature::Float => (default.is_number(), true),
        ir::Nature::Digits => (default.is_number(), false),
        ir::Nature::Text => (default.is_string(), true),
        ir::Nature::Formed => (default.is_string(), false),
    }
}
