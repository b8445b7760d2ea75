//! The client: base URL, credentials, HTTP client.

use std::time::Duration;

use clientwright_runtime::{Api, BuildError, Config, Core, HttpClient, Scheme, SchemeKind, Secret};

static API: Api = Api {
    base_url: "https://api.cloudflare.com/client/v4",
    base_url_env: Some("CLOUDFLARE_BASE_URL"),
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    request_id: &["cf-ray"],
    schemes: &[Scheme { name: "api_token", kind: SchemeKind::Bearer, env: &["CLOUDFLARE_API_TOKEN"] }],
};

/// Client of the Cloudflare API. Cheap to clone; clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    pub core: Core,
}

impl Client {
    /// Starts a client without credentials.
    pub fn builder() -> ClientBuilder {
        ClientBuilder { config: Config::new(&API) }
    }

    /// Makes a client from the environment: `CLOUDFLARE_API_TOKEN`, `CLOUDFLARE_BASE_URL`.
    ///
    /// # Errors
    ///
    /// When no credential is set, or a variable is empty or no URL.
    pub fn from_env() -> Result<Self, BuildError> {
        Config::from_env(&API)?.build().map(|core| Self { core })
    }
}

/// Options of a [`Client`], all optional.
#[derive(Debug)]
#[must_use = "a builder does nothing before `build`"]
pub struct ClientBuilder {
    config: Config,
}

impl ClientBuilder {
    /// Sets the bearer token of the scheme `api_token`.
    pub fn api_token(mut self, token: impl Into<Secret>) -> Self {
        self.config.credential("api_token", token.into());
        self
    }

    /// Sends calls to this URL in place of `https://api.cloudflare.com/client/v4`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.config.base_url(url.into());
        self
    }

    /// Limits each call, retries and waiting included; 60 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.config.options_mut().timeout = Some(timeout);
        self
    }

    /// Limits each try.
    pub fn try_timeout(mut self, timeout: Duration) -> Self {
        self.config.options_mut().try_timeout = Some(timeout);
        self
    }

    /// Sends a request again up to this many times where that is safe; twice unless set.
    pub fn retries(mut self, retries: u32) -> Self {
        self.config.options_mut().retries = Some(retries);
        self
    }

    /// Sends requests through this HTTP client.
    pub fn http_client(mut self, client: impl HttpClient) -> Self {
        self.config.http_client(client);
        self
    }

    /// Puts this before the client's own name in `User-Agent`.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.config.user_agent(product.into());
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// When the base URL is no `http` or `https` URL, or a credential is empty or no header value.
    pub fn build(self) -> Result<Client, BuildError> {
        self.config.build().map(|core| Client { core })
    }
}
