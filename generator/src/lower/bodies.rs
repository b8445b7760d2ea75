//! Bodies of requests, and the choice among content types that answers share.

use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::load::At;
use crate::lower::Lowerer;
use crate::lower::parts::Part;
use crate::naming;
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
    pub(super) fn of(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
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
        let (media_type, media) = self.preferred(&at.join("content"), content)?;
        let wanted = self.component_name(at, "requestBodies").unwrap_or_else(|| format!("{operation}Body"));
        let content = match Media::of(media_type) {
            Media::Json => {
                let ty = self.lower_media(&at.join("content").join(media_type), media, &wanted);
                self.describe(&ty, description.as_deref().unwrap_or(&format!("Body of `{function}`.")));
                let is_plain = media_type == "application/json" || media_type.contains('*');
                ir::Body::Json(ty, (!is_plain).then(|| media_type.to_owned()))
            }
            Media::Form => {
                let ty = self.lower_media(&at.join("content").join(media_type), media, &wanted);
                self.describe(&ty, description.as_deref().unwrap_or(&format!("Body of `{function}`.")));
                ir::Body::Form(ty)
            }
            Media::Text => ir::Body::Text(media_type.to_owned()),
            Media::Multipart => {
                let ty = self.lower_multipart(&at.join("content").join(media_type), media, &wanted);
                if let Some(ty) = &ty {
                    self.describe(ty, description.as_deref().unwrap_or(&format!("Body of `{function}`.")));
                }
                ir::Body::Multipart(ty, media_type.to_owned())
            }
            Media::Bytes => ir::Body::Bytes(media_type.to_owned()),
        };
        let facts = self.overrides.facts(extensions.iter());
        let docs = ir::Docs { description: description.clone(), facts, ..ir::Docs::default() };
        let need = if *required { ir::Need::Required } else { ir::Need::Optional };
        Some(ir::RequestBody { origin: at.clone(), docs, need, content })
    }

    /// The content type that the client uses: JSON if there is one. The others are reported.
    pub(super) fn preferred(
        &mut self,
        at: &Pointer,
        content: &'a oas::Content,
    ) -> Option<(&'a str, &'a oas::MediaType)> {
        let (media_type, media) = content.iter().min_by_key(|(media_type, _)| Media::of(media_type))?;
        for other in content.keys().filter(|other| *other != media_type && Media::of(other) != Media::of(media_type)) {
            let message = format!("the client uses `{media_type}` in place of `{other}`");
            self.report(&at.join(other), Code::Unsupported(message));
        }
        Some((media_type, media))
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
