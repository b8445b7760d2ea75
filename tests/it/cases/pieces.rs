//! The pieces of the output that a case is about.

use clientwright::output::File;

use super::case::Case;

/// What can be shown: its name, the file it stands in, and how its items begin.
const KINDS: &[(&str, &str, &[&str])] = &[
    ("root", "lib.rs", &["//!"]),
    ("api", "client.rs", &["static API"]),
    ("headers", "headers.rs", &["pub trait"]),
    ("credentials", "client.rs", &["impl ClientBuilder"]),
    ("modules", "types.rs", &["mod ", "pub use "]),
    ("modules", "operations.rs", &["mod "]),
    ("uses", "types.rs", &["use "]),
    ("types", "types.rs", &["pub struct", "pub enum", "pub type", "impl"]),
    (
        "codec",
        "codec.rs",
        &["object!", "strings!", "integers!", "union!", "newtype!", "answers!", "parameter!", "impl"],
    ),
    ("function", "operations.rs", &["impl Client "]),
    ("call", "operations.rs", &["impl Call<"]),
    ("operation", "operations.rs", &["operation!"]),
    ("pages", "operations.rs", &["impl Paged for"]),
];

/// The shown pieces of each file, under its path.
pub(super) fn select<'f>(files: &'f [File], case: &Case) -> Vec<(&'f str, String)> {
    for name in &case.show {
        assert!(KINDS.iter().any(|(kind, ..)| kind == name), "{}: there is nothing called {name}", case.name);
    }
    let mut selected: Vec<(&str, String)> = Vec::new();
    for (kind, path, begins) in KINDS.iter().filter(|(kind, ..)| case.show.iter().any(|name| name == kind)) {
        for file in files.iter().filter(|file| is_of(&file.path, path)) {
            let items = split(&file.text).into_iter().filter(|item| {
                let head = head(item);
                // `Display` is the same for all newtypes that have it.
                let is_shown =
                    begins.iter().any(|begin| head.starts_with(begin)) && !head.starts_with("impl fmt::Display");
                is_shown && is_wanted(head, case)
            });
            let gap = if *kind == "codec" { "\n" } else { "\n\n" };
            let items: Vec<String> =
                if *kind == "credentials" { items.map(|item| credentials(&item)).collect() } else { items.collect() };
            let text = items.join(gap);
            match selected.iter_mut().find(|(other, _)| *other == file.path) {
                Some((_, other)) => *other = format!("{other}\n\n{text}"),
                None => selected.push((&file.path, text)),
            }
        }
    }
    selected
}

/// Whether a file is the one of a path, or a part of it.
fn is_of(file: &str, path: &str) -> bool {
    file == path || file.split_once('/').is_some_and(|(folder, _)| path.strip_suffix(".rs") == Some(folder))
}

/// The items of a formatted file: an item ends before an empty line that is followed by one without indentation, and
/// before a table.
fn split(text: &str) -> Vec<String> {
    let mut items: Vec<String> = vec![String::new()];
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_table = line.split_once("!(").is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase()));
        if is_table {
            items.push(format!("{line}\n"));
        } else if line.is_empty() && lines.peek().is_some_and(|next| !next.starts_with([' ', '}'])) {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push_str(line);
            item.push('\n');
        }
    }
    items.into_iter().map(|item| item.trim_end().to_owned()).collect()
}

/// The functions that set a credential, out of all that the builder has: the description has a place for each.
fn credentials(item: &str) -> String {
    let functions: Vec<&str> = item.split("\n\n").filter(|function| function.contains("/// Spec: ")).collect();
    format!("{}\n}}", functions.join("\n\n"))
}

/// The first line of an item that is no documentation and no attribute.
fn head(item: &str) -> &str {
    let is_code = |line: &&str| !line.starts_with("///") && !line.starts_with("#[");
    item.lines().find(is_code).unwrap_or_default()
}

fn is_wanted(head: &str, case: &Case) -> bool {
    let words: Vec<&str> = head.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    case.items.is_empty() || case.items.iter().any(|name| words.contains(&name.as_str()))
}
