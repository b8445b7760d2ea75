//! The documentation of types, fields and variants, as Markdown.

use std::fmt::Write as _;

use crate::emit::markdown::sanitized;
use crate::ir::{Api, Bound, Check, Docs, Enforcement, Field, Rule};
use crate::pointer::Pointer;

/// The documentation of a type; `fallback`, if there is one, stands where the description says nothing.
pub(super) fn of_type(docs: &Docs, fallback: &str, origin: &Pointer) -> String {
    let mut paragraphs = said(docs, fallback);
    if docs.deprecated {
        // The attribute would warn wherever the client itself names the type.
        paragraphs.push("Deprecated.".to_owned());
    }
    paragraphs.push(place(origin));
    paragraphs.join("\n\n")
}

/// The documentation of a generic type with its argument, which is the type of a field.
pub(super) fn of_instance(docs: &Docs, own: &Field, origin: &Pointer) -> String {
    let mut paragraphs = vec![of_type(docs, "", origin)];
    let member = of_member(&own.docs, "");
    if !member.is_empty() {
        paragraphs.insert(0, format!("{}: {member}", code(&own.wire)));
    }
    paragraphs.join("\n\n")
}

/// The documentation of a field or variant.
pub(super) fn of_member(docs: &Docs, fallback: &str) -> String {
    let mut paragraphs = texts(docs, fallback);
    join_facts(&mut paragraphs, &sentences(docs));
    paragraphs.extend(docs.facts.iter().map(|(heading, lines)| fact(heading, lines)));
    paragraphs.join("\n\n")
}

/// Adds facts to the last paragraph, or as one of their own where that is a list, code, or anything else but prose.
pub(super) fn join_facts(paragraphs: &mut Vec<String>, facts: &[String]) {
    let facts = facts.join(" ");
    match paragraphs.last_mut() {
        _ if facts.is_empty() => {}
        Some(last) if ends_in_prose(last) => last.extend([" ", &facts]),
        Some(_) | None => paragraphs.push(facts),
    }
}

/// Whether a text is Markdown of plain sentences at its end, as every line of its last paragraph shows.
fn ends_in_prose(text: &str) -> bool {
    let is_prose = |line: &str| {
        let begins = line.chars().next().is_some_and(|sign| sign.is_alphabetic() || matches!(sign, '`' | '[' | '('));
        begins && !line.starts_with("```") && !line.contains('|')
    };
    let is_whole = text.ends_with(['.', '!', '?', '`', ')']);
    is_whole && !text.contains("```") && text.lines().rev().take_while(|line| !line.is_empty()).all(is_prose)
}

/// The documentation of a listed value.
pub(super) fn of_value(docs: &Docs, value: &str) -> String {
    let value = code(value);
    match &docs.description {
        Some(text) => format!("{value}: {}", sanitized(text)),
        None => value,
    }
}

/// The last line of an item's documentation.
pub(super) fn place(origin: &Pointer) -> String {
    format!("Spec: `{}`", one_line(origin.as_str()))
}

/// The API's title as a sentence goes on with it.
pub(super) fn title(api: &Api) -> String {
    let title = sanitized(&api.info.title).replace('\n', " ");
    if title.is_empty() {
        "the API".to_owned()
    } else if title.ends_with("API") && !title.to_lowercase().starts_with("the ") {
        format!("the {title}")
    } else {
        title
    }
}

fn said(docs: &Docs, fallback: &str) -> Vec<String> {
    let mut paragraphs = texts(docs, fallback);
    let facts = sentences(docs);
    if !facts.is_empty() {
        paragraphs.push(facts.join(" "));
    }
    paragraphs.extend(docs.facts.iter().map(|(heading, lines)| fact(heading, lines)));
    paragraphs
}

/// What the description says in words.
fn texts(docs: &Docs, fallback: &str) -> Vec<String> {
    let texts = [&docs.summary, &docs.description].into_iter().flatten().map(|text| sanitized(text));
    let mut paragraphs: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    if paragraphs.is_empty() && !fallback.is_empty() {
        paragraphs.push(fallback.to_owned());
    }
    paragraphs
}

pub(super) fn fact(heading: &str, lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| sanitized(line)).collect();
    format!("{}: {}", sanitized(heading), lines.join(", "))
}

/// Constraints, default, example, remarks, a sentence each.
pub(super) fn sentences(docs: &Docs) -> Vec<String> {
    let mut sentences: Vec<String> = docs.checks.iter().map(check).collect();
    let mut each = docs.each.as_deref();
    // Of lists of lists, the innermost says it.
    while let Some(outer) = each.filter(|each| each.checks.is_empty() && each.remarks.is_empty()) {
        each = outer.each.as_deref();
    }
    if let Some(each) = each {
        sentences.push(format!("Each: {}", self::sentences(each).join(" ")));
    }
    if let Some(default) = &docs.default {
        sentences.push(format!("Default: {}.", code(&default.to_string())));
    }
    if let Some(example) = &docs.example {
        let example = example.to_string();
        if example.len() <= 200 {
            sentences.push(format!("Example: {}.", code(&example)));
        }
    }
    sentences.extend(docs.remarks.iter().map(|remark| sanitized(remark)));
    sentences
}

fn check(check: &Check) -> String {
    let rule = rule(&check.rule);
    match &check.enforcement {
        Enforcement::Enforced | Enforcement::Documented => format!("{rule}."),
        Enforcement::SwitchedOff(reason) => {
            format!(
                "The description says: {}. This is not enforced: {}.",
                lower_first(&rule),
                sanitized(reason.trim_end_matches('.'))
            )
        }
    }
}

/// A rule as a sentence without its full stop.
pub(super) fn rule(rule: &Rule) -> String {
    match rule {
        Rule::MinLength(1) | Rule::MinItems(1) | Rule::MinProperties(1) => "Not empty".to_owned(),
        Rule::MinLength(length) => format!("At least {length} characters"),
        Rule::MaxLength(1) => "At most 1 character".to_owned(),
        Rule::MaxLength(length) => format!("At most {length} characters"),
        Rule::Pattern(pattern) => format!("Pattern: {}", code(pattern)),
        Rule::Minimum(limit) => format!("At least {}", bound(*limit)),
        Rule::ExclusiveMinimum(limit) => format!("More than {}", bound(*limit)),
        Rule::Maximum(limit) => format!("At most {}", bound(*limit)),
        Rule::ExclusiveMaximum(limit) => format!("Less than {}", bound(*limit)),
        Rule::MultipleOf(step) => format!("A multiple of {}", bound(*step)),
        Rule::MinItems(count) => format!("At least {count} items"),
        Rule::MaxItems(count) => format!("At most {count} items"),
        Rule::UniqueItems => "No item twice".to_owned(),
        Rule::MinProperties(count) => format!("At least {count} entries"),
        Rule::MaxProperties(count) => format!("At most {count} entries"),
    }
}

fn bound(bound: Bound) -> String {
    match bound {
        Bound::Integer(bound) => bound.to_string(),
        // With an exponent, since the digits behind those of a float would be made up.
        Bound::Float(bound) if bound.abs() >= 1e16 => format!("{bound:e}"),
        Bound::Float(bound) => bound.to_string(),
    }
}

pub(super) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Text as inline code, whatever is in it.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        return "the empty text".to_owned();
    }
    let ticks = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(ticks + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Text without line breaks and control characters.
fn one_line(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    text.chars().fold(String::new(), |mut line, c| {
        if c.is_control() {
            // Writing to a string cannot fail.
            let _ = write!(line, "{}", c.escape_default());
        } else if !super::markdown::is_deceptive(c) {
            line.push(c);
        }
        line
    })
}
