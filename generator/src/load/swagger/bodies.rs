//! Bodies: the parameter in the body, and forms, whose fields are parameters.

use serde_json::{Value, json};

use crate::diagnostic::Code;
use crate::load::swagger::media::{self, JSON, MULTIPART, URL_ENCODED};
use crate::load::swagger::parameters::Joined;
use crate::load::swagger::{Converter, Entries};
use crate::pointer::Pointer;

/// A parameter as the text has it, with its place.
pub(super) type Placed<'a> = (Pointer, &'a Value);

impl<'a> Converter<'a> {
    /// The body that a parameter describes.
    pub(super) fn body(
        &mut self,
        (from, node): (&Pointer, &'a Value),
        to: &Pointer,
        mut media_types: Vec<&str>,
    ) -> Value {
        self.origins.made(from, to);
        let Some(entries) = node.as_object() else { return json!({ "content": {} }) };
        // A form in the body is a form; but what else there is describes the schema better.
        if media_types.iter().any(|media_type| !media::is_form(media_type)) {
            media_types.retain(|media_type| !media::is_form(media_type));
        }
        if media_types.is_empty() {
            media_types.push(JSON);
        }
        let mut content = Entries::new();
        for media_type in media_types {
            let place = to.join_all(&["content", media_type, "schema"]);
            let schema = self.lifted(from, &place, entries, Joined::AsUsual);
            content.insert(media_type.to_owned(), json!({ "schema": schema }));
        }
        let mut body = kept(entries, &["description", "required"]);
        body.insert("content".to_owned(), Value::Object(content));
        Value::Object(body)
    }

    /// The form whose fields some parameters describe; `from` is the list that they stand in.
    pub(super) fn form(
        &mut self,
        from: &Pointer,
        fields: &[Placed<'a>],
        to: &Pointer,
        mut media_types: Vec<&str>,
    ) -> Value {
        self.origins.made(from, to);
        let has_file = fields.iter().any(|(_, field)| field.get("type").is_some_and(|ty| *ty == "file"));
        media_types.retain(|media_type| media::is_form(media_type));
        if has_file {
            media_types = vec![MULTIPART];
        } else if media_types.is_empty() {
            media_types.push(URL_ENCODED);
        }
        let mut content = Entries::new();
        for media_type in media_types {
            let schema = to.join_all(&["content", media_type, "schema"]);
            self.origins.made(from, &schema);
            let media = self.fields(fields, &schema);
            content.insert(media_type.to_owned(), media);
        }
        let is_required = fields.iter().any(|(_, field)| is_required(field));
        json!({ "required": is_required, "content": content })
    }

    /// The schema of a form, and how its lists are written.
    fn fields(&mut self, fields: &[Placed<'a>], to: &Pointer) -> Value {
        let mut properties = Entries::new();
        let mut required = Vec::new();
        let mut encoding = Entries::new();
        for (at, field) in fields {
            let Some((entries, name)) = field.as_object().zip(field.get("name").and_then(Value::as_str)) else {
                let message = "a field of a form needs a `name`; it is left out".to_owned();
                self.report(at, Code::Repaired(message));
                continue;
            };
            let place = to.join("properties").join(name);
            self.origins.made(at, &place);
            let joined = self.joined(at, entries);
            let mut schema = self.lifted(at, &place, entries, joined);
            if let Some(schema) = schema.as_object_mut() {
                kept(entries, &["description", "example"]).into_iter().for_each(|(key, value)| {
                    schema.entry(key).or_insert(value);
                });
            }
            if let Joined::Styled(style, explode) = joined {
                encoding.insert(name.to_owned(), json!({ "style": style, "explode": explode }));
            }
            if is_required(field) {
                required.push(name);
            }
            properties.insert(name.to_owned(), schema);
        }
        let mut media = json!({ "schema": { "type": "object", "required": required, "properties": properties } });
        if let Some(media) = media.as_object_mut().filter(|_| !encoding.is_empty()) {
            media.insert("encoding".to_owned(), Value::Object(encoding));
        }
        media
    }
}

fn is_required(parameter: &Value) -> bool {
    parameter.get("required") == Some(&Value::Bool(true))
}

/// Some entries, and the extensions.
fn kept(entries: &Entries, keys: &[&str]) -> Entries {
    let is_extension = |key: &str| key.starts_with("x-") && key != "x-nullable";
    let kept = entries.iter().filter(|(key, _)| keys.contains(&key.as_str()) || is_extension(key));
    kept.map(|(key, value)| (key.clone(), value.clone())).collect()
}
