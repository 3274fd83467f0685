//! An operation that the service does not have.

use auth0_management::{Client, Error};

async fn example(client: Client) -> Result<(), Error> {
    client.users().archive("auth0|123").send().await?;
    Ok(())
}

fn main() {}
