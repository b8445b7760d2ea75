//! Answers.

use openapiv3 as oas;

use crate::ir;
use crate::load::At;
use crate::lower::Lowerer;
use crate::lower::bodies::Media;
use crate::naming::{self, Scope};
use crate::pointer::Pointer;

impl<'a> Lowerer<'a> {
    pub(super) fn lower_responses(
        &mut self,
        responses: &'a [(ir::Status, At<oas::Response>)],
        operation: &Pointer,
        operation_name: &str,
    ) -> ir::Responses {
        let is_success = |status: &ir::Status| matches!(status, ir::Status::Exact(200..=299) | ir::Status::Class(2));
        let is_default = |status: &ir::Status| *status == ir::Status::Default;
        let has_success = responses.iter().any(|(status, _)| is_success(status));
        let (mut success, mut failure) = (Vec::new(), Vec::new());
        let mut scopes = (Scope::default(), Scope::default());
        for (status, response) in responses {
            // Where no success is declared, the default is the answer to expect.
            if is_success(status) || (is_default(status) && !has_success) {
                success.push(self.lower_case(*status, response, operation_name, &mut scopes.0));
            }
            if !is_success(status) {
                failure.push(self.lower_case(*status, response, operation_name, &mut scopes.1));
            }
        }
        let at = operation.join("responses");
        let output = (success.len() > 1).then(|| self.answers(&at, operation_name, "Output", &success));
        let error = (!failure.is_empty()).then(|| self.answers(&at, operation_name, "Error", &failure));
        ir::Responses { success, failure, output, error }
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
        let words = status_words(status);
        let wanted = self.component_name(at, "responses").unwrap_or_else(|| match status {
            ir::Status::Exact(200..=201) | ir::Status::Class(2) => format!("{operation}Response"),
            ir::Status::Exact(_) | ir::Status::Class(_) | ir::Status::Default => {
                format!("{operation}{}", naming::suffix(&words))
            }
        });
        let preferred = self.preferred(&at.join("content"), content);
        let media_type = preferred.map_or("", |(media_type, _)| media_type).to_owned();
        let content = match preferred {
            None => ir::Content::Empty,
            Some((media_type, media)) => match Media::of(media_type) {
                Media::Json => {
                    let ty = self.lower_media(&at.join("content").join(media_type), media, &wanted);
                    self.describe(&ty, description);
                    ir::Content::Json(ty)
                }
                Media::Text | Media::Form => ir::Content::Text,
                Media::Multipart | Media::Bytes => ir::Content::Bytes,
            },
        };
        let description = Some(description.clone()).filter(|description| !description.trim().is_empty());
        let docs = ir::Docs { description, facts: self.overrides.facts(extensions.iter()), ..ir::Docs::default() };
        ir::Case { status, name: scope.claim_variant(&words).name, origin: at.clone(), docs, content, media_type }
    }
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
