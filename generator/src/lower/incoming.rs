//! What the service sends unasked: a type for each body, and a sentence on it.

use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::load::At;
use crate::lower::Lowerer;
use crate::lower::bodies::Media;
use crate::naming;
use crate::resolve::Incoming;

impl<'a> Lowerer<'a> {
    /// The types of the webhooks' bodies.
    pub(super) fn lower_webhooks(&mut self) -> Vec<ir::TypeId> {
        let spec = self.spec;
        for webhook in spec.webhooks.iter().filter(|webhook| webhook.body.is_none()) {
            self.report(&webhook.at, Code::IgnoredKeyword(webhook.method.to_owned()));
        }
        let webhooks = spec.webhooks.iter().filter_map(|webhook| {
            let remark = format!("What the webhook `{}` sends", webhook.name);
            self.lower_incoming(webhook, &incoming_name(webhook, "", "Webhook"), &remark)
        });
        webhooks.collect()
    }

    /// The types of the bodies of an operation's callbacks, and a few words on each callback.
    pub(super) fn lower_callbacks(
        &mut self,
        callbacks: &'a [Incoming],
        operation: &str,
        function: &str,
    ) -> (Vec<ir::TypeId>, Vec<String>) {
        let mut types = Vec::new();
        let mut words: Vec<String> = Vec::new();
        for of_name in callbacks.chunk_by(|one, other| one.name == other.name) {
            let Some(Incoming { name, .. }) = of_name.first() else { continue };
            let remark = format!("What `{function}` is called back with, as `{name}`");
            let lower =
                |callback| self.lower_incoming(callback, &incoming_name(callback, operation, "Callback"), &remark);
            let bodies: Vec<ir::TypeId> = of_name.iter().filter_map(lower).collect();
            let bodies_words: Vec<String> = bodies.iter().map(|id| format!("`types::{}`", self.name_of(*id))).collect();
            words.push(match bodies_words.as_slice() {
                [] => format!("`{name}`"),
                bodies => format!("`{name}` with {}", bodies.join(" or ")),
            });
            types.extend(bodies);
        }
        (types, words)
    }

    /// A name for the body's type, whether it is described here or elsewhere. Only JSON can be read.
    fn lower_incoming(&mut self, incoming: &'a Incoming, name: &str, remark: &str) -> Option<ir::TypeId> {
        let Incoming { name: _, method, at: _, node, parameters, body } = incoming;
        let At { at: body, node: oas::RequestBody { description, content, required: _, extensions } } =
            body.as_ref()?;
        let json = content.iter().find(|(media_type, _)| Media::of_body(media_type) == Media::Json);
        let Some((media_type, media)) = json else {
            let why = "there is no type for what the service sends here: it is no JSON".to_owned();
            self.report(&body.join("content"), Code::Unsupported(why));
            return None;
        };
        let at = body.join("content").join(media_type);
        let ty = self.lower_media(&at, media, name);
        let at = at.join("schema");
        let mut docs = self.operation_docs(node, &[], &[]);
        docs.description = docs.description.or_else(|| description.clone());
        docs.facts.extend(self.overrides.facts(extensions.iter()));
        docs.remarks.push(format!("{remark}, by `{}`{}.", method.to_uppercase(), besides(parameters)));
        let id = if let ir::TypeRef::Named(id) = ty
            && self.types.get(id.0).is_some_and(|def| def.origin == at)
        {
            id
        } else {
            let name = self.inline_name(&at, name);
            self.define(name, &at, ir::Docs::default(), ir::TypeKind::Alias(ty))
        };
        let own = self.types.get_mut(id.0).map(|def| &mut def.docs)?;
        own.summary = own.summary.take().or(docs.summary);
        own.description = own.description.take().or(docs.description);
        own.deprecated |= docs.deprecated;
        own.facts.extend(docs.facts);
        own.remarks.extend(docs.remarks);
        Some(id)
    }
}

/// The method is part of the name where it is not the usual one.
fn incoming_name(incoming: &Incoming, operation: &str, kind: &str) -> String {
    let method = if incoming.method == "post" { String::new() } else { naming::suffix(incoming.method) };
    format!("{operation}{}{method}{kind}", naming::suffix(&incoming.name))
}

/// What comes beside the body.
fn besides(parameters: &[At<oas::Parameter>]) -> String {
    let words = parameters.iter().map(|parameter| {
        let place = match &parameter.node {
            oas::Parameter::Header { .. } => "the header",
            oas::Parameter::Query { .. } => "the query parameter",
            oas::Parameter::Path { .. } => "the path parameter",
            oas::Parameter::Cookie { .. } => "the cookie",
        };
        format!("{place} `{}`", parameter.node.parameter_data_ref().name)
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { String::new() } else { format!(", with {}", words.join(", ")) }
}
