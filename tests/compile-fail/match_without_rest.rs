//! Errors are matched as if there could never be another kind.

use auth0_management::{Client, Error};

async fn example(client: Client) -> Result<(), Error> {
    match client.users().delete("auth0|123").send().await {
        Ok(_) => Ok(()),
        Err(Error::Status { .. }) => Ok(()),
    }
}

fn main() {}
