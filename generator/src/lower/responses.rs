//! Answers.

use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::load::{At, Sequence};
use crate::lower::bodies::{Media, content_name};
use crate::lower::items::items;
use crate::lower::parts::Part;
use crate::lower::schema::Class;
use crate::lower::{Lowerer, probes};
use crate::naming::{self, Scope};
use crate::pointer::Pointer;
use crate::resolve;

impl<'a> Lowerer<'a> {
    pub(super) fn lower_responses(
        &mut self,
        responses: &'a [(ir::Status, At<oas::Response>)],
        operation: &resolve::Operation,
        operation_name: &str,
    ) -> ir::Responses {
        let is_success = |status: &ir::Status| matches!(status, ir::Status::Exact(200..=299) | ir::Status::Class(2));
        let is_default = |status: &ir::Status| *status == ir::Status::Default;
        let has_success = responses.iter().any(|(status, _)| is_success(status));
        let (mut success, mut failure) = (Vec::new(), Vec::new());
        let mut scopes = (Scope::default(), Scope::default());
        let (mut alternatives, mut sequences) = (Vec::new(), Vec::new());
        for (status, response) in responses {
            // Where no success is declared, the default is the answer to expect.
            if is_success(status) || (is_default(status) && !has_success) {
                success.push(self.lower_case(*status, response, operation_name, &mut scopes.0));
                if operation.method != ir::Method::Head {
                    self.lower_alternatives(response, operation_name, &mut alternatives);
                    self.lower_sequences(response, operation_name, &mut sequences);
                }
            }
            if !is_success(status) {
                failure.push(self.lower_case(*status, response, operation_name, &mut scopes.1));
            }
        }
        if operation.method == ir::Method::Head {
            // Whatever is declared, there is no body.
            for case in success.iter_mut().chain(&mut failure) {
                (case.content, case.media_type) = (ir::Content::Empty, String::new());
            }
        }
        let at = operation.at.join("responses");
        let output = (success.len() > 1).then(|| self.answers(&at, operation_name, "Output", &success));
        let error = (!failure.is_empty()).then(|| self.answers(&at, operation_name, "Error", &failure));
        let mut scope = Scope::default();
        let alternatives = alternatives.into_iter().map(|(media_type, content)| ir::Alternative {
            name: scope.claim_alternative(&media_type).name,
            media_type,
            content,
        });
        ir::Responses { success, failure, output, error, alternatives: alternatives.collect(), sequences }
    }

    fn answers(&mut self, at: &Pointer, operation: &str, suffix: &str, cases: &[ir::Case]) -> ir::TypeId {
        let name = self.inline_name(at, &format!("{operation}{suffix}"));
        self.define(name, at, ir::Docs::default(), ir::TypeKind::Answers(cases.to_vec()))
    }

    fn lower_case(
        &mut self,
        status: ir::Status,
        response: &'a At<oas::Response>,
        operation: &str,
        scope: &mut Scope,
    ) -> ir::Case {
        let At { at, node } = response;
        let oas::Response { description, headers: _, content, links: _, extensions } = node;
        if !matches!(status, ir::Status::Exact(200..=299) | ir::Status::Class(2)) {
            self.report_others(&at.join("content"), content);
        }
        let words = status_words(status);
        let wanted = self.component_name(at, "responses").unwrap_or_else(|| match status {
            ir::Status::Exact(200..=201) | ir::Status::Class(2) => format!("{operation}Response"),
            ir::Status::Exact(_) | ir::Status::Class(_) | ir::Status::Default => {
                format!("{operation}{}", naming::suffix(&words))
            }
        });
        let preferred = preferred(content);
        let media_type = preferred.map_or("", |(media_type, _)| media_type).to_owned();
        let content = match preferred {
            None => ir::Content::Empty,
            Some((media_type, media)) => {
                let content = self.lower_answer(&at.join("content").join(media_type), media, &wanted);
                if let ir::Content::Json(ty) = &content {
                    self.describe(ty, description);
                }
                content
            }
        };
        let description = Some(description.clone()).filter(|description| !description.trim().is_empty());
        let docs = ir::Docs { description, facts: self.overrides.facts(extensions.iter()), ..ir::Docs::default() };
        ir::Case { status, name: scope.claim_variant(&words).name, origin: at.clone(), docs, content, media_type }
    }

    fn lower_answer(&mut self, at: &Pointer, media: &'a oas::MediaType, wanted: &str) -> ir::Content {
        match Media::of(&at.last()) {
            Media::Json => ir::Content::Json(self.lower_media(at, media, wanted)),
            Media::Text | Media::Form => ir::Content::Text,
            Media::Multipart | Media::Bytes => ir::Content::Bytes,
        }
    }

