//! What a client is made of: base URL, credentials, options, HTTP client.
//!
//! Takes what a user sets or the environment holds, and judges all of it in `build`, so that a
//! client that was made can be called.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use crate::api::Api;
use crate::auth::{self, Configured, Credential};
use crate::budget::Budget;
use crate::build_error::BuildError;
use crate::call::{Core, Settings};
use crate::hooks::Hooks;
use crate::http_client::HttpClient;
use crate::options::CallOptions;
use crate::url::BaseUrl;

/// What a client is made of.
#[derive(Clone, Debug)]
pub struct Config {
    api: &'static Api,
    base_url: Option<Setting<String>>,
    credentials: Vec<(String, Setting<Credential>)>,
    options: CallOptions,
    retry_budget: u32,
    hooks: Option<Arc<dyn Hooks>>,
    http: Option<Arc<dyn HttpClient>>,
    connect_timeout: Duration,
    user_agent: Option<String>,
    open_credentials: bool,
}

/// A value, and the environment variable that it is from.
#[derive(Clone)]
struct Setting<T> {
    value: T,
    variable: Option<&'static str>,
}

impl Config {
    /// Starts with nothing but the facts of the API.
    #[must_use]
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            credentials: Vec::new(),
            options: CallOptions::default(),
            retry_budget: 500,
            hooks: None,
            http: None,
            connect_timeout: Duration::from_secs(10),
            user_agent: None,
            open_credentials: false,
        }
    }

    /// Starts with what the environment holds: the base URL and the credentials.
    ///
    /// # Errors
    ///
    /// When the API has credentials and none is set, or a variable is not Unicode.
    pub fn from_env(api: &'static Api) -> Result<Self, BuildError> {
        // `std::env::var` would show the value in its error.
        Self::from_variables(api, |name| match std::env::var_os(name) {
            Some(value) => value.into_string().map(Some).map_err(|_| BuildError::not_unicode(name)),
            None => Ok(None),
        })
    }

    /// Starts with what the variables hold that `read` gives.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_variables(
        api: &'static Api,
        read: impl Fn(&'static str) -> Result<Option<String>, BuildError>,
    ) -> Result<Self, BuildError> {
        let mut config = Self::new(api);
        if let Some(name) = api.base_url_env
            && let Some(value) = read(name)?
        {
            config.base_url = Some(Setting { value, variable: Some(name) });
        }
        for scheme in api.schemes {
            let mut values = Vec::new();
            for variable in scheme.env {
                values.push((*variable, read(variable)?));
            }
            let value_of = |name| {
                let found = values.iter().find(|(variable, _)| *variable == name);
                found.and_then(|(_, value)| value.clone())
            };
            if let Some((variable, value)) = auth::from_env(scheme, value_of) {
                let setting = Setting { value: value.into(), variable: Some(variable) };
                config.credentials.push((scheme.name.to_owned(), setting));
            }
        }
        let needs_one = api.schemes.iter().any(|scheme| !scheme.env.is_empty());
        if needs_one && config.credentials.is_empty() {
            return Err(BuildError::unset(&auth::variables(api)));
        }
        Ok(config)
    }

    /// Sets the credential of a security scheme.
    pub fn credential(&mut self, scheme: &str, credential: impl Into<Credential>) {
        self.credentials.retain(|(name, _)| name != scheme);
        self.credentials.push((scheme.to_owned(), Setting { value: credential.into(), variable: None }));
    }

    /// Sets the base URL.
    pub fn base_url(&mut self, url: String) {
        self.base_url = Some(Setting { value: url, variable: None });
    }

    /// The options of all calls.
    pub fn options_mut(&mut self) -> &mut CallOptions {
        &mut self.options
    }

    /// Sets how many retries the client can afford when nothing succeeds: a retry takes 5 of these
    /// tokens, and 10 where the try before it timed out; a success gives back what its last retry
    /// took, or one. There are 500 unless set.
    ///
    /// All calls of the client share them, so that many calls at once do not make an outage worse.
    pub fn retry_budget(&mut self, tokens: u32) {
        self.retry_budget = tokens;
    }

    /// Sets what is called at certain points of every call.
    pub fn hooks(&mut self, hooks: impl Hooks) {
        self.hooks = Some(Arc::new(hooks));
    }

    /// Limits how long each try waits for a connection; ten seconds unless set. A browser, and an HTTP
    /// client that was set, have limits of their own.
    pub fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    /// Sets the HTTP client.
    pub fn http_client(&mut self, client: impl HttpClient) {
        self.http = Some(Arc::new(client));
    }

    /// Puts a product, such as `my-app/1.0`, before the client's own in `User-Agent`.
    pub fn user_agent(&mut self, product: String) {
        self.user_agent = Some(product);
    }

    /// Lets credentials go over `http` to other hosts than this one, where anyone on the way can
    /// read them.
    pub fn allow_open_credentials(&mut self) {
        self.open_credentials = true;
    }

    /// Sets a credential of each security scheme, for a service that is a double.
    #[cfg(feature = "mock")]
    pub(crate) fn made_up_credentials(&mut self) {
        for scheme in self.api.schemes {
            self.credential(scheme.name, "made-up:credential");
        }
    }

    /// Makes the client's core.
    ///
    /// # Errors
    ///
    /// When the base URL is no `http` or `https` URL, a credential is empty or cannot be sent, the
    /// user agent is no header value, or there is no HTTP client.
    pub fn build(self) -> Result<Core, BuildError> {
        let base = self.parse_base_url()?;
        let credentials = self.check_credentials()?;
        let agent = match &self.user_agent {
            Some(product) => format!("{product} {}", self.api.user_agent),
            None => self.api.user_agent.to_owned(),
        };
        let Ok(user_agent) = HeaderValue::from_str(agent.trim()) else {
            return Err(BuildError::user_agent());
        };
        let http = match self.http {
            Some(http) => http,
            None => default_client(self.connect_timeout)?,
        };
        Ok(Core::new(Settings {
            base,
            is_default_base: self.base_url.is_none(),
            credentials,
            options: self.options,
            budget: Budget::new(self.retry_budget),
            hooks: self.hooks,
            http,
            user_agent,
            request_id: self.api.request_id,
            open_credentials: self.open_credentials,
        }))
    }

    fn parse_base_url(&self) -> Result<BaseUrl, BuildError> {
        let (url, variable) = match &self.base_url {
            Some(setting) => (setting.value.as_str(), setting.variable),
            None if !self.api.base_url.contains("://") => return Err(BuildError::no_base_url(self.api.base_url)),
            None => (self.api.base_url, None),
        };
        BaseUrl::parse(url).map_err(|rule| BuildError::base_url(variable, rule))
    }

    fn check_credentials(&self) -> Result<Vec<Configured>, BuildError> {
        let mut credentials = Vec::with_capacity(self.credentials.len());
        for (name, setting) in &self.credentials {
            let Some(scheme) = self.api.schemes.iter().find(|scheme| scheme.name == name) else {
                return Err(BuildError::unknown_scheme(name));
            };
            let configured = Configured::new(scheme, setting.value.clone());
            credentials.push(configured.map_err(|rule| BuildError::credential(name, setting.variable, rule))?);
        }
        Ok(credentials)
    }
}

#[cfg(feature = "reqwest")]
fn default_client(connect_timeout: Duration) -> Result<Arc<dyn HttpClient>, BuildError> {
    match crate::reqwest_client::ReqwestClient::with_connect_timeout(connect_timeout) {
        Ok(client) => Ok(Arc::new(client)),
        Err(error) => Err(BuildError::http_client(error)),
    }
}

#[cfg(not(feature = "reqwest"))]
fn default_client(_: Duration) -> Result<Arc<dyn HttpClient>, BuildError> {
    Err(BuildError::no_http_client())
}

/// Names the source only: a URL may hold a password by mistake.
impl<T> fmt::Debug for Setting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.variable {
            Some(variable) => write!(f, "from `{variable}`"),
            None => f.write_str("set"),
        }
    }
}
