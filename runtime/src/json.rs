//! How types meet JSON: one trait, a pull reader and a byte writer.
//!
//! Takes bytes and gives values, or an error that knows its place; takes values and gives bytes.
//! It must not know HTTP.

mod calendars;
mod containers;
mod debug;
mod error;
mod fields;
mod formats;
mod found;
mod lenient;
mod lookahead;
mod path;
mod reader;
mod scalars;
mod seen;
pub mod slot;
mod tokens;
mod writer;

pub use self::debug::debug;
#[cfg(feature = "mock")]
pub(crate) use self::debug::spread;
pub use self::error::DecodeError;
pub use self::fields::{Constructor, Fields, Groups, Ignored, Rest};
pub(crate) use self::formats::instant;
pub use self::formats::{Base64, Base64Url};
pub use self::lookahead::{Kind, Shape};
pub use self::reader::Reader;
pub(crate) use self::scalars::integral;
pub use self::writer::Writer;

/// What can be written as JSON: every [`Json`] type, and slices and text that are only borrowed.
pub trait ToJson {
    /// Writes the JSON text.
    fn write_text(&self, writer: &mut Writer);

    /// The JSON text.
    fn to_json_text(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        self.write_text(&mut writer);
        writer.into_bytes()
    }
}

impl<T: Json> ToJson for T {
    #[inline]
    fn write_text(&self, writer: &mut Writer) {
        self.write(writer);
    }
}

impl<T: Json> ToJson for [T] {
    fn write_text(&self, writer: &mut Writer) {
        writer.begin_array();
        for item in self {
            writer.item(item);
        }
        writer.end_array();
    }
}

impl ToJson for str {
    fn write_text(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

/// A type that is read from JSON and written as JSON.
///
/// Generated types implement it in a few plain lines; see [`Reader`] and [`Writer`] for the words
/// that these are made of.
pub trait Json: Sized {
    /// Reads one value.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, or not the JSON of this type.
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Writes the value: an object of [its fields](Self::write_fields), unless a type says otherwise.
    #[inline]
    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        self.write_fields(writer);
        writer.end_object();
    }

    /// Writes the fields of an object; nothing for a type that writes another value.
    ///
    /// A type writes one of both: an object its fields, so that opening and closing it is compiled once.
    #[inline]
    fn write_fields(&self, writer: &mut Writer) {
        let _ = writer;
    }

    /// What stands for a value that is missing, where a type has such a value: none, or empty.
    ///
    /// Only a client that reads leniently asks for it, and tells of it.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// Reads a whole text, which must hold one value and nothing else.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, not the JSON of this type, or goes on after the value.
    fn from_json(text: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(text)?;
        let value = Self::read(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }

    /// Writes the value as a JSON text.
    fn to_json(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        self.write(&mut writer);
        writer.into_bytes()
    }
}
