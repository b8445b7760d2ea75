//! `client.rs`: the client and its builder.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Cx, Module, attrs, docs, ident, markdown, servers};
use crate::ir;

pub(super) fn emit_client(cx: Cx<'_>) -> Module {
    let takes_one = |scheme: &ir::Scheme| scheme.kind != ir::SchemeKind::Basic;
    let credential = if cx.api.schemes.iter().any(takes_one) { quote!(Credential,) } else { quote!() };
    let scheme = if cx.api.schemes.is_empty() { quote!() } else { quote!(, Scheme, SchemeKind) };
    let imports = quote!(use clientwright_runtime::{Api, BuildError, Config, Core, #credential HttpClient, Raw, Request #scheme};);
    Module {
        path: "client.rs".to_owned(),
        docs: "The client: base URL, credentials, HTTP client.".to_owned(),
        items: vec![
            quote!(
                use std::time::Duration;
            ),
            quote! {
                use clientwright_runtime::http::{HeaderName, HeaderValue};
                #imports
            },
            quote!(
                use crate::Call;
            ),
            emit_api(cx),
            emit_struct(cx),
            emit_constructors(cx),
            emit_builder(),
            emit_setters(cx),
        ],
    }
}

fn emit_api(cx: Cx<'_>) -> TokenStream {
    let base_url = &cx.api.server.url;
    let base_url_env = option(cx.api.server.env.as_ref());
    let request_id = &cx.api.conventions.request_id;
    let schemes = cx.api.schemes.iter().map(|scheme| {
        let key = &scheme.key;
        let kind = match &scheme.kind {
            ir::SchemeKind::Bearer => quote!(SchemeKind::Bearer),
            ir::SchemeKind::Basic => quote!(SchemeKind::Basic),
            ir::SchemeKind::Header(name) => quote!(SchemeKind::HeaderKey(#name)),
            ir::SchemeKind::Query(name) => quote!(SchemeKind::QueryKey(#name)),
            ir::SchemeKind::Cookie(name) => quote!(SchemeKind::CookieKey(#name)),
        };
        let env = scheme.env.iter();
        quote!(Scheme { name: #key, kind: #kind, env: &[#(#env),*] })
    });
    quote! {
        static API: Api = Api {
            base_url: #base_url,
            base_url_env: #base_url_env,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            request_id: &[#(#request_id),*],
            schemes: &[#(#schemes),*],
        };
    }
}

fn option(text: Option<&String>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}

fn emit_struct(cx: Cx<'_>) -> TokenStream {
    let doc =
        attrs::doc(&format!("Client for {}. Clones are cheap, and share their connections.", docs::title(cx.api)));
    let attribute = cx.unused_without_features();
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct Client {
            #attribute
            pub(crate) core: Core,
        }
    }
}

fn emit_constructors(cx: Cx<'_>) -> TokenStream {
    let variables: Vec<String> = cx
        .api
        .schemes
        .iter()
        .filter_map(|scheme| scheme.env.as_ref())
        .chain(&cx.api.server.env)
        .map(|variable| docs::code(variable))
        .collect();
    let from_env = (!variables.is_empty()).then(|| {
        let variables = variables.join(", ");
        let client = attrs::doc(&format!(
            "Makes a client from the environment: {variables}.\n\n# Errors\n\nWhen a credential is missing or empty, or the base URL is none."
        ));
        let builder = attrs::doc(&format!(
            "Starts with what the environment holds: {variables}.\n\n# Errors\n\nWhen a credential is missing."
        ));
        quote! {
            #client
            pub fn from_env() -> Result<Self, BuildError> {
                Self::builder_from_env()?.build()
            }

            #builder
            pub fn builder_from_env() -> Result<ClientBuilder, BuildError> {
                let config = Config::from_env(&API)?;
                Ok(ClientBuilder { config })
            }
        }
    });
    quote! {
        impl Client {
            /// Starts a client that has no credentials yet.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { config: Config::new(&API) }
            }

            #from_env

            /// Calls what the description does not have: see [`Request::raw`].
            pub fn raw(&self, request: Request) -> Call<Raw> {
                Call::new(&self.core, request)
            }
        }
    }
}

fn emit_builder() -> TokenStream {
    quote! {
        /// The options of a [`Client`].
        #[derive(Debug)]
        #[must_use = "`build` makes the client"]
        pub struct ClientBuilder {
            config: Config,
        }
    }
}

fn emit_setters(cx: Cx<'_>) -> TokenStream {
    let credentials = cx.api.schemes.iter().map(emit_credential);
    let base_url = attrs::doc(&servers::base_url_docs(cx));
    let templates = cx.api.server.templates.iter().map(servers::emit_template);
    let options = emit_options();
    quote! {
        impl ClientBuilder {
            #(#credentials)*

            #base_url
            pub fn base_url(mut self, url: impl Into<String>) -> Self {
                self.config.base_url(url.into());
                self
            }

            #(#templates)*

            #options

            /// Sets what has no function here: see [`Config`].
            pub fn configure(mut self, set: impl FnOnce(&mut Config)) -> Self {
                set(&mut self.config);
                self
            }

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// When the base URL is none, or a credential is empty or cannot be sent.
            pub fn build(self) -> Result<Client, BuildError> {
                let core = self.config.build()?;
                Ok(Client { core })
            }
        }
    }
}

/// The functions that are the same for every client.
fn emit_options() -> TokenStream {
    quote! {
        /// Limits each call, retries and waiting included.
        pub fn timeout(mut self, timeout: Duration) -> Self {
            self.config.options_mut().timeout = Some(timeout);
            self
        }

        /// Limits each try.
        pub fn try_timeout(mut self, timeout: Duration) -> Self {
            self.config.options_mut().try_timeout = Some(timeout);
            self
        }

        /// Sends a request again up to this many times where that is safe.
        pub fn retries(mut self, retries: u32) -> Self {
            self.config.options_mut().retries = Some(retries);
            self
        }

        /// Waits no longer than this for a server that says when to come back; past it the error comes at once.
        pub fn max_retry_wait(mut self, wait: Duration) -> Self {
            self.config.options_mut().max_retry_wait = Some(wait);
            self
        }

        /// Refuses answers with a longer body, in bytes.
        pub fn body_limit(mut self, bytes: usize) -> Self {
            self.config.options_mut().body_limit = Some(bytes);
            self
        }

        /// Adds a header to every request.
        pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
            self.config.options_mut().headers.insert(name, value);
            self
        }

        /// Sends credentials over plain `http` to other machines too; without this they are refused.
        pub fn allow_open_credentials(mut self) -> Self {
            self.config.allow_open_credentials();
            self
        }

        /// Puts a product, such as `my-app/1.0`, before the client's own name in `User-Agent`.
        pub fn user_agent(mut self, product: impl Into<String>) -> Self {
            self.config.user_agent(product.into());
            self
        }

        /// Sends requests through this HTTP client.
        pub fn http_client(mut self, client: impl HttpClient) -> Self {
            self.config.http_client(client);
            self
        }
    }
}

fn token_source(url: &str) -> String {
    let source = "[`ClientCredentials`](clientwright_runtime::ClientCredentials)";
    format!("\n\nIt takes a token, or {source} that get one from {}.", docs::code(url))
}

fn emit_credential(scheme: &ir::Scheme) -> TokenStream {
    let setter = ident(scheme.setter.as_str());
    let key = &scheme.key;
    let what = match &scheme.kind {
        ir::SchemeKind::Bearer => "Sets the bearer token".to_owned(),
        ir::SchemeKind::Basic => "Sets user name and password".to_owned(),
        ir::SchemeKind::Header(name) => format!("Sets the key that is sent in the header {}", docs::code(name)),
        ir::SchemeKind::Query(name) => format!("Sets the key that is sent as the query parameter {}", docs::code(name)),
        ir::SchemeKind::Cookie(name) => format!("Sets the key that is sent in the cookie {}", docs::code(name)),
    };
    let said = scheme.docs.description.as_deref().map(markdown::sanitized).filter(|text| !text.is_empty());
    let said = said.map(|text| format!("\n\n{text}")).unwrap_or_default();
    let source = scheme.token_url.as_deref().map(token_source).unwrap_or_default();
    let doc = attrs::doc(&format!("{what}.{said}{source}\n\n{}", docs::place(&scheme.origin)));
    if scheme.kind == ir::SchemeKind::Basic {
        return quote! {
            #doc
            pub fn #setter(mut self, user: &str, password: &str) -> Self {
                self.config.credential(#key, format!("{user}:{password}"));
                self
            }
        };
    }
    quote! {
        #doc
        pub fn #setter(mut self, credential: impl Into<Credential>) -> Self {
            self.config.credential(#key, credential);
            self
        }
    }
}
