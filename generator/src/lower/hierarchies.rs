//! Schemas with a discriminator that others extend by `allOf`: a value of one is a value of any of these.
//!
//! Where such a schema is used, it is a union of those that extend it. Where one of these contains it, it is a part.

use openapiv3 as oas;

use crate::ir;
use crate::lower::Lowerer;
use crate::lower::parts::{Node, Part};
use crate::lower::unions::tags;
use crate::lower::view::View;
use crate::naming::Scope;
use crate::pointer::Pointer;

impl<'a> Lowerer<'a> {
    /// The schemas that extend one with a discriminator, in the order of the description. One that has a discriminator
    /// and is extended itself stands for those that extend it.
    pub(super) fn subtypes(&self, at: &Pointer) -> Vec<&'a Pointer> {
        if self.base_discriminator(at).is_none() {
            return Vec::new();
        }
        let spec = self.spec;
        let mut found: Vec<&Pointer> = Vec::new();
        let mut open = vec![at];
        while let Some(base) = open.pop() {
            for (extending, schema) in &spec.schemas {
                let extends = schema.as_ref().is_ok_and(|schema| extends(schema, base));
                if extends && extending != at && !found.contains(&extending) {
                    found.push(extending);
                    if self.base_discriminator(extending).is_none() {
                        open.push(extending);
                    }
                }
            }
        }
        spec.schemas.keys().filter(|at| found.contains(at)).collect()
    }

    /// The discriminator of a schema that is no union in itself.
    fn base_discriminator(&self, at: &Pointer) -> Option<&'a oas::Discriminator> {
        let spec = self.spec;
        let view = View::new(at.clone(), spec.schemas.get(at)?.as_ref().ok()?);
        view.data.discriminator.as_ref().filter(|_| view.union().is_none())
    }

    /// The union of those that extend a schema.
    pub(super) fn lower_hierarchy(&mut self, at: &Pointer, subtypes: &[&'a Pointer], name: &str) -> ir::TypeKind {
        let Some(discriminator) = self.base_discriminator(at) else {
            return ir::TypeKind::Alias(ir::TypeRef::Any);
        };
        let mut scope = Scope::default();
        let mut variants = Vec::new();
        for subtype in subtypes {
            let ty = ir::TypeRef::Named(self.named(subtype));
            let wanted = self.reserved.get(*subtype).map_or_else(|| subtype.last(), ToString::to_string);
            let mut values = self.values_of(discriminator, subtype);
            for further in self.subtypes(subtype) {
                values.extend(self.values_of(discriminator, further));
            }
            variants.push(self.subtype_variant(subtype, &wanted, ty, values, &mut scope));
        }
        if let Some(own) = own_values(discriminator, at) {
            let ty = self.lower_base(at, name);
            variants.push(self.subtype_variant(at, "Base", ty, own, &mut scope));
        }
        let mut seen = Vec::new();
        for variant in &mut variants {
            variant.tags.retain(|tag| !seen.contains(tag));
            seen.extend(variant.tags.iter().cloned());
        }
        variants.retain(|variant| !variant.tags.is_empty());
        let unknown = ir::Unknown::Keep(scope.claim_variant("Unknown").name);
        let tagging = ir::Tagging::Property(discriminator.property_name.clone());
        ir::TypeKind::Union(ir::Union { tagging, variants, unknown })
    }

    fn subtype_variant(
        &mut self,
        at: &Pointer,
        wanted: &str,
        ty: ir::TypeRef,
        tags: Vec<String>,
        scope: &mut Scope,
    ) -> ir::UnionVariant {
        let claim = scope.claim_variant(wanted);
        let name = self.granted(at, claim);
        let (docs, probe) = (ir::Docs::default(), ir::Probe::default());
        ir::UnionVariant { name, origin: at.clone(), docs, ty, tags, probe }
    }

    fn values_of(&mut self, discriminator: &oas::Discriminator, at: &'a Pointer) -> Vec<String> {
        let part = Part { at: at.clone(), node: Node::Reference(at.as_str()) };
        let probe = self.probe(std::slice::from_ref(&part));
        tags(Some(discriminator), &part, &probe)
    }

    /// The base as a type of its own, for its own values.
    fn lower_base(&mut self, at: &Pointer, name: &str) -> ir::TypeRef {
        let spec = self.spec;
        let Some(Ok(schema)) = spec.schemas.get(at) else { return ir::TypeRef::Any };
        let parts = [Part { at: at.clone(), node: Node::Schema(schema) }];
        let name = self.names.claim_type(&format!("{name}Base"));
        let name = self.granted(at, name);
        let docs = self.docs(&parts);
        let id = self.define(name, at, docs, ir::TypeKind::Alias(ir::TypeRef::Any));
        let kind = self.lower_parts(id, &parts);
        self.set_kind(id, kind);
        ir::TypeRef::Named(id)
    }
}

fn extends(schema: &oas::Schema, base: &Pointer) -> bool {
    let view = View::new(Pointer::root(), schema);
    view.all_of.iter().any(|member| match member {
        oas::ReferenceOr::Reference { reference } => Pointer::parse(reference) == *base,
        oas::ReferenceOr::Item(_) => false,
    })
}

/// The values that stand for the base itself, where the mapping has it.
fn own_values(discriminator: &oas::Discriminator, at: &Pointer) -> Option<Vec<String>> {
    let is_this = |to: &str| to == at.as_str() || to == at.last();
    let own = discriminator.mapping.iter().filter(|(_, to)| is_this(to)).map(|(value, _)| value.clone());
    let own: Vec<String> = own.collect();
    (!own.is_empty()).then_some(own)
}
