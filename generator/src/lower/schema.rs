//! What a schema is: the one place that decides.
//!
//! A schema in use is a list of parts that all hold at once. Usually there is one; an `allOf` has several, and so has a
//! property that an `allOf` defines twice. Parts are followed and flattened into views, the views are classified, and
//! the class decides which file lowers them.

use std::collections::BTreeSet;

use openapiv3 as oas;
use serde_json::Value;

use crate::analyze;
use crate::diagnostic::Code;
use crate::ir;
use crate::lower::view::View;
use crate::lower::{Lowerer, scalars};
use crate::pointer::Pointer;

/// One of the schemas that hold at once.
#[derive(Clone)]
pub(super) struct Part<'a> {
    pub(super) at: Pointer,
    pub(super) node: Node<'a>,
}

#[derive(Clone)]
pub(super) enum Node<'a> {
    Reference(&'a str),
    Schema(&'a oas::Schema),
    /// A schema whose `allOf` is already dealt with.
    Flat(&'a oas::Schema),
    /// A schema whose `allOf`, `oneOf` and `anyOf` are already dealt with.
    Bare(&'a oas::Schema),
}

/// What a schema is.
#[derive(Debug, PartialEq)]
pub(super) enum Class {
    Struct,
    Map,
    Enum(Vec<String>),
    Union,
    List,
    Scalar(ir::Scalar),
    Any,
}

impl<'a> Part<'a> {
    pub(super) fn new(at: Pointer, schema: &'a oas::ReferenceOr<oas::Schema>) -> Self {
        let node = match schema {
            oas::ReferenceOr::Reference { reference } => Node::Reference(reference),
            oas::ReferenceOr::Item(schema) => Node::Schema(schema),
        };
        Self { at, node }
    }

    pub(super) fn boxed(at: Pointer, schema: &'a oas::ReferenceOr<Box<oas::Schema>>) -> Self {
        let node = match schema {
            oas::ReferenceOr::Reference { reference } => Node::Reference(reference),
            oas::ReferenceOr::Item(schema) => Node::Schema(schema),
        };
        Self { at, node }
    }

    /// The view of the schema, if it is not a reference.
    pub(super) fn view(&self) -> Option<View<'a>> {
        match self.node {
            Node::Reference(_) => None,
            Node::Schema(schema) => Some(View::new(self.at.clone(), schema)),
            Node::Flat(schema) => Some(View {
                all_of: &[],
                ..View::new(self.at.clone(), schema)
            }),
            Node::Bare(schema) => Some(View {
                all_of: &[],
                one_of: &[],
                any_of: &[],
                ..View::new(self.at.clone(), schema)
            }),
        }
    }
}

/// The type of all values but null.
pub(super) fn not_null(ty: ir::TypeRef) -> ir::TypeRef {
    if let ir::TypeRef::Nullable(inner) = ty {
        *inner
    } else {
        ty
    }
}

/// The members of a view's `allOf`.
pub(super) fn members<'a>(view: &View<'a>) -> Vec<Part<'a>> {
    branches(&view.at, "allOf", view.all_of)
}

pub(super) fn branches<'a>(at: &Pointer, keyword: &str, schemas: &'a [oas::ReferenceOr<oas::Schema>]) -> Vec<Part<'a>> {
    let at = at.join(keyword);
    schemas
        .iter()
        .enumerate()
        .map(|(index, schema)| Part::new(at.join(index), schema))
        .collect()
}

