//! The outcome of a call is used without looking at the error.

use auth0_management::{Client, Error};

async fn example(client: Client) -> Result<(), Error> {
    let user = client.users().get("auth0|123").send().await;
    println!("{}", user.status());
    Ok(())
}

fn main() {}
