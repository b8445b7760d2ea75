//! Where diagnostics point to, and what stands there.
//!
//! Takes diagnostics and texts; gives for each a path, a line and column, and an excerpt that is short however long
//! the line is: a description of many megabytes can be a single line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place};
use crate::pointer::Pointer;
use crate::render::Texts;
use crate::source::{Location, Sources};

/// How much of a line is shown before and behind the start of what is marked, in bytes.
const SHOWN_BEFORE: usize = 50;
const SHOWN_BEHIND: usize = 80;
/// How many lines of an override are shown.
const SHOWN_LINES: usize = 12;

/// Where one diagnostic points to.
pub(super) struct Spot<'t> {
    pub(super) path: &'t str,
    /// Line and column.
    pub(super) start: Option<(usize, usize)>,
    pub(super) excerpt: Option<Excerpt<'t>>,
}

/// A piece of a text, from one line's start or middle on.
pub(super) struct Excerpt<'t> {
    pub(super) text: Cow<'t, str>,
    /// What is marked, in bytes of the piece.
    pub(super) span: Range<usize>,
    /// Whether the piece begins in the middle of a line.
    pub(super) is_cut: bool,
}

pub(super) fn find_spots<'t>(diagnostics: &'t [Diagnostic], texts: Texts<'t>) -> impl Iterator<Item = Spot<'t>> {
    let located = locate_nodes(diagnostics, texts.sources);
    diagnostics.iter().map(move |diagnostic| match &diagnostic.at {
        Place::Node(pointer) => match (located.get(pointer), texts.sources.get(pointer.document())) {
            (Some(location), Some(source)) => Spot {
                path: source.path(),
                start: Some((location.line, location.column)),
                excerpt: Some(cut_line(source.text(), location.span.clone())),
            },
            _ => Spot { path: pointer.document(), start: None, excerpt: None },
        },
        Place::Configuration(span) => {
            let (path, text) = texts.config.unwrap_or_default();
            Spot { path, start: Some(count(text, span.start)), excerpt: Some(cut_lines(text, span.clone())) }
        }
        Place::Text { path, line, column } => {
            let text = texts.sources.iter().map(|(_, source)| source).find(|source| source.path() == path);
            let excerpt = text.and_then(|source| {
                let start = offset(source.text(), *line, *column)?;
                Some(cut_line(source.text(), start..start + 1))
            });
            Spot { path, start: Some((*line, *column)), excerpt }
        }
        Place::File(path) | Place::Argument(path) => Spot { path, start: None, excerpt: None },
    })
}

/// The locations of all nodes, found in one pass through each document.
fn locate_nodes<'t>(diagnostics: &'t [Diagnostic], sources: &Sources) -> BTreeMap<&'t Pointer, Location> {
    let mut by_document: BTreeMap<&str, Vec<&Pointer>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Place::Node(pointer) = &diagnostic.at {
            by_document.entry(pointer.document()).or_default().push(pointer);
        }
    }
    let mut located = BTreeMap::new();
    for (document, pointers) in by_document {
        if let Some(source) = sources.get(document) {
            let locations = source.locate_all(pointers.iter().copied());
            located.extend(pointers.into_iter().zip(locations));
        }
    }
    located
}

/// The line around a span's start, cut on both sides where it is long.
fn cut_line(text: &str, span: Range<usize>) -> Excerpt<'_> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let from = text.floor_char_boundary(start.saturating_sub(SHOWN_BEFORE));
    let to = text.ceil_char_boundary(start.saturating_add(SHOWN_BEHIND));
    let (before, behind) = (text.get(from..start).unwrap_or_default(), text.get(start..to).unwrap_or_default());
    let line_before = before.rsplit('\n').next().unwrap_or_default();
    let line_behind = behind.split(['\n', '\r']).next().unwrap_or_default();
    let cut_before = if line_before.len() == before.len() && from > 0 { "…" } else { "" };
    let cut_behind = if line_behind.len() == behind.len() && to < text.len() { "…" } else { "" };
    let marked = line_behind.ceil_char_boundary(span.end.saturating_sub(start));
    let from = start - line_before.len();
    let piece = text.get(from..start + line_behind.len()).unwrap_or_default();
    let piece = match (cut_before, cut_behind) {
        ("", "") => Cow::Borrowed(piece),
        _ => Cow::Owned(format!("{cut_before}{piece}{cut_behind}")),
    };
    let start = cut_before.len() + line_before.len();
    Excerpt { text: piece, span: start..start + marked, is_cut: !cut_before.is_empty() }
}

/// All lines of a span, if they are not too many.
fn cut_lines(text: &str, span: Range<usize>) -> Excerpt<'_> {
    let marked = text.get(span.clone()).unwrap_or_default();
    if !marked.contains('\n') || marked.lines().count() > SHOWN_LINES {
        return cut_line(text, span);
    }
    let from = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let to = text.get(span.end..).and_then(|behind| behind.find('\n')).map_or(text.len(), |length| span.end + length);
    Excerpt {
        text: text.get(from..to).unwrap_or_default().into(),
        span: span.start - from..span.end - from,
        is_cut: false,
    }
}

/// The line and column of a byte.
fn count(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    (1 + before.matches('\n').count(), 1 + line.chars().count())
}

/// The byte at a line and column, or at the line's end if the column is behind it.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let line = text.get(start..)?.split(['\n', '\r']).next()?;
    let within = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(within, _)| within);
    Some(start + within)
}
