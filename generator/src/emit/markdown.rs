//! Markdown of the description, made safe to stand in Rust documentation.
//!
//! It must not become a test that runs, a link that leads nowhere, HTML that is not closed, or text that reads other
//! than it is.

use std::borrow::Cow;

/// The text with the same meaning for a reader and none for the compiler.
pub(super) fn sanitized(text: &str) -> String {
    let text = plain(text);
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    let mut was_text = false;
    for line in text.trim().lines() {
        let line = line.trim_end();
        let bare = line.trim_start();
        match &fence {
            Some(open) if bare.starts_with(open.as_str()) && bare.trim_matches(['`', '~']).is_empty() => {
                lines.push(open.clone());
                fence = None;
            }
            Some(_) => lines.push(line.to_owned()),
            None => match fence_of(bare) {
                Some(open) => {
                    lines.push(format!("{open}text"));
                    fence = Some(open);
                }
                // Four spaces would begin a code block, which is a test, unless a paragraph goes on.
                None if was_text => lines.push(inline(bare)),
                None => lines.push(inline(line.get(line.len() - bare.len().min(line.len())..).unwrap_or(bare))),
            },
        }
        was_text = !bare.is_empty();
    }
    lines.extend(fence);
    lines.join("\n")
}

/// The text without characters that mean more than a letter or the end of a line.
fn plain(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return text.into();
    }
    text.replace("\r\n", "\n").chars().filter_map(replaced).collect()
}

/// What a character is replaced by.
fn replaced(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
        c if c.is_control() || is_deceptive(c) => None,
        c => Some(c),
    }
}

/// Characters that make text look other than it is.
pub(super) fn is_deceptive(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
}

fn fence_of(line: &str) -> Option<String> {
    ["`", "~"].iter().find_map(|sign| {
        let length = line.len() - line.trim_start_matches(sign).len();
        (length >= 3).then(|| sign.repeat(length))
    })
}

/// A line of text: brackets that are no links, angle brackets and bare addresses are made literal. What stands between
/// backticks stays as it is.
fn inline(line: &str) -> String {
    if !line.bytes().any(|byte| matches!(byte, b'`' | b'[' | b']' | b'<' | b'>')) && !line.contains("http") {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => code_span(rest),
            '[' => link(rest),
            'h' if !out.ends_with(char::is_alphanumeric) => address(rest),
            _ => None,
        };
        if let Some(taken) = taken {
            let (open, close) = if c == 'h' { ("<", ">") } else { ("", "") };
            out.extend([open, taken, close]);
            rest = rest.get(taken.len()..).unwrap_or_default();
            continue;
        }
        match c {
            '<' if auto_link(rest).is_some() => {
                let taken = auto_link(rest).unwrap_or_default();
                out.push_str(taken);
                rest = rest.get(taken.len()..).unwrap_or_default();
                continue;
            }
            '[' | ']' | '<' | '>' | '`' => {
                let is_quote = c == '>' && out.trim().is_empty();
                if !is_quote && !out.ends_with('\\') {
                    out.push('\\');
                }
                out.push(c);
            }
            c => out.push(c),
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

/// A code span at the start of the text.
fn code_span(text: &str) -> Option<&str> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let fence = text.get(..ticks)?;
    let end = text.get(ticks..)?.find(fence)?;
    text.get(..ticks + end + ticks)
}

/// `[text](https://…)` at the start of the text; any other bracket would be taken for a link to a Rust item.
fn link(text: &str) -> Option<&str> {
    let middle = text.find("](")?;
    let label = text.get(1..middle)?;
    let target = text.get(middle + 2..)?;
    let end = target.find(')')?;
    let address = target.get(..end)?;
    let is_absolute = ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    let is_simple = !label.contains(['[', ']', '<', '>', '`']) && !address.contains(['<', '>', ' ', '(', '"']);
    (is_absolute && is_simple).then(|| text.get(..middle + 2 + end + 1)).flatten()
}

/// `<https://…>` at the start of the text.
fn auto_link(text: &str) -> Option<&str> {
    let end = text.find('>')?;
    let inner = text.get(1..end)?;
    let is_address = ["http://", "https://"].iter().any(|scheme| inner.starts_with(scheme));
    (is_address && !inner.contains(char::is_whitespace) && !inner.contains('<')).then(|| text.get(..=end)).flatten()
}

/// A bare address at the start of the text.
fn address(text: &str) -> Option<&str> {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>[]()`\"'|\\".contains(c)).unwrap_or(text.len());
    let address = text.get(..end)?.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    (address.len() > "https://".len()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::sanitized;

    #[test]
    fn what_the_compiler_would_read_becomes_literal() {
        for (text, safe) in [
            ("plain", "plain"),
            ("a [Pet] and a[0]", "a \\[Pet\\] and a\\[0\\]"),
            ("see [docs](https://example.com/a).", "see [docs](https://example.com/a)."),
            ("see [docs](/a)", "see \\[docs\\](/a)"),
            ("at https://example.com/x, now", "at <https://example.com/x>, now"),
            ("`[x]<y>` <b>bold</b>", "`[x]<y>` \\<b\\>bold\\</b\\>"),
            ("> quoted", "> quoted"),
            ("a > b", "a \\> b"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("a\u{202e}b\u{7}", "ab"),
            ("```\nlet x = 1;\n```", "```text\nlet x = 1;\n```"),
            ("```rust\npanic!()", "```text\npanic!()\n```"),
            ("text\n\n    indented", "text\n\nindented"),
            ("a lone ` tick", "a lone \\` tick"),
            ("<https://example.com>", "<https://example.com>"),
        ] {
            assert_eq!(sanitized(text), safe, "{text:?}");
        }
    }
}
