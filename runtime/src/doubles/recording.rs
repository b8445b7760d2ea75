//! The file that a recorder writes and a replayer reads.
//!
//! JSON for people: one exchange after the other, bodies as JSON or text where they are.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::HeaderMap;

use crate::json::{Base64, Json, spread};
use crate::media_type::content_type;
use crate::object;
use crate::value::Value;

/// All that was said, in order.
#[derive(Clone, Default)]
pub(super) struct Recording {
    /// The names whose values are hidden besides the usual ones.
    pub(super) hidden: Vec<String>,
    pub(super) exchanges: Vec<Exchange>,
}

/// A request with its answer.
#[derive(Clone)]
pub(super) struct Exchange {
    pub(super) request: Sent,
    pub(super) answer: Answered,
}

#[derive(Clone)]
pub(super) struct Sent {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) json: Option<Value>,
    pub(super) text: Option<String>,
    pub(super) base64: Option<Base64>,
}

#[derive(Clone)]
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) json: Option<Value>,
    pub(super) text: Option<String>,
    pub(super) base64: Option<Base64>,
}

object!(Recording { "hidden" required hidden, "exchanges" required exchanges });
object!(Exchange { "request" required request, "answer" required answer });
object!(Sent {
    "method" required method, "url" required url, "headers" required headers, "json" any json,
    "text" optional text, "base64" optional base64
});
object!(Answered {
    "status" required status, "headers" required headers, "json" any json, "text" optional text,
    "base64" optional base64
});

/// A body, as the file has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Content {
    pub(super) json: Option<Value>,
    pub(super) text: Option<String>,
    pub(super) base64: Option<Base64>,
}

impl Content {
    /// JSON where it is, else text where it is, else bytes. What stands between the parts of a form
    /// is another one each time, and `boundary` here.
    pub(super) fn of(body: &[u8], headers: &HeaderMap) -> Self {
        if body.is_empty() {
            return Self::default();
        }
        let media_type = content_type(headers);
        let boundary = media_type.split_once("boundary=").map(|(_, boundary)| boundary.trim_matches('"'));
        match (Value::from_json(body), std::str::from_utf8(body)) {
            (Ok(json), _) => Self { json: Some(json), ..Self::default() },
            (Err(_), Ok(text)) => {
                let text = boundary.map_or_else(|| text.to_owned(), |boundary| text.replace(boundary, "boundary"));
                Self { text: Some(text), ..Self::default() }
            }
            (Err(_), Err(_)) => Self { base64: Some(Base64(body.to_vec())), ..Self::default() },
        }
    }
}

impl Answered {
    /// The bytes of the body; of JSON, with other white space than it came with.
    pub(super) fn body(&self) -> Bytes {
        match (&self.json, &self.text, &self.base64) {
            (Some(json), _, _) => json.to_json().into(),
            (None, Some(text), _) => text.clone().into(),
            (None, None, Some(base64)) => base64.0.clone().into(),
            (None, None, None) => Bytes::new(),
        }
    }
}

/// A value over several lines, as people read it.
pub(super) fn pretty(value: &Value) -> String {
    let mut text = String::new();
    // A `String` takes all that is written.
    let _ = spread(&value.to_string(), &mut text);
    text.push('\n');
    text
}
