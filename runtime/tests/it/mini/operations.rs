//! The operations, in the order of the description.

use clientwright_runtime::http::Method;
use clientwright_runtime::uuid::Uuid;
use clientwright_runtime::{Meta, Operation, Request};

use super::types::{AccountId, AddParticipant, AppId, EditParticipantBody, EditParticipantError};
use super::{Call, Client};

impl Client {
    /// Edit a participant's detail
    pub fn edit_participant(
        &self,
        account_id: &AccountId,
        app_id: &AppId,
        meeting_id: Uuid,
        participant_id: &str,
        body: &EditParticipantBody,
    ) -> Call<EditParticipant> {
        let request = Request::new(EditParticipant::META)
            .path("account_id", account_id)
            .path("app_id", app_id)
            .path("meeting_id", &meeting_id)
            .path("participant_id", participant_id)
            .json(body);
        Call::new(&self.core, request)
    }
}

/// The operation [`Client::edit_participant`].
#[derive(Debug)]
pub enum EditParticipant {}

impl Operation for EditParticipant {
    type Output = AddParticipant;
    type Error = EditParticipantError;

    const META: &'static Meta = &Meta::new(
        "edit_participant",
        Method::PATCH,
        "/accounts/{account_id}/realtime/kit/{app_id}/meetings/{meeting_id}/participants/{participant_id}",
    )
    .security(&[&["api_token"]])
    .idempotent()
    .success_flag("success");

    fn is_success(output: &Self::Output) -> bool {
        output.success
    }
}
