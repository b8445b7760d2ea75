//! The text of a `clientwright.toml`, read key by key.
//!
//! Not derived with serde, because all findings are wanted, not the first, and each with its bytes.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::formats::read_formats;
use crate::config::{Action, Config, Filter, Filters, Override, TagFeatures};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::spelling::nearest;

const TOP_KEYS: &[&str] =
    &["description", "output", "package", "include", "exclude", "tag_features", "formats", "override"];

/// One kind of override.
struct Kind {
    /// The key that says what is done. No two kinds have the same.
    verb: &'static str,
    /// The key that says to what, if there is one.
    object: Option<&'static str>,
    /// The verb's value.
    value: Expected,
    /// The action, from the object and the verb's value where they are texts.
    action: fn(String, String) -> Action,
}

#[derive(Clone, Copy)]
enum Expected {
    Text,
    /// A text that is JSON.
    Json,
    Only(bool),
}

const KINDS: &[Kind] = &[
    Kind { verb: "strip_prefix", object: None, value: Expected::Text, action: |_, prefix| Action::StripPrefix(prefix) },
    Kind { verb: "rename", object: Some("at"), value: Expected::Text, action: |at, to| Action::Rename { at, to } },
    Kind {
        verb: "replace",
        object: Some("at"),
        value: Expected::Json,
        action: |at, with| Action::Replace { at, with },
    },
    Kind {
        verb: "enforce",
        object: Some("at"),
        value: Expected::Only(false),
        action: |at, _| Action::Unchecked { at },
    },
    Kind { verb: "secret", object: Some("at"), value: Expected::Only(true), action: |at, _| Action::Secret { at } },
    Kind { verb: "success_flag", object: None, value: Expected::Text, action: |_, flag| Action::SuccessFlag(flag) },
    Kind {
        verb: "idempotent",
        object: Some("operation"),
        value: Expected::Only(true),
        action: |operation, _| Action::Idempotent { operation },
    },
    Kind {
        verb: "pagination",
        object: Some("operation"),
        value: Expected::Text,
        action: |operation, text| Action::Pagination { operation, text },
    },
    Kind { verb: "request_id", object: None, value: Expected::Text, action: |_, header| Action::RequestId(header) },
    Kind {
        verb: "env",
        object: Some("scheme"),
        value: Expected::Text,
        action: |scheme, env| Action::CredentialEnv { scheme, env },
    },
    Kind {
        verb: "heading",
        object: Some("extension"),
        value: Expected::Text,
        action: |extension, heading| Action::Document { extension, heading },
    },
    Kind {
        verb: "base_url_env",
        object: None,
        value: Expected::Text,
        action: |_, variable| Action::BaseUrlEnv(variable),
    },
];

/// Which keys a configuration must have beside its overrides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Needed {
    All,
    Nothing,
}

pub(super) fn read_config(text: &str, needed: Needed) -> Result<Config, Vec<Diagnostic>> {
    let text_without_mark = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = text.len() - text_without_mark.len();
    let (table, errors) = DeTable::parse_recoverable(text_without_mark);
    let mut findings = Findings { mark, list: Vec::new() };
    for error in errors {
        findings.add(error.span().unwrap_or(0..0), format!("this is no TOML: {}", error.message()));
    }
    // What stands behind a syntax error may be read wrongly, and would be reported wrongly.
    if !findings.list.is_empty() {
        return Err(findings.list);
    }
    let config = read_top(table.get_ref(), needed, &mut findings);
    if findings.list.is_empty() { Ok(config) } else { Err(findings.list) }
}

/// The findings so far.
pub(super) struct Findings {
    /// How many bytes a byte order mark takes before the text.
    mark: usize,
    list: Vec<Diagnostic>,
}

impl Findings {
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::Configuration(span.start + self.mark..span.end + self.mark)
    }

    pub(super) fn add(&mut self, span: Range<usize>, message: impl Into<String>) {
        let at = self.place(span);
        self.list.push(Diagnostic { code: Code::Configuration(message.into()), at });
    }
}

/// A key, where it stands, and its value.
pub(super) type Entry<'t> = (&'t str, Range<usize>, &'t Spanned<DeValue<'t>>);

/// The entries in the order of the text; the parser's table has them by name.
pub(super) fn entries<'t>(table: &'t DeTable<'_>) -> Vec<Entry<'t>> {
    let mut entries: Vec<_> = table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
    entries.sort_by_key(|(_, span, _)| span.start);
    entries
}

