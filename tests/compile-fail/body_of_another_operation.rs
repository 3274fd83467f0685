//! The body of another operation.

use auth0_management::rules::UpdateRule;
use auth0_management::{Client, Error};

async fn example(client: Client) -> Result<(), Error> {
    client.users().update("auth0|123", UpdateRule::new()).send().await?;
    Ok(())
}

fn main() {}
