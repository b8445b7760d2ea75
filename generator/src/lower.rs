//! lower: takes the resolved description, gives the client's parts. The last stage that knows OpenAPI's model.
//!
//! Names are decided here, through `naming`. Every keyword is lowered or reported. Component schemas get their names
//! before anything is lowered, and are lowered when something refers to them: forward and circular references are
//! ordinary, and what no operation reaches does not come out.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::config::{Action, Config};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::ir;
use crate::load::Documents;
use crate::naming::{self, Claim, Scope, TypeName};
use crate::pointer::Pointer;
use crate::resolve::Spec;

mod alike;
mod bodies;
mod circles;
mod docs;
mod enums;
mod extensions;
mod headers;
mod hierarchies;
mod incoming;
mod items;
mod multipart;
mod newtypes;
mod nulls;
mod operations;
mod overrides;
mod pagination;
mod params;
mod parts;
mod places;
mod probes;
mod responses;
mod scalars;
mod schema;
mod security;
mod servers;
mod structs;
mod tags;
mod unions;
mod uses;
mod view;

use overrides::Overrides;
#[cfg(feature = "cli")]
pub(crate) use places::name_as_viewed;
use scalars::Formats;

/// What lowering works with.
struct Lowerer<'a> {
    spec: &'a Spec,
    overrides: Overrides<'a>,
    formats: Formats<'a>,
    names: Scope,
    /// The names of components, and of what they define, whether they are used or not.
    reserved: HashMap<Pointer, TypeName>,
    /// The types of the named schemas that something has referred to.
    ids: HashMap<Pointer, ir::TypeId>,
    /// Named schemas that are referred to, and not yet lowered.
    pending: VecDeque<(ir::TypeId, Pointer)>,
    /// The types of inline schemas, so that one that is reached twice comes out once.
    uses: HashMap<Pointer, ir::TypeRef>,
    /// Named schemas that something refers to, whether they become a type or a part of one.
    reached: HashSet<Pointer>,
    /// Inline types that are being lowered, so that one that contains itself comes to an end.
    open: Vec<(Vec<Pointer>, ir::TypeId)>,
    /// Unions whose branches are being lowered: a branch that is made from the whole must not branch again.
    open_unions: Vec<Pointer>,
    /// The types of multipart bodies, by the schemas that describe them.
    multiparts: HashMap<Pointer, ir::TypeId>,
    /// The circle of unions that a schema is in, if only by itself.
    circles: HashMap<Pointer, usize>,
    /// What the values of a schema look like.
    probes: HashMap<Pointer, ir::Probe>,
    /// What a schema that is referred to says of null.
    nullable: HashMap<&'a str, nulls::Null>,
    /// How many fields there are.
    members: usize,
    /// How many types and fields there may be.
    most: usize,
    types: Vec<ir::TypeDef>,
    diagnostics: Vec<Diagnostic>,
}

