//! Security schemes, and what an operation asks of them.

use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::load::At;
use crate::lower::Lowerer;
use crate::naming::Scope;
use crate::pointer::Pointer;

impl<'a> Lowerer<'a> {
    /// The alternatives of an operation; those with a scheme that is not there are reported and left out.
    pub(super) fn lower_security(
        &mut self,
        own: Option<&'a Vec<oas::SecurityRequirement>>,
        operation: &Pointer,
    ) -> Vec<Vec<String>> {
        let (requirements, at) = match own {
            Some(own) => (own, operation.join("security")),
            None => (&self.spec.security, Pointer::root().join("security")),
        };
        let mut alternatives = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            let keys = requirement.keys().filter(|key| !self.spec.certificates.contains(key));
            let missing = keys.clone().find(|key| !self.spec.schemes.contains_key(*key));
            match missing {
                None => alternatives.push(keys.cloned().collect()),
                Some(key) => {
                    let reference = format!("#/components/securitySchemes/{key}");
                    self.report(&at.join_index(index).join(key), Code::UnresolvedReference(reference));
                }
            }
        }
        alternatives
    }

    /// The schemes that some operation uses.
    pub(super) fn schemes(&mut self, operations: &[ir::Operation], scope: &mut Scope) -> Vec<ir::Scheme> {
        let spec = self.spec;
        let used = |key: &String| {
            operations.iter().flat_map(|operation| operation.security.iter().flatten()).any(|k| k == key)
        };
        spec.schemes.iter().filter(|(key, _)| used(key)).map(|(key, scheme)| self.scheme(key, scheme, scope)).collect()
    }

    fn scheme(&mut self, key: &str, scheme: &At<oas::SecurityScheme>, scope: &mut Scope) -> ir::Scheme {
        let At { at, node } = scheme;
        let mut token_url = None;
        let (kind, description) = match node {
            oas::SecurityScheme::APIKey { location, name, description, extensions: _ } => {
                let kind = match location {
                    oas::APIKeyLocation::Header => ir::SchemeKind::Header(name.to_ascii_lowercase()),
                    oas::APIKeyLocation::Query => ir::SchemeKind::Query(name.clone()),
                    oas::APIKeyLocation::Cookie => ir::SchemeKind::Cookie(name.clone()),
                };
                (kind, description)
            }
            oas::SecurityScheme::HTTP { scheme, bearer_format: _, description, extensions: _ } => {
                let kind = match scheme.to_ascii_lowercase().as_str() {
                    "basic" => ir::SchemeKind::Basic,
                    "bearer" => ir::SchemeKind::Bearer,
                    other => {
                        let message = format!("the scheme `{other}` is sent as a bearer token");
                        self.report(&at.join("scheme"), Code::Unsupported(message));
                        ir::SchemeKind::Bearer
                    }
                };
                (kind, description)
            }
            oas::SecurityScheme::OAuth2 { flows, description, extensions: _ } => {
                token_url = flows.client_credentials.as_ref().map(|flow| flow.token_url.clone());
                (ir::SchemeKind::Bearer, description)
            }
            oas::SecurityScheme::OpenIDConnect { open_id_connect_url: _, description, extensions: _ } => {
                (ir::SchemeKind::Bearer, description)
            }
        };
        let claim = scope.claim_credential(&self.overrides.rename(at).unwrap_or_else(|| key.to_owned()));
        let setter = self.granted(at, claim);
        let docs = ir::Docs { description: description.clone(), ..ir::Docs::default() };
        ir::Scheme {
            key: key.to_owned(),
            setter,
            origin: at.clone(),
            docs,
            kind,
            env: self.overrides.credential_env(key),
            token_url,
        }
    }
}
