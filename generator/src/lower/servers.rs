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
            self.report_undeclared(server);
            if used(server).next().is_some() {
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

    /// Reports the variables of a server's URL that are not declared.
    fn report_undeclared(&mut self, server: &At<oas::Server>) {
        let mut rest = server.node.url.as_str();
        while let Some((_, variable, tail)) = next_variable(rest) {
            if !server.node.variables.iter().flatten().any(|(known, _)| known == variable) {
                let message =
                    format!("the variable `{{{variable}}}` of the server's URL is not declared; it stays as it is");
                self.report(&server.at.join("url"), Code::Conflict(message));
            }
            rest = tail;
        }
    }

    fn server_template(&mut self, server: &'a At<oas::Server>, scope: &mut Scope) -> ir::ServerTemplate {
        let At { at, node } = server;
        let oas::Server { url, description, variables: _, extensions: _ } = node;
        let claim = scope.claim_credential(&self.overrides.rename(at).unwrap_or_else(|| "server".to_owned()));
        let name = claim.name;
        let mut names = Scope::default();
        let (mut listed, mut pieces, mut rest) = (Vec::new(), Vec::new(), url.as_str());
        let mut known: Vec<(&String, _)> = Vec::new();
        for (variable, node) in used(server) {
            let oas::ServerVariable { enumeration, default, description, extensions: _ } = node;
            let name = names.claim_parameter(variable).name;
            known.push((variable, name.clone()));
            let docs = ir::Docs { default: Some(default.clone().into()), ..docs(description.as_ref()) };
            listed.push(ir::ServerVariable { name, docs, values: enumeration.clone() });
        }
        while let Some((text, variable, tail)) = next_variable(rest) {
            let known = known.iter().find(|(known, _)| *known == variable);
            pieces.push(ir::ServerPiece::Text(text.to_owned()));
            pieces.push(match known {
                Some((_, name)) => ir::ServerPiece::Variable(name.clone()),
                None => ir::ServerPiece::Text(format!("{{{variable}}}")),
            });
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

/// The variables that a server declares and its URL has.
fn used(server: &At<oas::Server>) -> impl Iterator<Item = (&String, &oas::ServerVariable)> {
    let oas::Server { url, description: _, variables, extensions: _ } = &server.node;
    variables.iter().flatten().filter(move |(name, _)| url.contains(&format!("{{{name}}}")))
}

/// The next variable of a URL, with what stands before and behind it.
fn next_variable(url: &str) -> Option<(&str, &str, &str)> {
    let (text, tail) = url.split_once('{')?;
    let (variable, tail) = tail.split_once('}')?;
    Some((text, variable, tail))
}

fn docs(description: Option<&String>) -> ir::Docs {
    let description = description.cloned().filter(|description| !description.trim().is_empty());
    ir::Docs { description, ..ir::Docs::default() }
}