/// Decides every name and every type.
pub(crate) fn lower(documents: &Documents, spec: &Spec, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> ir::Api {
    let mut lowerer = Lowerer {
        spec,
        overrides: Overrides::new(&config.overrides, documents),
        formats: Formats::new(&config.formats),
        names: Scope::of_types(),
        reserved: HashMap::new(),
        ids: HashMap::new(),
        pending: VecDeque::new(),
        uses: HashMap::new(),
        reached: HashSet::new(),
        open: Vec::new(),
        open_unions: Vec::new(),
        multiparts: HashMap::new(),
        circles: HashMap::new(),
        probes: HashMap::new(),
        nullable: HashMap::new(),
        members: 0,
        most: 5000 + 4 * documents.size(),
        types: Vec::new(),
        diagnostics: Vec::new(),
    };
    lowerer.reserve_names();
    let (mut operations, headers) = lowerer.lower_operations();
    let webhooks = lowerer.lower_webhooks();
    if operations.is_empty() && webhooks.is_empty() && spec.skipped.is_empty() {
        lowerer.lower_all_components();
    }
    lowerer.lower_pending();
    lowerer.rename_multiparts();
    lowerer.find_extensions();
    lowerer.find_success_flags(&mut operations);
    lowerer.find_pagination(&mut operations);
    // What nothing reaches is not judged.
    diagnostics.retain(|diagnostic| diagnostic.is_error() || lowerer.reaches(diagnostic));
    let (tags, groups) = lowerer.lower_tags(&operations);
    let mut builder = Scope::default();
    let mut api = ir::Api {
        info: lowerer.info(),
        schemes: lowerer.schemes(&operations, &mut builder),
        server: lowerer.server(&mut builder),
        conventions: lowerer.overrides.conventions(),
        tally: spec.tally,
        types: ordered(documents, lowerer.types),
        operations,
        webhooks,
        headers,
        skipped: spec.skipped.clone(),
        tags,
        groups,
    };
    // What is reached on two ways is found twice.
    let mut seen = HashSet::new();
    diagnostics.extend(lowerer.diagnostics.into_iter().filter(|diagnostic| seen.insert(diagnostic.clone())));
    diagnostics.extend(lowerer.overrides.unused(|action| is_left_out(action, documents, spec)));
    places::name_as_written(&mut api, documents.origins());
    // What is left out may have the format.
    if spec.skipped.is_empty() {
        diagnostics.extend(lowerer.formats.unused());
    }
    api
}

/// The types in the order of the description; an inline type comes right after the one that contains it.
fn ordered(documents: &Documents, list: Vec<ir::TypeDef>) -> ir::Types {
    let mut order: Vec<ir::TypeId> = (0..list.len()).map(ir::TypeId).collect();
    order.sort_by_cached_key(|id| list.get(id.0).map(|def| documents.position(&def.origin)));
    ir::Types { list, order }
}

/// Whether an override can be about what the filters leave out.
fn is_left_out(action: &Action, documents: &Documents, spec: &Spec) -> bool {
    let stands = |at: &str| {
        let view = documents.origins().view(at);
        documents.node(&Pointer::parse(view.as_deref().unwrap_or(at))).is_some()
    };
    !spec.skipped.is_empty()
        && match action {
            Action::Rename { at, .. } | Action::Unchecked { at } | Action::Secret { at } => stands(at),
            Action::Idempotent { operation: name } | Action::Pagination { operation: name, .. } => {
                spec.skipped.iter().any(|skipped| {
                    skipped.id.as_ref() == Some(name)
                        || *name == format!("{} {}", skipped.method.as_str(), skipped.path)
                })
            }
            Action::SuccessFlag(_) | Action::CredentialEnv { .. } | Action::Document { .. } => true,
            Action::StripPrefix(_) | Action::Replace { .. } | Action::RequestId(_) | Action::BaseUrlEnv(_) => false,
        }
}

impl Lowerer<'_> {
    /// Gives every component schema its name, in order, before any inline schema can take it; then every schema that
    /// another defines for itself. Names that the configuration chooses come first.
    fn reserve_names(&mut self) {
        let spec = self.spec;
        let components = spec.schemas.keys().filter(|at| at.as_str().starts_with("#/components/schemas/"));
        let components = components.filter(|at| at.segments().count() == 3);
        let (chosen, others): (Vec<_>, Vec<_>) =
            components.map(|at| (at, self.overrides.rename(at))).partition(|(_, rename)| rename.is_some());
        for (at, rename) in chosen.into_iter().chain(others) {
            let wanted = rename.unwrap_or_else(|| self.overrides.stripped(&at.last()));
            self.reserve_name(at, &wanted);
        }
        let is_defined = |at: &&Pointer| at.parent().is_some_and(|holder| holder.last() == "$defs");
        for at in spec.schemas.keys().filter(is_defined) {
            let wanted = self.overrides.rename(at).unwrap_or_else(|| self.place_name(at));
            self.reserve_name(at, &wanted);
        }
    }

    fn reserve_name(&mut self, at: &Pointer, wanted: &str) {
        let claim = self.names.claim_type(wanted);
        let name = self.granted(at, claim);
        self.reserved.insert(at.clone(), name);
    }

    /// For a description that has schemas and nothing to call.
    fn lower_all_components(&mut self) {
        let spec = self.spec;
        for at in spec.schemas.keys() {
            self.named(at);
        }
    }

    fn lower_pending(&mut self) {
        while let Some((id, at)) = self.pending.pop_front() {
            self.lower_component(id, &at);
        }
    }

    /// The type of a named schema; it is lowered later.
    fn named(&mut self, at: &Pointer) -> ir::TypeId {
        if let Some(id) = self.ids.get(at) {
            return *id;
        }
        let name = match self.reserved.get(at) {
            Some(name) => name.clone(),
            None => {
                let wanted = self.overrides.rename(at).unwrap_or_else(|| self.place_name(at));
                let claim = self.names.claim_type(&wanted);
                self.granted(at, claim)
            }
        };
        let id = self.define(name, at, ir::Docs::default(), ir::TypeKind::Alias(ir::TypeRef::Any));
        self.ids.insert(at.clone(), id);
        self.reached.insert(at.clone());
        self.pending.push_back((id, at.clone()));
        id
    }

    /// The name for a schema that is no component: the component that it is in, and the way from there; for a whole
    /// document, the document.
    fn place_name(&self, at: &Pointer) -> String {
        let mut words = Vec::new();
        let mut place = at.clone();
        loop {
            if let Some(component) = self.reserved.get(&place) {
                words.push(component.to_string());
                break;
            }
            let Some(parent) = place.parent() else {
                let document = place.document();
                let file = document.rsplit('/').next().unwrap_or(document);
                words.push(file.split('.').next().unwrap_or(file).to_owned());
                break;
            };
            let key = place.last();
            let is_structure =
                ["$defs", "definitions", "properties", "allOf", "schema", "content"].contains(&key.as_str());
            if !is_structure && key.parse::<usize>().is_err() {
                words.push(if key == "items" { "item".to_owned() } else { key });
            }
            if parent.parent().is_none() || words.len() > 2 {
                break;
            }
            place = parent;
        }
        words.reverse();
        words.iter().map(|word| naming::suffix(word)).collect()
    }

    fn define(&mut self, name: TypeName, origin: &Pointer, docs: ir::Docs, kind: ir::TypeKind) -> ir::TypeId {
        let id = ir::TypeId(self.types.len());
        let direction = ir::Direction::default();
        self.types.push(ir::TypeDef { name, origin: origin.clone(), docs, kind, direction, is_parameter: false });
        id
    }

    /// Takes a claimed name, and notes where it is not the one that was wanted.
    fn granted<N: AsRef<str>>(&mut self, at: &Pointer, claim: Claim<N>) -> N {
        if let Some(wanted) = claim.wanted {
            let given = claim.name.as_ref().to_owned();
            self.report(at, Code::NameTaken { wanted, given });
        }
        claim.name
    }

    /// The name of an inline type.
    ///
    /// What is renamed at a property is its field; its type follows, since the field's name is in the wanted one.
    fn inline_name(&mut self, at: &Pointer, wanted: &str) -> TypeName {
        let is_property = at.parent().is_some_and(|parent| parent.last() == "properties");
        let rename = if is_property { None } else { self.overrides.rename(at) };
        let wanted = rename.unwrap_or_else(|| wanted.to_owned());
        let claim = self.names.claim_type(&wanted);
        self.granted(at, claim)
    }

    /// Whether a finding is about something that is part of the client, or about no component schema at all.
    fn reaches(&self, diagnostic: &Diagnostic) -> bool {
        let Place::Node(at) = &diagnostic.at else { return true };
        let mut place = Some(at.clone());
        while let Some(here) = place {
            if self.reserved.contains_key(&here) {
                return self.reached.contains(&here);
            }
            place = here.parent();
        }
        true
    }

    fn report(&mut self, at: &Pointer, code: Code) {
        self.diagnostics.push(Diagnostic::at(at, code));
    }

    fn info(&self) -> ir::Info {
        let info = &self.spec.info.node;
        let docs = ir::Docs { description: info.description.clone(), ..ir::Docs::default() };
        ir::Info { title: info.title.clone(), version: info.version.clone(), docs }
    }
}
