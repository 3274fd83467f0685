//! A user is created out of nothing.

use auth0_management::{Client, Error};

async fn example(client: Client) -> Result<(), Error> {
    client.users().create().send().await?;
    Ok(())
}

fn main() {}
