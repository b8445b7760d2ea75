//! The last line of a run: how much was generated, and how long it took.

use std::time::Duration;

use clientwright::render;
use memchr::memchr_iter;

use crate::cli::target::Target;

/// The line, but for the time.
pub(super) struct Summary {
    /// What was generated.
    pub(super) what: String,
    /// What was found, if anything was.
    pub(super) found: String,
}

pub(super) fn sum_up(target: &Target) -> Summary {
    let files = &target.output.files;
    let figures = target.output.figures;
    let lines: usize = files.iter().map(|file| memchr_iter(b'\n', file.text.as_bytes()).count()).sum();
    let counts = [
        count(files.len(), "file"),
        count(figures.operations, "operation"),
        count(figures.types, "type"),
        count(lines, "line"),
    ];
    let found = render::sum_up(&target.output.diagnostics);
    let found = if found.is_empty() { found } else { format!("; {found}") };
    Summary { what: format!("{}: {}", target.title, counts.join(", ")), found }
}

impl Summary {
    pub(super) fn after(&self, took: Duration) -> String {
        format!("{} in {:.1} s{}", self.what, took.as_secs_f64(), self.found)
    }
}

pub(super) fn count(number: usize, name: &str) -> String {
    if number == 1 { format!("1 {name}") } else { format!("{number} {name}s") }
}
