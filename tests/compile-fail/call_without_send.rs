//! A call is awaited that was never sent.

use auth0_management::{Client, Error};

async fn example(client: Client) -> Result<(), Error> {
    client.users().get("auth0|123").await?;
    Ok(())
}

fn main() {}
