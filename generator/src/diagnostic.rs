//! Diagnostics: what is wrong with a description or a configuration, where, and what to do.
//!
//! Each message, help and severity stands in one of three matches in this file.

use std::fmt;
use std::ops::Range;

use crate::pointer::Pointer;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What was found.
    pub code: Code,
    /// Where.
    pub at: Place,
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A node of the description.
    Node(Pointer),
    /// Bytes of the configuration.
    Configuration(Range<usize>),
    /// A line and a column, both from 1, of a document that could not be parsed.
    Text {
        /// The document's path.
        path: String,
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
    },
    /// A whole file.
    File(String),
    /// An argument of the command, as it was given.
    Argument(String),
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something to know: a name that was changed, say.
    Note,
    /// The output leaves something out, or does it in another way than the description says.
    Warning,
    /// There is no output.
    Error,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// A file could not be read.
    UnreadableFile(String),
    /// A document is no YAML or JSON.
    Syntax(String),
    /// A document is no OpenAPI description that is understood; what was found in place of the version.
    UnknownVersion(String),
    /// A node has not the form that OpenAPI gives it.
    Malformed(String),
    /// Something that is written wrongly was read as it was meant, or left out.
    Repaired(String),
    /// A `$ref` names nothing.
    UnresolvedReference(String),
    /// A `$ref` in a schema names nothing, and JSON stands for it.
    MissingSchema(String),
    /// References lead back to themselves; the places on the way.
    ReferenceCycle(Vec<Pointer>),
    /// The configuration is no TOML or has an unknown key or a wrong type.
    Configuration(String),
    /// An override matches nothing.
    UnusedOverride(String),
    /// An override is about something that the filters leave out.
    FilteredOverride(String),
    /// No operation fits a filter.
    UnusedFilter {
        /// The filter.
        filter: String,
        /// What may have been meant.
        near: Vec<String>,
    },
    /// The filters leave out all operations.
    NothingKept,
    /// A name was taken; what was wanted and what was given.
    NameTaken {
        /// The name that the item would have had.
        wanted: String,
        /// The name that it has.
        given: String,
    },
    /// A keyword has no effect on the output.
    IgnoredKeyword(String),
    /// A schema is represented by any JSON value; why.
    Untyped(String),
    /// Two schemas of an `allOf` do not agree; what was done.
    Conflict(String),
    /// An operation, or a part of one, is not generated; what and why.
    Unsupported(String),
    /// A template variable of a path is not declared as a parameter.
    UndeclaredParameter(String),
    /// Two variants of a union cannot be told apart.
    AmbiguousUnion {
        /// The variant that is chosen.
        first: String,
        /// The variant that is never reached.
        second: String,
    },
    /// A default does not fit its schema.
    UnfitDefault(String),
    /// There is not a function for each operation.
    LostOperations {
        /// The operations that should have one.
        operations: usize,
        /// The functions.
        functions: usize,
    },
}

impl Diagnostic {
    /// A finding at a node of the description.
    #[must_use]
    pub fn at(pointer: &Pointer, code: Code) -> Self {
        Self { code, at: Place::Node(pointer.clone()) }
    }

