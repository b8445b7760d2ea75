//! Formats that have a type of their own: what belongs to them, and which texts mean the same.

/// Whether a text is of a format; any text is of a format that has no type.
pub(super) fn is_of(format: &str, text: &str) -> bool {
    match format {
        "date-time" => instant(text).is_some(),
        "date" => date(text).is_some(),
        "uuid" => uuid(text).is_some(),
        "byte" | "base64" => base64(text).is_some(),
        "base64url" => base64(&plain(text)).is_some() && !text.contains(['+', '/']),
        _ => true,
    }
}

/// The type of the numbers of a format, which counts where a schema names none.
pub(super) fn type_of_numbers(format: &str) -> Option<&'static str> {
    match format {
        "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" | "uint" => Some("integer"),
        "float" | "double" => Some("number"),
        _ => None,
    }
}

/// Whether a number is of a format.
pub(super) fn holds(format: &str, number: f64) -> bool {
    let (low, high) = match format {
        "int8" => (f64::from(i8::MIN), f64::from(i8::MAX)),
        "int16" => (f64::from(i16::MIN), f64::from(i16::MAX)),
        "int32" => (f64::from(i32::MIN), f64::from(i32::MAX)),
        "uint8" => (0.0, f64::from(u8::MAX)),
        "uint16" => (0.0, f64::from(u16::MAX)),
        "uint32" => (0.0, f64::from(u32::MAX)),
        "uint64" | "uint" => (0.0, f64::MAX),
        _ => return true,
    };
    (low..=high).contains(&number)
}

/// Whether two texts of a format mean the same: an instant in another time zone, a UUID in capitals, base64 without its
/// padding.
pub(super) fn mean_the_same(format: &str, one: &str, other: &str) -> bool {
    fn same<T: PartialEq>(read: fn(&str) -> Option<T>, one: &str, other: &str) -> bool {
        read(one).is_some_and(|one| read(other) == Some(one))
    }
    match format {
        "date-time" => same(instant, one, other),
        "uuid" => same(uuid, one, other),
        "byte" | "base64" => same(|text| base64(text).map(str::to_owned), one, other),
        "base64url" => one.trim_end_matches('=') == other.trim_end_matches('='),
        _ => false,
    }
}

/// The last second of the type for instants, which stands for all later ones: they mean "never".
const LAST_INSTANT: i64 = 253_402_207_200;

/// The seconds since 1970 and the digits behind them, by RFC 3339.
fn instant(text: &str) -> Option<(i64, String)> {
    let (day, time) = text.split_once(['T', 't', ' '])?;
    let days = date(day)?;
    let (time, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, 0),
        None => {
            let at = time.rfind(['+', '-'])?;
            let (time, offset) = (time.get(..at)?, time.get(at..)?);
            let (hours, minutes) = offset.get(1..)?.split_once(':')?;
            let minutes = two(hours)? * 60 + two(minutes)?;
            (time, if offset.starts_with('-') { -minutes } else { minutes })
        }
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = time.split(':').map(two);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let is_time = parts.next().is_none() && hour < 24 && minute < 60 && second < 61;
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !is_time || !is_fraction {
        return None;
    }
    let seconds = days * 86_400 + hour * 3600 + (minute - offset) * 60 + second;
    if seconds > LAST_INSTANT {
        return Some((LAST_INSTANT + 1, String::new()));
    }
    Some((seconds, fraction.trim_end_matches('0').to_owned()))
}

/// The days since 1970.
fn date(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, two(parts.next()?)?, two(parts.next()?)?);
    if parts.next().is_some() || year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year: i64 = year.parse().ok()?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=longest).contains(&day) {
        return None;
    }
    // The year begins in March, so that the leap day is its last.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let century = year.div_euclid(400);
    let of_century = year.rem_euclid(400);
    Some(
        century * 146_097 + of_century * 365 + of_century / 4 - of_century / 100 + (153 * month + 2) / 5 + day
            - 719_469,
    )
}

/// Two digits.
fn two(text: &str) -> Option<i64> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// The hexadecimal digits.
fn uuid(text: &str) -> Option<String> {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = text.replace('-', "").to_ascii_lowercase();
    (lengths == [8, 4, 4, 4, 12] && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(digits)
}

/// The text without its padding.
fn base64(text: &str) -> Option<&str> {
    let plain = text.trim_end_matches('=');
    let is_base64 = plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    let padding = text.len() - plain.len();
    let is_padded = padding == 0 || (padding < 3 && text.len().is_multiple_of(4));
    (is_base64 && is_padded && plain.len() % 4 != 1 && has_zero_rest(plain)).then_some(plain)
}

/// Base64 for URLs in base64's own alphabet.
fn plain(text: &str) -> String {
    text.replace('-', "+").replace('_', "/")
}

/// Whether the bits of the last digit that belong to no byte are zero.
fn has_zero_rest(plain: &str) -> bool {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let last = plain.bytes().last().and_then(|last| DIGITS.iter().position(|digit| *digit == last)).unwrap_or(0);
    match plain.len() % 4 {
        2 => last.is_multiple_of(16),
        3 => last.is_multiple_of(4),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{date, is_of, mean_the_same};

    #[test]
    fn days_are_counted() {
        let days = |text| date(text);
        assert_eq!(days("1970-01-01"), Some(0));
        assert_eq!(days("2000-03-01"), Some(11_017));
        assert_eq!(days("1969-12-31"), Some(-1));
        assert_eq!(days("2024-02-29"), Some(19_782));
        for wrong in ["2023-02-29", "2024-13-01", "2024-1-1", "24-01-01", "2024-01-01-", ""] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn texts_are_of_their_format() {
        for (format, text, expected) in [
            ("date-time", "2024-01-31T12:00:00Z", true),
            ("date-time", "2024-01-31T12:00:00.5+02:00", true),
            ("date-time", "2024-01-31", false),
            ("date-time", "2024-01-31T12:00:00", false),
            ("uuid", "3FA85F64-5717-4562-b3fc-2c963f66afa6", true),
            ("uuid", "3fa85f64", false),
            ("byte", "aGVsbG8=", true),
            ("byte", "aGVsbG8", true),
            ("byte", "no!", false),
            ("email", "whatever", true),
        ] {
            assert_eq!(is_of(format, text), expected, "{format} {text}");
        }
    }

    #[test]
    fn some_texts_mean_the_same() {
        assert!(mean_the_same("date-time", "2024-01-01T00:30:00+01:00", "2023-12-31T23:30:00.000Z"));
        assert!(!mean_the_same("date-time", "2024-01-01T00:30:00+01:00", "2024-01-01T00:30:00Z"));
        assert!(mean_the_same("byte", "aGVsbG8=", "aGVsbG8"));
        assert!(!mean_the_same("email", "a", "A"));
    }
}
