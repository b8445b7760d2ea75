//! Uses: the type of a schema where it is used, and the definition of one that has a name.

use std::collections::BTreeSet;

use crate::analyze;
use crate::diagnostic::Code;
use crate::ir;
use crate::lower::Lowerer;
use crate::lower::items::items;
use crate::lower::multipart::Notation;
use crate::lower::parts::{Node, Part};
use crate::lower::schema::Class;
use crate::lower::view::View;
use crate::pointer::Pointer;

/// How many inline types may stand within each other. In one schema there can be no more, as texts are no deeper.
const MOST_OPEN: usize = 64;

/// The type of all values but null.
pub(super) fn not_null(ty: ir::TypeRef) -> ir::TypeRef {
    if let ir::TypeRef::Nullable(inner) = ty { *inner } else { ty }
}

impl<'a> Lowerer<'a> {
    /// The type of a schema in use; `wanted` names it if it needs a name of its own.
    pub(super) fn lower_use(&mut self, parts: &[Part<'a>], wanted: &str) -> ir::TypeRef {
        let telling = self.telling(parts);
        let ty = match (self.sole_reference(&telling), telling.as_slice()) {
            (Some(target), _) => match self.uses.get(&target) {
                Some(ty) => ty.clone(),
                None => ir::TypeRef::Named(self.named(&target)),
            },
            (None, [part]) => match (self.uses.get(&part.at), self.ids.get(&part.at)) {
                (Some(ty), _) => ty.clone(),
                (None, Some(id)) => ir::TypeRef::Named(*id),
                (None, None) => {
                    let ty = self.lower_inline(&telling, wanted);
                    self.uses.insert(part.at.clone(), ty.clone());
                    ty
                }
            },
            (None, telling) => self.lower_inline(telling, wanted),
        };
        let is_nullable = self.is_nullable(parts);
        let has_null = matches!(ty, ir::TypeRef::Nullable(_) | ir::TypeRef::Any);
        if is_nullable && !has_null { ir::TypeRef::Nullable(Box::new(ty)) } else { ty }
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
            Class::Struct | Class::Enum(..) | Class::Union if self.is_too_much() => {
                let why = "schemas that hold at once multiply here beyond measure".to_owned();
                self.report(&at, Code::Untyped(why));
                ir::TypeRef::Any
            }
            Class::Struct | Class::Enum(..) | Class::Union => {
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

    /// Whether the types within each other, or all types and fields, are more than an author can have meant: unions
    /// beside each other, each of which refers to the next, have more combinations than there are atoms.
    fn is_too_much(&self) -> bool {
        self.open.len() >= MOST_OPEN || self.types.len() + self.members >= self.most
    }

    /// A component's definition.
    pub(super) fn lower_component(&mut self, id: ir::TypeId, at: &Pointer) {
        let spec = self.spec;
        let schema = match spec.schemas.get(at) {
            Some(Ok(schema)) => schema,
            Some(Err(diagnostic)) => return self.diagnostics.push(diagnostic.clone()),
            None => return,
        };
        let parts = [Part { at: at.clone(), node: Node::Schema(schema) }];
        let docs = self.docs(&parts);
        let subtypes = self.subtypes(at);
        let kind = match self.sole_reference(&parts) {
            _ if !subtypes.is_empty() => {
                let name = self.name_of(id);
                self.lower_hierarchy(at, &subtypes, &name)
            }
            // It extends what it refers to.
            Some(target) if self.subtypes(&target).contains(&at) => self.lower_parts(id, &parts),
            Some(target) => ir::TypeKind::Alias(ir::TypeRef::Named(self.named(&target))),
            None => self.lower_parts(id, &parts),
        };
        self.set_docs(id, docs);
        self.set_kind(id, kind);
    }

    /// What a schema is, alone.
    pub(super) fn lower_parts(&mut self, id: ir::TypeId, parts: &[Part<'a>]) -> ir::TypeKind {
        let views = self.settled(parts);
        let class = self.classify(&views);
        self.lower_class(&class, id, parts, &views)
    }

    fn lower_class(&mut self, class: &Class, id: ir::TypeId, parts: &[Part<'a>], views: &[View<'a>]) -> ir::TypeKind {
        let name = self.name_of(id);
        match class {
            Class::Struct => ir::TypeKind::Struct(self.lower_struct(views, &name, Notation::Json)),
            Class::Enum(scalar, values) => ir::TypeKind::Enum(self.lower_enum(*scalar, values, views)),
            Class::Union => self.lower_union(parts, views, &name),
            Class::Scalar(scalar) => self.lower_newtype(*scalar, views),
            Class::Map | Class::List | Class::Any => ir::TypeKind::Alias(self.lower_unnamed(class, views, &name)),
        }
    }

    fn lower_unnamed(&mut self, class: &Class, views: &[View<'a>], wanted: &str) -> ir::TypeRef {
        match class {
            Class::Map => ir::TypeRef::Map(Box::new(self.lower_additional(views, wanted).unwrap_or(ir::TypeRef::Any))),
            Class::List => {
                let item = match items(views).as_slice() {
                    [] => ir::TypeRef::Any,
                    items => self.lower_use(items, &format!("{wanted}Item")),
                };
                ir::TypeRef::List(Box::new(item))
            }
            Class::Scalar(scalar) => ir::TypeRef::Scalar(*scalar),
            Class::Struct | Class::Enum(..) | Class::Union | Class::Any => ir::TypeRef::Any,
        }
    }

    pub(super) fn set_kind(&mut self, id: ir::TypeId, kind: ir::TypeKind) {
        if let Some(def) = self.types.get_mut(id.0) {
            def.kind = kind;
        }
    }

    fn set_docs(&mut self, id: ir::TypeId, docs: ir::Docs) {
        if let Some(def) = self.types.get_mut(id.0) {
            def.docs = docs;
        }
    }

    pub(super) fn name_of(&self, id: ir::TypeId) -> String {
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
