//! The places of a description whose values have a generated type.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::analyze::is_generic;
use crate::ir::{self, Direction, TypeRef};
use crate::load::{At, Documents};
use crate::pointer::Pointer;
use crate::verify::fit::Fit;
use crate::verify::schemas::{Schemas, reference};

/// A place with a type.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The place of the schema.
    pub(super) schema: Pointer,
    /// Other places that give examples of its values: its media type.
    pub(super) examples: Vec<Pointer>,
    pub(super) ty: TypeRef,
    pub(super) direction: Direction,
    /// Whether values are made for it, since it is in no other.
    pub(super) is_whole: bool,
    /// The discriminators of the unions that it is a branch of: its values have them, whatever it says itself.
    pub(super) tags: Vec<String>,
}

impl Subject {
    /// The discriminator that a value lacks.
    pub(super) fn missing_tag(&self, value: &Value) -> Option<&str> {
        let entries = value.as_object()?;
        self.tags.iter().map(String::as_str).find(|tag| !entries.contains_key(*tag))
    }
}

/// All places, each once.
pub(super) fn find(api: &ir::Api, documents: &Documents) -> Vec<Subject> {
    let references = documents.references();
    let tags = tags_of_branches(documents, &references);
    let targets: BTreeSet<String> = references.into_iter().map(|target| target.node).collect();
    let mut finder = Finder { documents, tags, seen: BTreeSet::new(), subjects: Vec::new() };
    for id in &api.types.order {
        let Some(def) = api.types.list.get(id.0) else { continue };
        let is_component = def.origin.parent() == Some(Pointer::root().join_all(&["components", "schemas"]));
        let is_whole = is_component || targets.contains(def.origin.as_str());
        match &def.kind {
            // They are no JSON.
            ir::TypeKind::Answers(_) | ir::TypeKind::Multipart(_) => continue,
            // Its instances have places of their own.
            ir::TypeKind::Struct(strukt) if is_generic(strukt) => continue,
            ir::TypeKind::Struct(_)
            | ir::TypeKind::Enum(_)
            | ir::TypeKind::Union(_)
            | ir::TypeKind::Newtype(_)
            | ir::TypeKind::Alias(_)
            | ir::TypeKind::Choice(_) => {}
        }
        finder.add(&def.origin, &finder.as_used(def, *id), def.direction, is_whole);
    }
    for operation in &api.operations {
        if let Some(body) = &operation.body {
            for (ty, media_type) in documents_of(api, &body.content) {
                finder.add_media(&body.origin, media_type, ty, Direction::Request);
            }
        }
        for case in operation.responses.success.iter().chain(&operation.responses.failure) {
            if let Some(ty) = crate::analyze::json(&case.content) {
                finder.add_media(&case.origin, Some(&case.media_type), ty, Direction::Response);
            }
        }
    }
    for def in api.types.order.iter().filter_map(|id| api.types.list.get(id.0)) {
        finder.add_fields(def);
    }
    finder.subjects
}

/// The discriminators of the unions that refer to a schema, for each one.
fn tags_of_branches(documents: &Documents, references: &[At<String>]) -> BTreeMap<String, Vec<String>> {
    let mut tags: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for At { at, node: target } in references {
        let list = at.parent().and_then(|branch| branch.parent());
        let is_union = |list: &Pointer| matches!(list.last().as_str(), "oneOf" | "anyOf");
        let union = list.filter(is_union).and_then(|list| list.parent()).and_then(|union| documents.node(&union));
        let property = union.and_then(|union| union.get("discriminator")?.get("propertyName")?.as_str());
        if let Some(property) = property {
            tags.entry(target.clone()).or_default().push(property.to_owned());
        }
    }
    tags
}

/// The types that a body has which are read and written as JSON, and their media types where these are not implied.
fn documents_of<'a>(api: &'a ir::Api, body: &'a ir::Body) -> Vec<(&'a TypeRef, Option<&'a str>)> {
    match body {
        ir::Body::Json(ty, media_type) => vec![(ty, media_type.as_deref())],
        ir::Body::Form(ty, _) => vec![(ty, Some("application/x-www-form-urlencoded"))],
        ir::Body::Choice(TypeRef::Named(id)) => match api.types.list.get(id.0).map(|def| &def.kind) {
            Some(ir::TypeKind::Choice(choices)) => {
                choices.iter().flat_map(|choice| documents_of(api, &choice.body)).collect()
            }
            _ => Vec::new(),
        },
        ir::Body::Choice(_) | ir::Body::Multipart(..) | ir::Body::Text(_) | ir::Body::Bytes(_) => Vec::new(),
    }
}

struct Finder<'a> {
    documents: &'a Documents,
    tags: BTreeMap<String, Vec<String>>,
    seen: BTreeSet<Pointer>,
    subjects: Vec<Subject>,
}

