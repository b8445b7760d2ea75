//! `clientwright.toml`: what to generate from what, and every override with its reason.
//!
//! Takes the text; gives a [`Config`], or everything that is wrong with the text. Must not know the description:
//! whether an override matches anything in it is found out where it is applied.
//!
//! | key | value |
//! |---|---|
//! | `description` | the main document's path, from the configuration's folder |
//! | `package` | the name of the package that the output belongs to, for the examples in its documentation |
//! | `output` | the folder of the generated files, inside the configuration's folder |
//! | `include`, `exclude` | lists of filters: which operations are generated (all without them) |
//! | `[formats]` | a line for each format whose values shall have another type, such as `date-time = "chrono"` |
//! | `tag_features` | `true` where the package's manifest has a feature for each tag |
//! | `[[override]]` | any number of these: a `reason`, and one of the following |
//!
//! | in an override | effect |
//! |---|---|
//! | `strip_prefix = "acme_"` | takes a prefix off the names of all components |
//! | `at = "#/…"`, `rename = "AccountId"` | gives what is generated for a place another name |
//! | `at = "#/…/maxLength"`, `enforce = false` | documents a constraint without enforcing it |
//! | `at = "#/…"`, `secret = true` | hides a value in `Debug` and logs |
//! | `success_flag = "success"` | names the property that says `false` in a failure with a 2xx status |
//! | `operation = "edit_pet"`, `idempotent = true` | allows to repeat an operation (`operationId`, or `METHOD /path`) |
//! | `request_id = "cf-ray"` | names the response header that identifies a request |
//! | `scheme = "token"`, `env = "ACME_TOKEN"` | names the environment variable with a scheme's credential |
//! | `extension = "x-scope"`, `heading = "Scopes"` | shows an extension's value in the documentation |
//! | `base_url_env = "ACME_URL"` | names the environment variable that replaces the server's URL |

mod filters;
mod formats;
mod glob;
mod reading;

use std::fmt;
use std::ops::Range;

use crate::config::reading::Needed;
use crate::diagnostic::{Diagnostic, Place};

pub use filters::{Candidate, Filter, Filters};

/// A parsed `clientwright.toml`.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Path of the main document, from the configuration's folder.
    pub description: String,
    /// Path of the output folder, from the configuration's folder.
    pub output: String,
    /// The name of the package that the output belongs to.
    pub package: String,
    /// Which operations are generated.
    pub filters: Filters,
    /// The types that are chosen for formats, in the order of the file.
    pub formats: Vec<FormatChoice>,
    /// Whether operations are features of the package.
    pub tag_features: TagFeatures,
    /// The overrides, in the order of the file.
    pub overrides: Vec<Override>,
}

/// One line under `[formats]`: another type for the values of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatChoice {
    /// The format.
    pub format: String,
    /// The word for the type.
    pub choice: String,
    /// Where it was given.
    pub at: Place,
}

impl Config {
    /// Reads the text of a `clientwright.toml`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it: no TOML, unknown or missing keys, wrong types, overrides without a reason or
    /// with other than one action, an output folder outside of the configuration's.
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        reading::read_config(text, Needed::All)
    }

    /// Reads the text of a `clientwright.toml` for what it says of the client, where description, output and package are
    /// given elsewhere: their keys may be missing, and are not heeded.
    ///
    /// # Errors
    ///
    /// The same, apart from missing keys.
    pub fn parse_beside(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let config = reading::read_config(text, Needed::Nothing)?;
        let Self { description: _, output: _, package: _, filters, formats, tag_features, overrides } = config;
        Ok(Self { filters, formats, tag_features, overrides, ..Self::default() })
    }
}

/// Whether the package has a Cargo feature for each tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagFeatures {
    /// It has none, and everything is compiled.
    #[default]
    None,
    /// Its manifest declares them.
    Declared,
}

/// One `[[override]]`: where the description is not followed to the letter, and why.
#[derive(Clone, Debug)]
pub struct Override {
    /// What is done.
    pub action: Action,
    /// Why: shown in the documentation of what it changes.
    pub reason: String,
    /// Its bytes in the configuration's text.
    pub span: Range<usize>,
}

/// What an [`Override`] does. `at` is a `Pointer` as the generated documentation's `Spec:` lines show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Takes a prefix off the names of all components.
    StripPrefix(String),
    /// Gives the type, field, variant, parameter or operation at a place another name.
    Rename {
        /// The place.
        at: String,
        /// The name, as it shall be in Rust.
        to: String,
    },
    /// Puts something else in the place of a part of the description that is wrong.
    Replace {
        /// The place.
        at: String,
        /// What stands there, as JSON.
        with: String,
    },
    /// Documents a constraint (`…/maxLength`, `…/pattern`, …) without enforcing it.
    Unchecked {
        /// The place of the keyword.
        at: String,
    },
    /// Hides the value of a schema in `Debug` and logs.
    Secret {
        /// The place of the schema.
        at: String,
    },
    /// Names the Boolean property that says `false` in an answer that is a failure in spite of its 2xx status.
    SuccessFlag(String),
    /// Says that an operation may be repeated without harm.
    Idempotent {
        /// The `operationId`, or `METHOD /path`.
        operation: String,
    },
    /// Says how an operation gives the pages of a list.
    Pagination {
        /// The `operationId`, or `METHOD /path`.
        operation: String,
        /// `none`, or such as `page=page_no, items=data, total=paging.total_count`.
        text: String,
    },
    /// Names the response header that identifies a request to the service's support.
    RequestId(String),
    /// Names the environment variable that holds a security scheme's credential.
    CredentialEnv {
        /// The name of the security scheme.
        scheme: String,
        /// The variable.
        env: String,
    },
    /// Shows an extension's value in the documentation of the operation or schema that has it.
    Document {
        /// The extension, with its `x-`.
        extension: String,
        /// What stands before the value.
        heading: String,
    },
    /// Names the environment variable that replaces the server's URL.
    BaseUrlEnv(String),
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StripPrefix(prefix) => write!(f, "no component's name begins with `{prefix}`"),
            Self::Rename { at, .. } => write!(f, "nothing that has a name stands at `{at}`"),
            Self::Replace { at, .. } => write!(f, "nothing stands at `{at}`"),
            Self::Unchecked { at } => write!(f, "no constraint stands at `{at}`"),
            Self::Secret { at } => write!(f, "no text stands at `{at}`"),
            Self::SuccessFlag(flag) => write!(f, "no answer has a Boolean property `{flag}`"),
            Self::Pagination { operation, text } => {
                write!(f, "there is no operation `{operation}` with pages like `{text}`")
            }
            Self::Idempotent { operation } => write!(f, "there is no operation `{operation}`"),
            Self::RequestId(header) => write!(f, "`{header}` is no header"),
            Self::CredentialEnv { scheme, .. } => write!(f, "no operation uses a security scheme `{scheme}`"),
            Self::Document { extension, .. } => write!(f, "nothing has an extension `{extension}`"),
            Self::BaseUrlEnv(variable) => write!(f, "`{variable}` is no variable"),
        }
    }
}
