//! The places of nodes in a JSON text.
//!
//! Takes a text that was parsed as JSON before, and the wanted nodes; marks where they stand. As the text is known to
//! be JSON (and to be nested less than 128 levels deep, which bounds the recursion), nothing is checked twice: on any
//! other text the scan ends early. What nothing is wanted of is passed over by its brackets.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr2, memchr3};

use crate::source::places::Wanted;

pub(super) fn scan(text: &str, wanted: &mut Wanted) {
    let mut scan = Scan { text, offset: 0, wanted };
    scan.skip_space();
    let start = scan.offset;
    scan.wanted.mark(Wanted::ROOT, start..start + 1);
    // Ends with `None` where the text ends early, and there is nothing to say about that here.
    let _ended = scan.value(Some(Wanted::ROOT));
}

/// Where the list item that starts at a byte ends.
pub(super) fn end_of_item(text: &str, start: usize) -> usize {
    let mut scan = Scan { text, offset: start, wanted: &mut Wanted::default() };
    let _ended = scan.value(None);
    scan.offset.min(text.len())
}

/// Where the entry whose key starts at a byte ends.
pub(super) fn end_of_entry(text: &str, start: usize) -> usize {
    let mut scan = Scan { text, offset: start, wanted: &mut Wanted::default() };
    if scan.string().is_some() {
        scan.skip_space();
        // The colon.
        scan.offset += 1;
        scan.skip_space();
        let _ended = scan.value(None);
    }
    scan.offset.min(text.len())
}

struct Scan<'t, 'w> {
    text: &'t str,
    offset: usize,
    wanted: &'w mut Wanted,
}

impl Scan<'_, '_> {
    fn value(&mut self, at: Option<usize>) -> Option<()> {
        match (self.peek()?, at) {
            (b'{', Some(at)) => self.object(at),
            (b'[', Some(at)) => self.list(at),
            (b'{', None) => self.skip(b'{', b'}'),
            (b'[', None) => self.skip(b'[', b']'),
            (b'"', _) => self.string().map(|_| ()),
            _ => {
                let rest = self.text.get(self.offset..)?;
                self.offset += rest.find([',', ']', '}']).unwrap_or(rest.len());
                Some(())
            }
        }
    }

    /// Passes over an object or a list in which nothing is wanted, by the brackets of its kind.
    fn skip(&mut self, open: u8, close: u8) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            let rest = self.text.as_bytes().get(self.offset..)?;
            let index = memchr3(b'"', open, close, rest)?;
            self.offset += index;
            match rest.get(index) {
                Some(b'"') => self.offset = self.string()?.end,
                Some(bracket) => {
                    self.offset += 1;
                    depth = if *bracket == open { depth + 1 } else { depth.checked_sub(1)? };
                }
                None => return None,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn object(&mut self, at: usize) -> Option<()> {
        self.offset += 1;
        loop {
            self.skip_space();
            if self.peek()? == b'}' {
                self.offset += 1;
                return Some(());
            }
            let key = self.string()?;
            let child = self.wanted.child(at, &unescape(self.text.get(key.clone())?));
            if let Some(child) = child {
                self.wanted.mark(child, key);
            }
            self.skip_space();
            // The colon.
            self.offset += 1;
            self.skip_space();
            self.value(child)?;
            self.skip_comma();
        }
    }

    fn list(&mut self, at: usize) -> Option<()> {
        self.offset += 1;
        for index in 0_usize.. {
            self.skip_space();
            if self.peek()? == b']' {
                break;
            }
            let start = self.offset;
            let child = self.wanted.child(at, &index.to_string());
            let opens = matches!(self.peek()?, b'{' | b'[');
            self.value(child)?;
            if let Some(child) = child {
                let scalar = self.text.get(start..self.offset)?.trim_end();
                self.wanted.mark(child, start..start + if opens { 1 } else { scalar.len() });
            }
            self.skip_comma();
        }
        self.offset += 1;
        Some(())
    }

    /// Passes over a string, and gives its bytes with the quotes.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.offset;
        self.offset += 1;
        loop {
            let rest = self.text.as_bytes().get(self.offset..)?;
            let index = memchr2(b'"', b'\\', rest)?;
            if rest.get(index) == Some(&b'"') {
                self.offset += index + 1;
                return Some(start..self.offset);
            }
            // What follows a backslash ends nothing.
            self.offset += index + 2;
        }
    }

    fn skip_comma(&mut self) {
        self.skip_space();
        if self.peek() == Some(b',') {
            self.offset += 1;
        }
    }

    fn skip_space(&mut self) {
        let rest = self.text.as_bytes().get(self.offset..).unwrap_or_default();
        self.offset += rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }
}

/// The text of a string in quotes.
fn unescape(quoted: &str) -> Cow<'_, str> {
    if quoted.contains('\\') {
        return serde_json::from_str::<String>(quoted).unwrap_or_default().into();
    }
    quoted.trim_matches('"').into()
}
