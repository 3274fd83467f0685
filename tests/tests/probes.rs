//! What people write without looking it up compiles, and means what it says.

use auth0_management::test_util::{Reply, replay};
use auth0_management::users::{CreateUser, UpdateUser};
use auth0_management::{Client, Method, Patch};

fn built(log: auth0_management::test_util::Replay) -> Client {
    let client = Client::builder().auth0_domain("https://acme.example.org/").auth0_token("t");
    client.transport(log).build().unwrap()
}

#[test]
fn options_numbers_and_names_are_taken_as_they_are() {
    let log = replay((0..3).map(|_| Reply::json(200, "{}")));
    let client = built(log.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let list = client.users().list().per_page(100_u32).page(Some(2_usize)).q(None::<&str>);
        list.header("n", 5).send_raw().await.unwrap();
        client.users().get(5).send_raw().await.unwrap();
        let call = client.request(Method::POST, "/api/v2/roles/{id}").with_path("id", 1);
        call.with_json(&[1]).send_raw().await.unwrap();
    });
    let urls: Vec<String> = log.sent().into_iter().map(|sent| sent.url).collect();
    let base = "https://acme.example.org/api/v2";
    let wanted = ["users?per_page=100&page=2", "users/5", "roles/1"];
    let pairs = |url: &str| {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let mut pairs: Vec<_> = query.split('&').map(str::to_owned).collect();
        pairs.sort();
        (path.to_owned(), pairs)
    };
    for (url, wanted) in urls.iter().zip(wanted) {
        assert_eq!(pairs(url), pairs(&format!("{base}/{wanted}")));
    }
}

#[test]
fn none_is_not_null() {
    let name: Option<String> = None;
    let body = UpdateUser::new().phone_number(name.clone()).picture(Patch::Null);
    let body = body.nickname(Some("x"));
    let text = serde_json::to_string(&body).unwrap();
    assert!(!text.contains("phone_number"), "{text}");
    assert!(text.contains("\"picture\":null") && text.contains("\"nickname\":\"x\""), "{text}");
    let made = CreateUser::new("c").maybe(name, CreateUser::phone_number);
    let made = made.maybe(Some("a@example.org"), CreateUser::email);
    assert_eq!(made.email.as_deref(), Some("a@example.org"));
    assert_eq!(made.phone_number, None);
}
