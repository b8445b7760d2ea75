//! Media types: `consumes` and `produces`.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::load::swagger::Converter;
use crate::media_type::essence;
use crate::pointer::Pointer;

/// How many media types a body can have: each has its own copy of the schema in the view.
const MOST: usize = 16;

pub(super) const JSON: &str = "application/json";
pub(super) const URL_ENCODED: &str = "application/x-www-form-urlencoded";
pub(super) const MULTIPART: &str = "multipart/form-data";

impl<'a> Converter<'a> {
    /// What the bodies of requests may be, unless an operation says otherwise.
    pub(super) fn consumed(&mut self, at: &Pointer) -> Vec<&'a str> {
        self.of_description(at, "consumes")
    }

    /// What answers may be, unless an operation says otherwise.
    pub(super) fn produced(&mut self, at: &Pointer) -> Vec<&'a str> {
        self.of_description(at, "produces")
    }

    /// What the operation at a place says, else its description.
    pub(super) fn of_operation(&mut self, at: &Pointer, operation: &'a Value, key: &str) -> Vec<&'a str> {
        match operation.get(key) {
            Some(own) if !own.is_null() => self.list(&at.join(key), own),
            _ => self.of_description(at, key),
        }
    }

    fn of_description(&mut self, at: &Pointer, key: &str) -> Vec<&'a str> {
        let Some(list) = self.description(at).and_then(|description| description.get(key)) else {
            return Vec::new();
        };
        self.list(&Pointer::parse(at.document()).join(key), list)
    }

    fn list(&mut self, at: &Pointer, list: &'a Value) -> Vec<&'a str> {
        let one = list.as_str();
        let mut media_types: Vec<&str> = Vec::new();
        let many = list.as_array().into_iter().flatten().filter_map(Value::as_str);
        for media_type in one.into_iter().chain(many).filter(|media_type| !media_type.trim().is_empty()) {
            if media_types.len() == MOST {
                let message = format!("only the first {MOST} media types count");
                self.diagnostics.push(Diagnostic::at(at, Code::Unsupported(message)));
                break;
            }
            if !media_types.contains(&media_type) {
                media_types.push(media_type);
            }
        }
        media_types
    }
}

pub(super) fn is_form(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == URL_ENCODED || essence == MULTIPART
}

pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == JSON || essence.ends_with("+json") || essence == "*/*"
}

/// Whether a media type can only be that of a file, and not that of a value.
pub(super) fn is_opaque(media_type: &str) -> bool {
    let essence = essence(media_type);
    let is_of = |kind: &&str| essence.starts_with(kind);
    ["application/octet-stream", "application/pdf", "application/zip", "audio/", "font/", "image/", "video/"]
        .iter()
        .any(is_of)
}
