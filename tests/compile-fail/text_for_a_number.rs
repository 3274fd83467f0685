//! Text where a number belongs.

use auth0_management::tickets::CreatePasswordChangeTicket;
use auth0_management::{Client, Error};

async fn example(client: Client) -> Result<(), Error> {
    let body = CreatePasswordChangeTicket::new().ttl_sec("60");
    client.tickets().create_password_change(body).send().await?;
    Ok(())
}

fn main() {}
