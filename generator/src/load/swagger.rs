//! Swagger 2.0, seen as OpenAPI 3.0.
//!
//! Takes the trees with absolute references; rebuilds those that say `swagger: "2.0"`, and what they refer to in
//! documents that say no version. Gives the places that have moved by it. What 2.0 cannot say, but 3.0 can, is left as
//! it is: many a description is a mixture of both.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::diagnostic::Diagnostic;
use crate::load::origins::Origins;
use crate::load::references;
use crate::pointer::Pointer;
use crate::source;

mod bodies;
mod media;
mod operations;
mod parameters;
mod responses;
mod schemas;
mod security;
mod servers;

type Trees = IndexMap<String, Value>;
type Entries = Map<String, Value>;

/// Rebuilds what is Swagger 2.0.
pub(super) fn convert(trees: &mut Trees, diagnostics: &mut Vec<Diagnostic>) -> Origins {
    let is_any = trees.values().any(is_swagger);
    if !is_any {
        return Origins::default();
    }
    let source = trees.clone();
    let mut converter = Converter {
        trees: &source,
        origins: Origins::default(),
        diagnostics,
        referred: BTreeSet::new(),
        pending: Vec::new(),
    };
    for (document, tree) in &source {
        if let Some(root) = tree.as_object().filter(|_| is_swagger(tree)) {
            let tree = converter.root(&Pointer::parse(document), root);
            trees.insert(document.clone(), tree);
        }
    }
    converter.convert_referred(trees);
    let origins = converter.origins;
    for tree in trees.values_mut() {
        references::rewrite(tree, &mut |reference| {
            if let Some(view) = origins.view(reference) {
                *reference = view;
            }
        });
    }
    origins
}

fn is_swagger(tree: &Value) -> bool {
    let is_two = |version: &Value| version.as_str().map_or(version.as_f64() == Some(2.0), |text| text.trim() == "2.0");
    tree.get("openapi").is_none() && tree.get("swagger").is_some_and(is_two)
}

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    PathItem,
    Parameter,
    Response,
    Schema,
}

struct Converter<'a> {
    trees: &'a Trees,
    origins: Origins,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Nodes that are referred to, and that no section of a whole description holds.
    referred: BTreeSet<(Pointer, Kind)>,
    pending: Vec<(Pointer, Kind)>,
}

/// The sections of a description whose nodes are rebuilt with it.
const SECTIONS: &[&str] = &["definitions", "parameters", "paths", "responses"];

impl<'a> Converter<'a> {
    fn root(&mut self, at: &Pointer, root: &'a Entries) -> Value {
        let mut view = Entries::new();
        for (key, value) in root {
            let from = at.join(key);
            match key.as_str() {
                "swagger" => {
                    self.origins.moved(&from, &at.join("openapi"));
                    view.insert("openapi".to_owned(), json!("3.0.3"));
                }
                "host" | "basePath" | "schemes" => {
                    if !view.contains_key("servers") {
                        self.origins.made(&from, &at.join("servers"));
                        view.insert("servers".to_owned(), servers::of_document(root));
                    }
                }
                "consumes" | "produces" => {}
                "paths" => drop(view.insert("paths".to_owned(), self.paths(&from, value))),
                "definitions" => self.section(&from, value, (&mut view, "schemas"), Self::definition),
                "parameters" => self.shared_parameters(&from, value, &mut view),
                "responses" => self.section(&from, value, (&mut view, "responses"), Self::response),
                "securityDefinitions" => {
                    let convert = |_: &mut Self, _: &Pointer, _: &Pointer, scheme| security::scheme(scheme);
                    self.section(&from, value, (&mut view, "securitySchemes"), convert);
                }
                _ => drop(view.entry(key.clone()).or_insert_with(|| value.clone())),
            }
        }
        Value::Object(view)
    }

