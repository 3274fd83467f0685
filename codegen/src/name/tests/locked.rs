//! Names that stay: whatever comes beside them, whatever goes, and whoever asks for them.

use super::{add, api, pin};
use crate::api::{Api, Body, Presence, Response, Type, TypeKind};
use crate::name::lock::{Kind, Lock};
use crate::name::{Names, Renaming, name};
use crate::overlay::{ClientTable, NamePin};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The lock of an API that never had one.
fn lock(api: &Api) -> Lock {
    named(api, &Lock::default(), &[]).1
}

/// The names of an API whose lock is `lock`, the next lock, and codes of what is found.
fn named(api: &Api, lock: &Lock, pins: &[NamePin]) -> (Names, Lock, Vec<&'static str>) {
    let (names, next, found) =
        name(api, &ClientTable::default(), pins, (lock, Renaming::default()));
    (names, next, found.iter().map(|it| it.code).collect())
}

fn methods(names: &Names) -> Vec<&str> {
    names.operations.iter().map(|it| it.method.as_str()).collect()
}

/// Every name by what has it: parts of paths, types that go with them, and members.
fn published(lock: &Lock) -> BTreeMap<String, String> {
    let lines = lock.lines().map(|line| {
        let (key, name) = line.rsplit_once(" = ").unwrap();
        (key.to_owned(), name.to_owned())
    });
    lines.collect()
}

/// What `before` says must stand in `after` too.
fn assert_kept(before: &Lock, after: &Lock) {
    let (before, after) = (published(before), published(after));
    for (key, name) in before {
        assert_eq!(after.get(&key), Some(&name), "{key}");
    }
}

#[test]
fn a_newcomer_takes_no_name_and_moves_none() {
    let before = api(&["Users | GET /users | List users"]);
    let first = lock(&before);
    let mut after = before.clone();
    add(&mut after, &["Users"], "GET", "/members", "List users");
    let (free, _, _) = named(&after, &Lock::default(), &[]);
    let (names, next, found) = named(&after, &first, &[]);
    assert_ne!(methods(&free)[0], "list");
    assert_eq!((methods(&names), found), (vec!["list", "list_users"], vec![]));
    assert_kept(&first, &next);
}

#[test]
fn a_folder_takes_the_name_of_no_method() {
    let before = api(&["Users | GET /users/:id/emails | Emails"]);
    let first = lock(&before);
    let mut after = before.clone();
    add(&mut after, &["Users", "Emails"], "GET", "/emails", "List emails");
    let (free, _, _) = named(&after, &Lock::default(), &[]);
    let (names, next, found) = named(&after, &first, &[]);
    assert_ne!(methods(&free)[0], "emails");
    assert_eq!((methods(&names)[0], found), ("emails", vec![]));
    assert_kept(&first, &next);
}

#[test]
fn what_is_gone_keeps_its_name_and_has_it_again() {
    let before = api(&["Users | GET /users | List users"]);
    let first = lock(&before);
    let mut after = api(&["Users | GET /members | List users"]);
    let (names, next, _) = named(&after, &first, &[]);
    assert_eq!(methods(&names), ["list_users"]);
    assert_kept(&first, &next);
    add(&mut after, &["Users"], "GET", "/users", "List users");
    let (names, _, _) = named(&after, &next, &[]);
    assert_eq!(methods(&names), ["list_users", "list"]);
}

#[test]
fn a_pin_is_stronger_and_is_locked_in_turn() {
    let api = api(&["Users | GET /users | List users", "Users | GET /members | List users"]);
    let first = lock(&api);
    let key = "GET /users [Users › List users]";
    let pins = [pin(key, "list_members")];
    let (names, next, found) = named(&api, &first, &pins);
    assert_eq!(methods(&names)[0], "list_members");
    assert_ne!(methods(&names)[1], "list_members");
    assert_eq!(found, ["name::lost"]);
    // Without the pin the name stays, and the pin is no fault as long as it stands.
    let (again, _, found) = named(&api, &next, &pins);
    assert_eq!((&again, found), (&names, vec![]));
    let (again, _, found) = named(&api, &next, &[]);
    assert_eq!((&again, found), (&names, vec![]));
}

