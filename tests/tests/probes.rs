//! What people write without looking it up compiles, and means what it says.

use auth0_management::clients::Addons;
use auth0_management::test_util::{Reply, replay};
use auth0_management::users::{CreateUser, UpdateUser, User};
use auth0_management::{Client, Maybe, Method, Patch, Serde, Value};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};

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

#[test]
fn options_are_taken_where_a_field_may_be_left_out() {
    let made = CreateUser::new("c").email(Some("a@example.org")).nickname(None::<&str>);
    let made = made.blocked(Some(true)).verify_email(None).password(Some("p"));
    let borrowed: &String = &String::from("u");
    let made = made.name(String::from("n")).username(borrowed);
    assert_eq!(
        serde_json::to_value(&made).unwrap(),
        json!({"connection": "c", "email": "a@example.org", "blocked": true, "password": "p",
            "name": "n", "username": "u"})
    );
    // Of any JSON too, where null is a value of its own.
    let addons = Addons::new().rms(None::<&str>).slack(Some("s")).mscrm(Patch::Null);
    let wanted = json!({"slack": "s", "mscrm": null});
    assert_eq!(serde_json::to_value(&addons).unwrap(), wanted);
}

#[test]
fn a_map_is_taken_as_a_map_as_pairs_and_as_json() {
    let one = json!({"plan": "gold"});
    let map = BTreeMap::from([("plan".to_owned(), Value::from("gold"))]);
    let hashed: HashMap<String, Value> = map.clone().into_iter().collect();
    let new = || CreateUser::new("c");
    let made = [
        new().user_metadata(one.clone()),
        new().user_metadata(Some(one.clone())),
        new().user_metadata(map.clone()),
        new().user_metadata(hashed),
        new().user_metadata([("plan", "gold")]),
        new().user_metadata(vec![("plan".to_owned(), one["plan"].clone())]),
        new().user_metadata(one.as_object().unwrap().clone()),
        // What was no map before, and is one now.
        new().user_metadata(json!(7)).user_metadata(one),
    ];
    for body in made {
        assert_eq!(body.user_metadata.as_ref(), Some(&map));
        assert!(body.extra.is_empty());
    }
    assert_eq!(new().user_metadata(None::<Value>).user_metadata, None);
    let patched = UpdateUser::new().user_metadata([("plan", "gold")]);
    assert_eq!(patched.user_metadata, Patch::Set(map));
}

#[test]
fn what_is_no_map_is_sent_as_it_is_and_null_as_null() {
    let made = CreateUser::new("c").user_metadata([("a", 1)]).user_metadata(json!([1]));
    assert_eq!(made.user_metadata, None);
    let sent = serde_json::to_value(&made).unwrap();
    assert_eq!(sent, json!({"connection": "c", "user_metadata": [1]}));
    let null = json!({"user_metadata": null});
    for body in
        [UpdateUser::new().user_metadata(Patch::Null), UpdateUser::new().user_metadata(Value::Null)]
    {
        assert!(body.user_metadata.is_null() && body.extra.is_empty());
        assert_eq!(serde_json::to_value(&body).unwrap(), null);
    }
    let untouched = UpdateUser::new().user_metadata(None::<Value>);
    assert_eq!(serde_json::to_value(&untouched).unwrap(), json!({}));
}

#[test]
fn the_last_value_given_for_a_key_is_sent() {
    let sent = |body: CreateUser| serde_json::to_value(&body).unwrap();
    let new = || CreateUser::new("c");
    let null = json!({"connection": "c", "nickname": null});
    assert_eq!(sent(new().nickname("n").set("nickname", Value::Null)), null);
    let named = json!({"connection": "c", "nickname": "n"});
    assert_eq!(sent(new().set("nickname", 5).nickname("n")), named);
    assert_eq!(sent(new().set("nickname", "n")), named);
    assert_eq!(new().set("nickname", "n").nickname.as_deref(), Some("n"));
    // What must be there, as another type than it has.
    assert_eq!(sent(new().set("connection", 5)), json!({"connection": 5}));
    assert_eq!(sent(new().set("connection", "d")), json!({"connection": "d"}));
    let text = serde_json::to_string(&new().set("connection", 5)).unwrap();
    assert_eq!(text.matches("connection").count(), 1, "{text}");
}

#[test]
fn a_response_is_read_as_a_type_of_serde() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Report {
        total: u32,
    }
    let log = replay([
        Reply::json(200, "\u{feff}{\"total\": 7}"),
        Reply::json(200, r#"{"total": "7"}"#),
        Reply::status(204),
    ]);
    let client = built(log);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let read = || runtime.block_on(client.users().get("1").send_as::<Serde<Report>>());
    assert_eq!(read().unwrap().into_inner(), Serde(Report { total: 7 }));
    for why in ["invalid type, expected u32 at line 1 column 13", "the body is empty"] {
        let error = read().unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[test]
fn models_are_equal_by_what_they_hold() {
    let read = |text: &str| serde_json::from_str::<User>(text).unwrap();
    let one = read(r#"{"email": "a@example.org", "identities": [{"provider": "p"}], "new": 1}"#);
    assert_eq!(one, one.clone());
    assert_eq!(
        one,
        read(r#"{"new": 1, "identities": [{"provider": "p"}], "email": "a@example.org"}"#)
    );
    for other in [
        r#"{"email": "b@example.org", "identities": [{"provider": "p"}], "new": 1}"#,
        r#"{"email": "a@example.org", "identities": [{"provider": "q"}], "new": 1}"#,
        r#"{"email": "a@example.org", "identities": [{"provider": "p"}], "new": 2}"#,
        r#"{"email": "a@example.org", "identities": [{"provider": "p"}]}"#,
    ] {
        assert_ne!(one, read(other), "{other}");
    }
}
