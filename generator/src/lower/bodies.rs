//! Bodies of requests, and the choice among content types that answers share.

use indexmap::IndexMap;
use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::load::At;
use crate::lower::Lowerer;
use crate::lower::parts::Part;
use crate::media_type::essence;
use crate::naming::{self, Scope};
use crate::pointer::Pointer;

/// What a media type is to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Media {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
}

impl Media {
    /// What a body of this type is: JSON, where it says nothing.
    pub(super) fn of_body(media_type: &str) -> Self {
        if media_type.trim().is_empty() { Self::Json } else { Self::of(media_type) }
    }

    pub(super) fn of(media_type: &str) -> Self {
        let essence = essence(media_type);
        let is_json = essence == "application/json" || essence.ends_with("+json") || essence == "*/*";
        if is_json {
            Self::Json
        } else if essence == "application/x-www-form-urlencoded" {
            Self::Form
        } else if essence.starts_with("multipart/") {
            Self::Multipart
        } else if essence.starts_with("text/") || essence.ends_with("xml") {
            Self::Text
        } else {
            Self::Bytes
        }
    }
}

impl<'a> Lowerer<'a> {
    pub(super) fn lower_body(
        &mut self,
        body: &'a At<oas::RequestBody>,
        operation: &str,
        function: &str,
    ) -> Option<ir::RequestBody> {
        let At { at, node } = body;
        let oas::RequestBody { description, content, required, extensions } = node;
        let wanted = self.component_name(at, "requestBodies").unwrap_or_else(|| format!("{operation}Body"));
        let text = description.clone().unwrap_or_else(|| format!("Body of `{function}`."));
        let mut bodies: Vec<(&str, ir::Body)> = Vec::new();
        let mut ordered: Vec<_> = content.iter().collect();
        ordered.sort_by_key(|(media_type, _)| Media::of_body(media_type));
        for (media_type, media) in ordered {
            let name = if bodies.is_empty() { wanted.clone() } else { content_name(&wanted, media_type) };
            let body = self.lower_content(&at.join("content").join(media_type), media, &name, &text);
            if !bodies.iter().any(|(_, other)| is_same(other, &body)) {
                bodies.push((media_type, body));
            }
        }
        let content = match bodies.len() {
            0 => return None,
            1 => bodies.swap_remove(0).1,
            _ => self.choice(&at.join("content"), &wanted, bodies),
        };
        let facts = self.overrides.facts(extensions.iter());
        let docs = ir::Docs { description: description.clone(), facts, ..ir::Docs::default() };
        let need = if *required { ir::Need::Required } else { ir::Need::Optional };
        Some(ir::RequestBody { origin: at.clone(), docs, need, content })
    }

    fn lower_content(&mut self, at: &Pointer, media: &'a oas::MediaType, name: &str, text: &str) -> ir::Body {
        let media_type = at.last();
        match Media::of_body(&media_type) {
            Media::Json => {
                let ty = self.lower_media(at, media, name);
                self.describe(&ty, text);
                let is_plain = media_type == "application/json" || media_type.contains('*') || media_type.is_empty();
                ir::Body::Json(ty, (!is_plain).then_some(media_type))
            }
            Media::Form => {
                let ty = self.lower_media(at, media, name);
                self.describe(&ty, text);
                ir::Body::Form(ty, self.form_styles(&at.join("encoding"), &media.encoding))
            }
            Media::Multipart => {
                let ty = self.lower_multipart(at, media, name);
                if let Some(ty) = &ty {
                    self.describe(ty, text);
                }
                ir::Body::Multipart(ty, media_type)
            }
            Media::Text => ir::Body::Text(concrete(media_type, "text/plain")),
            Media::Bytes => ir::Body::Bytes(concrete(media_type, "application/octet-stream")),
        }
    }

