//! JSON texts one after the other: bytes in, texts out.

use std::collections::VecDeque;

use crate::streams::TooLong;

/// What stands between the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    /// A line feed: `application/jsonl`, `application/x-ndjson`.
    LineFeed,
    /// The record separator: `application/json-seq`.
    Record,
}

/// What has come of a text that is not over.
#[derive(Debug)]
pub(super) struct Splitter {
    separator: u8,
    text: Vec<u8>,
}

impl Splitter {
    pub(super) fn new(separator: Separator) -> Self {
        let separator = match separator {
            Separator::LineFeed => b'\n',
            Separator::Record => 0x1e,
        };
        Self { separator, text: Vec::new() }
    }

    /// Takes a chunk, and adds the texts that it completes.
    pub(super) fn push(&mut self, chunk: &[u8], limit: usize, texts: &mut VecDeque<Vec<u8>>) -> Result<(), TooLong> {
        let separator = self.separator;
        let mut pieces = chunk.split(|byte| *byte == separator).peekable();
        while let Some(piece) = pieces.next() {
            if self.text.len() + piece.len() > limit {
                return Err(TooLong);
            }
            self.text.extend_from_slice(piece);
            if pieces.peek().is_some() {
                texts.extend(self.end());
            }
        }
        Ok(())
    }

    /// The last text, which nothing need follow.
    pub(super) fn end(&mut self) -> Option<Vec<u8>> {
        let mut text = std::mem::take(&mut self.text);
        if text.starts_with(b"\xef\xbb\xbf") {
            text.drain(..3);
        }
        (!text.trim_ascii().is_empty()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(separator: Separator, text: &str, size: usize) -> VecDeque<Vec<u8>> {
        let (mut splitter, mut texts) = (Splitter::new(separator), VecDeque::new());
        for chunk in text.as_bytes().chunks(size) {
            splitter.push(chunk, 16, &mut texts).unwrap();
        }
        texts.extend(splitter.end());
        texts
    }

    #[test]
    fn texts_are_the_same_wherever_the_chunks_are_cut() {
        for size in 1..30 {
            let lines = split(Separator::LineFeed, "\u{feff}{\"a\":\"ü\"}\r\n\n[1]\n2", size);
            assert_eq!(lines, ["{\"a\":\"ü\"}\r".as_bytes(), b"[1]", b"2"]);
            let records = split(Separator::Record, "\x1e[1,\n2]\n\x1e\x1e3\n", size);
            assert_eq!(records, [&b"[1,\n2]\n"[..], b"3\n"]);
        }
    }

    #[test]
    fn a_text_has_a_limit() {
        let mut splitter = Splitter::new(Separator::LineFeed);
        assert_eq!(splitter.push(&b"[1,2,3]\n".repeat(9), 8, &mut VecDeque::new()), Ok(()));
        assert_eq!(splitter.push(b"[1,2,3,4]", 8, &mut VecDeque::new()), Err(TooLong));
    }
}