#[test]
fn a_pin_that_gives_a_published_name_up_is_not_idle() {
    let api = api(&["Users | GET /users | List users"]);
    let key = "GET /users [Users › List users]";
    let (_, renamed, _) = named(&api, &Lock::default(), &[pin(key, "all")]);
    let (names, next, found) = named(&api, &renamed, &[pin(key, "list")]);
    assert_eq!((methods(&names), found), (vec!["list"], vec![]));
    let (_, _, found) = named(&api, &next, &[pin(key, "list")]);
    assert_eq!(found, ["name::redundant-pin"]);
}

#[test]
fn a_name_that_two_branches_gave_stays_with_the_first_key() {
    let api = api(&["Users | GET /a | Find users", "Users | GET /b | Search users"]);
    let both = "operation GET /a [Users › Find users] = users.search ARequest\n\
        operation GET /b [Users › Search users] = users.search BRequest\n";
    let (names, next, found) = named(&api, &Lock::parse(both).unwrap(), &[]);
    assert_eq!(methods(&names)[0], "search");
    assert_eq!(found, ["name::lost"]);
    let (again, _, found) = named(&api, &next, &[]);
    assert_eq!((again, found), (names, vec![]));
}

#[test]
fn a_field_of_the_same_words_has_the_name_of_the_one_that_went() {
    let lines = "type POST /a body = a::CreateA\ntype POST /a body \"userName\" = user_name\n\
        type POST /a body \"isOld\" = is_old\n";
    let mut api = api(&["A | POST /a | Create a"]);
    let fields = [("user_name", Type::Text), ("IS-OLD", Type::Bool), ("isold", Type::Bool)];
    let ty = super::types::define(&mut api, "POST /a body", super::types::object(&fields));
    let content_type = "application/json".to_owned();
    let presence = Presence::Required;
    api.operations[0].body = Some(Body::Json { ty, content_type, presence });
    let (names, next, found) = named(&api, &Lock::parse(lines).unwrap(), &[]);
    assert_eq!(names.types[0].members, ["user_name", "is_old", "isold"]);
    let members = &next.0[&(Kind::Type, "POST /a body".to_owned())].members;
    assert_eq!((members.len(), found), (1, vec![]));
}

#[test]
fn what_a_constructor_comes_to_take_has_a_name_though_its_type_was_locked_without() {
    let mut api = api(&["A | POST /a | Create a"]);
    let fields = ["one", "two", "three", "four"].map(|key| (key, Type::Text));
    let ty = super::types::define(&mut api, "POST /a body", super::types::object(&fields));
    let content_type = "application/json".to_owned();
    let presence = Presence::Required;
    api.operations[0].body = Some(Body::Json { ty, content_type, presence });
    let TypeKind::Struct(object) = &mut api.types.0[0].kind else { panic!("no struct") };
    object.fields.iter_mut().for_each(|field| field.presence = Presence::Required);
    let published = "type POST /a body = a::CreateA\n";
    let (names, next, found) = named(&api, &Lock::parse(published).unwrap(), &[]);
    assert_eq!((names.types[0].required.as_deref(), found), (Some("CreateARequired"), vec![]));
    let kept = next.to_string().replace("CreateARequired", "NewA");
    let (names, _, _) = named(&api, &Lock::parse(&kept).unwrap(), &[]);
    assert_eq!(names.types[0].required.as_deref(), Some("NewA"));
}

