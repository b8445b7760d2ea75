//! `Json` for strings of a certain form: UUIDs, dates and times, base64.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::json::{DecodeError, Json, Reader, Writer};

/// The standard alphabet, written with padding and read with or without it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes that stand in JSON as base64 text (`format: byte`).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Vec<u8>);

impl Base64 {
    /// The base64 text.
    #[must_use]
    pub fn encode(&self) -> String {
        BASE64.encode(&self.0)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Json for Base64 {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parse("base64", |text| BASE64.decode(text).ok().map(Self))
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(&self.encode());
    }
}

/// Without padding, as RFC 7515 has it, and read with or without.
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_encode_padding(false).with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes that stand in JSON as text of the alphabet for URLs (`format: base64url`).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64Url(pub Vec<u8>);

impl Base64Url {
    /// The text.
    #[must_use]
    pub fn encode(&self) -> String {
        BASE64_URL.encode(&self.0)
    }
}

impl From<Vec<u8>> for Base64Url {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Json for Base64Url {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parse("base64 for URLs", |text| BASE64_URL.decode(text).ok().map(Self))
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(&self.encode());
    }
}

impl Json for uuid::Uuid {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parse("a UUID", |text| text.parse().ok())
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(self.hyphenated().encode_lower(&mut Self::encode_buffer()));
    }
}

/// What services write who mean "never": the last second of RFC 3339. jiff's last instant is a day earlier, and stands for
/// all that are later.
const LAST_SECOND: &str = "9999-12-31T23:59:59Z";

/// An instant as it goes out.
pub(crate) fn instant(instant: &jiff::Timestamp) -> Cow<'static, str> {
    if *instant == jiff::Timestamp::MAX { LAST_SECOND.into() } else { instant.to_string().into() }
}

/// The last instant, for a text that names a later one.
fn last_instant(text: &str) -> Option<jiff::Timestamp> {
    let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
    let is_later = pieces.offset().is_some() && pieces.date() >= jiff::civil::date(9999, 12, 30);
    is_later.then_some(jiff::Timestamp::MAX)
}

impl Json for jiff::Timestamp {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.parse("a date and time with an offset", |text| text.parse().ok().or_else(|| last_instant(text)))
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(&instant(self));
    }
}

/// One line per type of date or time: the type, and what an error calls it.
macro_rules! times {
    ($($time:ty, $expected:literal;)*) => {$(
        impl Json for $time {
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.parse($expected, |text| text.parse().ok())
            }

            fn write(&self, writer: &mut Writer) {
                writer.string(&self.to_string());
            }
        }
    )*};
}

times! {
    jiff::civil::Date, "a date";
    jiff::civil::Time, "a time";
}
