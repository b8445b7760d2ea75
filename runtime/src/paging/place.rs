//! A place in an answer, looked up without reading the rest.

use crate::json::{DecodeError, Kind, Reader};
use crate::paging::JsonPlace;

/// The text, or the number's text, at a place; none where it is missing, null or empty.
pub(crate) fn text_at(body: &[u8], place: JsonPlace) -> Option<String> {
    let text = at(body, place, |reader| {
        Ok(match reader.peek_kind()? {
            Kind::String => Some(reader.string()?),
            Kind::Number => std::str::from_utf8(reader.raw()?).ok().map(str::to_owned),
            Kind::Null | Kind::Bool | Kind::Array | Kind::Object => None,
        })
    });
    text.filter(|text| !text.is_empty())
}

/// How many items the array at a place has.
pub(crate) fn count_at(body: &[u8], place: JsonPlace) -> Option<u64> {
    at(body, place, |reader| {
        if reader.peek_kind()? != Kind::Array {
            return Ok(None);
        }
        let mut count = 0;
        reader.begin_array()?;
        while reader.next_item()? {
            reader.skip()?;
            count += 1;
        }
        Ok(Some(count))
    })
}

fn at<T>(
    body: &[u8],
    place: JsonPlace,
    read: impl FnOnce(&mut Reader<'_>) -> Result<Option<T>, DecodeError>,
) -> Option<T> {
    let mut reader = Reader::new(body).ok()?;
    for name in place {
        if reader.peek_kind().ok()? != Kind::Object {
            return None;
        }
        reader.begin_object().ok()?;
        while reader.next_key().ok()?? != *name {
            reader.skip().ok()?;
        }
    }
    read(&mut reader).ok()?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found() {
        let body = br#"{"a":[{"total":9}],"meta":{"next":"c1","n":12,"none":null,"empty":""},"data":[1,[2],{}]}"#;
        assert_eq!(text_at(body, &["meta", "next"]).as_deref(), Some("c1"));
        assert_eq!(text_at(body, &["meta", "n"]).as_deref(), Some("12"));
        for place in [&["meta", "none"] as JsonPlace, &["meta", "empty"], &["meta", "x"], &["a", "total"], &["a"], &[]]
        {
            assert_eq!(text_at(body, place), None, "{place:?}");
        }
        assert_eq!(count_at(body, &["data"]), Some(3));
        assert_eq!(count_at(b"[1,2]", &[]), Some(2));
        assert_eq!(count_at(body, &["meta"]), None);
        assert_eq!(count_at(b"{", &["data"]), None);
    }
}
