//! Lists that come in pages: how the next page is asked for.
//!
//! Takes what generated code says of an operation, a request and the answer to it; gives the request
//! of the next page, or nothing after the last.

mod place;
mod streams;

use std::hash::{DefaultHasher, Hash, Hasher};

use http::header::{HeaderMap, LINK};

pub use self::streams::{Items, Pages};
use crate::answer::Answer;
use crate::operation::Operation;
use crate::paging::place::{count_at, text_at};
use crate::request::Request;

/// The names that lead to a place in an answer.
pub type JsonPlace = &'static [&'static str];

/// An operation that gives a list page by page.
pub trait Paged: Operation {
    /// What the list consists of.
    type Item: Send + 'static;

    /// How the next page is asked for.
    const PAGING: Paging;

    /// The items of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// How an operation gives its list: how the next page is asked for, where the items of one are, and what they are.
#[macro_export]
macro_rules! paged {
    ($name:ident { $paging:expr, $page:ident => $items:expr, $item:ty $(,)? }) => {
        impl $crate::Paged for $name {
            type Item = $item;

            const PAGING: $crate::Paging = $paging;

            #[allow(deprecated)]
            fn items($page: Self::Output) -> ::std::vec::Vec<Self::Item> {
                $items
            }
        }
    };
}

/// How the next page of a list is asked for, and how the last one is known.
///
/// A page without items is the last one of those that are counted; so is one that has fewer than the
/// request asks for, one that reaches the total, and one that is the same as the one before.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    next: Next,
    items: JsonPlace,
    size: Option<&'static str>,
    total: JsonPlace,
}