impl Finder<'_> {
    /// A definition is never null; what uses it is, where the schema takes null.
    fn as_used(&self, def: &ir::TypeDef, id: ir::TypeId) -> TypeRef {
        let fit = Fit { schemas: Schemas { documents: self.documents }, direction: def.direction };
        let takes_null = self.documents.node(&def.origin).is_some_and(|schema| fit.fits(schema, &Value::Null));
        if takes_null { TypeRef::Nullable(Box::new(TypeRef::Named(id))) } else { TypeRef::Named(id) }
    }

    fn add(&mut self, schema: &Pointer, ty: &TypeRef, direction: Direction, is_whole: bool) {
        let node = self.documents.node(schema);
        if node.is_none() || !self.seen.insert(schema.clone()) || self.is_part(schema) {
            return;
        }
        let tags = self.tags.get(schema.as_str()).cloned().unwrap_or_default();
        let examples = vec![schema.clone()];
        self.subjects.push(Subject { schema: schema.clone(), examples, ty: ty.clone(), direction, is_whole, tags });
        self.add_inner(schema, ty, direction);
    }

    /// Whether a schema says only a part of what holds for its type: a branch beside which something stands, a property
    /// that another member of an `allOf` defines too.
    fn is_part(&self, schema: &Pointer) -> bool {
        if self.is_redefined(schema).unwrap_or_default() {
            return true;
        }
        let Some(list) = schema.parent().filter(|parent| matches!(parent.last().as_str(), "oneOf" | "anyOf")) else {
            return false;
        };
        let union = list.parent().and_then(|union| self.documents.node(&union));
        let says = |keyword: &str| union.is_some_and(|union| union.get(keyword).is_some());
        ["properties", "allOf", "required", "discriminator"].into_iter().any(says) || (says("oneOf") && says("anyOf"))
    }

    fn is_redefined(&self, property: &Pointer) -> Option<bool> {
        let member = property.parent().filter(|parent| parent.last() == "properties")?.parent()?;
        let all_of = member.parent().filter(|parent| parent.last() == "allOf")?;
        let members = self.documents.node(&all_of)?.as_array()?;
        let this = self.documents.node(&member)?;
        let schemas = Schemas { documents: self.documents };
        let mut others = members.iter().filter(|other| !std::ptr::eq(*other, this));
        Some(others.any(|other| schemas.declares(other, &property.last(), 0)))
    }

    /// The items of a list, the values of a map.
    fn add_inner(&mut self, schema: &Pointer, ty: &TypeRef, direction: Direction) {
        let (keyword, inner) = match ty {
            TypeRef::List(inner) => ("items", inner),
            TypeRef::Map(inner) => ("additionalProperties", inner),
            TypeRef::Nullable(inner) => return self.add_inner(schema, inner, direction),
            TypeRef::Named(_)
            | TypeRef::Boxed(_)
            | TypeRef::Scalar(_)
            | TypeRef::Any
            | TypeRef::FormPart
            | TypeRef::Parameter => return,
        };
        let at = schema.join(keyword);
        let is_own = self.documents.node(&at).is_some_and(|node| node.is_object() && reference(node).is_none());
        if is_own {
            self.add(&at, inner, direction, false);
        }
    }

    fn add_media(&mut self, holder: &Pointer, media_type: Option<&str>, ty: &TypeRef, direction: Direction) {
        let content = holder.join("content");
        let named = media_type.filter(|media_type| !media_type.is_empty()).map(str::to_owned);
        let implied = || {
            let entries = self.documents.node(&content).and_then(Value::as_object)?;
            let is_json = |key: &&String| key.starts_with("application/json") || key.contains('*');
            entries.keys().find(is_json).cloned()
        };
        let Some(media_type) = named.or_else(implied) else { return };
        let media = content.join(media_type);
        let schema = media.join("schema");
        let Some(node) = self.documents.node(&schema) else { return };
        let is_elsewhere = reference(node).is_some();
        match self.subjects.iter_mut().find(|subject| subject.schema == schema) {
            Some(subject) => {
                subject.examples.push(media);
                subject.ty = ty.clone();
                subject.direction = direction;
                subject.is_whole = !is_elsewhere;
            }
            None => {
                let before = self.subjects.len();
                self.add(&schema, ty, direction, !is_elsewhere);
                if let Some(subject) = self.subjects.get_mut(before) {
                    subject.examples.push(media);
                }
            }
        }
    }

    fn add_fields(&mut self, def: &ir::TypeDef) {
        let ir::TypeKind::Struct(strukt) = &def.kind else { return };
        for field in strukt.fields.iter().filter(|_| !is_generic(strukt)) {
            let is_elsewhere = self.documents.node(&field.origin).is_none_or(|node| reference(node).is_some());
            let is_nullable = matches!(field.presence, ir::Presence::RequiredNullable | ir::Presence::OptionalNullable);
            let ty = field.ty.clone();
            let ty = if is_nullable { TypeRef::Nullable(Box::new(ty)) } else { ty };
            if !is_elsewhere {
                self.add(&field.origin, &ty, def.direction, false);
            }
        }
    }
}
