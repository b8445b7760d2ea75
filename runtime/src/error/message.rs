//! What a server says went wrong, read from the shapes in which servers say it.
//!
//! Takes any answer, gives one line of text. It must not know a description: these shapes come
//! from gateways that no description declares.

use http::StatusCode;

use crate::answer::Answer;
use crate::json::Json;
use crate::media_type::{content_type, essence};
use crate::value::Value;

/// How many characters of a server's text are shown.
const LIMIT: usize = 300;

/// The message of a failure, or the name of its status.
pub(crate) fn of(answer: &Answer) -> String {
    said(answer).unwrap_or_else(|| {
        let status = answer.status();
        match status.canonical_reason() {
            // The name of a success would say the opposite.
            _ if status.is_success() => "the answer reports a failure".to_owned(),
            Some(reason) => reason.to_owned(),
            None => status_line(status),
        }
    })
}

/// The message of an answer, if it has one.
pub(crate) fn said(answer: &Answer) -> Option<String> {
    let message = match Value::from_json(answer.body()) {
        Ok(value) => in_json(&value),
        Err(_) => in_text(answer),
    };
    message.map(|message| one_line(&message)).filter(|message| !message.is_empty())
}

/// The status and its name, where it has one.
pub(crate) fn status_line(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => format!("status {}", status.as_u16()),
    }
}

/// The text without line breaks and control characters, cut where it gets long.
pub(crate) fn one_line(text: &str) -> String {
    let words = text.split(|sign: char| sign.is_whitespace() || sign.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(LIMIT).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

fn in_json(body: &Value) -> Option<String> {
    let text = |pointer: &str| {
        let text = body.pointer(pointer)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    };
    text("/error/message")
        .or_else(|| in_list(body.get("errors")?.as_array()?))
        .or_else(|| text("/message"))
        .or_else(|| text("/error_description"))
        .or_else(|| text("/error"))
        .or_else(|| text("/detail"))
        .or_else(|| text("/title"))
        .or_else(|| body.as_str().map(str::to_owned))
}

/// `First message (code 7003); second message`.
fn in_list(errors: &[Value]) -> Option<String> {
    let messages = errors.iter().filter_map(|error| {
        let text = ["message", "detail", "title"].iter().find_map(|name| error.get(name)?.as_str());
        let text = text.or_else(|| error.as_str())?;
        Some(match error.get("code") {
            Some(Value::Number(code)) => format!("{text} (code {code})"),
            Some(Value::String(code)) => format!("{text} (code {code})"),
            _ => text.to_owned(),
        })
    });
    let messages: Vec<_> = messages.collect();
    (!messages.is_empty()).then(|| messages.join("; "))
}

fn in_text(answer: &Answer) -> Option<String> {
    let kind = essence(content_type(answer.headers()));
    // What says that it is neither is nothing to show.
    if !kind.is_empty() && !kind.starts_with("text/") && !kind.contains("html") && !kind.contains("json") {
        return None;
    }
    let start = answer.body().get(..answer.body().len().min(16 << 10)).unwrap_or_default();
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        // The cut may have gone through a character.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(start.get(..error.valid_up_to())?).ok()?,
        Err(_) => return None,
    };
    // Broken JSON may hold anything; a line of it would only confuse.
    if text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    if kind.contains("html") || text.trim_start().starts_with('<') {
        return Some(title(text).unwrap_or_else(|| without_tags(text)));
    }
    Some(text.to_owned())
}

fn title(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower.get(start..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find('<')?;
    html.get(start..end).map(str::to_owned).filter(|title| !title.trim().is_empty())
}

fn without_tags(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        // Before the first tag there is none to leave out.
        text.push_str(piece.split_once('>').map_or(if text.is_empty() { piece } else { "" }, |(_, after)| after));
        text.push(' ');
    }
    text
}
