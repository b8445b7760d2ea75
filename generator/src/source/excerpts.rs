//! Excerpts: the text of a whole node.
//!
//! Takes a document and a pointer; gives the node's text for people to read. In YAML its end is where the indentation
//! says so; within YAML's own braces that is the end of the line, which may show a little more than the node.

use serde_json::Value;

use crate::pointer::Pointer;
use crate::source::{Format, Source, scan};

pub(super) fn cut_excerpt(source: &Source, pointer: &Pointer) -> String {
    let Some(parent) = pointer.parent() else {
        return source.text.clone();
    };
    let start = source.locate(pointer).span.start;
    let is_item = matches!(source.node(&parent), Some(Value::Array(_)));
    let text = source.text.as_str();
    let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let indent = start - line_start;
    match source.format {
        Format::Json => {
            let end = if is_item { scan::end_of_item(text, start) } else { scan::end_of_entry(text, start) };
            // Braces close where the line begins, not where the key stands.
            let line = text.get(line_start..start).unwrap_or_default();
            let indent = line.len() - line.trim_start().len();
            join_lines(text.get(start..end).unwrap_or_default().lines(), indent)
        }
        Format::Yaml => {
            let has_list = matches!(source.node(pointer), Some(Value::Array(_)));
            let mut lines = text.get(start..).unwrap_or_default().lines();
            let first = lines.next().into_iter();
            let belongs = |line: &&str| {
                let rest = line.trim_start();
                let depth = line.len() - rest.len();
                let is_level = depth == indent && (is_item || has_list && rest.starts_with('-'));
                rest.is_empty() || depth > indent || is_level
            };
            join_lines(first.chain(lines.take_while(belongs)), indent).trim_end().to_owned()
        }
    }
}

/// Joins lines, and takes up to so many spaces off the front of each but the first.
fn join_lines<'t>(lines: impl Iterator<Item = &'t str>, indent: usize) -> String {
    let dedent = |(index, line): (usize, &'t str)| {
        let spaces = line.len() - line.trim_start().len();
        if index == 0 { line } else { line.get(spaces.min(indent)..).unwrap_or(line) }
    };
    lines.enumerate().map(dedent).collect::<Vec<_>>().join("\n")
}
