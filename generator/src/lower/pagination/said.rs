//! What the configuration says of pages: `none`, or how the next one is asked for, and where the items are.
//!
//! ```text
//! page=page_no, first=1, items=data, size=per_page, total=paging.total_count
//! offset=skip, items=data
//! cursor=page_token, next=meta.next_token, items=data.things
//! url=links.next, items=data
//! link
//! ```

use crate::ir;
use crate::lower::pagination::shapes::Shapes;
use crate::lower::pagination::{first_page, output};

const KEYS: &[&str] = &["page", "first", "offset", "cursor", "next", "url", "link", "items", "size", "total"];

/// What the configuration says of an operation.
pub(super) enum Said {
    /// It has no pages, whatever its names are.
    Whole,
    Paged(ir::Pagination),
}

impl<'t> Shapes<'t> {
    /// The pages as the text says; nothing where the text or the operation does not have that.
    pub(super) fn said(self, operation: &'t ir::Operation, text: &str) -> Option<Said> {
        if text.trim() == "none" {
            return Some(Said::Whole);
        }
        let entries = text.split(',').map(|entry| entry.split_once('=').unwrap_or((entry, "")));
        let entries: Vec<(&str, &str)> = entries.map(|(key, value)| (key.trim(), value.trim())).collect();
        if !entries.iter().all(|(key, value)| KEYS.contains(key) && value.is_empty() == (*key == "link")) {
            return None;
        }
        let get = |key: &str| entries.iter().find(|(known, _)| *known == key).map(|(_, value)| (*value).to_owned());
        let place = |key: &str| get(key).map(|place| place.split('.').map(str::to_owned).collect::<Vec<_>>());
        let first = match get("first") {
            Some(first) => Some(first.parse().ok()?),
            None => None,
        };
        let ways = [
            get("page").map(|parameter| ir::NextPage::Number {
                first: first.unwrap_or_else(|| first_page(operation, &parameter)),
                parameter,
            }),
            get("offset").map(ir::NextPage::Offset),
            get("cursor").zip(place("next")).map(|(parameter, place)| ir::NextPage::Cursor { parameter, place }),
            place("url").map(ir::NextPage::Url),
            get("link").map(|_| ir::NextPage::Link),
        ];
        let mut ways = ways.into_iter().flatten();
        let (Some(next), None) = (ways.next(), ways.next()) else { return None };
        let items = place("items").or_else(|| self.items(output(operation)?))?;
        self.pagination(operation, next, items, get("size"), place("total").unwrap_or_default()).map(Said::Paged)
    }
}
