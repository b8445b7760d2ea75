//! The names by which pages are recognised, each list with the best first.

/// Lists of names, in small letters and without signs.
pub(super) struct Words;

impl Words {
    pub(super) const NUMBER: &[&str] = &["page", "pageno", "pagenumber", "pagenum", "pageindex", "currentpage"];
    pub(super) const OFFSET: &[&str] = &["offset", "skip", "startat", "startindex", "pageoffset"];
    pub(super) const CURSOR: &[&str] = &[
        "cursor",
        "pagecursor",
        "nextcursor",
        "aftercursor",
        "pagetoken",
        "nextpagetoken",
        "nexttoken",
        "continuationtoken",
        "continue",
        "marker",
        "after",
    ];
    pub(super) const SIZE: &[&str] =
        &["perpage", "pagesize", "itemsperpage", "pagelimit", "limit", "size", "maxresults", "maxitems", "top"];

    /// Lists in answers, and what holds one.
    pub(super) const ITEMS: &[&str] = &[
        "data",
        "items",
        "results",
        "result",
        "values",
        "value",
        "entries",
        "records",
        "objects",
        "elements",
        "list",
        "rows",
        "content",
        "hits",
        "resources",
        "nodes",
        "response",
        "embedded",
    ];
    pub(super) const NO_ITEMS: &[&str] =
        &["errors", "messages", "warnings", "links", "included", "meta", "metadata", "parameters", "facets"];

    /// What holds the word on the next page, or on the whole.
    pub(super) const HOLDER: &[&str] = &[
        "paging",
        "pagination",
        "pageinfo",
        "page",
        "meta",
        "metadata",
        "resultinfo",
        "responsemetadata",
        "links",
        "cursors",
        "next",
        "data",
        "result",
        "response",
    ];
    pub(super) const CURSOR_PLACE: &[&str] = &[
        "nextcursor",
        "nextpagetoken",
        "nexttoken",
        "nextpagecursor",
        "nextcontinuationtoken",
        "continuationtoken",
        "nextmarker",
        "endcursor",
        "after",
        "next",
        "cursor",
        "nextpage",
    ];
    pub(super) const URL_PLACE: &[&str] =
        &["nextlink", "odatanextlink", "nexturl", "nextpageurl", "nexthref", "next", "href"];
    pub(super) const TOTAL: &[&str] =
        &["totalcount", "total", "totalitems", "totalresults", "totalelements", "totalrecords", "numfound"];
}

/// The place of a name in a list.
pub(super) fn rank(name: &str, words: &[&str]) -> Option<usize> {
    let plain: String = name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    words.iter().position(|word| *word == plain)
}

pub(super) fn is_one_of(name: &str, words: &[&str]) -> bool {
    rank(name, words).is_some()
}