    /// What a success can be besides what is asked for first: other text, other bytes, another document.
    fn lower_alternatives(
        &mut self,
        response: &'a At<oas::Response>,
        operation: &str,
        alternatives: &mut Vec<(String, ir::Content)>,
    ) {
        let At { at, node } = response;
        let Some((first, _)) = preferred(&node.content) else { return };
        let own = self.component_name(at, "responses").unwrap_or_else(|| format!("{operation}Response"));
        let mut contents: Vec<ir::Content> = Vec::new();
        let mut entries: Vec<_> = node.content.iter().collect();
        entries.sort_by_key(|(media_type, _)| *media_type != first);
        for (media_type, media) in entries {
            let at = at.join("content").join(media_type);
            let name = if media_type == first { own.clone() } else { content_name(&own, media_type) };
            let content = self.lower_answer(&at, media, &name);
            let is_known = media_type == first || alternatives.iter().any(|(known, _)| known == media_type);
            let is_same = matches!(content, ir::Content::Json(_)) && contents.contains(&content);
            contents.push(content.clone());
            if !is_known && !is_same && !media_type.contains('*') && Sequence::of(media_type).is_none() {
                alternatives.push((media_type.clone(), content));
            }
        }
    }

    /// What a success can be that comes item by item: the first of each kind.
    fn lower_sequences(&mut self, response: &'a At<oas::Response>, operation: &str, sequences: &mut Vec<ir::Sequence>) {
        for (media_type, media) in &response.node.content {
            let Some(kind) = Sequence::of(media_type) else { continue };
            let is_same = |known: &ir::Sequence| match known {
                ir::Sequence::Events(_) => kind == Sequence::Events,
                ir::Sequence::Lines(_) => kind == Sequence::Lines,
            };
            if sequences.iter().any(is_same) {
                continue;
            }
            let at = response.at.join("content").join(media_type).join("schema");
            sequences.push(match kind {
                Sequence::Events => ir::Sequence::Events(self.lower_event(&at, media, &format!("{operation}Event"))),
                Sequence::Lines => {
                    let parts = self.item_parts(&at, media);
                    ir::Sequence::Lines(self.lower_use(&parts, &format!("{operation}Line")))
                }
            });
        }
    }

    /// The type of an event's data. What is text stands there as it is, and is no JSON.
    fn lower_event(&mut self, at: &Pointer, media: &'a oas::MediaType, wanted: &str) -> ir::TypeRef {
        let parts = self.item_parts(at, media);
        let views = self.settled(&parts);
        let is_text = |class| matches!(class, Class::Scalar(of) if probes::kind_of(of) == ir::JsonKind::String);
        if parts.is_empty() || is_text(self.classify(&views)) {
            ir::TypeRef::Scalar(ir::Scalar::String)
        } else {
            self.lower_use(&parts, wanted)
        }
    }

    /// What holds for an item: the schema is a list of them, or that of an item.
    fn item_parts(&mut self, at: &Pointer, media: &'a oas::MediaType) -> Vec<Part<'a>> {
        let parts: Vec<Part<'a>> = media.schema.iter().map(|schema| Part::new(at.clone(), schema)).collect();
        let views = self.settled(&parts);
        if self.classify(&views) == Class::List { items(&views) } else { parts }
    }

    /// Failures have one form: the one that is asked for.
    fn report_others(&mut self, at: &Pointer, content: &oas::Content) {
        let Some((first, _)) = preferred(content) else { return };
        for other in content.keys().filter(|other| *other != first && Media::of(other) != Media::of(first)) {
            let message = format!("the client uses `{first}` in place of `{other}`");
            self.report(&at.join(other), Code::Unsupported(message));
        }
    }
}

/// The content type that the client asks for: JSON if there is one.
fn preferred(content: &oas::Content) -> Option<(&str, &oas::MediaType)> {
    let (media_type, media) = content.iter().min_by_key(|(media_type, _)| Media::of(media_type))?;
    Some((media_type, media))
}

fn status_words(status: ir::Status) -> String {
    match status {
        ir::Status::Exact(code) => naming::status_words(code),
        ir::Status::Class(1) => "Informational".to_owned(),
        ir::Status::Class(2) => "Success".to_owned(),
        ir::Status::Class(3) => "Redirection".to_owned(),
        ir::Status::Class(4) => "Client Error".to_owned(),
        ir::Status::Class(5) => "Server Error".to_owned(),
        ir::Status::Class(class) => format!("Class {class}"),
        ir::Status::Default => "Default".to_owned(),
    }
}