    /// Whether there is no output because of it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

impl Code {
    /// The short name that stands in brackets behind the severity, and in JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::UnreadableFile(_) => "unreadable-file",
            Self::Syntax(_) => "syntax",
            Self::UnknownVersion(_) => "unknown-version",
            Self::Malformed(_) => "malformed",
            Self::Repaired(_) => "repaired",
            Self::UnresolvedReference(_) => "unresolved-reference",
            Self::MissingSchema(_) => "missing-schema",
            Self::ReferenceCycle(_) => "reference-cycle",
            Self::Configuration(_) => "configuration",
            Self::UnusedOverride(_) => "unused-override",
            Self::FilteredOverride(_) => "filtered-override",
            Self::UnusedFilter { .. } => "unused-filter",
            Self::NothingKept => "nothing-kept",
            Self::NameTaken { .. } => "name-taken",
            Self::IgnoredKeyword(_) => "ignored-keyword",
            Self::Untyped(_) => "untyped",
            Self::Conflict(_) => "conflict",
            Self::Unsupported(_) => "unsupported",
            Self::UndeclaredParameter(_) => "undeclared-parameter",
            Self::AmbiguousUnion { .. } => "ambiguous-union",
            Self::UnfitDefault(_) => "unfit-default",
            Self::LostOperations { .. } => "lost-operations",
        }
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::UnreadableFile(_)
            | Self::Syntax(_)
            | Self::UnknownVersion(_)
            | Self::Malformed(_)
            | Self::UnresolvedReference(_)
            | Self::ReferenceCycle(_)
            | Self::Configuration(_)
            | Self::UnusedOverride(_)
            | Self::UnusedFilter { .. }
            | Self::NothingKept
            | Self::LostOperations { .. } => Severity::Error,
            Self::Repaired(_)
            | Self::MissingSchema(_)
            | Self::Untyped(_)
            | Self::Conflict(_)
            | Self::Unsupported(_)
            | Self::UndeclaredParameter(_)
            | Self::AmbiguousUnion { .. }
            | Self::UnfitDefault(_) => Severity::Warning,
            Self::FilteredOverride(_) | Self::NameTaken { .. } | Self::IgnoredKeyword(_) => Severity::Note,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::UnreadableFile(_) => {
                "check the path; it is taken from the folder of the file that names it".to_owned()
            }
            Self::Syntax(_) => "a description is YAML or JSON".to_owned(),
            Self::UnknownVersion(_) => "write `openapi: 3.0.3` (3.0 to 3.2 and Swagger 2.0 are understood)".to_owned(),
            Self::UnresolvedReference(_) | Self::MissingSchema(_) => "define it, or correct the reference".to_owned(),
            Self::ReferenceCycle(_) => "make one of them a definition of its own".to_owned(),
            Self::UnusedOverride(_) => "correct the override, or delete it".to_owned(),
            Self::UnusedFilter { near, .. } if near.is_empty() => {
                "write an `operationId`, `METHOD /path` or `tag:Name`; `clientwright list` shows them".to_owned()
            }
            Self::UnusedFilter { near, .. } => format!("did you mean `{}`?", near.join("` or `")),
            Self::NameTaken { .. } => "to choose a name yourself, add an override with `rename`".to_owned(),
            Self::Malformed(_)
            | Self::Repaired(_)
            | Self::Configuration(_)
            | Self::FilteredOverride(_)
            | Self::NothingKept
            | Self::IgnoredKeyword(_)
            | Self::Untyped(_)
            | Self::Conflict(_)
            | Self::Unsupported(_) => return None,
            Self::UndeclaredParameter(name) => format!("add a parameter `{name}` with `in: path`"),
            Self::AmbiguousUnion { .. } => {
                "add a `discriminator`, or a required property that only one of them has".to_owned()
            }
            Self::UnfitDefault(_) => "correct the `default`, or its schema's type".to_owned(),
            Self::LostOperations { .. } => {
                "this is a defect of Clientwright; please report it with the description".to_owned()
            }
        })
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnreadableFile(why) => write!(f, "cannot read the file: {why}"),
            Self::Syntax(why) => write!(f, "cannot parse the document: {why}"),
            Self::UnknownVersion(found) => write!(f, "no OpenAPI description: {found}"),
            Self::Malformed(why) | Self::Configuration(why) => f.write_str(why),
            Self::UnresolvedReference(reference) => write!(f, "the reference `{reference}` leads nowhere"),
            Self::MissingSchema(reference) => {
                write!(f, "the reference `{reference}` leads nowhere; any JSON value stands for the schema")
            }
            Self::ReferenceCycle(places) => {
                f.write_str("references lead in a circle:")?;
                places.iter().try_for_each(|place| write!(f, " {place} →"))?;
                places.first().map_or(Ok(()), |place| write!(f, " {place}"))
            }
            Self::UnusedOverride(what) => write!(f, "the override matches nothing: {what}"),
            Self::FilteredOverride(what) => write!(f, "the override matches nothing that the filters keep: {what}"),
            Self::UnusedFilter { filter, .. } => write!(f, "no operation fits the filter `{filter}`"),
            Self::NothingKept => f.write_str("the filters leave out all operations"),
            Self::NameTaken { wanted, given } => write!(f, "the name `{wanted}` is taken; this is `{given}`"),
            Self::IgnoredKeyword(keyword) => write!(f, "`{keyword}` has no effect on the client"),
            Self::Untyped(why) => write!(f, "any JSON value stands for this schema: {why}"),
            Self::Repaired(what) | Self::Conflict(what) | Self::Unsupported(what) | Self::UnfitDefault(what) => {
                f.write_str(what)
            }
            Self::LostOperations { operations, functions } => {
                write!(f, "the description has {operations} operations, and the client {functions} functions")
            }
            Self::UndeclaredParameter(name) => {
                write!(f, "the path's variable `{{{name}}}` is not declared; it is taken to be a string")
            }
            Self::AmbiguousUnion { first, second } => {
                write!(f, "nothing tells `{second}` from `{first}`; what fits both is read as `{first}`")
            }
        }
    }
}
