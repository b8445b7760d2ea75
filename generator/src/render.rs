//! Diagnostics as text: with excerpts for people, one a line for Cargo, as JSON for programs.
//!
//! Takes diagnostics and the texts that they are about; gives strings. Must not print: the callers know where to. What
//! a diagnostic says stands in `diagnostic`.

mod spots;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::json;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::render::spots::{Spot, find_spots};
use crate::source::Sources;

/// Whether the text is for a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Nothing but characters.
    Plain,
    /// With a terminal's escape sequences.
    Coloured,
}

/// The texts that diagnostics are about.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'t> {
    /// The description.
    pub sources: &'t Sources,
    /// The configuration's path and text.
    pub config: Option<(&'t str, &'t str)>,
}

/// All findings with excerpts, and how many there are of each severity; empty where there are none.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], texts: Texts<'_>, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut text = String::new();
    for (diagnostic, spot) in diagnostics.iter().zip(find_spots(diagnostics, texts)) {
        text.push_str(&render_one(diagnostic, spot, &renderer));
        text.push_str("\n\n");
    }
    if !diagnostics.is_empty() {
        text.push_str(&sum_up(diagnostics));
        text.push('\n');
    }
    text
}

fn render_one(diagnostic: &Diagnostic, spot: Spot<'_>, renderer: &Renderer) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.clone().primary_title(diagnostic.code.to_string()).id(diagnostic.code.name());
    let place = spot.start.zip(spot.excerpt);
    let mut groups = Vec::new();
    let mut group = Group::with_title(title);
    if let Some(((line, column), excerpt)) = place {
        let mark = AnnotationKind::Primary.span(excerpt.span);
        let snippet = Snippet::source(excerpt.text).line_start(line).annotation(mark);
        if excerpt.is_cut {
            // The column counts from the line's start, which is not there to be counted. An excerpt of its own group
            // takes no path.
            groups.push(group.element(Origin::path(spot.path).line(line).char_column(column)));
            group = Group::with_level(level).element(snippet);
        } else {
            group = group.element(snippet.path(spot.path));
        }
    } else {
        let origin = Origin::path(spot.path);
        group = group.element(match spot.start {
            Some((line, column)) => origin.line(line).char_column(column),
            None => origin,
        });
    }
    if let Some(help) = diagnostic.code.help() {
        group = group.element(Level::HELP.message(help));
    }
    groups.push(group);
    renderer.render(&groups)
}

/// How many errors, warnings and notes there are, such as `2 errors, 1 warning`.
#[must_use]
pub fn sum_up(diagnostics: &[Diagnostic]) -> String {
    let severities = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts = severities.into_iter().filter_map(|(severity, name)| {
        match diagnostics.iter().filter(|diagnostic| diagnostic.code.severity() == severity).count() {
            0 => None,
            1 => Some(format!("1 {name}")),
            several => Some(format!("{several} {name}s")),
        }
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// Each finding in one line: `spec/api.yaml:75:11: message; help`.
#[must_use]
pub fn render_lines(diagnostics: &[Diagnostic], texts: Texts<'_>) -> Vec<String> {
    let lines = diagnostics.iter().zip(find_spots(diagnostics, texts)).map(|(diagnostic, spot)| {
        let start = spot.start.map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
        let help = diagnostic.code.help().map_or(String::new(), |help| format!("; {help}"));
        // A line break would end the line for Cargo.
        format!("{}{start}: {}{help}", spot.path, diagnostic.code).replace(['\n', '\r'], " ")
    });
    lines.collect()
}

/// Each finding as a JSON object on a line of its own.
#[must_use]
pub fn render_json(diagnostics: &[Diagnostic], texts: Texts<'_>) -> String {
    let lines = diagnostics.iter().zip(find_spots(diagnostics, texts)).map(|(diagnostic, spot)| {
        let pointer = match &diagnostic.at {
            Place::Node(pointer) => Some(pointer.as_str()),
            Place::Configuration(_) | Place::Text { .. } | Place::File(_) | Place::Argument(_) => None,
        };
        let object = json!({
            "code": diagnostic.code.name(),
            "severity": match diagnostic.code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            "message": diagnostic.code.to_string(),
            "help": diagnostic.code.help(),
            "path": spot.path,
            "line": spot.start.map(|(line, _)| line),
            "column": spot.start.map(|(_, column)| column),
            "pointer": pointer,
        });
        format!("{object}\n")
    });
    lines.collect()
}
