//! Tables: calls of the run time's macros, which the printer would leave on one line.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};

use crate::format::line::{Line, braced, filled, inside, is_sign};

/// The widest line.
const WIDTH: usize = 100;

/// The first tokens of an item.
type Start = [Option<TokenTree>; 3];

/// The name and the arguments of an item that is `name!(…);`; its first tokens where it is something else.
pub(super) fn begin(start: Start) -> Result<(Ident, TokenStream), Start> {
    match start {
        [Some(TokenTree::Ident(name)), Some(bang), Some(TokenTree::Group(call))]
            if is_sign(&bang, '!') && call.delimiter() == Delimiter::Parenthesis =>
        {
            Ok((name, inside(call)))
        }
        start => Err(start),
    }
}

/// Lays out `name!(…);`, the rows of its braces filled into lines.
pub(super) fn print(name: &Ident, arguments: TokenStream) -> String {
    let mut head = Line::default();
    let mut rows = None;
    for token in arguments {
        match braced(token) {
            Ok(body) => rows = Some(split(body)),
            Err(token) => head.push(token),
        }
    }
    let head = format!("{name}!({}", head.text);
    let Some(rows) = rows else { return format!("{head});\n") };
    if rows.is_empty() {
        return format!("{head} {{}});\n");
    }
    let one_line = format!("{head} {{ {} }});\n", rows.join(" "));
    if one_line.len() <= WIDTH {
        return one_line;
    }
    format!("{head} {{\n{}}});\n", filled(&rows, WIDTH))
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
    use super::{begin, print};

    fn laid(text: &str) -> Option<String> {
        let mut tokens = text.parse::<proc_macro2::TokenStream>().unwrap().into_iter();
        let (name, arguments) = begin([tokens.next(), tokens.next(), tokens.next()]).ok()?;
        Some(print(&name, arguments))
    }

    #[test]
    fn rows_are_spaced_as_a_person_would() {
        let text = r#"object ! (types :: Pet { 0 "id" required id , 1 "n" default n = - 1 , 2 "s" default s = "x" . to_owned () ; .. rest }) ;"#;
        let table = laid(text).unwrap();
        assert_eq!(
            table,
            "object!(types::Pet { 0 \"id\" required id, 1 \"n\" default n = -1, 2 \"s\" default s = \"x\".to_owned(); ..rest });\n"
                .replace("{ 0", "{\n    0").replace("rest }", "rest\n}")
        );
        let text = "operation ! (A by a { X , Option < Vec < types :: B >> , E , success o => o . ok }) ;";
        assert_eq!(laid(text).unwrap(), "operation!(A by a { X, Option<Vec<types::B>>, E, success o => o.ok });\n");
        let text = r#"union ! (types :: A , by "k" { "x" | "y" => B , _ => Unknown }) ;"#;
        assert_eq!(laid(text).unwrap(), "union!(types::A, by \"k\" { \"x\" | \"y\" => B, _ => Unknown });\n");
        let text = r#"union ! (types :: A { 0 B : Shape :: object (& ["x"]) . required (& ["x" , "y"]) }) ;"#;
        assert_eq!(
            laid(text).unwrap(),
            "union!(types::A { 0 B: Shape::object(&[\"x\"]).required(&[\"x\", \"y\"]) });\n"
        );
        assert_eq!(laid("newtype ! (types :: A , parameter) ;").unwrap(), "newtype!(types::A, parameter);\n");
        assert_eq!(
            laid("answers ! (types :: A { 404 => NotFound (json) , 500 ..= 599 => B , _ => C }) ;").unwrap(),
            "answers!(types::A { 404 => NotFound(json), 500..=599 => B, _ => C });\n"
        );
        assert!(laid("pub struct A ;").is_none());
    }
}
