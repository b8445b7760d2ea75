//! The text of server-sent events: bytes in, events out.
//!
//! Follows the HTML standard's "event stream interpretation", wherever the chunks are cut.

use std::collections::VecDeque;
use std::time::Duration;

use crate::streams::TooLong;

/// An event, as it came.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct EventText {
    pub(super) id: Option<String>,
    pub(super) event: Option<String>,
    pub(super) data: String,
}

/// What has come of a stream of events.
#[derive(Debug, Default)]
pub(super) struct Parser {
    line: Vec<u8>,
    /// The last byte was a carriage return, which a line feed may belong to.
    after_return: bool,
    /// The first line, before which a byte order mark may stand, is over.
    started: bool,
    event: Option<String>,
    data: Option<String>,
    pub(super) last_id: Option<String>,
    pub(super) retry: Option<Duration>,
}

impl Parser {
    /// For a connection that goes on after another one.
    pub(super) fn again(&self) -> Self {
        Self { last_id: self.last_id.clone(), retry: self.retry, ..Self::default() }
    }

    /// Takes a chunk, and adds the events that it completes.
    pub(super) fn push(&mut self, chunk: &[u8], limit: usize, events: &mut VecDeque<EventText>) -> Result<(), TooLong> {
        let mut rest = chunk;
        while let Some((first, after)) = rest.split_first() {
            if std::mem::take(&mut self.after_return) && *first == b'\n' {
                rest = after;
                continue;
            }
            let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
            if self.line.len() + line.len() + self.data.as_ref().map_or(0, String::len) > limit {
                return Err(TooLong);
            }
            self.line.extend_from_slice(line);
            rest = after;
            if let Some((end, after)) = after.split_first() {
                self.after_return = *end == b'\r';
                rest = after;
                events.extend(self.end_line());
            }
        }
        Ok(())
    }

    fn end_line(&mut self) -> Option<EventText> {
        let bytes = std::mem::take(&mut self.line);
        let is_first = !std::mem::replace(&mut self.started, true);
        let mark = if is_first { bytes.strip_prefix(b"\xef\xbb\xbf") } else { None };
        let line = String::from_utf8_lossy(mark.unwrap_or(&bytes));
        if line.is_empty() {
            let event = self.event.take().filter(|event| !event.is_empty());
            let data = self.data.take()?;
            return Some(EventText { id: self.last_id.clone(), event, data });
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            "event" => self.event = Some(value.to_owned()),
            "id" if !value.contains('\0') => self.last_id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            // A comment, or a field of the future.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{feff}: hello\nid: 1\ndata: a\r\ndata:b\rdata\n\ndata:  ü\r\n\r\nevent: x\r\r\
        retry: 250\nretry: soon\nid\nevent: add\ndata: {}\nunknown: 1\n\nid: 2\0\ndata: cut";

    fn event(id: &str, event: Option<&str>, data: &str) -> EventText {
        EventText { id: Some(id.to_owned()), event: event.map(str::to_owned), data: data.to_owned() }
    }

    #[test]
    fn events_are_the_same_wherever_the_chunks_are_cut() {
        let expected = [event("1", None, "a\nb\n"), event("1", None, " ü"), event("", Some("add"), "{}")];
        for size in 1..=TEXT.len() {
            let (mut parser, mut events) = (Parser::default(), VecDeque::new());
            for chunk in TEXT.as_bytes().chunks(size) {
                parser.push(chunk, 64, &mut events).unwrap();
            }
            assert_eq!(events, expected, "chunks of {size}");
            assert_eq!((parser.retry, parser.last_id.as_deref()), (Some(Duration::from_millis(250)), Some("")));
        }
    }

    #[test]
    fn an_event_has_a_limit_and_a_stream_has_none() {
        let push = |text: &str| Parser::default().push(text.as_bytes(), 16, &mut VecDeque::new());
        assert_eq!(push(&"data: 12345678\n\n".repeat(100)), Ok(()));
        assert_eq!(push("data: 123456789ab"), Err(TooLong));
        assert_eq!(push(&"data: 1234\n".repeat(3)), Err(TooLong));
    }
}
