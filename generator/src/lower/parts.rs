//! Parts: the schemas that hold at once, followed and taken apart.
//!
//! A schema in use is a list of parts. Usually there is one; an `allOf` has several, and so has a property that an
//! `allOf` defines twice.

use std::collections::BTreeSet;

use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::lower::Lowerer;
use crate::lower::unions::is_null;
use crate::lower::view::View;
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

    /// Whether both are one schema, or refer to one.
    fn is_same(&self, other: &Self) -> bool {
        match (&self.node, &other.node) {
            (Node::Reference(one), Node::Reference(other)) => one == other,
            (Node::Schema(one), Node::Schema(other))
            | (Node::Flat(one), Node::Flat(other))
            | (Node::Bare(one), Node::Bare(other)) => std::ptr::eq(*one, *other),
            (Node::Reference(_) | Node::Schema(_) | Node::Flat(_) | Node::Bare(_), _) => false,
        }
    }

    /// What the schema says of itself beside its keywords, if it is not a reference.
    pub(super) fn data(&self) -> Option<&'a oas::SchemaData> {
        match self.node {
            Node::Reference(_) => None,
            Node::Schema(schema) | Node::Flat(schema) | Node::Bare(schema) => Some(&schema.schema_data),
        }
    }

    /// The members of the schema's `allOf`, if it is not a reference, and they are not dealt with.
    pub(super) fn members(&self) -> Vec<Self> {
        match self.node {
            Node::Schema(oas::Schema { schema_kind: oas::SchemaKind::AllOf { all_of }, .. }) => {
                branches(&self.at, "allOf", all_of)
            }
            Node::Schema(oas::Schema { schema_kind: oas::SchemaKind::Any(any), .. }) => {
                branches(&self.at, "allOf", &any.all_of)
            }
            Node::Schema(_) | Node::Reference(_) | Node::Flat(_) | Node::Bare(_) => Vec::new(),
        }
    }

    /// The view of the schema, if it is not a reference.
    pub(super) fn view(&self) -> Option<View<'a>> {
        match self.node {
            Node::Reference(_) => None,
            Node::Schema(schema) => Some(View::new(self.at.clone(), schema)),
            Node::Flat(schema) => Some(View { all_of: &[], ..View::new(self.at.clone(), schema) }),
            Node::Bare(schema) => {
                Some(View { all_of: &[], one_of: &[], any_of: &[], ..View::new(self.at.clone(), schema) })
            }
        }
    }
}

/// What is left to do while parts are taken apart.
enum Step<'a> {
    Part(Part<'a>),
    View(View<'a>),
    /// Leaves the schema that was referred to last.
    Back,
}

/// The members of a view's `allOf`.
pub(super) fn members<'a>(view: &View<'a>) -> Vec<Part<'a>> {
    branches(&view.at, "allOf", view.all_of)
}

pub(super) fn branches<'a>(at: &Pointer, keyword: &str, schemas: &'a [oas::ReferenceOr<oas::Schema>]) -> Vec<Part<'a>> {
    if schemas.is_empty() {
        return Vec::new();
    }
    let at = at.join(keyword);
    schemas.iter().enumerate().map(|(index, schema)| Part::new(at.join_index(index), schema)).collect()
}

impl<'a> Lowerer<'a> {
    /// Follows the parts' references and takes their `allOf` apart. What holds twice holds once.
    pub(super) fn flatten(&mut self, parts: &[Part<'a>]) -> Vec<View<'a>> {
        let mut views = Vec::new();
        let mut way: Vec<Pointer> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<Step<'a>> = parts.iter().rev().cloned().map(Step::Part).collect();
        while let Some(step) = open.pop() {
            match step {
                Step::Part(Part { at, node: Node::Reference(reference) }) => {
                    let target = Pointer::parse(reference);
                    if !seen.insert(target.clone()) {
                        if let Some(start) = way.iter().position(|place| *place == target) {
                            let circle = way.get(start..).unwrap_or_default().to_vec();
                            self.report(&at, Code::ReferenceCycle(circle));
                        }
                    } else if let Some(schema) = self.schema(&at, &target) {
                        self.reached.insert(target.clone());
                        way.push(target.clone());
                        open.push(Step::Back);
                        open.push(Step::Part(Part { at: target, node: Node::Schema(schema) }));
                    }
                }
                Step::Part(part) => {
                    let Some(view) = part.view() else { continue };
                    let members = members(&view);
                    open.push(Step::View(View { all_of: &[], ..view }));
                    open.extend(members.into_iter().rev().map(Step::Part));
                }
                Step::View(view) => views.extend(self.closed(view)),
                Step::Back => drop(way.pop()),
            }
        }
        views
    }

    /// A view without its union if that is open, unless it says nothing then.
    fn closed(&self, view: View<'a>) -> Option<View<'a>> {
        let is_open = self.open_unions.contains(&view.at);
        let view = if is_open { View { one_of: &[], any_of: &[], ..view } } else { view };
        (!view.is_blank()).then_some(view)
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
                self.report(&at.join("$ref"), Code::MissingSchema(target.to_string()));
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
        let mut choices = members(&view);
        if let Some((keyword, schemas)) = view.union() {
            choices.extend(branches(&view.at, keyword, schemas).into_iter().filter(|branch| !is_null(branch)));
        }
        let rest = View { all_of: &[], one_of: &[], any_of: &[], ty: view.ty.filter(|ty| *ty != "object"), ..view };
        match choices.as_slice() {
            [only] if rest.is_blank() && !self.overrides.is_secret(&part.at) => {
                self.sole_reference(std::slice::from_ref(only))
            }
            _ => None,
        }
    }

    /// The parts that say something of the type, each once: what is there twice, or only describes, needs no type of
    /// its own.
    pub(super) fn telling(&self, parts: &[Part<'a>]) -> Vec<Part<'a>> {
        if parts.len() == 1 {
            return parts.to_vec();
        }
        let mut telling: Vec<Part<'a>> = Vec::new();
        for part in parts {
            let tells = part.view().is_none_or(|view| !view.is_blank()) || self.overrides.is_secret(&part.at);
            if tells && !telling.iter().any(|other| other.is_same(part)) {
                telling.push(part.clone());
            }
        }
        if telling.is_empty() { parts.to_vec() } else { telling }
    }

    /// The schema that a part refers to, or the part itself.
    pub(super) fn followed(&self, part: &Part<'a>) -> Option<Part<'a>> {
        let Node::Reference(reference) = part.node else { return Some(part.clone()) };
        let at = Pointer::parse(reference);
        let schema = self.spec.schemas.get(&at)?.as_ref().ok()?;
        Some(Part { at, node: Node::Schema(schema) })
    }
}
