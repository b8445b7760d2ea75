//! `Json` for what holds other values: boxes, options, lists, maps.

use std::collections::BTreeMap;

use crate::json::{DecodeError, Json, Kind, Reader, Writer};
use crate::patch::Patch;

impl<T: Json> Json for Box<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::read(reader).map(Self::new)
    }

    fn write(&self, writer: &mut Writer) {
        T::write(self, writer);
    }
}

/// Null is `None`, and `None` is null. A field that may be absent as well is written with
/// [`Writer::optional`].
impl<T: Json> Json for Option<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if reader.peek_kind()? == Kind::Null { reader.null().map(|()| None) } else { reader.optional() }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.write(writer),
            None => writer.null(),
        }
    }
}

/// Null is `Null`. Only a field can be absent; anywhere else, `Absent` is written as null.
impl<T: Json> Json for Patch<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        // What is not understood must not come out as null: sent back, it would clear the field.
        if reader.peek_kind()? == Kind::Null {
            reader.null().map(|()| Self::Null)
        } else {
            T::read(reader).map(Self::Value)
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            Self::Absent | Self::Null => writer.null(),
            Self::Value(value) => value.write(writer),
        }
    }
}

impl<T: Json> Json for Vec<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if reader.peek_kind()? == Kind::Null {
            return reader.replace_null("an array");
        }
        let mut items = Self::new();
        reader.begin_array()?;
        while reader.next_item()? {
            items.push(T::read(reader)?);
        }
        Ok(items)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_array();
        for item in self {
            writer.item(item);
        }
        writer.end_array();
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if reader.peek_kind()? == Kind::Null {
            return reader.replace_null("an object");
        }
        let mut entries = Self::new();
        reader.begin_object()?;
        while let Some(key) = reader.next_key()? {
            entries.insert(key, T::read(reader)?);
        }
        Ok(entries)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        for (key, value) in self {
            writer.entry(key, value);
        }
        writer.end_object();
    }
}
