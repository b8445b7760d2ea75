//! The fields of an object that a union has looked at: when the object is read, they are not looked for again.

use std::borrow::Cow;

use crate::json::Kind;
use crate::json::path::same;
use crate::json::tokens::Tokens;

/// One field of an object.
pub(crate) struct Field<'j> {
    /// Where the comma or the bracket before its name is.
    pub(crate) before: usize,
    pub(crate) name: Cow<'j, [u8]>,
    /// Where its value begins, and where it ends.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The value, where it is a string without escapes.
    pub(crate) string: Option<&'j str>,
}

impl<'j> Field<'j> {
    pub(crate) fn is(&self, name: &str) -> bool {
        same(&self.name, name.as_bytes())
    }

    /// The text of a string, number or boolean.
    pub(crate) fn scalar(&self, text: &'j str) -> Option<Cow<'j, str>> {
        if let Some(string) = self.string {
            return Some(Cow::Borrowed(string));
        }
        let value = text.get(self.start..self.end)?;
        match Kind::of(*value.as_bytes().first()?)? {
            Kind::String => Tokens::new(value).owned_string().ok().map(Cow::Owned),
            Kind::Number | Kind::Bool => Some(Cow::Borrowed(value)),
            Kind::Null | Kind::Array | Kind::Object => None,
        }
    }
}

/// The fields that were looked at last.
pub(crate) struct Seen<'j> {
    fields: Vec<Field<'j>>,
    /// The one that is read next.
    next: usize,
}

impl<'j> Seen<'j> {
    pub(crate) fn new() -> Self {
        Self { fields: Vec::new(), next: 0 }
    }

    /// A place for the fields of another object, of which the first one is read next.
    pub(crate) fn anew(&mut self) -> &mut Vec<Field<'j>> {
        self.rewind();
        self.fields.clear();
        &mut self.fields
    }

    /// Goes back to the first one.
    pub(crate) fn rewind(&mut self) {
        self.next = 0;
    }

    /// Goes on to the field that is read next, if it is at this place of the text. What was read in between does not
    /// matter, since places in a text stay what they are: a field that is at no such place is looked for as any other.
    #[inline]
    pub(crate) fn advance(&mut self, place: usize) -> Option<&Field<'j>> {
        let field = self.fields.get(self.next).filter(|field| field.before == place)?;
        self.next += 1;
        Some(field)
    }

    /// The string without escapes that is at this place, if it is the value of the field that was gone to last.
    #[inline]
    pub(crate) fn string_at(&self, place: usize) -> Option<&'j str> {
        self.fields.get(self.next.wrapping_sub(1)).filter(|field| field.start == place)?.string
    }
}

#[cfg(test)]
mod tests {
    use crate::json::{Json, Shape};
    use crate::value::Value;
    use crate::{object, union};

    #[derive(PartialEq)]
    struct Note {
        title: String,
        lines: Vec<String>,
        count: i64,
    }

    #[derive(PartialEq)]
    struct Memo {
        title: i64,
        lines: Vec<String>,
    }

    #[derive(Debug, PartialEq)]
    enum Paper {
        Memo(Memo),
        Note(Note),
        Unknown(Value),
    }

    object!(Note { "title" required title, "lines" required lines, "count" required count });
    object!(Memo { "title" required title, "lines" required lines });
    union!(Paper {
        0 Memo: Shape::object(&["title", "lines", "count"]).required(&["title", "lines"]),
        1 Note: Shape::object(&["title", "lines", "count"]).required(&["title", "lines", "count"]),
        _ => Unknown
    });

    #[test]
    fn strings_of_an_object_that_was_looked_at_are_read_as_they_stand() {
        for title in ["", "a", "a title of some length", "é😀", r#"a\"b"#, r"\u0061\n", r"é\\"] {
            let text = format!(r#"{{"title": "{title}","lines":["{title}", "b"] , "count":2 }}"#);
            // The first candidate reads the title in vain.
            let paper = Paper::from_json(text.as_bytes()).unwrap();
            let title: String = serde_json::from_str(&format!("\"{title}\"")).unwrap();
            assert_eq!(
                paper,
                Paper::Note(Note { lines: vec![title.clone(), "b".to_owned()], title, count: 2 }),
                "{text}"
            );
        }
    }
}
