//! The fields of an object that a union has looked at: when the object is read, they are not looked for again.

use std::borrow::Cow;

use crate::json::Kind;
use crate::json::tokens::Tokens;

/// One field of an object.
pub(crate) struct Field<'j> {
    /// Where the comma or the bracket before its name is.
    pub(crate) before: usize,
    pub(crate) name: Cow<'j, [u8]>,
    /// Where its value begins, and where it ends.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl<'j> Field<'j> {
    pub(crate) fn is(&self, name: &str) -> bool {
        *self.name == *name.as_bytes()
    }

    /// The text of a string, number or boolean.
    pub(crate) fn scalar(&self, text: &'j str) -> Option<Cow<'j, str>> {
        let value = text.get(self.start..self.end)?;
        match Kind::of(*value.as_bytes().first()?)? {
            Kind::String => Some(string_of(value)),
            Kind::Number | Kind::Bool => Some(Cow::Borrowed(value)),
            Kind::Null | Kind::Array | Kind::Object => None,
        }
    }
}

/// The fields that were looked at last.
pub(crate) struct Seen<'j> {
    fields: Vec<Field<'j>>,
    /// The one that is read next, and where it is; no text is as long as what stands for none.
    next: usize,
    place: usize,
}

impl<'j> Seen<'j> {
    pub(crate) fn new() -> Self {
        Self { fields: Vec::new(), next: 0, place: usize::MAX }
    }

    /// No field, and the memory for them.
    pub(crate) fn take(&mut self) -> Vec<Field<'j>> {
        let mut fields = std::mem::take(&mut self.fields);
        fields.clear();
        fields
    }

    pub(crate) fn put(&mut self, fields: Vec<Field<'j>>) {
        self.fields = fields;
        self.go_to(0);
    }

    /// Goes back to the first one.
    pub(crate) fn rewind(&mut self) {
        self.go_to(0);
    }

    fn go_to(&mut self, next: usize) {
        self.next = next;
        self.place = self.fields.get(next).map_or(usize::MAX, |field| field.before);
    }

    /// Whether the field that is read next is at this place of the text. What was read in between does not matter, since
    /// places in a text stay what they are: a field that is at no such place is looked for as any other.
    #[inline]
    pub(crate) fn is_at(&self, place: usize) -> bool {
        self.place == place
    }

    /// Goes on to the field that is read next: its name, and where its value begins.
    #[inline]
    pub(crate) fn advance(&mut self) -> Option<(&[u8], usize)> {
        let at = self.next;
        self.go_to(at + 1);
        self.fields.get(at).map(|field| (&*field.name, field.start))
    }
}

/// A string, borrowed where it has no escape.
fn string_of(text: &str) -> Cow<'_, str> {
    let mut tokens = Tokens::new(text);
    if let Some(string) = tokens.plain_string() {
        return Cow::Borrowed(string);
    }
    let mut decoded = String::new();
    tokens.string(&mut decoded).map(|()| decoded.into()).unwrap_or_default()
}
