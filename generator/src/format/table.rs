//! Tables: calls of the run time's macros, which the printer would leave on one line.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::format::line::Line;

/// The widest line.
const WIDTH: usize = 100;

/// Lays out `name!(…);`, the rows of its braces filled into lines; `None` where the item is something else.
pub(super) fn print(item: &TokenStream) -> Option<String> {
    let mut tokens = item.clone().into_iter();
    let (Some(TokenTree::Ident(name)), Some(TokenTree::Punct(bang)), Some(TokenTree::Group(call))) =
        (tokens.next(), tokens.next(), tokens.next())
    else {
        return None;
    };
    if bang.as_char() != '!' || call.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let mut head = Line::default();
    let mut rows = None;
    for token in call.stream() {
        match &token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => rows = Some(split(group.stream())),
            TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {
                head.push(token);
            }
        }
    }
    let head = format!("{name}!({}", head.text);
    let Some(rows) = rows else { return Some(format!("{head});\n")) };
    if rows.is_empty() {
        return Some(format!("{head} {{}});\n"));
    }
    let one_line = format!("{head} {{ {} }});\n", rows.join(" "));
    if one_line.len() <= WIDTH {
        return Some(one_line);
    }
    Some(format!("{head} {{\n{}}});\n", filled(&rows)))
}

/// Rows in lines that are as full as they can be.
fn filled(rows: &[String]) -> String {
    let mut lines = String::new();
    let mut width = 0;
    for row in rows {
        let length = row.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            lines.push('\n');
            width = 0;
        }
        if width == 0 {
            lines.push_str("    ");
            width = 4;
        } else {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(row);
        width += length;
    }
    lines + "\n"
}

/// The rows, each with its comma. One that is too long for a line goes on behind, a call a line.
fn split(tokens: TokenStream) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = Line::default();
    let mut calls: Vec<usize> = Vec::new();
    for token in tokens {
        let sign = if let TokenTree::Punct(punct) = &token { Some((punct.as_char(), punct.spacing())) } else { None };
        if sign == Some(('.', Spacing::Alone)) && !row.text.ends_with('.') {
            calls.push(row.text.len());
        }
        row.push(token);
        if matches!(sign, Some((',' | ';', _))) {
            rows.push(broken(std::mem::take(&mut row).text, &std::mem::take(&mut calls)));
        }
    }
    rows.extend(Some(broken(row.text, &calls)).filter(|text| !text.is_empty()));
    rows
}

fn broken(mut row: String, calls: &[usize]) -> String {
    if row.len() > WIDTH {
        for call in calls.iter().rev() {
            row.insert_str(*call, "\n        ");
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::print;

    #[test]
    fn rows_are_spaced_as_a_person_would() {
        let text = r#"object ! (types :: Pet { 0 "id" required id , 1 "n" default n = - 1 , 2 "s" default s = "x" . to_owned () ; .. rest }) ;"#;
        let laid = print(&text.parse().unwrap()).unwrap();
        assert_eq!(
            laid,
            "object!(types::Pet { 0 \"id\" required id, 1 \"n\" default n = -1, 2 \"s\" default s = \"x\".to_owned(); ..rest });\n"
                .replace("{ 0", "{\n    0").replace("rest }", "rest\n}")
        );
        let text = "operation ! (A by a { X , Option < Vec < types :: B >> , E , success o => o . ok }) ;";
        assert_eq!(
            print(&text.parse().unwrap()).unwrap(),
            "operation!(A by a { X, Option<Vec<types::B>>, E, success o => o.ok });\n"
        );
        let text = r#"union ! (types :: A , by "k" { "x" | "y" => B , _ => Unknown }) ;"#;
        assert_eq!(
            print(&text.parse().unwrap()).unwrap(),
            "union!(types::A, by \"k\" { \"x\" | \"y\" => B, _ => Unknown });\n"
        );
        let text = r#"union ! (types :: A { 0 B : Shape :: object (& ["x"]) . required (& ["x" , "y"]) }) ;"#;
        assert_eq!(
            print(&text.parse().unwrap()).unwrap(),
            "union!(types::A { 0 B: Shape::object(&[\"x\"]).required(&[\"x\", \"y\"]) });\n"
        );
        assert_eq!(
            print(&"newtype ! (types :: A , parameter) ;".parse().unwrap()).unwrap(),
            "newtype!(types::A, parameter);\n"
        );
        assert_eq!(
            print(&"answers ! (types :: A { 404 => NotFound (json) , 500 ..= 599 => B , _ => C }) ;".parse().unwrap())
                .unwrap(),
            "answers!(types::A { 404 => NotFound(json), 500..=599 => B, _ => C });\n"
        );
        assert!(print(&"pub struct A ;".parse().unwrap()).is_none());
    }
}
