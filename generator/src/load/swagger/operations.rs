//! Paths and operations.

use serde_json::Value;

use crate::diagnostic::Code;
use crate::load::swagger::bodies::Placed;
use crate::load::swagger::parameters::{self, Place};
use crate::load::swagger::{Converter, Entries, Kind, root_of, servers};
use crate::pointer::Pointer;

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What goes into the body, out of a list of parameters.
#[derive(Clone, Debug, Default)]
struct Inputs<'a> {
    body: Option<Placed<'a>>,
    fields: Vec<Placed<'a>>,
}

impl<'a> Converter<'a> {
    pub(super) fn paths(&mut self, at: &Pointer, node: &'a Value) -> Value {
        let Some(entries) = node.as_object() else { return node.clone() };
        let mut paths = Entries::new();
        for (path, item) in entries {
            paths.insert(path.clone(), self.path_item(&at.join(path), item));
        }
        Value::Object(paths)
    }

    pub(super) fn path_item(&mut self, at: &Pointer, node: &'a Value) -> Value {
        let Some(entries) = node.as_object() else { return node.clone() };
        if let Some(Value::String(reference)) = entries.get("$ref") {
            self.refers(reference, Kind::PathItem);
        }
        let mut shared = Inputs::default();
        let mut item = Entries::new();
        if let Some(parameters) = entries.get("parameters") {
            item.insert("parameters".to_owned(), self.parameters(&at.join("parameters"), parameters, &mut shared));
        }
        for (key, value) in entries.iter().filter(|(key, _)| *key != "parameters") {
            let is_operation = METHODS.contains(&key.as_str());
            let view = if is_operation { self.operation(&at.join(key), value, &shared) } else { value.clone() };
            item.insert(key.clone(), view);
        }
        Value::Object(item)
    }

    fn operation(&mut self, at: &Pointer, node: &'a Value, shared: &Inputs<'a>) -> Value {
        let Some(entries) = node.as_object() else { return node.clone() };
        let mut own = Inputs::default();
        let mut operation = Entries::new();
        for (key, value) in entries {
            match key.as_str() {
                "consumes" | "produces" | "schemes" => {}
                "parameters" => {
                    operation.insert(key.clone(), self.parameters(&at.join(key), value, &mut own));
                }
                "responses" => {
                    let media_types = self.of_operation(at, node, "produces");
                    operation.insert(key.clone(), self.responses(&at.join(key), value, &media_types));
                }
                _ => drop(operation.insert(key.clone(), value.clone())),
            }
        }
        if let Some(body) = self.body_of(at, node, own, shared.clone()) {
            operation.insert("requestBody".to_owned(), body);
        }
        let description = self.description(at).and_then(Value::as_object);
        if let Some((description, own)) = description.zip(entries.get("schemes"))
            && let Some(servers) = servers::of_operation(description, own)
        {
            self.origins.made(&at.join("schemes"), &at.join("servers"));
            operation.insert("servers".to_owned(), servers);
        }
        Value::Object(operation)
    }

    /// The parameters that remain such; those of the body go to `inputs`.
    fn parameters(&mut self, at: &Pointer, node: &'a Value, inputs: &mut Inputs<'a>) -> Value {
        let Some(list) = node.as_array() else { return node.clone() };
        let mut parameters = Vec::new();
        for (index, parameter) in list.iter().enumerate() {
            let here = at.join_index(index);
            let view = at.join_index(parameters.len());
            let Some((home, declared)) = self.followed(&here, parameter) else {
                self.origins.moved(&here, &view);
                parameters.push(parameter.clone());
                continue;
            };
            match parameters::place(declared) {
                Place::Elsewhere => parameters.push(self.parameter(&here, &view, parameter)),
                Place::Form => inputs.fields.push((home, declared)),
                Place::Body if inputs.body.is_none() => inputs.body = Some((home, declared)),
                Place::Body => {
                    let message = "there is a body already; this one is left out".to_owned();
                    self.report(&here, Code::Unsupported(message));
                }
            }
        }
        Value::Array(parameters)
    }

    /// The body, if there is any: what the operation says counts before what its path item says.
    fn body_of(&mut self, at: &Pointer, node: &'a Value, own: Inputs<'a>, shared: Inputs<'a>) -> Option<Value> {
        let is_shared = own.body.is_none() && own.fields.is_empty();
        let mut fields = own.fields;
        let name = |field: &Placed<'a>| field.1.get("name").cloned();
        let names: Vec<_> = fields.iter().map(name).collect();
        fields.extend(shared.fields.into_iter().filter(|field| !names.contains(&name(field))));
        let body = if is_shared { shared.body } else { own.body };
        let to = at.join("requestBody");
        let media_types = self.of_operation(at, node, "consumes");
        let Some((home, body)) = body else {
            let (first, _) = fields.first()?;
            let from = first.parent().unwrap_or_else(|| at.clone());
            return Some(self.form(&from, &fields, &to, media_types));
        };
        for (field, _) in &fields {
            let message = "beside a body there can be no field of a form; it is left out".to_owned();
            self.report(field, Code::Unsupported(message));
        }
        let is_component = home.parent() == Some(root_of(&home).join("parameters"));
        if is_component && media_types == self.consumed(&home) {
            return Some(serde_json::json!({ "$ref": shared_body(&home).as_str() }));
        }
        Some(self.body((&home, body), &to, media_types))
    }
}

/// The component that a shared body becomes.
fn shared_body(parameter: &Pointer) -> Pointer {
    root_of(parameter).join_all(&["components", "requestBodies", &parameter.last()])
}
