//! What generated code says about an API.

/// The facts about an API, as a static.
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "generated code writes it as a literal")]
pub struct Api {
    /// Where the API is, unless told otherwise; empty where the description does not say.
    pub base_url: &'static str,
    /// The environment variable that says otherwise.
    pub base_url_env: Option<&'static str>,
    /// The client's name and version, for `User-Agent`.
    pub user_agent: &'static str,
    /// The headers of an answer that name the request, the best first.
    pub request_id: &'static [&'static str],
    /// The security schemes.
    pub schemes: &'static [Scheme],
}

/// A security scheme.
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "generated code writes it as a literal")]
pub struct Scheme {
    /// The name in the description.
    pub name: &'static str,
    /// How its credential travels.
    pub kind: SchemeKind,
    /// The environment variables that hold its credential. The first one that is set counts; for
    /// [`SchemeKind::Basic`] two variables are user name and password.
    pub env: &'static [&'static str],
}

/// How a credential travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// `Authorization: Bearer …`; also for OAuth 2 and `OpenID` Connect, with a token at hand.
    Bearer,
    /// `Authorization: Basic …`; the credential is `user:password`.
    Basic,
    /// A header of this name.
    HeaderKey(&'static str),
    /// A query parameter of this name.
    QueryKey(&'static str),
    /// A cookie of this name.
    CookieKey(&'static str),
}
