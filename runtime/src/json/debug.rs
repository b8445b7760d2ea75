//! How generated types print for `Debug`: their name, and their JSON.
//!
//! One function for all of them. Those that a derive would write cost the compiler more than reading and writing.

use std::fmt;

use crate::json::{Json, Writer};

/// Prints the name of a type, which may be a path, and a value as it would be sent, secrets as `[redacted]`; with `{:#?}` a
/// property a line.
///
/// # Errors
///
/// When the formatter cannot be written to.
#[doc(hidden)]
pub fn debug<T: Json>(path: &str, value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut writer = Writer::redacting();
    value.write(&mut writer);
    let text = writer.into_bytes();
    let text = String::from_utf8_lossy(&text);
    let name = path.split('<').next().unwrap_or(path);
    f.write_str(name.rsplit("::").next().unwrap_or(name).trim())?;
    f.write_str(" ")?;
    if f.alternate() { spread(&text, f) } else { f.write_str(&text) }
}

/// Writes JSON that has no white space over several lines, as people read it.
pub(crate) fn spread(text: &str, f: &mut impl fmt::Write) -> fmt::Result {
    let mut depth = 0_usize;
    let mut is_string = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_empty = matches!((sign, signs.peek()), ('{', Some('}')) | ('[', Some(']')));
        match sign {
            '"' => is_string = !is_string,
            '\\' if is_string => {
                f.write_char(sign)?;
                if let Some(escaped) = signs.next() {
                    f.write_char(escaped)?;
                }
                continue;
            }
            _ if is_string => {}
            '{' | '[' if is_empty => {
                f.write_char(sign)?;
                f.write_char(if sign == '{' { '}' } else { ']' })?;
                signs.next();
                continue;
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(depth, f)?;
            }
            _ => {}
        }
        f.write_char(sign)?;
        match sign {
            _ if is_string => {}
            '{' | '[' => {
                depth += 1;
                new_line(depth, f)?;
            }
            ',' => new_line(depth, f)?,
            ':' => f.write_char(' ')?,
            _ => {}
        }
    }
    Ok(())
}

fn new_line(depth: usize, f: &mut impl fmt::Write) -> fmt::Result {
    write!(f, "\n{:1$}", "", depth * 2)
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn what_is_in_texts_is_left_and_what_is_empty_stays_together() {
        let mut shown = String::new();
        spread(r#"{"a":[1,{"b":"{,:\"}\\"}],"c":{},"d":[]}"#, &mut shown).unwrap();
        let lines = ["{", "  \"a\": [", "    1,", "    {", r#"      "b": "{,:\"}\\""#, "    }", "  ],"];
        assert_eq!(shown, [lines.join("\n").as_str(), "  \"c\": {},", "  \"d\": []", "}"].join("\n"));
    }
}
