//! How the types are read from and written as JSON.

use clientwright_runtime::{DecodeError, Json, Parameter, ParameterValue, Patch, Reader, Writer};

use super::types;

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
impl Json for types::AddParticipantData {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        const FIELDS: &[&str] =
            &["created_at", "custom_participant_id", "id", "name", "picture", "preset_name", "updated_at", "token"];
        let mut created_at = None;
        let mut custom_participant_id = None;
        let mut id = None;
        let mut name = None;
        let mut picture = None;
        let mut preset_name = None;
        let mut updated_at = None;
        let mut token = None;
        reader.begin_object()?;
        while let Some(field) = reader.next_field(FIELDS)? {
            match field {
                0 => created_at = Some(reader.value()?),
                1 => custom_participant_id = Some(reader.value()?),
                2 => id = Some(reader.value()?),
                3 => name = reader.value()?,
                4 => picture = reader.value()?,
                5 => preset_name = Some(reader.value()?),
                6 => updated_at = Some(reader.value()?),
                7 => token = Some(reader.value()?),
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            created_at: reader.required(created_at, "created_at")?,
            custom_participant_id: reader.required(custom_participant_id, "custom_participant_id")?,
            id: reader.required(id, "id")?,
            name,
            picture,
            preset_name: reader.required(preset_name, "preset_name")?,
            updated_at: reader.required(updated_at, "updated_at")?,
            token: reader.required(token, "token")?,
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.field("created_at", &self.created_at);
        writer.field("custom_participant_id", &self.custom_participant_id);
        writer.field("id", &self.id);
        writer.optional("name", &self.name);
        writer.optional("picture", &self.picture);
        writer.field("preset_name", &self.preset_name);
        writer.field("updated_at", &self.updated_at);
        writer.field("token", &self.token);
        writer.end_object();
    }
}

impl Json for types::GenericErrorResponse {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        const FIELDS: &[&str] = &["error", "success"];
        let mut error = None;
        let mut success = None;
        reader.begin_object()?;
        while let Some(field) = reader.next_field(FIELDS)? {
            match field {
                0 => error = Some(reader.value()?),
                1 => success = Some(reader.value()?),
                _ => reader.skip()?,
            }
        }
        Ok(Self { error: reader.required(error, "error")?, success: reader.required(success, "success")? })
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.field("error", &self.error);
        writer.field("success", &self.success);
        writer.end_object();
    }
}

impl Json for types::GenericErrorResponseError {
    fn read(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        const FIELDS: &[&str] = &["code", "message"];
        let mut code = None;
        let mut message = None;
        reader.begin_object()?;
        while let Some(field) = reader.next_field(FIELDS)? {
            match field {
                0 => code = Some(reader.value()?),
                1 => message = Some(reader.value()?),
                _ => reader.skip()?,
            }
        }
        Ok(Self { code: reader.required(code, "code")?, message: reader.required(message, "message")? })
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.field("code", &self.code);
        writer.field("message", &self.message);
        writer.end_object();
    }
}

clientwright_runtime::bridge_serde!(types::AccountId);
clientwright_runtime::bridge_serde!(types::AppId);
clientwright_runtime::bridge_serde!(types::EditParticipantBody);
clientwright_runtime::bridge_serde!(types::AddParticipant);
clientwright_runtime::bridge_serde!(types::AddParticipantData);
clientwright_runtime::bridge_serde!(types::GenericErrorResponse);
clientwright_runtime::bridge_serde!(types::GenericErrorResponseError);

clientwright_runtime::answers!(types::EditParticipantError { 500 => InternalServerError(json) });
