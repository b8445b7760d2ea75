//! `Json` for types of other crates that a configuration can choose for a format.
//!
//! An offset is kept where the type has one.

use crate::json::{DecodeError, Json, Reader, Writer};
use crate::parameter::{Parameter, ParameterValue};

/// One line per type: what an error calls it, how its text is read, and how it is written.
macro_rules! texts {
    ($($ty:ty, $expected:literal, $parse:expr, $format:expr;)*) => {$(
        impl Json for $ty {
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.parse($expected, $parse)
            }

            fn write(&self, writer: &mut Writer) {
                let format: fn(&Self) -> String = $format;
                writer.string(&format(self));
            }
        }

        impl Parameter for $ty {
            fn parameter(&self) -> ParameterValue<'_> {
                let format: fn(&Self) -> String = $format;
                ParameterValue::Text(format(self).into())
            }
        }
    )*};
}

texts! {
    jiff::SpanFieldwise, "a duration", |text| text.parse().ok().map(Self), |span| span.0.to_string();
    std::net::Ipv4Addr, "an IPv4 address", |text| text.parse().ok(), ToString::to_string;
    std::net::Ipv6Addr, "an IPv6 address", |text| text.parse().ok(), ToString::to_string;
}

#[cfg(feature = "rust_decimal")]
texts! {
    rust_decimal::Decimal, "a decimal number", |text| text.parse().ok(), ToString::to_string;
}

#[cfg(feature = "chrono")]
texts! {
    chrono::DateTime<chrono::FixedOffset>, "a date and time with an offset",
        |text| Self::parse_from_rfc3339(text).ok(), |time| time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    chrono::NaiveDate, "a date", |text| text.parse().ok(), ToString::to_string;
    chrono::NaiveTime, "a time", |text| text.parse().ok(), ToString::to_string;
}

#[cfg(feature = "time")]
texts! {
    time::OffsetDateTime, "a date and time with an offset",
        |text| Self::parse(text, &time::format_description::well_known::Rfc3339).ok(),
        |time| time.format(&time::format_description::well_known::Rfc3339).unwrap_or_default();
    time::Date, "a date",
        |text| Self::parse(text, &time::format_description::well_known::Iso8601::DATE).ok(), ToString::to_string;
    time::Time, "a time",
        // It would take an offset, and lose it.
        |text| Self::parse(text, &time::format_description::well_known::Iso8601::TIME)
            .ok()
            .filter(|_| !text.contains(['Z', 'z', '+', '-'])),
        |time| time_of_day(*time);
}

/// Two digits each, and as much of a fraction as there is.
#[cfg(feature = "time")]
fn time_of_day(time: time::Time) -> String {
    let (hour, minute, second, nano) = time.as_hms_nano();
    let fraction = format!(".{nano:09}");
    let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
    format!("{hour:02}:{minute:02}:{second:02}{fraction}")
}