impl<'a> Lowerer<'a> {
    /// The type of a schema in use; `wanted` names it if it needs a name of its own.
    pub(super) fn lower_use(&mut self, parts: &[Part<'a>], wanted: &str) -> ir::TypeRef {
        let ty = match (self.sole_reference(parts), parts) {
            (Some(target), _) => ir::TypeRef::Named(self.named(&target)),
            (None, [part]) => match self.uses.get(&part.at) {
                Some(ty) => ty.clone(),
                None => {
                    let ty = self.lower_inline(parts, wanted);
                    self.uses.insert(part.at.clone(), ty.clone());
                    ty
                }
            },
            (None, _) => self.lower_inline(parts, wanted),
        };
        let is_nullable = self.is_nullable(parts);
        let has_null = matches!(ty, ir::TypeRef::Nullable(_) | ir::TypeRef::Any);
        if is_nullable && !has_null {
            ir::TypeRef::Nullable(Box::new(ty))
        } else {
            ty
        }
    }

    fn lower_inline(&mut self, parts: &[Part<'a>], wanted: &str) -> ir::TypeRef {
        let places: Vec<Pointer> = parts.iter().map(|part| part.at.clone()).collect();
        if let Some((_, id)) = self.open.iter().find(|(open, _)| *open == places) {
            return ir::TypeRef::Named(*id);
        }
        let views = self.settled(parts);
        // The last part is the most specific one: a redefined property, the branch of a union.
        let at = places.last().cloned().unwrap_or_else(Pointer::root);
        let class = self.classify(&views);
        match class {
            Class::Struct | Class::Enum(_) | Class::Union => {
                let name = self.inline_name(&at, wanted);
                let docs = self.docs(parts);
                let id = self.define(name, &at, docs, ir::TypeKind::Alias(ir::TypeRef::Any));
                self.open.push((places, id));
                let kind = self.lower_class(&class, id, parts, &views);
                self.open.pop();
                self.set_kind(id, kind);
                self.flattened(id)
            }
            Class::Map | Class::List | Class::Scalar(_) | Class::Any => self.lower_unnamed(&class, &views, wanted),
        }
    }

    /// A component's definition.
    pub(super) fn lower_component(&mut self, id: ir::TypeId, at: &Pointer) {
        let spec = self.spec;
        let schema = match spec.schemas.get(at) {
            Some(Ok(schema)) => schema,
            Some(Err(diagnostic)) => return self.diagnostics.push(diagnostic.clone()),
            None => return,
        };
        let parts = [Part {
            at: at.clone(),
            node: Node::Schema(schema),
        }];
        let docs = self.docs(&parts);
        let kind = match self.sole_reference(&parts) {
            Some(target) => ir::TypeKind::Alias(ir::TypeRef::Named(self.named(&target))),
            None => {
                let views = self.settled(&parts);
                let class = self.classify(&views);
                self.lower_class(&class, id, &parts, &views)
            }
        };
        self.set_docs(id, docs);
        self.set_kind(id, kind);
    }

    fn lower_class(&mut self, class: &Class, id: ir::TypeId, parts: &[Part<'a>], views: &[View<'a>]) -> ir::TypeKind {
        let name = self.name_of(id);
        match class {
            Class::Struct => ir::TypeKind::Struct(self.lower_struct(views, &name)),
            Class::Enum(values) => ir::TypeKind::Enum(self.lower_enum(views, values)),
            Class::Union => self.lower_union(parts, views, &name),
            Class::Scalar(scalar) => self.lower_newtype(*scalar, views),
            Class::Map | Class::List | Class::Any => ir::TypeKind::Alias(self.lower_unnamed(class, views, &name)),
        }
    }

    fn lower_unnamed(&mut self, class: &Class, views: &[View<'a>], wanted: &str) -> ir::TypeRef {
        match class {
            Class::Map => ir::TypeRef::Map(Box::new(
                self.lower_additional(views, wanted).unwrap_or(ir::TypeRef::Any),
            )),
            Class::List => {
                let items = views
                    .iter()
                    .find_map(|view| Some(Part::boxed(view.at.join("items"), view.items?)));
                let item = items.map_or(ir::TypeRef::Any, |part| {
                    self.lower_use(&[part], &format!("{wanted}Item"))
                });
                ir::TypeRef::List(Box::new(item))
            }
            Class::Scalar(scalar) => ir::TypeRef::Scalar(*scalar),
            Class::Struct | Class::Enum(_) | Class::Union | Class::Any => ir::TypeRef::Any,
        }
    }

    /// Follows the parts' references and takes their `allOf` apart.
    pub(super) fn flatten(&mut self, parts: &[Part<'a>]) -> Vec<View<'a>> {
        let mut views = Vec::new();
        self.flatten_into(parts, &mut Vec::new(), &mut views);
        views
    }

    fn flatten_into(&mut self, parts: &[Part<'a>], way: &mut Vec<Pointer>, views: &mut Vec<View<'a>>) {
        for part in parts {
            let Node::Reference(reference) = part.node else {
                let Some(view) = part.view() else { continue };
                self.flatten_into(&members(&view), way, views);
                let mut own = View { all_of: &[], ..view };
                if self.open_unions.contains(&own.at) {
                    own = View {
                        one_of: &[],
                        any_of: &[],
                        ..own
                    };
                }
                if !own.is_blank() {
                    views.push(own);
                }
                continue;
            };
            let target = Pointer::parse(reference);
            if way.contains(&target) {
                self.report(&part.at, Code::ReferenceCycle(way.clone()));
                continue;
            }
            if let Some(schema) = self.schema(&part.at, &target) {
                way.push(target.clone());
                self.flatten_into(
                    &[Part {
                        at: target,
                        node: Node::Schema(schema),
                    }],
                    way,
                    views,
                );
                way.pop();
            }
        }
    }

    /// The schema that a reference names; reports where there is none.
    fn schema(&mut self, at: &Pointer, target: &Pointer) -> Option<&'a oas::Schema> {
        let spec = self.spec;
        match spec.schemas.get(target) {
            Some(Ok(schema)) => Some(schema),
            Some(Err(diagnostic)) => {
                self.diagnostics.push(diagnostic.clone());
                None
            }
            None => {
                self.report(&at.join("$ref"), Code::UnresolvedReference(target.to_string()));
                None
            }
        }
    }

    /// The named schema that these parts come down to, if they say nothing else.
    pub(super) fn sole_reference(&mut self, parts: &[Part<'a>]) -> Option<Pointer> {
        let [part] = parts else { return None };
        if let Node::Reference(reference) = part.node {
            let target = Pointer::parse(reference);
            return self.schema(&part.at, &target).map(|_| target);
        }
        let view = part.view()?;
        let (keyword, branch) = match (view.all_of, view.one_of, view.any_of) {
            ([branch], [], []) => ("allOf", branch),
            ([], [branch], []) => ("oneOf", branch),
            ([], [], [branch]) => ("anyOf", branch),
            _ => return None,
        };
        let at = view.at.join(keyword).join(0);
        let rest = View {
            all_of: &[],
            one_of: &[],
            any_of: &[],
            ..view
        };
        let is_annotation = rest.is_blank() || (rest.ty == Some("object") && View { ty: None, ..rest }.is_blank());
        if !is_annotation || self.overrides.is_secret(&part.at) {
            return None;
        }
        self.sole_reference(&[Part::new(at, branch)])
    }

    /// Whether all parts allow null.
    pub(super) fn is_nullable(&self, parts: &[Part<'a>]) -> bool {
        !parts.is_empty() && parts.iter().all(|part| self.allows_null(part, 0))
    }

    fn allows_null(&self, part: &Part<'a>, depth: usize) -> bool {
        if depth > 64 {
            return false;
        }
        let part = match part.node {
            Node::Reference(reference) => {
                let at = Pointer::parse(reference);
                let Some(Ok(schema)) = self.spec.schemas.get(&at) else {
                    return false;
                };
                Part {
                    at,
                    node: Node::Schema(schema),
                }
            }
            Node::Schema(_) | Node::Flat(_) | Node::Bare(_) => part.clone(),
        };
        let Some(view) = part.view() else { return false };
        let all =
            |parts: Vec<Part<'a>>| !parts.is_empty() && parts.iter().all(|part| self.allows_null(part, depth + 1));
        let any = |parts: Vec<Part<'a>>| parts.iter().any(|part| self.allows_null(part, depth + 1));
        view.data.nullable
            || view.ty == Some("null")
            || view.enumeration.contains(&Value::Null)
            || all(members(&view))
            || view
                .union()
                .is_some_and(|(keyword, schemas)| any(branches(&view.at, keyword, schemas)))
    }

    /// Decides what the views are, taken together.
    pub(super) fn classify(&mut self, views: &[View<'a>]) -> Class {
        if views
            .iter()
            .any(|view| view.union().is_some_and(|(_, schemas)| !constrains_only(schemas)))
        {
            return Class::Union;
        }
        let types: Vec<&str> = views.iter().filter_map(|view| view.ty).collect();
        self.check_types(views, &types);
        let ty = types.first().copied().or_else(|| views.iter().find_map(implied_type));
        let enumeration = views.iter().find(|view| !view.enumeration.is_empty());
        match ty {
            Some("object") if has_properties(views) || is_closed(views) => Class::Struct,
            Some("object") => Class::Map,
            Some("array") => Class::List,
            Some("string") | None => {
                let strings = enumeration.and_then(|view| strings(&view.enumeration));
                match (strings, ty) {
                    (Some(strings), _) => Class::Enum(strings),
                    (None, Some(_)) => Class::Scalar(self.scalar(views, "string")),
                    (None, None) => Class::Any,
                }
            }
            Some(ty @ ("integer" | "number" | "boolean")) => Class::Scalar(self.scalar(views, ty)),
            Some(_) => Class::Any,
        }
    }

    fn scalar(&mut self, views: &[View<'a>], ty: &str) -> ir::Scalar {
        let format = views.iter().rev().find_map(|view| view.format.as_deref());
        let scalar = scalars::scalar(ty, format);
        let is_secret = views.iter().any(|view| self.overrides.is_secret(&view.at));
        if is_secret && scalar == ir::Scalar::String {
            ir::Scalar::Secret
        } else {
            scalar
        }
    }

    fn check_types(&mut self, views: &[View<'a>], types: &[&str]) {
        for view in views {
            let Some(ty) = view.ty else { continue };
            if !TYPES.contains(&ty) {
                let message = match nearest(ty) {
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

    fn set_kind(&mut self, id: ir::TypeId, kind: ir::TypeKind) {
        if let Some(def) = self.types.get_mut(id.0) {
            def.kind = kind;
        }
    }

    fn set_docs(&mut self, id: ir::TypeId, docs: ir::Docs) {
        if let Some(def) = self.types.get_mut(id.0) {
            def.docs = docs;
        }
    }

    fn name_of(&self, id: ir::TypeId) -> String {
        self.types.get(id.0).map(|def| def.name.to_string()).unwrap_or_default()
    }

    /// The use of an inline type; one that turned out to need no name is what it stands for.
    fn flattened(&mut self, id: ir::TypeId) -> ir::TypeRef {
        match self.types.get(id.0).map(|def| &def.kind) {
            Some(ir::TypeKind::Alias(ty)) if id.0 + 1 == self.types.len() && !mentions(ty, id) => {
                let ty = ty.clone();
                self.types.pop();
                ty
            }
            _ => ir::TypeRef::Named(id),
        }
    }
}

fn mentions(ty: &ir::TypeRef, id: ir::TypeId) -> bool {
    let mut ids = BTreeSet::new();
    analyze::named(ty, &mut ids);
    ids.contains(&id)
}

/// The types that OpenAPI 3.0 knows.
const TYPES: &[&str] = &["array", "boolean", "integer", "null", "number", "object", "string"];

fn nearest(ty: &str) -> Option<&'static str> {
    let common = |known: &&&str| known.chars().filter(|c| ty.contains(*c)).count() * 2 > known.len();
    let similar = |known: &&&str| known.starts_with(ty.get(..2).unwrap_or(ty)) || known.len().abs_diff(ty.len()) < 2;
    TYPES.iter().filter(common).find(similar).copied()
}

/// Whether the branches of a union say only which properties must be there.
pub(super) fn constrains_only(schemas: &[oas::ReferenceOr<oas::Schema>]) -> bool {
    schemas.iter().all(|schema| match schema {
        oas::ReferenceOr::Reference { .. } => false,
        oas::ReferenceOr::Item(schema) => {
            let view = View::new(Pointer::root(), schema);
            View {
                required: &[],
                not: false,
                ty: view.ty.filter(|ty| *ty != "object"),
                ..view.clone()
            }
            .is_blank()
                && (!view.required.is_empty() || view.not)
        }
    })
}

fn has_properties(views: &[View<'_>]) -> bool {
    views
        .iter()
        .any(|view| view.properties.is_some_and(|properties| !properties.is_empty()))
}

/// Whether an object may have no properties at all.
fn is_closed(views: &[View<'_>]) -> bool {
    views
        .iter()
        .any(|view| matches!(view.additional, Some(oas::AdditionalProperties::Any(false))))
}

/// The type that a view without `type` implies by its other keywords.
fn implied_type(view: &View<'_>) -> Option<&'static str> {
    let is_text = |rule: &ir::Rule| {
        matches!(
            rule,
            ir::Rule::MinLength(_) | ir::Rule::MaxLength(_) | ir::Rule::Pattern(_)
        )
    };
    if view.properties.is_some() || view.additional.is_some() {
        Some("object")
    } else if view.items.is_some() {
        Some("array")
    } else if view.rules.iter().any(|(_, rule)| is_text(rule)) {
        Some("string")
    } else {
        view.format.as_deref().and_then(scalars::type_of_format)
    }
}

/// The distinct strings of an enumeration, if it has nothing else but null.
fn strings(enumeration: &[Value]) -> Option<Vec<String>> {
    let mut strings: Vec<String> = Vec::new();
    for value in enumeration.iter().filter(|value| !value.is_null()) {
        let string = value.as_str()?;
        if !strings.iter().any(|other| other == string) {
            strings.push(string.to_owned());
        }
    }
    Some(strings).filter(|strings| !strings.is_empty())
}
