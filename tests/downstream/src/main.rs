//! Gives a participant the name that follows the command.

use std::error::Error;

use realtimekit::{Client, types};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).ok_or("say the participant's new name")?;
    let edited = Client::from_env()?
        .edit_participant(
            &types::AccountId::new("023e105f4ecef8ad9ca31a8372d0c353")?,
            &types::AppId::new("14a396e7-ca44-4937-bf1f-050a69118543")?,
            "3fa85f64-5717-4562-b3fc-2c963f66afa6".parse()?,
            "182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e",
            &types::EditParticipantBody::new().name(name),
        )
        .await?;
    let participant = edited.data.as_ref().ok_or("the answer has no participant")?;
    let name = participant.name.as_deref().unwrap_or("nobody");
    println!("Participant {} is called {name} since {}.", participant.id, participant.updated_at);
    Ok(())
}