#[test]
fn a_request_that_is_renamed_or_moved_is_called_as_before() {
    let before = api(&["Users | GET /users | List users", "Users | GET /users/:id | Get a user"]);
    let first = lock(&before);
    let after = api(&["Users | GET /users | Find people", "Users | GET /users/:id | Get a user"]);
    let (names, next, found) = named(&after, &first, &[]);
    assert_eq!((methods(&names), found), (vec!["list", "get"], vec!["name::renamed"]));
    let (again, last, found) = named(&after, &next, &[]);
    assert_eq!((&again, &last, found), (&names, &next, vec![]));
    assert!(!next.to_string().contains("List users"), "{next}");
    // Another request at the same endpoint is not the one that was there.
    let mut twins = before.clone();
    add(&mut twins, &["Users"], "GET", "/users", "Find people");
    twins.operations.remove(0);
    add(&mut twins, &["Users"], "GET", "/users", "Count people");
    let (_, next, found) = named(&twins, &first, &[]);
    assert!(next.to_string().contains("[Users › List users] = users.list "), "{next}");
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_folder_that_is_renamed_has_its_handle() {
    let before = api(&["Users | GET /users | List users", "Users | GET /users/:id | Get a user"]);
    let first = lock(&before);
    let whole = api(&["People | GET /users | List users", "People | GET /users/:id | Get a user"]);
    let (names, next, found) = named(&whole, &first, &[]);
    let group = &names.groups[0];
    assert_eq!((group.accessor.as_str(), group.handle.as_str()), ("users", "Users"));
    assert_eq!((methods(&names), found.len()), (vec!["list", "get"], 3));
    assert!(next.to_string().contains("folder People = users Users renamed\n"), "{next}");
    let split = api(&["People | GET /users | List users", "One | GET /users/:id | Get a user"]);
    let (names, _, _) = named(&split, &first, &[]);
    assert_ne!(names.groups[0].accessor, "users");
}

#[test]
fn a_type_whose_first_place_changed_has_its_name() {
    let mut before = api(&["B | GET /b/:id | Get a b"]);
    let door = [("pier", Type::Text), ("side", Type::Text)];
    let ty = super::types::define(&mut before, "GET /b/{} -> 2xx", super::types::object(&door));
    before.operations[0].response = Response::Json { ty, may_be_empty: false };
    let text = lock(&before).to_string().replace("b::B\n", "b::Berth\n");
    let mut after = before.clone();
    add(&mut after, &["A"], "GET", "/a/:id", "Get an a");
    after.operations[1].response = before.operations[0].response.clone();
    after.types.0[0].key = crate::api::Place::parse("GET /a/{} -> 2xx").unwrap();
    let (names, next, found) = named(&after, &Lock::parse(&text).unwrap(), &[]);
    assert_eq!((names.types[0].ident.as_str(), found), ("Berth", vec![]));
    assert!(!next.0.contains_key(&(Kind::Type, "GET /b/{} -> 2xx".to_owned())));
}

#[test]
fn a_type_that_loses_its_name_is_found_at_its_operation() {
    let mut api = api(&["B | GET /b/:id | Get a b", "B | GET /c/:id | Get a c"]);
    for (at, key) in [(0, "GET /b/{} -> 2xx"), (1, "GET /c/{} -> 2xx")] {
        let fields = [("pier", Type::Text), (["side", "depth"][at], Type::Text)];
        let ty = super::types::define(&mut api, key, super::types::object(&fields));
        api.operations[at].response = Response::Json { ty, may_be_empty: false };
        api.operations[at].origin.trail = vec![key.to_owned()];
    }
    let both = "type GET /b/{} -> 2xx = b::Berth\ntype GET /c/{} -> 2xx = b::Berth\n";
    let lock = (&Lock::parse(both).unwrap(), Renaming::default());
    let (_, _, found) = name(&api, &ClientTable::default(), &[], lock);
    let places: Vec<_> = found.iter().map(|it| (it.code, &it.origin.trail[..])).collect();
    assert_eq!(places, [("name::lost", &["GET /c/{} -> 2xx".to_owned()][..])]);
}

fn requests(most: usize) -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0..TRAILS.len(), 0..PATHS.len(), 0..TITLES.len()), 1..most)
}

const TRAILS: &[&[&str]] =
    &[&[], &["Users"], &["users "], &["Users", "Emails"], &["Emails"], &["A", "B", "C", "Users"]];
const PATHS: &[&str] = &[
    "GET /users",
    "GET /users/:id",
    "GET /users/:user_id/emails",
    "POST /users",
    "GET /emails",
    "PUT /a/b",
];
const TITLES: &[&str] = &[
    "List users",
    "Get users",
    "Get all users",
    "Emails",
    "list",
    "Users",
    "Create",
    "",
    "Get a user by id",
];

/// `requests` as far as their keys are new in `api`.
fn extended(api: &Api, requests: &[(usize, usize, usize)]) -> Api {
    let mut api = api.clone();
    for (trail, path, title) in requests {
        let (method, path) = PATHS[*path].split_once(' ').unwrap();
        add(&mut api, TRAILS[*trail], method, path, TITLES[*title]);
        let (last, others) = api.operations.split_last().unwrap();
        if others.iter().any(|it| it.key == last.key) {
            api.operations.pop();
        }
    }
    api
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_request_that_is_added_moves_a_name(first in requests(9), more in requests(9)) {
        let before = extended(&api(&[]), &first);
        let after = extended(&before, &more);
        let first = lock(&before);
        let (names, next, _) = named(&after, &first, &[]);
        assert_kept(&first, &next);
        super::laws::holds(&after, &names);
        let (again, last, _) = named(&after, &next, &[]);
        assert_eq!((again, last), (names, next));
    }
}