#[derive(Clone, Copy, Debug)]
enum Next {
    Number { parameter: &'static str, first: u64 },
    Offset { parameter: &'static str },
    Cursor { parameter: &'static str, place: JsonPlace },
    Url { place: JsonPlace },
    Link,
}

impl Paging {
    /// The query parameter is the page's number, which begins with `first`.
    #[must_use]
    pub const fn number(parameter: &'static str, first: u64) -> Self {
        Self::new(Next::Number { parameter, first })
    }

    /// The query parameter is how many items come before the page.
    #[must_use]
    pub const fn offset(parameter: &'static str) -> Self {
        Self::new(Next::Offset { parameter })
    }

    /// The query parameter is what stands at a place in the page before.
    #[must_use]
    pub const fn cursor(parameter: &'static str, place: JsonPlace) -> Self {
        Self::new(Next::Cursor { parameter, place })
    }

    /// The page's URL stands at a place in the page before.
    #[must_use]
    pub const fn url(place: JsonPlace) -> Self {
        Self::new(Next::Url { place })
    }

    /// The page's URL is the one with `rel="next"` in the header `Link`.
    #[must_use]
    pub const fn link() -> Self {
        Self::new(Next::Link)
    }

    /// Sets where the items are; without it, the page is the list.
    #[must_use]
    pub const fn items(self, place: JsonPlace) -> Self {
        Self { items: place, ..self }
    }

    /// Sets the query parameter that says how many items a page has.
    #[must_use]
    pub const fn size(self, parameter: &'static str) -> Self {
        Self { size: Some(parameter), ..self }
    }

    /// Sets where the number of all items is.
    #[must_use]
    pub const fn total(self, place: JsonPlace) -> Self {
        Self { total: place, ..self }
    }

    const fn new(next: Next) -> Self {
        Self { next, items: &[], size: None, total: &[] }
    }

    /// The request that follows, after the answer to a request.
    fn follow(&self, request: &Request, answer: &Answer) -> Option<Request> {
        let mut next = request.again();
        match self.next {
            Next::Number { parameter, first } => {
                let number = number(request, parameter).unwrap_or(first);
                next.0.seen =
                    Some(self.count(request, answer, |count| number.saturating_sub(first).saturating_mul(count))?);
                next.set_query(parameter, &number.checked_add(1)?.to_string());
            }
            Next::Offset { parameter } => {
                let offset = number(request, parameter).unwrap_or(0);
                let seen = self.count(request, answer, |_| offset)?;
                next.set_query(parameter, &seen.items.to_string());
                next.0.seen = Some(seen);
            }
            Next::Cursor { parameter, place } => {
                let cursor = text_at(answer.body(), place)?;
                next.set_query(parameter, &cursor);
                if next.0.query == request.0.query {
                    return None;
                }
            }
            Next::Url { place } => next.0.target = Some(text_at(answer.body(), place)?),
            Next::Link => next.0.target = Some(linked(answer.headers())?),
        }
        (next.0.target.is_none() || next.0.target != request.0.target).then_some(next)
    }

    /// What is known after a page; none where it is the last one. `before` is how many items come before it, where it is
    /// the first one that was asked for, from how many it has.
    fn count(&self, request: &Request, answer: &Answer, before: impl FnOnce(u64) -> u64) -> Option<Seen> {
        let count = count_at(answer.body(), self.items).filter(|count| *count > 0)?;
        if self.size.and_then(|size| number(request, size)).is_some_and(|size| count < size) {
            return None;
        }
        let before = request.0.seen.map_or_else(|| before(count), |seen| seen.items);
        let seen = Seen { items: before.saturating_add(count), page: fingerprint(answer) };
        if request.0.seen.is_some_and(|earlier| earlier.page == seen.page) {
            return None;
        }
        let total = if self.total.is_empty() { None } else { text_at(answer.body(), self.total) };
        let total = total.and_then(|total| total.parse::<f64>().ok());
        #[allow(clippy::cast_precision_loss, reason = "no list has that many items")]
        let is_last = total.is_some_and(|total| seen.items as f64 >= total);
        if is_last { None } else { Some(seen) }
    }
}

/// What is known of the pages so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// How many items they have.
    items: u64,
    /// The last one, to know it again: a service that heeds no number gives it for ever.
    page: u64,
}

fn fingerprint(answer: &Answer) -> u64 {
    let mut hasher = DefaultHasher::new();
    answer.body().hash(&mut hasher);
    hasher.finish()
}

fn number(request: &Request, parameter: &str) -> Option<u64> {
    request.query_text(parameter)?.parse().ok()
}

/// The target with `rel="next"`: `<https://api.example.com/things?page=2>; rel="next"`.
fn linked(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().filter_map(|line| line.to_str().ok()).find_map(|line| {
        let mut rest = line;
        while let Some((_, tail)) = rest.split_once('<') {
            let (target, tail) = tail.split_once('>')?;
            // The parameters end where the next target begins.
            let parameters = tail.split('<').next().unwrap_or_default();
            let mut relations = parameters.split(';').filter_map(|parameter| parameter.trim().strip_prefix("rel="));
            let is_next = |names: &str| names.trim_matches([',', ' ', '"']).split(' ').any(|name| name == "next");
            if relations.any(is_next) {
                return Some(target.to_owned());
            }
            rest = tail;
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_link_to_the_next_page_is_found() {
        let next = |lines: &[&'static str]| {
            let lines = lines.iter().map(|line| (LINK, HeaderValue::from_static(line)));
            linked(&lines.collect())
        };
        let url = Some("https://a.b/c?page=2".to_owned());
        assert_eq!(next(&[r#"<https://a.b/c?page=2>; rel="next", <https://a.b/c?page=9>; rel="last""#]), url);
        assert_eq!(next(&[r#"<https://a.b/c?page=9>; rel="last", <https://a.b/c?page=2>; rel="next""#]), url);
        assert_eq!(next(&["<x>; rel=prev", r#"<https://a.b/c?page=2>; title="a, b"; rel="last next""#]), url);
        assert_eq!(next(&["<https://a.b/c?page=2>;rel=next"]), url);
        assert_eq!(next(&[r#"<x,y>; rel="prev""#, "<broken; rel=next", ""]), None);
        assert_eq!(next(&[]), None);
    }
}
