//! Answers: their schema gets media types, their headers schemas.

use serde_json::{Value, json};

use crate::load::swagger::media::{self, JSON};
use crate::load::swagger::parameters;
use crate::load::swagger::{Converter, Entries, Kind};
use crate::pointer::Pointer;

/// What an answer that is a file is where nothing fitting is said.
const BYTES: &str = "application/octet-stream";

/// Whether a schema stands here, or where it is referred to.
#[derive(Clone, Copy)]
enum Home {
    Here,
    There,
}

impl<'a> Converter<'a> {
    /// The answers of an operation.
    pub(super) fn responses(&mut self, from: &Pointer, node: &'a Value, media_types: &[&'a str]) -> Value {
        let Some(entries) = node.as_object() else { return node.clone() };
        let mut responses = Entries::new();
        for (status, response) in entries {
            let at = from.join(status);
            let view = match response.get("$ref").and_then(Value::as_str) {
                _ if status.starts_with("x-") => response.clone(),
                None => self.respond((&at, response), &at, media_types, Home::Here),
                Some(reference) => {
                    self.refers(reference, Kind::Response);
                    self.shared_response((&at, response), media_types)
                }
            };
            responses.insert(status.clone(), view);
        }
        Value::Object(responses)
    }

    /// An answer that is shared: it stays so where the operation produces what its description does.
    fn shared_response(&mut self, (at, node): (&Pointer, &'a Value), media_types: &[&'a str]) -> Value {
        match self.followed(at, node) {
            Some((home, shared)) if self.produced(&home) != media_types => {
                self.refers(home.as_str(), Kind::Response);
                self.origins.made(&home, at);
                self.respond((&home, shared), at, media_types, Home::There)
            }
            _ => node.clone(),
        }
    }

    /// An answer by itself.
    pub(super) fn response(&mut self, from: &Pointer, to: &Pointer, node: &'a Value) -> Value {
        if let Some(Value::String(reference)) = node.get("$ref") {
            self.refers(reference, Kind::Response);
            return node.clone();
        }
        let media_types = self.produced(from);
        self.respond((from, node), to, &media_types, Home::Here)
    }

    fn respond(&mut self, (from, node): (&Pointer, &'a Value), to: &Pointer, types: &[&str], home: Home) -> Value {
        let Some(entries) = node.as_object() else { return node.clone() };
        let mut response = Entries::new();
        for (key, value) in entries {
            match key.as_str() {
                "schema" | "examples" => {}
                "headers" => drop(response.insert(key.clone(), self.headers(&from.join(key), &to.join(key), value))),
                _ => drop(response.insert(key.clone(), value.clone())),
            }
        }
        let mut content = match entries.get("schema").filter(|schema| !schema.is_null()) {
            Some(schema) => self.content((&from.join("schema"), schema), to, types, home),
            None => Entries::new(),
        };
        // Where there is an example, there is something to receive.
        let examples = entries.get("examples").and_then(Value::as_object);
        for (media_type, example) in examples.into_iter().flatten().filter(|(key, _)| key.contains('/')) {
            let media = content.entry(media_type.clone()).or_insert_with(|| json!({}));
            if let Some(media) = media.as_object_mut() {
                media.insert("example".to_owned(), example.clone());
            }
        }
        if !content.is_empty() {
            response.insert("content".to_owned(), Value::Object(content));
        }
        Value::Object(response)
    }

    fn content(&mut self, (from, schema): (&Pointer, &'a Value), to: &Pointer, types: &[&str], home: Home) -> Entries {
        let is_file = |schema: &Value| schema.get("type").is_some_and(|ty| *ty == "file");
        let is_file = self.followed(from, schema).is_some_and(|(_, schema)| is_file(schema));
        let mut types = types.to_vec();
        if is_file {
            types.retain(|media_type| !media::is_json(media_type));
        } else if types.iter().any(|media_type| !media::is_opaque(media_type)) {
            types.retain(|media_type| !media::is_opaque(media_type));
        }
        if types.is_empty() {
            types.push(if is_file { BYTES } else { JSON });
        }
        let mut content = Entries::new();
        for media_type in types {
            let place = to.join_all(&["content", media_type, "schema"]);
            let schema = match home {
                Home::There if schema.get("$ref").is_none() => {
                    self.origins.made(from, &place);
                    json!({ "$ref": from.as_str() })
                }
                Home::Here | Home::There => {
                    self.origins.moved(from, &place);
                    self.schema(schema)
                }
            };
            content.insert(media_type.to_owned(), json!({ "schema": schema }));
        }
        content
    }

    fn headers(&mut self, from: &Pointer, to: &Pointer, node: &'a Value) -> Value {
        let Some(headers) = node.as_object() else { return node.clone() };
        let convert = |(name, header): (&String, &'a Value)| {
            let Some(entries) = header.as_object().filter(|entries| !entries.contains_key("$ref")) else {
                return (name.clone(), header.clone());
            };
            let from = from.join(name);
            let joined = self.joined(&from, entries);
            let mut view = parameters::said(entries);
            view.insert("schema".to_owned(), self.lifted(&from, &to.join(name).join("schema"), entries, joined));
            (name.clone(), Value::Object(view))
        };
        headers.iter().map(convert).collect()
    }
}
