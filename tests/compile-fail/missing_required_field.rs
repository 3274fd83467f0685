//! A body without the field that the overlay pins as required.

use auth0_management::users::CreateUser;
use auth0_management::{Client, Error};

async fn example(client: Client) -> Result<(), Error> {
    client.users().create(CreateUser::new()).send().await?;
    Ok(())
}

fn main() {}
