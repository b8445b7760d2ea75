//! Which file an item stands in: one of each kind for the whole client or, where its operations have different tags, for
//! each tag, and one for the types that these have in common.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::{named, uses};
use crate::config::TagFeatures;
use crate::emit::codec::has_codec;
use crate::emit::{Cx, Module, choices, docs, ident};
use crate::ir;
use crate::naming::{ModuleName, TypeName};

/// What stands together.
pub(super) struct Section<'a> {
    place: Place<'a>,
    pub(super) operations: Vec<&'a ir::Operation>,
    pub(super) defs: Vec<&'a ir::TypeDef>,
    /// The types of other sections that its own use.
    pub(super) foreign: Vec<&'a TypeName>,
}

enum Place<'a> {
    Whole,
    Tagged(&'a ir::Group, Vec<&'a ir::Tag>),
    Shared,
}

/// What files there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Operations,
    Types,
    Codec,
}

const TABLES: &str = "Each line is a table for one type; the macros say what its columns are.";

/// The sections, in order.
pub(super) fn sections(cx: Cx<'_>) -> Vec<Section<'_>> {
    let api = cx.api;
    if api.groups.len() < 2 {
        return vec![section(cx, Place::Whole, api.operations.iter().collect(), &api.types.order)];
    }
    let mut shared: BTreeSet<ir::TypeId> = api.types.order.iter().copied().collect();
    for id in api.groups.iter().flat_map(|group| &group.types) {
        shared.remove(id);
    }
    let shared: Vec<ir::TypeId> = api.types.order.iter().filter(|id| shared.contains(id)).copied().collect();
    let groups = api.groups.iter().map(|group| {
        let tags = group.tags.iter().filter_map(|tag| api.tags.get(*tag)).collect();
        let operations = group.operations.iter().filter_map(|operation| api.operations.get(*operation)).collect();
        section(cx, Place::Tagged(group, tags), operations, &group.types)
    });
    let mut sections: Vec<Section<'_>> = groups.collect();
    sections.push(section(cx, Place::Shared, Vec::new(), &shared));
    sections
}

fn section<'a>(cx: Cx<'a>, place: Place<'a>, operations: Vec<&'a ir::Operation>, types: &[ir::TypeId]) -> Section<'a> {
    let defs: Vec<&ir::TypeDef> = types.iter().filter_map(|id| cx.def(*id)).collect();
    let mut used = BTreeSet::new();
    for def in &defs {
        if let ir::TypeKind::Choice(choices) = &def.kind {
            choices::named_types(cx, choices).for_each(|ty| named(ty, &mut used));
        } else {
            for ty in uses(&def.kind) {
                named(ty, &mut used);
            }
        }
    }
    for id in types {
        used.remove(id);
    }
    let foreign = used.iter().filter_map(|id| cx.def(*id)).map(|def| &def.name).collect();
    Section { place, operations, defs, foreign }
}

impl Section<'_> {
    /// Whether it has a file of a kind: what nothing would stand in is only there where it is the only one.
    pub(super) fn has(&self, kind: Kind) -> bool {
        match (&self.place, kind) {
            (Place::Whole, _) => true,
            (Place::Tagged(..) | Place::Shared, Kind::Operations) => !self.operations.is_empty(),
            (Place::Tagged(..) | Place::Shared, Kind::Types) => !self.defs.is_empty(),
            (Place::Tagged(..) | Place::Shared, Kind::Codec) => self.defs.iter().any(|def| has_codec(def)),
        }
    }

    /// The path of its file of a kind.
    pub(super) fn path(&self, kind: Kind) -> String {
        match self.module() {
            Some(module) => format!("{}/{module}.rs", kind.name()),
            None => format!("{}.rs", kind.name()),
        }
    }

    fn module(&self) -> Option<ModuleName> {
        match &self.place {
            Place::Whole => None,
            Place::Tagged(group, _) => Some(group.module.clone()),
            Place::Shared => Some(ModuleName::shared()),
        }
    }

    /// What stands in its file of a kind.
    pub(super) fn docs(&self, kind: Kind) -> String {
        let (operations, types) = match &self.place {
            Place::Whole => (String::new(), String::new()),
            Place::Tagged(group, tags) if group.operations.is_empty() => {
                (String::new(), format!(" of operations {}", tagged(tags, "or")))
            }
            Place::Tagged(_, tags) => {
                let tagged = tagged(tags, "and");
                (format!(" {tagged}"), format!(" of the operations {tagged}"))
            }
            Place::Shared => (String::new(), " that operations of different tags have in common".to_owned()),
        };
        match kind {
            Kind::Operations => format!("The operations{operations}, in the order of the description."),
            Kind::Types => format!("The types{types}, in the order of the description."),
            Kind::Codec => format!("How the types{types} are read from JSON, and written as JSON.\n\n{TABLES}"),
        }
    }

    /// What must hold for it to be compiled.
    fn gate(&self, features: TagFeatures) -> TokenStream {
        let Place::Tagged(_, tags) = &self.place else { return quote!() };
        let tags: Vec<&str> = tags.iter().map(|tag| tag.feature.as_str()).collect();
        match (features, tags.as_slice()) {
            (TagFeatures::None, _) => quote!(),
            (TagFeatures::Declared, [tag]) => quote!(#[cfg(feature = #tag)]),
            (TagFeatures::Declared, tags) => quote!(#[cfg(any(#(feature = #tags),*))]),
        }
    }
}

/// Tags as they are told, with a word between them.
pub(super) fn tagged(tags: &[&ir::Tag], between: &str) -> String {
    let names: Vec<String> = tags.iter().filter_map(|tag| tag.name.as_deref()).map(docs::code).collect();
    let is_any_untagged = tags.iter().any(|tag| tag.name.is_none());
    let tagged = (!names.is_empty()).then(|| format!("tagged {}", names.join(&format!(" {between} "))));
    let untagged = is_any_untagged.then(|| "without a tag".to_owned());
    tagged.into_iter().chain(untagged).collect::<Vec<_>>().join(&format!(" {between} "))
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Operations => "operations",
            Self::Types => "types",
            Self::Codec => "codec",
        }
    }
}

/// The module of a kind that has the sections' modules in it; `None` where a single section is the module itself.
pub(super) fn emit_parent(cx: Cx<'_>, sections: &[Section<'_>], kind: Kind) -> Option<Module> {
    if sections.iter().any(|section| matches!(section.place, Place::Whole)) {
        return None;
    }
    let modules = sections.iter().filter(|section| section.has(kind));
    let modules: Vec<_> = modules
        .filter_map(|section| Some((section.gate(cx.tag_features), ident(section.module()?.as_str()))))
        .collect();
    let declared = modules.iter().map(|(gate, name)| quote!(#gate mod #name;));
    let mut items = vec![quote!(#(#declared)*)];
    if kind != Kind::Codec {
        let used = modules.iter().map(|(gate, name)| quote!(#gate pub use self::#name::*;));
        items.push(quote!(#(#used)*));
    }
    let docs = match kind {
        Kind::Operations => "The operations, by tag.",
        Kind::Types => "The types, by the tags of the operations that need them.",
        Kind::Codec => "How the types are read from JSON, and written as JSON.",
    };
    Some(Module { path: format!("{}.rs", kind.name()), docs: docs.to_owned(), items })
}
