//! How the types are read from and written as JSON.

use std::borrow::Cow;

use clientwright_runtime::{DecodeError, Json, Parameter, ParameterValue, Reader, Writer};

use crate::types;

impl Json for types::AccountId {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.value().map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }
}

impl Parameter for types::AccountId {
    fn parameter(&self) -> ParameterValue<'_> {
        self.0.parameter()
    }
}

impl Json for types::AppId {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.value().map(Self)
    }

    fn write(&self, writer: &mut Writer) {
        self.0.write(writer);
    }
}

impl Parameter for types::AppId {
    fn parameter(&self) -> ParameterValue<'_> {
        self.0.parameter()
    }
}

impl Json for types::EditParticipantBody {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        const FIELDS: &[&str] = &["name", "picture", "preset_name"];
        let mut name = Patch::Absent;
        let mut picture = Patch::Absent;
        let mut preset_name = Patch::Absent;
        reader.begin_object()?;
        while let Some(field) = reader.next_field(FIELDS)? {
            match field {
                0 => name = reader.value()?,
                1 => picture = reader.value()?,
                2 => preset_name = reader.value()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self { name, picture, preset_name })
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.patch("name", &self.name);
        writer.patch("picture", &self.picture);
        writer.patch("preset_name", &self.preset_name);
        writer.end_object();
    }
}

impl Json for types::AddParticipant {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        const FIELDS: &[&str] = &["data", "success"];
        let mut data = None;
        let mut success = None;
        reader.begin_object()?;
        while let Some(field) = reader.next_field(FIELDS)? {
            match field {
                0 => data = reader.value()?,
                1 => success = Some(reader.value()?),
                _ => reader.skip()?,
            }
        }
        Ok(Self { data, success: reader.required(success, "success")? })
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.optional("data", &self.data);
        writer.field("success", &self.success);
        writer.end_object();
    }
}
// ... likewise for AddParticipantData, GenericErrorResponse, GenericErrorResponseError

clientwright_runtime::bridge_serde!(types::AccountId);