    /// The styles of a form's properties.
    fn form_styles(
        &mut self,
        at: &Pointer,
        encoding: &IndexMap<String, oas::Encoding>,
    ) -> Vec<(String, ir::QueryStyle)> {
        let mut styles = Vec::new();
        for (property, encoding) in encoding {
            let oas::Encoding { content_type: _, headers: _, style, explode, allow_reserved, extensions: _ } = encoding;
            let style = match style {
                Some(oas::QueryStyle::SpaceDelimited) if !explode => ir::QueryStyle::SpaceDelimited,
                Some(oas::QueryStyle::PipeDelimited) if !explode => ir::QueryStyle::PipeDelimited,
                Some(oas::QueryStyle::DeepObject) => ir::QueryStyle::DeepObject,
                Some(_) | None => ir::QueryStyle::FormExplode,
            };
            if *allow_reserved {
                let at = at.join(property).join("allowReserved");
                self.report(&at, Code::IgnoredKeyword("allowReserved".to_owned()));
            }
            if style != ir::QueryStyle::FormExplode {
                styles.push((property.clone(), style));
            }
        }
        styles
    }

    /// A body that is one of several; a component is one type for all operations.
    fn choice(&mut self, at: &Pointer, wanted: &str, bodies: Vec<(&str, ir::Body)>) -> ir::Body {
        if let Some(ty) = self.uses.get(at) {
            return ir::Body::Choice(ty.clone());
        }
        let mut scope = Scope::default();
        let choices = bodies.into_iter().map(|(media_type, body)| ir::Choice {
            name: scope.claim_variant(&naming::media_words(media_type)).name,
            media_type: media_type.to_owned(),
            body,
        });
        let kind = ir::TypeKind::Choice(choices.collect());
        let name = self.inline_name(at, &format!("{wanted}Content"));
        let ty = ir::TypeRef::Named(self.define(name, at, ir::Docs::default(), kind));
        self.uses.insert(at.clone(), ty.clone());
        ir::Body::Choice(ty)
    }

    /// The type of a JSON document.
    pub(super) fn lower_media(&mut self, at: &Pointer, media: &'a oas::MediaType, wanted: &str) -> ir::TypeRef {
        let oas::MediaType { schema, example: _, examples: _, encoding: _, extensions: _ } = media;
        match schema {
            Some(schema) => self.lower_use(&[Part::new(at.join("schema"), schema)], wanted),
            None => ir::TypeRef::Any,
        }
    }

    /// Gives an inline type that says nothing of itself what is said of the body that it is.
    pub(super) fn describe(&mut self, ty: &ir::TypeRef, description: &str) {
        let ir::TypeRef::Named(id) = ty else { return };
        let is_component = |def: &ir::TypeDef| def.origin.as_str().starts_with("#/components/schemas/");
        if let Some(def) = self.types.get_mut(id.0).filter(|def| !is_component(def))
            && def.docs.description.is_none()
            && def.docs.summary.is_none()
            && !description.trim().is_empty()
        {
            def.docs.description = Some(description.to_owned());
        }
    }

    /// The name that a component of a kind gives the schema inside it.
    pub(super) fn component_name(&self, at: &Pointer, kind: &str) -> Option<String> {
        let is_component = at.parent()? == Pointer::root().join("components").join(kind);
        is_component.then(|| naming::suffix(&self.overrides.stripped(&at.last())))
    }
}

/// The name of what a body or answer is besides the first that it can be.
pub(super) fn content_name(wanted: &str, media_type: &str) -> String {
    format!("{wanted}{}", naming::suffix(&naming::media_words(media_type)))
}

/// A media type that can be said of a body: a wildcard says only which ones the service takes.
fn concrete(media_type: String, instead: &str) -> String {
    if media_type.contains('*') { instead.to_owned() } else { media_type }
}

/// Whether two bodies are the same to the caller: a document under several names for JSON, say.
fn is_same(one: &ir::Body, other: &ir::Body) -> bool {
    match (one, other) {
        (ir::Body::Json(one, _), ir::Body::Json(other, _)) => one == other,
        _ => one == other,
    }
}
