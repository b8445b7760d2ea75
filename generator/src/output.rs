//! What a run gives: the files, and what there is to say about the description.

use crate::diagnostic::{Diagnostic, Severity};

/// One file of the generated client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path from the output folder, with `/` between its parts.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// The result of [`generate`](crate::generate).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The files; none where a diagnostic is an error.
    pub files: Vec<File>,
    /// All findings, in the order of the stages.
    pub diagnostics: Vec<Diagnostic>,
    /// What the files hold.
    pub figures: Figures,
}

/// How much was generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Operations.
    pub operations: usize,
    /// Functions of the client, one for each operation.
    pub functions: usize,
    /// Types with a name.
    pub types: usize,
}

impl Output {
    /// Whether a diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code.severity() == Severity::Error)
    }
}
