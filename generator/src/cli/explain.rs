//! `clientwright explain`.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clientwright::diagnostic::Severity;
use clientwright::explain::explain;
use clientwright::pointer::Pointer;
use clientwright::render::render;

use crate::cli::{Format, open_project, print_diagnostics, style};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The place, as `Spec:` lines show it: `#/components/schemas/Pet`
    pointer: String,
    /// The configuration
    #[arg(long, default_value = "clientwright.toml")]
    config: PathBuf,
}

/// Whether there is something at the place.
pub(super) fn run(arguments: &Arguments) -> io::Result<bool> {
    let project = open_project(&arguments.config);
    if project.diagnostics().iter().any(|diagnostic| diagnostic.code.severity() == Severity::Error) {
        print_diagnostics(project.diagnostics(), &project, Format::Human)?;
        return Ok(false);
    }
    let pointer = Pointer::parse(&arguments.pointer);
    let Some(explanation) = explain(&project, &pointer) else {
        writeln!(io::stderr(), "error: the description has nothing at `{pointer}`")?;
        return Ok(false);
    };
    let mut out = io::stdout().lock();
    writeln!(out, "── {}\n\n{}\n", explanation.place, explanation.source)?;
    if let Some(ir) = explanation.ir {
        writeln!(out, "── meaning\n\n{ir}\n")?;
    }
    for piece in explanation.rust {
        writeln!(out, "── Rust\n\n{piece}\n")?;
    }
    if !explanation.diagnostics.is_empty() {
        let findings = render(&explanation.diagnostics, project.texts(), style(&io::stdout()));
        writeln!(out, "── findings\n\n{findings}")?;
    }
    Ok(true)
}
