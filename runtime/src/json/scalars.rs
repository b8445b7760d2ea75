//! `Json` for booleans, numbers and strings.
//!
//! Reading is lenient where nothing is lost: `1.0` and `1e2` are integers.

use crate::json::{DecodeError, Json, Reader, Writer};

impl Json for bool {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.bool()
    }

    fn write(&self, writer: &mut Writer) {
        writer.bool(*self);
    }
}

impl Json for String {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.string()
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

/// One line per integer type: its name, and the writer's word that holds it.
macro_rules! integers {
    ($($integer:ident $write:ident;)*) => {$(
        impl Json for $integer {
            fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                const EXPECTED: &str = concat!("an integer that fits `", stringify!($integer), "`");
                if let Some(integer) = reader.integer(EXPECTED)? {
                    return integer.try_into().map_err(|_| reader.mismatch(EXPECTED));
                }
                let text = reader.number(EXPECTED)?;
                text.parse()
                    .ok()
                    .or_else(|| integral(text)?.try_into().ok())
                    .ok_or_else(|| reader.mismatch(EXPECTED))
            }

            fn write(&self, writer: &mut Writer) {
                writer.$write((*self).into());
            }
        }
    )*};
}

integers! {
    i8 integer;
    i16 integer;
    i32 integer;
    i64 integer;
    u8 unsigned;
    u16 unsigned;
    u32 unsigned;
    u64 unsigned;
}

impl Json for f64 {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let number = reader.number("a number")?.parse().ok();
        number.filter(|number: &Self| number.is_finite()).ok_or_else(|| reader.mismatch("a number that fits `f64`"))
    }

    fn write(&self, writer: &mut Writer) {
        writer.float(*self);
    }
}

impl Json for f32 {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let number = reader.number("a number")?.parse().ok();
        number.filter(|number: &Self| number.is_finite()).ok_or_else(|| reader.mismatch("a number that fits `f32`"))
    }

    fn write(&self, writer: &mut Writer) {
        writer.single(*self);
    }
}

/// The integer that a JSON number is, exactly, whatever its notation.
pub(crate) fn integral(text: &str) -> Option<i128> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    if digits == 0 {
        return Some(0);
    }
    let mut shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    while shift < 0 {
        if digits % 10 != 0 {
            return None;
        }
        digits /= 10;
        shift += 1;
    }
    // Ten to the 38th is the last power that fits.
    if shift > 38 {
        return None;
    }
    digits.checked_mul(10_i128.checked_pow(shift.unsigned_abs())?)
}
