//! Operations.

use openapiv3 as oas;

use crate::ir;
use crate::load::At;
use crate::lower::Lowerer;
use crate::lower::docs::see_also;
use crate::lower::headers::Headers;
use crate::naming::{self, Scope};
use crate::resolve;

/// The names that are taken among operations.
struct Scopes {
    methods: Scope,
    markers: Scope,
    headers: Headers,
}

impl<'a> Lowerer<'a> {
    pub(super) fn lower_operations(&mut self) -> (Vec<ir::Operation>, Vec<ir::Header>) {
        let spec = self.spec;
        let mut scopes =
            Scopes { methods: Scope::default(), markers: Scope::of_markers(), headers: Headers::default() };
        let operations = spec.operations.iter().map(|operation| self.lower_operation(operation, &mut scopes)).collect();
        (operations, scopes.headers.list)
    }

    fn lower_operation(&mut self, operation: &'a resolve::Operation, scopes: &mut Scopes) -> ir::Operation {
        let resolve::Operation { at, method, path, node, parameters: _, body, responses, headers, servers, callbacks } =
            operation;
        let oas::Operation { operation_id, tags, security, .. } = node;
        let route = format!("{} {path}", method.as_str());
        let id = operation_id.clone().filter(|id| !id.trim().is_empty()).unwrap_or_else(|| route.clone());
        let wanted = match self.overrides.rename(at) {
            Some(name) => name,
            None if id == route => naming::operation_words(&method.as_str().to_lowercase(), path),
            None => id.clone(),
        };
        let claim = scopes.methods.claim_method(&wanted);
        let name = self.granted(at, claim);
        let marker = scopes.markers.claim_type(name.plain()).name;
        let (callbacks, calls) = self.lower_callbacks(callbacks, marker.as_str(), name.plain());
        let docs = self.operation_docs(node, &calls, responses);
        ir::Operation {
            docs,
            method: *method,
            path: sent_path(path).to_owned(),
            server: self.own_server(servers),
            params: self.lower_params(operation, marker.as_str()),
            body: body.as_ref().and_then(|body| self.lower_body(body, marker.as_str(), name.plain())),
            headers: self.lower_headers(headers, &mut scopes.headers),
            responses: self.lower_responses(responses, operation, marker.as_str()),
            callbacks,
            security: self.lower_security(security.as_ref(), at),
            idempotent: self.overrides.is_idempotent(&[&id, &route]),
            success_flag: None,
            pagination: None,
            tags: tags.clone(),
            origin: at.clone(),
            id,
            marker,
            name,
        }
    }

    /// Finds the success flag in the operations' answers, once all types are there.
    pub(super) fn find_success_flags(&mut self, operations: &mut [ir::Operation]) {
        for operation in operations {
            let [ir::Case { content: ir::Content::Json(ty), .. }] = operation.responses.success.as_slice() else {
                continue;
            };
            let mut ty = ty;
            // An alias of an alias is possible, a circle of them is not worth more than a bound.
            for _ in 0..8 {
                let ir::TypeRef::Named(id) = ty else { break };
                match self.types.get(id.0).map(|def| &def.kind) {
                    Some(ir::TypeKind::Alias(target)) => ty = target,
                    Some(ir::TypeKind::Struct(strukt)) => {
                        let is_flag = |field: &&ir::Field| {
                            field.ty == ir::TypeRef::Scalar(ir::Scalar::Bool)
                                && self.overrides.is_success_flag(&field.wire)
                        };
                        let flag = strukt.fields.iter().find(is_flag);
                        operation.success_flag = flag.map(|flag| (flag.name.clone(), flag.presence.clone()));
                        break;
                    }
                    Some(
                        ir::TypeKind::Enum(_)
                        | ir::TypeKind::Union(_)
                        | ir::TypeKind::Newtype(_)
                        | ir::TypeKind::Multipart(_)
                        | ir::TypeKind::Choice(_)
                        | ir::TypeKind::Answers(_),
                    )
                    | None => break,
                }
            }
        }
    }

    /// `callbacks` has a few words on each.
    pub(super) fn operation_docs(
        &mut self,
        node: &oas::Operation,
        callbacks: &[String],
        responses: &[(ir::Status, At<oas::Response>)],
    ) -> ir::Docs {
        let oas::Operation { summary, description, external_docs, deprecated, extensions, .. } = node;
        let mut remarks: Vec<String> = external_docs.as_ref().map(see_also).into_iter().collect();
        if !callbacks.is_empty() {
            remarks.push(format!("The service calls back: {}.", callbacks.join(", ")));
        }
        let links: Vec<String> = links(responses).iter().map(|name| format!("`{name}`")).collect();
        if !links.is_empty() {
            remarks.push(format!("What comes back leads on to {}.", links.join(", ")));
        }
        ir::Docs {
            summary: summary.clone().filter(|summary| !summary.trim().is_empty()),
            description: description.clone().filter(|description| summary.as_ref() != Some(description)),
            deprecated: *deprecated,
            facts: self.overrides.facts(extensions.iter()),
            remarks,
            ..ir::Docs::default()
        }
    }
}

/// The operations, or the names, of the answers' links.
fn links(responses: &[(ir::Status, At<oas::Response>)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (name, link) in responses.iter().flat_map(|(_, response)| &response.node.links) {
        let target = match link {
            oas::ReferenceOr::Item(oas::Link { operation: oas::LinkOperation::OperationId(id), .. }) => id,
            oas::ReferenceOr::Item(_) | oas::ReferenceOr::Reference { .. } => name,
        };
        if !names.contains(target) {
            names.push(target.clone());
        }
    }
    names
}

/// What a path's key says beyond `#`, unless that is in the name of a variable, tells operations of one path apart, and is
/// never sent.
pub(super) fn sent_path(key: &str) -> &str {
    let mut is_inside = false;
    let fragment = key.find(|sign| {
        is_inside = (is_inside || sign == '{') && sign != '}';
        !is_inside && sign == '#'
    });
    fragment.and_then(|at| key.get(..at)).unwrap_or(key)
}