    /// Moves a section to the components, each of its entries converted.
    fn section(
        &mut self,
        from: &Pointer,
        value: &'a Value,
        (view, kind): (&mut Entries, &str),
        convert: impl Fn(&mut Self, &Pointer, &Pointer, &'a Value) -> Value,
    ) {
        let to = root_of(from).join_all(&["components", kind]);
        self.origins.moved(from, &to);
        let Some(entries) = value.as_object() else { return };
        for (key, entry) in entries {
            let node = convert(self, &from.join(key), &to.join(key), entry);
            insert_component(view, kind, key, node);
        }
    }

    /// Bodies become components of their own. Fields of forms become parts of bodies where they are used.
    fn shared_parameters(&mut self, from: &Pointer, value: &'a Value, view: &mut Entries) {
        let root = root_of(from);
        for (key, parameter) in value.as_object().into_iter().flatten() {
            let at = from.join(key);
            match parameters::place(parameter) {
                parameters::Place::Form => {}
                parameters::Place::Body => {
                    let to = root.join_all(&["components", "requestBodies", key]);
                    let media_types = self.consumed(&at);
                    let node = self.body((&at, parameter), &to, media_types);
                    insert_component(view, "requestBodies", key, node);
                }
                parameters::Place::Elsewhere => {
                    let to = root.join_all(&["components", "parameters", key]);
                    let node = self.parameter(&at, &to, parameter);
                    insert_component(view, "parameters", key, node);
                }
            }
        }
    }

    fn definition(&mut self, _: &Pointer, _: &Pointer, value: &'a Value) -> Value {
        self.schema(value)
    }

    /// Notes that a node is referred to, so that it is converted wherever it stands.
    fn refers(&mut self, reference: &str, kind: Kind) {
        let at = Pointer::parse(reference);
        let Some(tree) = self.trees.get(at.document()) else { return };
        let section = at.segments().next().unwrap_or_default();
        let is_converted = is_swagger(tree) && SECTIONS.contains(&&*section);
        let is_newer = tree.get("openapi").is_some();
        if !is_converted && !is_newer && self.referred.insert((at.clone(), kind)) {
            self.pending.push((at, kind));
        }
    }

    /// Converts in their places the nodes that are referred to.
    fn convert_referred(&mut self, trees: &mut Trees) {
        while let Some((at, kind)) = self.pending.pop() {
            let Some(node) = self.node(&at) else { continue };
            let node = match kind {
                Kind::PathItem => self.path_item(&at, node),
                Kind::Parameter => self.parameter(&at, &at, node),
                Kind::Response => self.response(&at, &at, node),
                Kind::Schema => self.schema(node),
            };
            if let Some(place) = trees.get_mut(at.document()).and_then(|tree| references::node_mut(tree, &at)) {
                *place = node;
            }
        }
    }

    /// A node as the text has it.
    fn node(&self, at: &Pointer) -> Option<&'a Value> {
        source::node(self.trees.get(at.document())?, at)
    }

    /// The node at the end of references, with its place; `None` where they lead nowhere.
    fn followed(&self, at: &Pointer, node: &'a Value) -> Option<(Pointer, &'a Value)> {
        let mut here = (at.clone(), node);
        let mut seen = BTreeSet::new();
        while let Some(reference) = here.1.get("$ref").and_then(Value::as_str) {
            let target = Pointer::parse(reference);
            let node = self.node(&target)?;
            if !seen.insert(target.clone()) {
                return None;
            }
            here = (target, node);
        }
        Some(here)
    }

    /// The description that a place belongs to: its own document, or the main one for documents without a version.
    fn description(&self, at: &Pointer) -> Option<&'a Value> {
        let own = self.trees.get(at.document()).filter(|tree| is_swagger(tree));
        own.or_else(|| self.trees.get(""))
    }
}

fn root_of(at: &Pointer) -> Pointer {
    Pointer::parse(at.document())
}

fn insert_component(view: &mut Entries, kind: &str, key: &str, node: Value) {
    let components = view.entry("components").or_insert_with(|| json!({}));
    let section = components.as_object_mut().map(|components| components.entry(kind).or_insert_with(|| json!({})));
    if let Some(Value::Object(section)) = section {
        section.insert(key.to_owned(), node);
    }
}
