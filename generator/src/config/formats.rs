//! `[formats]`: other types for the values of formats.

use toml::Spanned;
use toml::de::DeValue;

use crate::config::FormatChoice;
use crate::config::reading::{Findings, entries, list, read_text, unknown_key};
use crate::formats::FORMATS;

pub(super) fn read_formats(value: &Spanned<DeValue<'_>>, findings: &mut Findings) -> Vec<FormatChoice> {
    let Some(table) = value.get_ref().as_table() else {
        findings.add(value.span(), "formats are written in a table, under a line `[formats]`");
        return Vec::new();
    };
    let mut choices = Vec::new();
    for (format, span, value) in entries(table) {
        let words = words(format);
        if words.is_empty() {
            findings.add(span, unknown_key(format, names().iter().copied()));
            continue;
        }
        let Some(choice) = read_text(format, value, findings) else { continue };
        if words.contains(&choice.as_str()) {
            let at = findings.place(span.start..value.span().end);
            choices.push(FormatChoice { format: format.to_owned(), choice, at });
        } else {
            let possible = list(words.into_iter());
            findings.add(value.span(), format!("`{choice}` is no type for `{format}`; possible are {possible}"));
        }
    }
    choices
}

/// The words for the types that a format's values can have, the default first.
fn words(format: &str) -> Vec<&'static str> {
    distinct(FORMATS.iter().filter(|known| known.name == format).flat_map(|known| known.choices).map(|(word, _)| *word))
}

fn names() -> Vec<&'static str> {
    distinct(FORMATS.iter().map(|known| known.name))
}

fn distinct(words: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut found = Vec::new();
    for word in words {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}