/// A text that is wrong is reported, and then empty.
fn read_top(table: &DeTable<'_>, needed: Needed, findings: &mut Findings) -> Config {
    let (mut description, mut output, mut package) = (None, None, None);
    let (mut filters, mut tag_features) = (Filters::default(), TagFeatures::default());
    let (mut formats, mut overrides) = (Vec::new(), Vec::new());
    for (key, span, value) in entries(table) {
        match key {
            "description" => description = Some(read_text(key, value, findings)),
            "package" => package = Some(read_text(key, value, findings)),
            "output" => {
                output = Some(read_text(key, value, findings));
                if let Some(folder) = value.get_ref().as_str() {
                    check_output(folder, value.span(), findings);
                }
            }
            "include" => filters.include = read_filters(key, value, findings),
            "exclude" => filters.exclude = read_filters(key, value, findings),
            "formats" => formats = read_formats(value, findings),
            "tag_features" => tag_features = read_tag_features(value, findings),
            "override" => overrides = read_overrides(value, findings),
            _ => {
                let others = TOP_KEYS.iter().copied();
                findings.add(span, unknown_key(key, others));
            }
        }
    }
    let keys = [
        ("description", description.is_some(), "it names a path from this file's folder"),
        ("output", output.is_some(), "it names a path from this file's folder"),
        ("package", package.is_some(), "it names the package that the output belongs to"),
    ];
    for (key, is_given, meaning) in keys {
        if !is_given && needed == Needed::All {
            findings.add(0..0, format!("the key `{key}` is missing; {meaning}"));
        }
    }
    let [description, output, package] =
        [description, output, package].map(Option::flatten).map(Option::unwrap_or_default);
    Config { description, output, package, filters, formats, tag_features, overrides }
}

fn read_tag_features(value: &Spanned<DeValue<'_>>, findings: &mut Findings) -> TagFeatures {
    match value.get_ref().as_bool() {
        Some(true) => return TagFeatures::Declared,
        Some(false) => {}
        None => findings.add(value.span(), "`tag_features` is `true` or `false`"),
    }
    TagFeatures::None
}

fn read_filters(key: &str, value: &Spanned<DeValue<'_>>, findings: &mut Findings) -> Vec<Filter> {
    let Some(items) = value.get_ref().as_array() else {
        findings
            .add(value.span(), format!("`{key}` must be a list, such as `{key} = [\"GET /pets/**\", \"tag:Pets\"]`"));
        return Vec::new();
    };
    let filters = items.iter().filter_map(|item| {
        let at = findings.place(item.span());
        read_text(key, item, findings).map(|text| Filter::new(&text, at))
    });
    filters.collect()
}

fn check_output(folder: &str, span: Range<usize>, findings: &mut Findings) {
    let is_inside = |part: &str| !matches!(part, "" | "." | "..") && !part.contains([':', '\\']);
    let path = folder.strip_prefix("./").unwrap_or(folder);
    let path = path.strip_suffix('/').unwrap_or(path);
    // A blank path is reported as an empty text.
    if !folder.trim().is_empty() && !path.split('/').all(is_inside) {
        findings.add(span, "`output` is a folder inside this file's own, such as `generated` or `src/generated`");
    }
}

fn read_overrides(value: &Spanned<DeValue<'_>>, findings: &mut Findings) -> Vec<Override> {
    let Some(items) = value.get_ref().as_array() else {
        findings.add(value.span(), "overrides are written as tables, each under a line `[[override]]`");
        return Vec::new();
    };
    let mut overrides = Vec::new();
    for item in items {
        match item.get_ref().as_table() {
            Some(table) => overrides.extend(read_override(table, item.span(), findings)),
            None => findings.add(item.span(), "an override is a table, under a line `[[override]]`"),
        }
    }
    overrides
}

fn read_override(table: &DeTable<'_>, span: Range<usize>, findings: &mut Findings) -> Option<Override> {
    let entries = entries(table);
    let end = entries.iter().map(|(_, _, value)| value.span().end).max().unwrap_or(span.end);
    let span = span.start..end.max(span.end);
    for (key, key_span, _) in &entries {
        if !known_keys().any(|known| known == *key) {
            findings.add(key_span.clone(), unknown_key(key, known_keys()));
        }
    }
    let reason = if let Some(value) = find(&entries, "reason") {
        read_text("reason", value, findings)
    } else {
        findings.add(span.clone(), "an override needs a `reason`; it is shown in the documentation");
        None
    };
    let action = read_action(&entries, &span, findings);
    Some(Override { action: action?, reason: reason?, span })
}

