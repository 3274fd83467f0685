//! A user is asked for without saying which.

use auth0_management::{Client, Error};

async fn example(client: Client) -> Result<(), Error> {
    client.users().get().send().await?;
    Ok(())
}

fn main() {}
