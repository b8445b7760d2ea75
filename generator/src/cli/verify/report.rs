//! What is said of the results.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use clientwright::verify::Origin;
use serde_json::{Value, json};

use super::steps::{Result, Trouble};
use crate::cli::summary::count;

/// As many places with a trouble of a kind are shown.
const FEW: usize = 20;

/// Says what is wrong with one description's crate, while the others are on their way.
pub(super) fn print_findings(result: &Result) -> io::Result<()> {
    let mut log = io::stderr().lock();
    if let Some(why) = &result.not_generated {
        return writeln!(log, "{}\n  not generated", why.trim_end());
    }
    for text in result.build.errors.iter().chain(&result.build.warnings) {
        writeln!(log, "{text}")?;
    }
    for (troubles, kind) in [(&result.contradictions, "contradicts its schema"), (&result.faults, "fault")] {
        print_troubles(&mut log, troubles, kind)?;
    }
    writeln!(log, "  {}", sum_up(result))
}

/// Shows the first trouble of each place, and how many more there are.
fn print_troubles(log: &mut impl io::Write, troubles: &[Trouble], kind: &str) -> io::Result<()> {
    let places: Vec<&[Trouble]> = troubles.chunk_by(|first, second| first.at == second.at).collect();
    for place in places.iter().take(FEW) {
        let Some(Trouble { at, origin, ty, why, value }) = place.first() else { continue };
        let others = if place.len() > 1 { format!(", and {} more", place.len() - 1) } else { String::new() };
        writeln!(log, "  {kind}: {at}\n    {}, {ty}: {why}\n    {}{others}", word(*origin), short(value))?;
    }
    if places.len() > FEW { writeln!(log, "  … and {} more places", places.len() - FEW) } else { Ok(()) }
}

fn word(origin: Origin) -> &'static str {
    match origin {
        Origin::Example => "example",
        Origin::Made => "made",
    }
}

fn sum_up(result: &Result) -> String {
    let tried = result.same + result.contradictions.len() + result.faults.len();
    let mut parts = vec![
        count(result.figures.operations, "operation"),
        count(result.figures.types, "type"),
        count(result.lines, "line"),
    ];
    if !result.build.errors.is_empty() {
        parts.push("does not compile".to_owned());
    }
    if !result.build.warnings.is_empty() {
        parts.push(count(result.build.warnings.len(), "compiler warning"));
    }
    if tried > 0 {
        parts.push(format!("{} of {} written as read", result.same, count(tried, "value")));
    }
    parts.join(", ")
}

fn short(text: &str) -> String {
    if text.chars().count() <= 200 {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(200).collect::<String>())
    }
}

/// What is said of a crate in one word.
fn state(result: &Result) -> &'static str {
    if result.not_generated.is_some() {
        "not generated"
    } else if !result.build.errors.is_empty() {
        "does not compile"
    } else if !result.build.warnings.is_empty() {
        "warnings"
    } else if !result.faults.is_empty() {
        "faults"
    } else {
        "well"
    }
}

const HEAD: [&str; 10] = [
    "description",
    "state",
    "operations",
    "functions",
    "types",
    "lines",
    "seconds",
    "values",
    "contradictions",
    "faults",
];

/// A line for each description, and one for all.
pub(super) fn table(results: &[Result], without_times: bool) -> String {
    let mut rows: Vec<Vec<String>> = vec![HEAD.iter().map(|&cell| cell.to_owned()).collect()];
    rows.extend(results.iter().map(row));
    let well = results.iter().filter(|result| result.is_well()).count();
    rows.push(total(results, format!("{well} of {}", results.len())));
    for (row, findings) in rows.iter_mut().zip(findings_column(results)) {
        if without_times {
            row.remove(6);
        }
        row.push(findings);
    }
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(index, (cell, width))| {
            let is_text = index < 2 || index + 1 == columns;
            if is_text { format!("{cell:width$}  ") } else { format!("{cell:>width$}  ") }
        });
        text.push_str(cells.collect::<String>().trim_end());
        text.push('\n');
    }
    text
}

fn row(result: &Result) -> Vec<String> {
    let tried = result.same + result.contradictions.len() + result.faults.len();
    vec![
        result.description.clone(),
        state(result).to_owned(),
        result.figures.operations.to_string(),
        result.figures.functions.to_string(),
        result.figures.types.to_string(),
        result.lines.to_string(),
        format!("{:.1}", (result.generating + result.compiling).as_secs_f64()),
        tried.to_string(),
        result.contradictions.len().to_string(),
        result.faults.len().to_string(),
    ]
}

/// The sums of all columns.
fn total(results: &[Result], state: String) -> Vec<String> {
    let mut sum = Result { description: "all".to_owned(), ..Result::default() };
    let mut counts = [0, 0];
    for result in results {
        sum.figures.operations += result.figures.operations;
        sum.figures.functions += result.figures.functions;
        sum.figures.types += result.figures.types;
        sum.lines += result.lines;
        sum.generating += result.generating;
        sum.compiling += result.compiling;
        sum.same += result.same + result.contradictions.len() + result.faults.len();
        counts = [counts[0] + result.contradictions.len(), counts[1] + result.faults.len()];
    }
    let mut row = row(&sum);
    row.splice(1..2, [state]);
    row.splice(8..10, counts.map(|count| count.to_string()));
    row
}

/// The last column: how many findings each code has.
fn findings_column(results: &[Result]) -> Vec<String> {
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, count) in results.iter().flat_map(|result| &result.findings) {
        *all.entry(code).or_default() += count;
    }
    let line = |findings: &BTreeMap<&str, usize>| {
        let findings: Vec<String> = findings.iter().map(|(code, count)| format!("{code} {count}")).collect();
        findings.join(", ")
    };
    let mut column = vec!["findings".to_owned()];
    column.extend(results.iter().map(|result| line(&result.findings)));
    column.push(line(&all));
    column
}

/// An object for each description, a line each.
pub(super) fn json(results: &[Result], without_times: bool) -> String {
    let lines: Vec<String> = results.iter().map(|result| object(result, without_times).to_string()).collect();
    lines.join("\n") + "\n"
}

fn object(result: &Result, without_times: bool) -> Value {
    let troubles = |troubles: &[Trouble]| -> Vec<Value> {
        troubles.iter().map(|trouble| {
            let origin = word(trouble.origin);
            json!({ "at": trouble.at, "origin": origin, "type": trouble.ty, "why": trouble.why, "value": trouble.value })
        }).collect()
    };
    let mut object = json!({
        "description": result.description,
        "state": state(result),
        "operations": result.figures.operations,
        "functions": result.figures.functions,
        "types": result.figures.types,
        "lines": result.lines,
        "findings": result.findings,
        "errors": result.build.errors,
        "warnings": result.build.warnings,
        "same": result.same,
        "contradictions": troubles(&result.contradictions),
        "faults": troubles(&result.faults),
    });
    if let Some(entries) = object.as_object_mut().filter(|_| !without_times) {
        entries.insert("generating".to_owned(), json!(result.generating.as_secs_f64()));
        entries.insert("compiling".to_owned(), json!(result.compiling.as_secs_f64()));
    }
    object
}
