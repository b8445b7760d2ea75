//! Turns an OpenAPI description into the Rust client that a careful engineer would have written by hand.
//!
//! ```text
//! sources ─ load ─ resolve ─ lower ─┬─ analyze ─ emit ─ format ─ files
//!           OpenAPI's words         │  the client's words
//! ```
//!
//! # The map
//!
//! | for | here |
//! |---|---|
//! | a build script | [`build`] |
//! | a run without files or environment | [`generate`], from [`Sources`] and a [`Config`] |
//! | reading a project, and writing its output | [`sync`] |
//! | findings, and how they are shown | [`diagnostic`], [`render`] |
//! | what a client consists of | [`ir`], with names from [`naming`] |
//! | one schema or operation through all stages | [`explain`] |
//! | a whole crate, with the run time in it (feature `cli`) | `package` |
//! | values of the types, and what becomes of them (feature `cli`) | `verify` |

pub mod cargo;
pub mod config;
pub mod diagnostic;
pub mod explain;
pub mod ir;
pub mod naming;
pub mod output;
#[cfg(feature = "cli")]
pub mod package;
pub mod pointer;
pub mod render;
pub mod source;
pub mod sync;
#[cfg(feature = "cli")]
pub mod verify;

mod analyze;
mod emit;
mod format;
mod formats;
mod load;
mod lower;
mod media_type;
mod resolve;
mod spelling;
mod stack;

pub use cargo::build;
pub use stack::with_room;

use config::Config;
use diagnostic::{Code, Diagnostic};
use output::{Figures, Output};
use pointer::Pointer;
use source::Sources;

/// Generates the client for a description. Pure: the same input gives the same bytes.
#[must_use]
pub fn generate(sources: &Sources, config: &Config) -> Output {
    with_room(|| {
        let (api, diagnostics) = understand_here(sources, config);
        print(&api, config, diagnostics)
    })
}

/// The files of a client that is understood, unless something found on the way was an error.
fn print(api: &ir::Api, config: &Config, mut diagnostics: Vec<Diagnostic>) -> Output {
    let ir::Tally { declared, left_out } = api.tally;
    let operations = declared.saturating_sub(left_out + api.skipped.len());
    let mut figures = Figures { operations, functions: 0, types: api.types.order.len() };
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Output { files: Vec::new(), diagnostics, figures };
    }
    let mut formatted = format::Formatted::default();
    emit::emit(api, config, |module| formatted.add(module));
    let format::Formatted { mut files, functions } = formatted;
    if functions != operations {
        let code = Code::LostOperations { operations, functions };
        diagnostics.push(Diagnostic::at(&Pointer::root().join("paths"), code));
        files.clear();
    }
    figures.functions = functions;
    Output { files, diagnostics, figures }
}

/// The client's parts, complete as far as the description is sound.
#[must_use]
pub fn understand(sources: &Sources, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> ir::Api {
    let (api, found) = with_room(|| understand_here(sources, config));
    diagnostics.extend(found);
    api
}

fn understand_here(sources: &Sources, config: &Config) -> (ir::Api, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let documents = load::load(sources, &config.overrides, &mut found);
    let spec = resolve::resolve(&documents, &config.filters, &mut found);
    let api = lower::lower(&documents, &spec, config, &mut found);
    (analyze::analyze(api), documents.told(found).collect())
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::{Source, Sources};

    #[test]
    fn a_lost_operation_is_an_error() {
        let text = "openapi: 3.0.3\npaths: {/a: {get: {responses: {}}, head: {responses: {}}}}\n";
        let sources = Sources::new(Source::parse("api.yaml", text).unwrap());
        let mut api = crate::understand(&sources, &Config::default(), &mut Vec::new());
        let output = crate::print(&api, &Config::default(), Vec::new());
        assert!(!output.files.is_empty() && output.diagnostics.is_empty());
        assert_eq!((output.figures.operations, output.figures.functions), (2, 2));

        api.operations.pop();
        let output = crate::print(&api, &Config::default(), Vec::new());
        let codes: Vec<&str> = output.diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect();
        assert_eq!((codes.as_slice(), output.files.len()), (&["lost-operations"][..], 0));
    }
}
