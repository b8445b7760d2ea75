//! `oneOf` and `anyOf`.

use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::lower::Lowerer;
use crate::lower::parts::{Node, Part, branches};
use crate::lower::probes;
use crate::lower::schema::{Class, constrains_only};
use crate::lower::uses::not_null;
use crate::lower::view::View;
use crate::naming::{self, Scope};
use crate::pointer::Pointer;

/// How many ways there may be to choose from several unions that hold at once.
const MOST_CHOICES: usize = 64;

/// How many unions may stand within each other before one is left a union.
const MOST_SETTLED: usize = 32;

impl<'a> Lowerer<'a> {
    /// The views of the parts, with every union that leaves no choice replaced by its only branch.
    pub(super) fn settled(&mut self, parts: &[Part<'a>]) -> Vec<View<'a>> {
        let mut views = self.flatten(parts);
        for _ in 0..MOST_SETTLED {
            let Some((index, branches)) = self.union_of(&views) else {
                break;
            };
            let mut parts = base(&views, index);
            match branches.as_slice() {
                [] => {
                    let at = views.get(index).map_or_else(Pointer::root, |view| view.at.clone());
                    let message = "no branch agrees with what stands beside the union; the branches are left out";
                    self.report(&at, Code::Conflict(message.to_owned()));
                }
                [only] => parts.push(only.clone()),
                _ => break,
            }
            views = self.flatten(&parts);
        }
        views
    }

    /// The first union of the views: its index, and its branches without null and without those that contradict what
    /// stands beside it.
    pub(super) fn union_of(&mut self, views: &[View<'a>]) -> Option<(usize, Vec<Part<'a>>)> {
        let (index, view, keyword, schemas) = views.iter().enumerate().find_map(|(index, view)| {
            let (keyword, schemas) = view.union()?;
            (!constrains_only(schemas)).then_some((index, view, keyword, schemas))
        })?;
        let types: Vec<&str> = views.iter().filter_map(|view| view.ty).collect();
        if types.contains(&"null") {
            return None;
        }
        let mut branches = branches(&view.at, keyword, schemas);
        branches.retain(|branch| !is_null(branch) && (types.is_empty() || self.agrees(branch, &types)));
        Some((index, branches))
    }

    fn agrees(&mut self, branch: &Part<'a>, types: &[&str]) -> bool {
        let views = self.flatten(std::slice::from_ref(branch));
        let compatible = |one: &str, other: &str| one == other || matches!((one, other), ("number", "integer"));
        let mut own = views.iter().filter_map(|view| view.ty);
        own.all(|own| types.iter().all(|ty| compatible(ty, own) || compatible(own, ty)))
    }

    /// What stands beside the union holds in each of its branches, and so becomes a part of each.
    pub(super) fn lower_union(&mut self, parts: &[Part<'a>], views: &[View<'a>], name: &str) -> ir::TypeKind {
        let Some((index, branches)) = self.union_of(views) else {
            return ir::TypeKind::Alias(ir::TypeRef::Any);
        };
        let Some(union) = views.get(index) else {
            return ir::TypeKind::Alias(ir::TypeRef::Any);
        };
        if has_too_many_choices(views) {
            let why = format!("there are more than {MOST_CHOICES} ways to choose from its unions, which hold at once");
            self.report(&union.at, Code::Untyped(why));
            return ir::TypeKind::Alias(ir::TypeRef::Any);
        }
        let base = base(views, index);
        let whole = Part { at: union.at.clone(), node: Node::Schema(union.schema) };
        let whole = if let [part] = parts { part } else { &whole };
        let branches = if base.is_empty() { self.without_circle(whole, branches) } else { branches };
        self.open_unions.push(union.at.clone());
        let groups = self.grouped(&base, &branches);
        if let [group] = groups.as_slice()
            && group.len() > 1
        {
            self.open_unions.pop();
            return self.lower_alike(&base, group);
        }
        let mut variants = self.lower_branches(&base, &groups, union, name);
        self.open_unions.pop();
        if let [only] = variants.as_slice() {
            return ir::TypeKind::Alias(only.ty.clone());
        }
        if variants.is_empty() {
            return ir::TypeKind::Alias(ir::TypeRef::Any);
        }
        let tagging = self.tagging(union, &mut variants);
        if matches!(tagging, ir::Tagging::Shape) {
            self.report_ambiguity(parts, &variants);
            forget_items_of_one(&mut variants);
        }
        let mut scope = Scope::default();
        for variant in &variants {
            scope.claim_variant(variant.name.as_str());
        }
        let unknown = ir::Unknown::Keep(scope.claim_variant("Unknown").name);
        ir::TypeKind::Union(ir::Union { tagging, variants, unknown })
    }

    fn lower_branches(
        &mut self,
        base: &[Part<'a>],
        groups: &[Vec<Part<'a>>],
        union: &View<'a>,
        name: &str,
    ) -> Vec<ir::UnionVariant> {
        let mut scope = Scope::default();
        let mut variants: Vec<ir::UnionVariant> = Vec::new();
        for (index, group) in groups.iter().enumerate() {
            let [branch] = group.as_slice() else {
                variants.extend(self.alike_variant(base, group, name, &mut scope));
                continue;
            };
            let mut parts = base.to_vec();
            parts.push(branch.clone());
            let wanted = self.branch_name(&parts, branch, index);
            let wanted = if variants.iter().any(|other| other.name.as_str() == wanted) {
                self.other_name(&parts, wanted)
            } else {
                wanted
            };
            let ty = not_null(self.lower_use(&parts, &format!("{name}{}", naming::suffix(&wanted))));
            if variants.iter().any(|other| other.ty == ty) {
                continue;
            }
            let claim = scope.claim_variant(&self.overrides.rename(&branch.at).unwrap_or(wanted));
            let name = self.granted(&branch.at, claim);
            let probe = self.probe(&parts);
            let docs = self.docs(std::slice::from_ref(branch));
            let tags = tags(union.data.discriminator.as_ref(), branch, &probe);
            variants.push(ir::UnionVariant { name, origin: branch.at.clone(), docs, ty, tags, probe });
        }
        variants
    }

    /// A name for a branch whose first one is taken.
    fn other_name(&mut self, parts: &[Part<'a>], taken: String) -> String {
        let views = self.settled(parts);
        let class = self.classify(&views);
        let other = if class == Class::List { self.list_words(&views) } else { None };
        other.unwrap_or(taken)
    }

    fn branch_name(&mut self, parts: &[Part<'a>], branch: &Part<'a>, index: usize) -> String {
        if let Some(target) = self.sole_reference(std::slice::from_ref(branch)) {
            return match self.reserved.get(&target) {
                Some(name) => name.to_string(),
                None => target.last(),
            };
        }
        if let Some(title) = branch.view().and_then(|view| view.data.title.clone()) {
            return title;
        }
        let views = self.settled(parts);
        if let [(_, constant)] = probes::constants(&views).as_slice() {
            return constant.clone();
        }
        let class = self.classify(&views);
        class_words(&class).map_or_else(|| format!("Variant{}", index + 1), str::to_owned)
    }

    /// By the discriminator if every variant has a value of it, else by shape.
    fn tagging(&mut self, union: &View<'a>, variants: &mut [ir::UnionVariant]) -> ir::Tagging {
        let Some(oas::Discriminator { property_name, mapping: _, extensions: _ }) = &union.data.discriminator else {
            return ir::Tagging::Shape;
        };
        self.report_mapping(union, variants);
        let mut tags: Vec<&String> = variants.iter().flat_map(|variant| &variant.tags).collect();
        let count = tags.len();
        tags.sort_unstable();
        tags.dedup();
        if tags.len() < count {
            return ir::Tagging::Shape;
        }
        if variants.iter().all(|variant| !variant.tags.is_empty()) {
            return ir::Tagging::Property(property_name.clone());
        }
        let message = format!("not every branch has a value of `{property_name}`; they are told apart by shape");
        self.report(&union.at.join("discriminator"), Code::Conflict(message));
        ir::Tagging::Shape
    }

    /// Reports values of a discriminator that stand for none of the variants.
    fn report_mapping(&mut self, union: &View<'a>, variants: &[ir::UnionVariant]) {
        let mapping = union.data.discriminator.iter().flat_map(|discriminator| &discriminator.mapping);
        for (value, target) in mapping {
            if !variants.iter().any(|variant| variant.tags.contains(value)) {
                let message = format!("`{target}` is no branch of the union; what says `{value}` is read as unknown");
                self.report(&union.at.join("discriminator").join("mapping").join(value), Code::Conflict(message));
            }
        }
    }

    fn report_ambiguity(&mut self, parts: &[Part<'a>], variants: &[ir::UnionVariant]) {
        let Some(part) = parts.first() else { return };
        for (index, second) in variants.iter().enumerate() {
            let first = variants.iter().take(index).find(|first| probes::covers(&first.probe, &second.probe));
            if let Some(first) = first {
                let (first, second) = (first.name.to_string(), second.name.to_string());
                self.report(&part.at, Code::AmbiguousUnion { first, second });
            }
        }
    }
}

/// Where there is one list, its items need not be looked at.
fn forget_items_of_one(variants: &mut [ir::UnionVariant]) {
    let lists = variants.iter().filter(|variant| variant.probe.kinds.contains(&ir::JsonKind::Array)).count();
    if lists < 2 {
        for variant in variants {
            variant.probe.items.clear();
        }
    }
}

/// What values of a class are called, where that says enough.
pub(super) fn class_words(class: &Class) -> Option<&'static str> {
    match class {
        Class::Enum(ir::Scalar::String, _) => Some("Enum"),
        Class::Scalar(scalar) | Class::Enum(scalar, _) => Some(scalar_words(*scalar)),
        Class::List => Some("List"),
        Class::Map => Some("Map"),
        Class::Struct | Class::Union | Class::Any => None,
    }
}

fn scalar_words(scalar: ir::Scalar) -> &'static str {
    match (scalar, scalar.nature()) {
        (_, ir::Nature::Boolean) => "Boolean",
        (_, ir::Nature::Integer(..)) => "Integer",
        (_, ir::Nature::Float | ir::Nature::Digits) => "Number",
        (ir::Scalar::Uuid, _) => "Uuid",
        (ir::Scalar::DateTime(_), _) => "DateTime",
        (ir::Scalar::Date(_), _) => "Date",
        (ir::Scalar::Time(_), _) => "Time",
        (ir::Scalar::Duration, _) => "Duration",
        (ir::Scalar::Base64 | ir::Scalar::Base64Url, _) => "Bytes",
        (ir::Scalar::Decimal, _) => "Decimal",
        (ir::Scalar::Ipv4 | ir::Scalar::Ipv6, _) => "Address",
        (_, ir::Nature::Text | ir::Nature::Formed) => "String",
    }
}

fn has_too_many_choices(views: &[View<'_>]) -> bool {
    let unions = probes::all_branches(views);
    let choices = unions.iter().map(Vec::len).fold(1, usize::saturating_mul);
    unions.len() > 1 && choices > MOST_CHOICES
}

/// Everything but the union itself.
pub(super) fn base<'a>(views: &[View<'a>], union: usize) -> Vec<Part<'a>> {
    let parts = views.iter().enumerate().map(|(index, view)| {
        let node = if index == union { Node::Bare(view.schema) } else { Node::Flat(view.schema) };
        Part { at: view.at.clone(), node }
    });
    parts.filter(|part| part.view().is_some_and(|view| !is_empty_object(&view))).collect()
}

/// Whether a view says no more than that there is an object.
fn is_empty_object(view: &View<'_>) -> bool {
    View { ty: view.ty.filter(|ty| *ty != "object"), ..view.clone() }.is_blank()
}

pub(super) fn is_null(branch: &Part<'_>) -> bool {
    branch.view().is_some_and(|view| {
        let only_null = !view.enumeration.is_empty() && view.enumeration.iter().all(serde_json::Value::is_null);
        view.ty == Some("null") || only_null || (view.data.nullable && view.is_blank())
    })
}

/// The discriminator's values that stand for a branch: what the mapping says, else the schema's own name, else the
/// constant that the branch gives the property.
pub(super) fn tags(discriminator: Option<&oas::Discriminator>, branch: &Part<'_>, probe: &ir::Probe) -> Vec<String> {
    let Some(discriminator) = discriminator else {
        return Vec::new();
    };
    let constant = probe.constants.iter().find(|(key, _)| *key == discriminator.property_name);
    let Node::Reference(reference) = branch.node else {
        return constant.map(|(_, value)| value.clone()).into_iter().collect();
    };
    let target = Pointer::parse(reference);
    let name = target.last();
    let is_this = |to: &String| *to == *reference || *to == name || (to.contains('#') && Pointer::parse(to) == target);
    let mapping = &discriminator.mapping;
    let mut tags: Vec<String> = mapping.iter().filter(|(_, to)| is_this(to)).map(|(tag, _)| tag.clone()).collect();
    let implicit = constant.map_or(name, |(_, value)| value.clone());
    if !mapping.contains_key(&implicit) {
        tags.push(implicit);
    }
    tags
}
