//! The JSON tables: nothing is lost, unknowns and misfits land in `extra`, secrets stay hidden.

use crate::runtime::support::*;
use crate::runtime::{Extra, Patch, Secret, Value};
use proptest::prelude::*;
use serde_json::json;

pub struct User {
    pub id: String,
    pub email: Option<String>,
    pub logins: Option<i64>,
    pub nickname: Patch<String>,
    pub password: Option<Secret>,
    pub tags: Option<Vec<String>>,
    pub parent: Option<Box<User>>,
    pub kind: Option<Kind>,
    pub extra: Extra,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Admin,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Listed {
    List(Vec<User>),
    Page(Page),
    User(User),
    Other(Value),
}

pub struct Page {
    pub users: Option<Vec<User>>,
    pub total: Option<i64>,
    pub extra: Extra,
}

pub struct Spot {
    pub lat: Option<f64>,
    pub track: Option<Vec<f64>>,
    pub extra: Extra,
}

json_object! {
    Spot: Default {
        optional lat: "lat",
        optional track: "track",
    }
}
json_object! {
    User {
        required id: "id",
        optional email: "email",
        optional logins: "logins",
        patch nickname: "nickname",
        optional password: "password",
        optional tags: "tags",
        optional parent: "parent",
        optional kind: "kind",
    }
}
json_object! {
    Page: Default {
        optional users: "users",
        optional total: "total",
    }
}
json_enumeration! { Kind { Admin: "admin", } }
json_union! { Listed { List, Page, User, } }

fn read(value: Value) -> User {
    serde_json::from_str(&value.to_string()).unwrap()
}

fn round_trip(value: Value) {
    assert_eq!(serde_json::to_value(read(value.clone())).unwrap(), value);
}

#[test]
fn writes_back_what_it_read() {
    round_trip(json!({"id": "1"}));
    round_trip(json!({"id": "1", "email": "a", "logins": 3, "nickname": null, "kind": "other"}));
    round_trip(json!({"id": "1", "email": null, "logins": "many", "nickname": 7, "tags": null}));
    round_trip(json!({"id": "1", "tags": ["a", 1, {"b": null}], "new": {"deep": [1.5, null]}}));
    round_trip(json!({"id": "1", "parent": {"id": "0", "email": [], "x": 1}, "logins": 1.5}));
    round_trip(json!({"id": "1", "parent": {"email": "without id", "x": [1]}, "kind": 4}));
    round_trip(json!({"id": "1", "parent": "none", "logins": 18_446_744_073_709_551_615_u64}));
}

#[test]
fn keeps_misfits_under_their_keys() {
    let user = read(json!({"id": "1", "logins": "many", "email": null, "new": true}));
    assert_eq!((user.logins, user.email), (None, None));
    assert_eq!(format!("{:?}", user.extra), r#"{"email", "logins", "new"}"#);
}

#[test]
fn a_set_field_beats_what_was_kept_under_its_key() {
    let mut user = read(json!({"id": "1", "logins": "many"}));
    user.logins = Some(2);
    assert_eq!(serde_json::to_value(&user).unwrap(), json!({"id": "1", "logins": 2}));
}

#[test]
fn a_missing_required_field_is_an_error_with_its_name() {
    let error = serde_json::from_str::<User>(r#"{"email": "a"}"#).unwrap_err().to_string();
    assert!(error.starts_with("missing field `id`"), "{error}");
    let error = serde_json::from_str::<User>(r#"{"id": 4}"#).unwrap_err().to_string();
    assert!(error.starts_with("`id` is of another type"), "{error}");
}

#[test]
fn three_states_of_a_patch() {
    assert!(read(json!({"id": "1"})).nickname.is_unset());
    assert!(read(json!({"id": "1", "nickname": null})).nickname.is_null());
    assert_eq!(read(json!({"id": "1", "nickname": "n"})).nickname, "n".into());
}

#[test]
fn secrets_are_plain_on_the_wire_only() {
    let user = read(json!({"id": "1", "password": "canary"}));
    assert!(!format!("{user:?}").contains("canary"));
    assert_eq!(serde_json::to_value(&user).unwrap()["password"], "canary");
}

#[test]
fn a_union_takes_the_arm_that_leaves_the_least_unknown() {
    for (value, wanted) in [
        (json!([{"id": "1"}]), "List"),
        (json!([]), "List"),
        (json!({"users": [{"id": "1"}], "total": 1}), "Page"),
        (json!({"id": "1", "email": "e"}), "User"),
        (json!({"what": 1}), "Page"),
        (json!("text"), "Other"),
        (json!([{"id": "1"}, 2]), "Other"),
    ] {
        let read: Listed = serde_json::from_value(value.clone()).unwrap();
        assert!(format!("{read:?}").starts_with(wanted), "{value} became {read:?}");
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
    }
}

/// Any JSON; objects often have keys that the types know, with values that may fit or not.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        "[a-z\u{e9}\u{1f600}\"\\\\]{0,6}".prop_map(Value::from),
        Just(Value::from("admin")),
    ];
    let keys = ["id", "email", "logins", "nickname", "password", "tags", "parent", "kind"];
    let keys = prop::sample::select([&keys[..], &["users", "total", "new", ""]].concat());
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(keys.clone().prop_map(str::to_owned), inner, 0..8)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Whether a double is the same after a field, a list and a field nobody knows have taken it in and written it out.
fn comes_back(double: f64) -> Result<(), TestCaseError> {
    if !double.is_finite() {
        return Ok(());
    }
    let text = format!(r#"{{"lat":{double:e},"track":[{double:e}],"new":{double:e}}}"#);
    let spot: Spot = serde_json::from_str(&text).unwrap();
    let track = spot.track.clone().unwrap();
    prop_assert_eq!(spot.lat.map(f64::to_bits), Some(double.to_bits()));
    prop_assert_eq!(track.iter().map(|it| it.to_bits()).collect::<Vec<_>>(), [double.to_bits()]);
    let again = serde_json::to_string(&spot).unwrap();
    let again: Value = serde_json::from_str(&again).unwrap();
    for place in [&again["lat"], &again["track"][0], &again["new"]] {
        prop_assert_eq!(place.as_f64().map(f64::to_bits), Some(double.to_bits()), "{}", again);
    }
    Ok(())
}

#[test]
fn doubles_that_a_hasty_reader_rounds_come_back() {
    // Two that were seen, a subnormal on the edge, the smallest and the largest.
    for double in [
        -0.104_729_183_560_274_88,
        71.839_264_501_837_26,
        2.225_073_858_507_201e-308,
        5e-324,
        f64::MAX,
        -0.0,
    ] {
        comes_back(double).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_object_is_written_as_it_was_read(value in any_json()) {
        let text = value.to_string();
        if value.is_object() {
            let page: Page = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::to_value(&page).unwrap(), value.clone());
            if let Ok(user) = serde_json::from_str::<User>(&text) {
                prop_assert_eq!(serde_json::to_value(&user).unwrap(), value.clone());
            }
        }
        let listed: Listed = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_value(&listed).unwrap(), value);
    }

    #[test]
    fn every_finite_double_comes_back_as_itself(bits in any::<u64>()) {
        comes_back(f64::from_bits(bits))?;
    }
}
