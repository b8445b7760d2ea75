//! The byte writer that `Json::write` is made of.
//!
//! Takes values and gives a JSON text without white space. Commas are placed by looking at the byte
//! before, so there is no state to get wrong.

use std::collections::BTreeMap;
use std::fmt;

use crate::json::Json;
use crate::patch::Patch;
use crate::value::Value;

/// Writes JSON into a byte buffer.
///
/// ```
/// use clientwright_runtime::Writer;
///
/// let mut writer = Writer::new();
/// writer.begin_object();
/// writer.field("name", &"Ada".to_owned());
/// writer.optional("age", &None::<u8>);
/// writer.end_object();
/// assert_eq!(writer.into_bytes(), br#"{"name":"Ada"}"#);
/// ```
#[derive(Default)]
pub struct Writer {
    out: Vec<u8>,
    secrets: Secrets,
}

/// What is written in place of secrets.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Secrets {
    #[default]
    Exposed,
    Redacted,
}

impl Writer {
    /// Starts an empty text.
    #[must_use]
    pub fn new() -> Self {
        // What most requests have fits in, and memory of this size costs no more than less of it.
        Self { out: Vec::with_capacity(1 << 10), secrets: Secrets::Exposed }
    }

    /// Starts an empty text for people to see.
    pub(crate) fn redacting() -> Self {
        Self { out: Vec::new(), secrets: Secrets::Redacted }
    }

    /// Ends the text.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.out.push(b'{');
    }

    /// Writes a field.
    pub fn field<T: Json>(&mut self, name: &str, value: &T) {
        self.key(name);
        value.write(self);
    }

    /// Writes a field that must be there.
    pub fn required<T: Json>(&mut self, name: &str, value: &T) {
        self.field(name, value);
    }

    /// Writes a field that must be there, as null where there is no value.
    pub fn nullable<T: Json>(&mut self, name: &str, value: &Option<T>) {
        self.field(name, value);
    }

    /// Writes a field that has a default.
    pub fn default<T: Json>(&mut self, name: &str, value: &T) {
        self.field(name, value);
    }

    /// Writes a field where there is a value, and nothing otherwise.
    pub fn optional<T: Json>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    /// Writes a field where there is a value, and nothing otherwise.
    pub fn nullish<T: Json>(&mut self, name: &str, value: &Option<T>) {
        self.optional(name, value);
    }

    /// Writes a field of any value where there is one.
    pub fn any(&mut self, name: &str, value: &Option<Value>) {
        self.optional(name, value);
    }

    /// Writes a field of three states: nothing, null, or the value.
    pub fn patch<T: Json>(&mut self, name: &str, value: &Patch<T>) {
        match value {
            Patch::Absent => {}
            Patch::Null => {
                self.key(name);
                self.null();
            }
            Patch::Value(value) => self.field(name, value),
        }
    }

    /// Writes the entries of a map into the object that is open.
    pub fn entries<T: Json>(&mut self, entries: &BTreeMap<String, T>) {
        for (key, value) in entries {
            self.entry(key, value);
        }
    }

    /// Writes an entry of a map.
    pub fn entry<T: Json>(&mut self, key: &str, value: &T) {
        self.field(key, value);
    }

    /// Writes a name and its colon; the value must follow.
    pub fn key(&mut self, name: &str) {
        self.comma();
        self.string(name);
        self.out.push(b':');
    }

    /// Closes an object.
    pub fn end_object(&mut self) {
        self.out.push(b'}');
    }

    /// Opens an array.
    pub fn begin_array(&mut self) {
        self.out.push(b'[');
    }

    /// Writes an item of an array.
    pub fn item<T: Json>(&mut self, value: &T) {
        self.comma();
        value.write(self);
    }

    /// Closes an array.
    pub fn end_array(&mut self) {
        self.out.push(b']');
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.out.extend_from_slice(b"null");
    }

    /// Writes a boolean.
    pub fn bool(&mut self, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    /// Writes an integer that may be beyond `i64`.
    pub fn unsigned(&mut self, value: u64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    /// Writes a number, in the shortest form that reads back as the same; what JSON cannot say
    /// (infinities, not a number) is null.
    pub fn float(&mut self, value: f64) {
        if !value.is_finite() {
            self.null();
        } else if let Some(integer) = exact_integer(value) {
            self.integer(integer);
        } else {
            self.out.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes());
        }
    }

    /// Like [`float`](Self::float), with the fewer digits that a single needs.
    pub fn single(&mut self, value: f32) {
        if !value.is_finite() || exact_integer(f64::from(value)).is_some() {
            self.float(f64::from(value));
        } else {
            self.out.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes());
        }
    }

    /// Writes a string.
    pub fn string(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        self.out.reserve(rest.len() + 2);
        self.out.push(b'"');
        loop {
            let (plain, tail) = rest.split_at(plain_length(rest));
            self.out.extend_from_slice(plain);
            let Some((byte, tail)) = tail.split_first() else { break };
            self.escape(*byte);
            rest = tail;
        }
        self.out.push(b'"');
    }

    /// Writes a string that is not for everybody's eyes.
    pub(crate) fn secret(&mut self, text: &str) {
        self.string(match self.secrets {
            Secrets::Exposed => text,
            Secrets::Redacted => "[redacted]",
        });
    }

    /// Writes what is JSON already.
    pub(crate) fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    fn comma(&mut self) {
        if !matches!(self.out.last(), None | Some(b'{' | b'[')) {
            self.out.push(b',');
        }
    }

    fn escape(&mut self, byte: u8) {
        let letter = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            _ => {
                let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' + half - 10 };
                self.out.extend_from_slice(b"\\u00");
                self.out.extend_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
                return;
            }
        };
        self.out.extend_from_slice(&[b'\\', letter]);
    }
}

/// Shows the length only: the text may hold a secret.
impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Writer({} bytes)", self.out.len())
    }
}

/// How many bytes come before the first that must be escaped.
fn plain_length(text: &[u8]) -> usize {
    // Without a way out of the middle of a block, its bytes are looked at all at once.
    let blocks = text.chunks_exact(16);
    let plain = blocks.take_while(|block| !block.iter().fold(false, |seen, byte| seen | must_escape(*byte)));
    let skipped = plain.count() * 16;
    let rest = text.get(skipped..).unwrap_or_default();
    skipped + rest.iter().position(|byte| must_escape(*byte)).unwrap_or(rest.len())
}

fn must_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// The integer that a float is, where every integer up to it is a float too.
fn exact_integer(value: f64) -> Option<i64> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    let integral = value.trunc().total_cmp(&value).is_eq() && value.abs() < LIMIT;
    // Negative zero has no integer, and keeps its sign as a float.
    let negative_zero = value == 0.0 && value.is_sign_negative();
    #[allow(clippy::cast_possible_truncation, reason = "it has no fraction and is within the limit")]
    let integer = value as i64;
    (integral && !negative_zero).then_some(integer)
}
