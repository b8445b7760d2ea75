//! Servers: the client's own, the others that are declared, and those of single operations.

use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::load::At;
use crate::lower::Lowerer;
use crate::naming::Scope;

impl<'a> Lowerer<'a> {
    /// Where calls go, and where else they can go; `scope` has the functions of the builder.
    pub(super) fn server(&mut self, scope: &mut Scope) -> ir::Server {
        let spec = self.spec;
        let url = spec.servers.first().map(|server| self.server_url(server)).unwrap_or_default();
        let (mut others, mut templates) = (Vec::new(), Vec::new());
        for (index, server) in spec.servers.iter().enumerate() {
            if server.node.variables.as_ref().is_some_and(|variables| !variables.is_empty()) {
                templates.push(self.server_template(server, scope));
            } else if index > 0 {
                others.push((self.server_url(server), docs(server.node.description.as_ref())));
            }
        }
        ir::Server { url, env: self.overrides.base_url_env(), others, templates }
    }

    /// The server of an operation, if it is another than the client's.
    pub(super) fn own_server(&mut self, servers: &'a [At<oas::Server>]) -> Option<String> {
        let urls: Vec<String> = servers.iter().map(|server| self.server_url(server)).collect();
        // What is encrypted is better.
        let url = urls.iter().find(|url| url.starts_with("https://")).or(urls.first())?;
        let spec = self.spec;
        let is_known = spec.servers.first().is_some_and(|server| self.server_url(server) == *url);
        (!is_known && !url.is_empty() && url != "/").then(|| url.clone())
    }

    /// A server's URL, with its variables' defaults.
    fn server_url(&mut self, server: &At<oas::Server>) -> String {
        let oas::Server { url, description: _, variables, extensions: _ } = &server.node;
        let defaults = variables.iter().flatten();
        let url =
            defaults.fold(url.clone(), |url, (name, variable)| url.replace(&format!("{{{name}}}"), &variable.default));
        if !url.starts_with("//") {
            return url;
        }
        let message = format!("`{url}` does not say how it is reached; it is taken to be `https:{url}`");
        self.report(&server.at.join("url"), Code::Repaired(message));
        format!("https:{url}")
    }

    fn server_template(&mut self, server: &'a At<oas::Server>, scope: &mut Scope) -> ir::ServerTemplate {
        let At { at, node } = server;
        let oas::Server { url, description, variables, extensions: _ } = node;
        let claim = scope.claim_credential(&self.overrides.rename(at).unwrap_or_else(|| "server".to_owned()));
        let name = claim.name;
        let mut names = Scope::default();
        let (mut listed, mut pieces, mut rest) = (Vec::new(), Vec::new(), url.as_str());
        let is_used = |name: &str| url.contains(&format!("{{{name}}}"));
        let declared = variables.iter().flatten().filter(|(name, _)| is_used(name));
        let mut known: Vec<(&String, _)> = Vec::new();
        for (variable, node) in declared {
            let oas::ServerVariable { enumeration, default, description, extensions: _ } = node;
            let name = names.claim_parameter(variable).name;
            known.push((variable, name.clone()));
            let docs = ir::Docs { default: Some(default.clone().into()), ..docs(description.as_ref()) };
            listed.push(ir::ServerVariable { name, docs, values: enumeration.clone() });
        }
        while let Some((text, tail)) = rest.split_once('{') {
            let found = tail.split_once('}').and_then(|(variable, tail)| {
                let (_, name) = known.iter().find(|(known, _)| *known == variable)?;
                Some((name.clone(), tail))
            });
            let Some((name, tail)) = found else { break };
            pieces.extend([ir::ServerPiece::Text(text.to_owned()), ir::ServerPiece::Variable(name)]);
            rest = tail;
        }
        pieces.push(ir::ServerPiece::Text(rest.to_owned()));
        pieces.retain(|piece| !matches!(piece, ir::ServerPiece::Text(text) if text.is_empty()));
        ir::ServerTemplate {
            name,
            origin: at.clone(),
            docs: docs(description.as_ref()),
            url: url.clone(),
            pieces,
            variables: listed,
        }
    }
}

fn docs(description: Option<&String>) -> ir::Docs {
    let description = description.cloned().filter(|description| !description.trim().is_empty());
    ir::Docs { description, ..ir::Docs::default() }
}
