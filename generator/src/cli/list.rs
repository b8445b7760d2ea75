//! `clientwright list`.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clientwright::diagnostic::{Diagnostic, Severity};
use clientwright::ir;
use clientwright::package::{count_tags, has_tag_features};
use clientwright::render;
use serde_json::json;

use crate::cli::summary::count;
use crate::cli::{Format, Selection, open, print_diagnostics};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The description, in place of the configuration's
    #[arg(value_name = "SPEC")]
    description: Option<PathBuf>,
    /// The configuration [default: clientwright.toml]; of one beside SPEC, only filters and overrides count
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
    /// How the list is printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// All that is listed.
struct Listing<'a> {
    operations: Vec<Row<'a>>,
    /// What the filters leave out.
    skipped: &'a [ir::Skipped],
    /// The tags, with their numbers of operations and the features that they are.
    tags: Vec<(&'a ir::Tag, usize, Option<&'a str>)>,
    /// How many findings each code has, the worst first.
    findings: BTreeMap<(std::cmp::Reverse<Severity>, &'static str), usize>,
}

struct Row<'a> {
    method: &'static str,
    operation: &'a ir::Operation,
}

/// Whether there is a client for the description.
pub(super) fn run(arguments: &Arguments) -> io::Result<bool> {
    let mut project = open(arguments.description.as_deref(), arguments.config.as_deref());
    arguments.selection.add_to(&mut project);
    let mut diagnostics = project.diagnostics().to_vec();
    if diagnostics.iter().any(Diagnostic::is_error) {
        print_diagnostics(&diagnostics, &project, arguments.format)?;
        return Ok(false);
    }
    let api = clientwright::understand(project.sources(), project.config(), &mut diagnostics);
    let listing = list(&api, &diagnostics);
    let text = match arguments.format {
        Format::Human => show(&listing, &diagnostics),
        Format::Json => format!("{}\n", to_json(&listing)),
    };
    io::stdout().write_all(text.as_bytes())?;
    diagnostics.retain(Diagnostic::is_error);
    print_diagnostics(&diagnostics, &project, Format::Human)?;
    Ok(diagnostics.is_empty())
}

fn list<'a>(api: &'a ir::Api, diagnostics: &[Diagnostic]) -> Listing<'a> {
    let mut listing =
        Listing { operations: Vec::new(), skipped: &api.skipped, tags: tags(api), findings: BTreeMap::new() };
    for operation in &api.operations {
        listing.operations.push(Row { method: operation.method.as_str(), operation });
    }
    for code in diagnostics.iter().map(|diagnostic| &diagnostic.code) {
        *listing.findings.entry((std::cmp::Reverse(code.severity()), code.name())).or_default() += 1;
    }
    listing
}

/// What has no tag counts where it is a feature.
fn tags(api: &ir::Api) -> Vec<(&ir::Tag, usize, Option<&str>)> {
    let are_features = has_tag_features(api);
    let tags = count_tags(api).into_iter().filter(|(tag, _)| are_features || tag.name.is_some());
    tags.map(|(tag, number)| (tag, number, are_features.then_some(tag.feature.as_str()))).collect()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn show(listing: &Listing<'_>, diagnostics: &[Diagnostic]) -> String {
    let operations = listing.operations.iter().map(|Row { method, operation }| {
        let name = operation.name.plain().to_owned();
        [(*method).to_owned(), plain(&operation.path), name, plain(&operation.tags.join(", "))]
    });
    let tags = listing.tags.iter().map(|(tag, number, feature)| {
        let feature = feature.map(|feature| format!("feature {feature}")).unwrap_or_default();
        [tag.name.as_deref().map_or("(none)".to_owned(), plain), count(*number, "operation"), feature]
    });
    let findings = listing
        .findings
        .iter()
        .map(|((rank, code), number)| [severity(rank.0).to_owned(), (*code).to_owned(), number.to_string()]);
    let skipped = listing.skipped.iter().map(|operation| {
        let id = operation.id.as_deref().map(plain).unwrap_or_default();
        [operation.method.as_str().to_owned(), plain(&operation.path), id, plain(&operation.tags.join(", "))]
    });
    let sum = render::sum_up(diagnostics);
    let mut sections = vec![
        (count(listing.operations.len(), "operation"), table(operations)),
        (count(listing.tags.len(), "tag"), table(tags)),
        (if sum.is_empty() { "no findings".to_owned() } else { sum }, table(findings)),
    ];
    if !listing.skipped.is_empty() {
        let title = format!("{} left out by filters", count(listing.skipped.len(), "operation"));
        sections.insert(1, (title, table(skipped)));
    }
    let sections = sections.into_iter().map(|(title, table)| format!("{title}\n{table}"));
    sections.collect::<Vec<_>>().join("\n")
}

fn to_json(listing: &Listing<'_>) -> serde_json::Value {
    let operations = listing.operations.iter().map(|Row { method, operation }| {
        json!({
            "method": method,
            "path": operation.path,
            "function": operation.name.plain(),
            "id": operation.id,
            "tags": operation.tags,
            "pointer": operation.origin.as_str(),
        })
    });
    let skipped = listing.skipped.iter().map(|operation| {
        json!({
            "method": operation.method.as_str(),
            "path": operation.path,
            "id": operation.id,
            "tags": operation.tags,
            "pointer": operation.origin.as_str(),
        })
    });
    let tags = listing
        .tags
        .iter()
        .map(|(tag, number, feature)| json!({ "tag": tag.name, "operations": number, "feature": feature }));
    let findings = listing
        .findings
        .iter()
        .map(|((rank, code), number)| json!({ "severity": severity(rank.0), "code": code, "count": number }));
    json!({
        "operations": operations.collect::<Vec<_>>(),
        "skipped": skipped.collect::<Vec<_>>(),
        "tags": tags.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
    })
}

/// Rows of cells, in columns.
fn table<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let rows: Vec<[String; N]> = rows.collect();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or_default());
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("  {cell:width$}"));
        text.push_str(cells.collect::<String>().trim_end());
        text.push('\n');
    }
    text
}

/// A description's text without what a terminal would take for an order.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
