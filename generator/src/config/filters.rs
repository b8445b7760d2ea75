//! Which operations of a description are generated.
//!
//! | a filter | selects |
//! |---|---|
//! | `pets/list` | the operation of that `operationId` |
//! | `GET /pets/{id}`, `* /admin/**` | operations by method (or `*`, any) and path |
//! | `tag:Pets` | the operations that have the tag |
//!
//! Everywhere `*` stands for any text without `/`, and `**` for any text; `/**` also for nothing, so that `/pets/**` is
//! `/pets` and all below. There are no other signs: braces are those of the path.

use std::fmt;

use crate::config::glob::matches;
use crate::diagnostic::Place;

/// Which operations are generated: those that an inclusion selects, or all where there is none, without those that an
/// exclusion selects.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// What is generated, if not all.
    pub include: Vec<Filter>,
    /// What is left out of it.
    pub exclude: Vec<Filter>,
}

/// A pattern for operations.
#[derive(Clone, Debug)]
pub struct Filter {
    selector: Selector,
    /// Where it was given.
    pub at: Place,
}

#[derive(Clone, Debug)]
enum Selector {
    Id(String),
    /// The method in capitals, or `*`; the path.
    Route(String, String),
    Tag(String),
}

/// What a filter can see of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its `operationId`.
    pub id: Option<&'a str>,
    /// Its method, in capitals.
    pub method: &'a str,
    /// Its path.
    pub path: &'a str,
    /// Its tags.
    pub tags: &'a [String],
}

const METHODS: &[&str] = &["*", "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY"];

impl Filter {
    /// Reads a filter.
    #[must_use]
    pub fn new(text: &str, at: Place) -> Self {
        let text = text.trim();
        let route =
            text.split_once(char::is_whitespace).map(|(method, path)| (method.to_ascii_uppercase(), path.trim()));
        let selector = match (route, text.strip_prefix("tag:")) {
            (_, Some(tag)) => Selector::Tag(tag.trim().to_owned()),
            (Some((method, path)), None) if METHODS.contains(&method.as_str()) && path.starts_with(['/', '*']) => {
                Selector::Route(method, path.to_owned())
            }
            (_, None) => Selector::Id(text.to_owned()),
        };
        Self { selector, at }
    }

    /// Whether it selects an operation.
    #[must_use]
    pub fn selects(&self, operation: Candidate<'_>) -> bool {
        match &self.selector {
            Selector::Id(id) => operation.id.is_some_and(|found| matches(id, found)),
            Selector::Route(method, path) => matches(method, operation.method) && matches(path, operation.path),
            Selector::Tag(tag) => operation.tags.iter().any(|found| matches(tag, found)),
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.selector {
            Selector::Id(id) => f.write_str(id),
            Selector::Route(method, path) => write!(f, "{method} {path}"),
            Selector::Tag(tag) => write!(f, "tag:{tag}"),
        }
    }
}

impl Filters {
    /// Whether they let everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// All of them, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = &Filter> {
        self.include.iter().chain(&self.exclude)
    }

    /// Whether an operation is generated.
    #[must_use]
    pub fn keep(&self, operation: Candidate<'_>) -> bool {
        let is_selected = |filters: &[Filter]| filters.iter().any(|filter| filter.selects(operation));
        (self.include.is_empty() || is_selected(&self.include)) && !is_selected(&self.exclude)
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Filter};
    use crate::diagnostic::Place;

    #[test]
    fn filters_select_by_id_route_and_tag() {
        let tags = ["Pets".to_owned(), "Old things".to_owned()];
        let operation = Candidate { id: Some("pets/get by id"), method: "GET", path: "/pets/{id}", tags: &tags };
        for text in [
            "pets/get by id",
            "pets/*",
            "**",
            "GET /pets/{id}",
            "get  /pets/*",
            "* /pets/**",
            "GET **",
            "tag:Pets",
            "tag: Old *",
        ] {
            assert!(Filter::new(text, Place::File(String::new())).selects(operation), "{text}");
        }
        for text in
            ["pets", "*", "POST /pets/{id}", "GET /pets", "GET /pets/{name}", "tag:Pet", "tag:", "", "/pets/{id}"]
        {
            assert!(!Filter::new(text, Place::File(String::new())).selects(operation), "{text}");
        }
    }
}
