//! A body written as a literal, which every new field would break.

use auth0_management::users::UpdateUser;
use auth0_management::{Client, Error, Patch};

async fn example(client: Client) -> Result<(), Error> {
    let body = UpdateUser { blocked: Patch::Set(true), ..Default::default() };
    client.users().update("auth0|123", body).send().await?;
    Ok(())
}

fn main() {}