fn find<'t>(entries: &[Entry<'t>], key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
    entries.iter().find(|(found, _, _)| *found == key).map(|(_, _, value)| *value)
}

fn read_action(entries: &[Entry<'_>], span: &Range<usize>, findings: &mut Findings) -> Option<Action> {
    let kinds: Vec<&Kind> = KINDS.iter().filter(|kind| find(entries, kind.verb).is_some()).collect();
    let kind = match kinds.as_slice() {
        [kind] => *kind,
        [] => {
            let verbs = KINDS.iter().map(|kind| kind.verb);
            findings.add(span.clone(), format!("this override does nothing; it needs one of {}", list(verbs)));
            return None;
        }
        several => {
            let verbs = list(several.iter().map(|kind| kind.verb));
            findings.add(span.clone(), format!("an override does one thing; write one each for {verbs}"));
            return None;
        }
    };
    for (key, key_span, _) in entries {
        let is_object = KINDS.iter().any(|other| other.object == Some(key));
        if is_object && kind.object != Some(key) {
            findings.add(key_span.clone(), format!("`{key}` does not go with `{}`", kind.verb));
        }
    }
    let object = kind.object.map_or(Some(String::new()), |key| read_object(key, entries, span, kind, findings));
    let value = find(entries, kind.verb).and_then(|value| read_value(kind, value, findings));
    Some((kind.action)(object?, value?))
}

fn read_object(
    key: &str,
    entries: &[Entry<'_>],
    span: &Range<usize>,
    kind: &Kind,
    findings: &mut Findings,
) -> Option<String> {
    let Some(value) = find(entries, key) else {
        findings.add(span.clone(), format!("`{}` needs `{key}` beside it", kind.verb));
        return None;
    };
    let object = read_text(key, value, findings)?;
    if key == "at" && !object.contains("#/") {
        findings.add(value.span(), "`at` is a place as `Spec:` lines show it, such as `#/components/schemas/Pet`");
        return None;
    }
    Some(object)
}

/// The verb's text; empty where it is no text.
fn read_value(kind: &Kind, value: &Spanned<DeValue<'_>>, findings: &mut Findings) -> Option<String> {
    match kind.value {
        Expected::Text => read_text(kind.verb, value, findings),
        Expected::Json => {
            let text = read_text(kind.verb, value, findings)?;
            if let Err(error) = serde_json::from_str::<serde_json::Value>(&text) {
                findings.add(value.span(), format!("`{}` is JSON in single quotes: {error}", kind.verb));
                return None;
            }
            Some(text)
        }
        Expected::Only(only) if value.get_ref().as_bool() == Some(only) => Some(String::new()),
        Expected::Only(only) => {
            findings.add(value.span(), format!("`{0}` has one value, `{0} = {only}`", kind.verb));
            None
        }
    }
}

pub(super) fn read_text(key: &str, value: &Spanned<DeValue<'_>>, findings: &mut Findings) -> Option<String> {
    let Some(text) = value.get_ref().as_str() else {
        findings.add(value.span(), format!("`{key}` must be a text in quotes, not {}", value.get_ref().type_str()));
        return None;
    };
    if text.trim().is_empty() {
        findings.add(value.span(), format!("`{key}` must not be empty"));
        return None;
    }
    Some(text.to_owned())
}

fn known_keys() -> impl Iterator<Item = &'static str> + Clone {
    let objects = KINDS.iter().enumerate().filter_map(|(index, kind)| {
        let object = kind.object?;
        let is_first = KINDS.iter().take(index).all(|earlier| earlier.object != kind.object);
        is_first.then_some(object)
    });
    std::iter::once("reason").chain(objects).chain(KINDS.iter().map(|kind| kind.verb))
}

pub(super) fn unknown_key<'k>(key: &str, known: impl Iterator<Item = &'k str> + Clone) -> String {
    match nearest(key, known.clone()) {
        Some(nearest) => format!("unknown key `{key}`; did you mean `{nearest}`?"),
        None => format!("unknown key `{key}`; possible are {}", list(known)),
    }
}

pub(super) fn list<'k>(keys: impl Iterator<Item = &'k str>) -> String {
    keys.map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}
