//! Names that are given up on purpose, and what is still found under them.

use super::{add, api, pin};
use crate::api::{Api, Likeness, Response, Type, TypeId};
use crate::hash::Fnv;
use crate::name::{Aliased, Lock, Names, Renaming, name, pruned};
use crate::overlay::{ClientTable, NamePin};

const ACCEPTED: Renaming = Renaming { accept: true, keep_deprecated: false };
const KEPT: Renaming = Renaming { accept: true, keep_deprecated: true };

type Named = (Names, Lock, Vec<&'static str>);

fn run(api: &Api, lock: &Lock, pins: &[NamePin], renaming: Renaming) -> Named {
    of_version(api, lock, pins, (renaming, "0.1.0"))
}

fn of_version(api: &Api, lock: &Lock, pins: &[NamePin], how: (Renaming, &str)) -> Named {
    let client = ClientTable { version: Some(how.1.to_owned()), ..ClientTable::default() };
    let (names, lock, found) = name(api, &client, pins, (lock, how.0));
    (names, lock, found.iter().map(|it| it.code).collect())
}

fn lock(api: &Api) -> Lock {
    run(api, &Lock::default(), &[], Renaming::default()).1
}

fn methods(names: &Names) -> Vec<&str> {
    names.operations.iter().map(|it| it.method.as_str()).collect()
}

fn aliases(names: &Names) -> Vec<String> {
    let shown = names.aliases.iter().map(|it| {
        let path = [&it.path.around[..], std::slice::from_ref(&it.path.name)].concat().join(".");
        format!("{path} {} {:?}", it.path.ty, it.deprecated.as_deref().unwrap_or("stays"))
    });
    shown.collect()
}

#[test]
fn a_renamed_request_is_called_anew_where_that_is_accepted_in_the_same_run_or_later() {
    let first = lock(&api(&["Users | GET /users | List users", "Users | GET /users/:id | Get"]));
    let after = api(&["Users | GET /users | Find people", "Users | GET /users/:id | Get"]);
    let (names, at_once, found) = run(&after, &first, &[], ACCEPTED);
    assert_eq!((methods(&names), found), (vec!["find_people", "get"], vec!["name::renamed"]));
    assert_eq!(aliases(&names), [""; 0]);
    let (names, next, _) = run(&after, &first, &[], Renaming::default());
    assert_eq!(methods(&names)[0], "list");
    assert!(next.to_string().contains("= users.list ListUsersRequest renamed\n"), "{next}");
    let (_, later, found) = run(&after, &next, &[], ACCEPTED);
    assert_eq!((later, found), (at_once.clone(), vec!["name::renamed"]));
    // What has its new name is not named again.
    let (_, again, found) = run(&after, &at_once, &[], ACCEPTED);
    assert_eq!((again, found), (at_once, vec![]));
}

#[test]
fn an_old_name_is_kept_as_deprecated_for_one_version() {
    let first = lock(&api(&["Users | GET /users | List users"]));
    let mut after = api(&["Users | GET /users | Find people"]);
    let (names, next, _) = run(&after, &first, &[], KEPT);
    assert_eq!(methods(&names), ["find_people"]);
    assert_eq!(aliases(&names), ["users.list ListUsersRequest \"0.1.0\""]);
    // Without the flag it is there too, and a newcomer does not get it.
    add(&mut after, &["Users"], "GET", "/members", "List users");
    let (names, more, found) = run(&after, &next, &[], Renaming::default());
    assert_eq!((aliases(&names).len(), found), (1, vec![]));
    assert!(!methods(&names).contains(&"list"), "{:?}", methods(&names));
    for (version, count) in [("0.2.0", 1), ("0.3.0", 0)] {
        let how = (Renaming::default(), version);
        let (names, last, _) = of_version(&after, &more, &[], how);
        assert_eq!(aliases(&names).len(), count, "{version}");
        assert_eq!(last.to_string().contains(" deprecated 0.1.0\n"), count == 1, "{version}");
    }
}

#[test]
fn a_folder_that_is_called_anew_is_found_under_its_old_name_with_all_that_is_in_it() {
    let first = lock(&api(&["Users | GET /users | List users"]));
    let after = api(&["People | GET /users | List users"]);
    let (names, next, _) = run(&after, &first, &[], KEPT);
    assert_eq!(names.groups[0].accessor, "people");
    let shown = ["users Users \"0.1.0\"", "people.list ListUsersRequest \"0.1.0\""];
    assert_eq!(aliases(&names), shown);
    let (again, last, found) = run(&after, &next, &[], Renaming::default());
    assert_eq!((again, last, found), (names, next, vec![]));
}

#[test]
fn a_request_that_moved_is_found_on_its_old_handle() {
    let before = ["A | GET /a | List a", "A | GET /b | List b", "B | GET /c | List c"];
    let first = lock(&api(&before));
    let after = api(&["A | GET /a | List a", "B | GET /b | List b", "B | GET /c | List c"]);
    let (names, _, _) = run(&after, &first, &[], KEPT);
    let moved = names.aliases.iter().find(|it| it.path.around == ["a"]).unwrap();
    assert_eq!((moved.path.name.as_str(), moved.shows_name), ("list_b", true));
}

#[test]
fn a_pin_leaves_the_old_name_where_somebody_asks_for_it() {
    let api = api(&["Users | GET /users | List users"]);
    let first = lock(&api);
    let pins = [pin("GET /users", "all")];
    let (names, next, _) = run(&api, &first, &pins, KEPT);
    assert_eq!(aliases(&names), ["users.list ListUsersRequest \"0.1.0\""]);
    assert!(!names.aliases[0].shows_type, "the request is called as before");
    // A pin that takes the old name again has it, and the other one is gone.
    let back = [pin("GET /users", "list")];
    let (names, _, _) = run(&api, &next, &back, Renaming::default());
    assert_eq!((methods(&names), aliases(&names)), (vec!["list"], vec![]));
}

#[test]
fn a_type_that_leaves_its_folder_under_another_name_is_still_found_there() {
    let mut before = api(&["A | GET /a | Get", "B | GET /b | Get"]);
    for (at, key, field) in [(0, "GET /a -> 2xx", "side"), (1, "GET /b -> 2xx", "depth")] {
        let fields = super::types::object(&[(field, Type::Text)]);
        let ty = super::types::define(&mut before, key, fields);
        before.operations[at].response = Response::Json { ty, may_be_empty: false };
    }
    let same = lock(&before).to_string().replace("= a::A\n", "= a::Item\n");
    let first = Lock::parse(&same.replace("= b::B\n", "= b::Item\n")).unwrap();
    let mut after = before.clone();
    for (at, path) in [(0, "/c"), (1, "/d")] {
        add(&mut after, &["C"], "GET", path, "Get");
        after.operations[2 + at].response = before.operations[at].response.clone();
    }
    let (names, next, found) = run(&after, &first, &[], Renaming::default());
    let idents: Vec<_> = names.types.iter().map(|it| (&it.module[..], it.ident.as_str())).collect();
    assert_eq!(idents[0], (&["shared".to_owned()][..], "Item"));
    assert_ne!(idents[1].1, "Item");
    assert_eq!(names.aliases[0].of, Aliased::Type(TypeId(1)));
    assert_eq!((aliases(&names), found), (vec!["b.Item  \"stays\"".to_owned()], vec![]));
    let (again, last, _) = run(&after, &next, &[], Renaming::default());
    assert_eq!((again, last), (names, next));
}

#[test]
fn a_request_keeps_its_name_when_it_gains_a_twin_and_when_it_loses_one() {
    let alone = api(&["Users | GET /users | List users"]);
    let first = lock(&alone);
    let mut both = alone.clone();
    add(&mut both, &["Users"], "GET", "/users", "List users");
    for (operation, digest) in both.operations.iter_mut().zip(["a1", "b2"]) {
        operation.key.digest = Some(digest.to_owned());
    }
    let (names, next, found) = run(&both, &first, &[], Renaming::default());
    assert_eq!(methods(&names)[0], "list");
    assert!(found.contains(&"name::twins"), "{found:?}");
    let (_, _, found) = run(&both, &next, &[], Renaming::default());
    assert!(!found.contains(&"name::twins"), "{found:?}");
    let (names, _, found) = run(&alone, &next, &[], Renaming::default());
    assert_eq!((methods(&names), found), (vec!["list"], vec!["name::twins"]));
    // One that was edited is the one that is not there any more.
    both.operations[0].key.digest = Some("c3".to_owned());
    let (names, _, found) = run(&both, &next, &[], Renaming::default());
    assert_eq!(methods(&names)[0], "list");
    assert!(!found.contains(&"name::twins"), "{found:?}");
}

#[test]
fn a_twin_is_known_by_its_parameters() {
    let mut alone = api(&["Users | GET /users | List users"]);
    alone.operations[0].query.push(super::parameter("perPage"));
    let first = lock(&alone);
    let mut both = alone.clone();
    add(&mut both, &["Users"], "GET", "/users", "List users");
    for (operation, digest) in both.operations.iter_mut().zip(["b2", "a1"]) {
        operation.key.digest = Some(digest.to_owned());
    }
    both.operations.reverse();
    let (names, _, _) = run(&both, &first, &[], Renaming::default());
    assert_eq!(methods(&names)[1], "list");
}

/// The likeness of a request that says these words.
fn like(text: &str) -> Likeness {
    let said = text.split(' ').map(|word| Fnv::of(word.as_bytes()).finish());
    Likeness::of(&said.collect::<Vec<_>>())
}

const CARD: &str = "form amount currency card number expiry holder code";
const CASH: &str = "json till coins notes drawer clerk receipt";

#[test]
fn a_twin_is_known_by_what_it_sends_also_where_it_was_edited() {
    let mut alone = api(&["Pay | POST /pay | Pay"]);
    alone.operations[0].likeness = like(CARD);
    let first = lock(&alone);
    let mut both = alone.clone();
    add(&mut both, &["Pay"], "POST", "/pay", "Pay");
    for card in [CARD.to_owned(), format!("{CARD} street")] {
        // The one that comes stands first, as its digest may have it.
        for (operation, digest, text) in [(0, "a1", CASH), (1, "b2", card.as_str())] {
            both.operations[operation].key.digest = Some(digest.to_owned());
            both.operations[operation].likeness = like(text);
        }
        let (names, next, found) = run(&both, &first, &[], Renaming::default());
        assert_eq!(methods(&names)[1], "create", "{card}");
        assert!(!found.contains(&"name::twins"), "{found:?}");
        let other = methods(&names)[0].to_owned();
        // And the other way round: which of two is left.
        let mut left = both.clone();
        let cash = left.operations.remove(0);
        left.operations[0].key.digest = None;
        let (names, _, found) = run(&left, &next, &[], Renaming::default());
        assert_eq!((methods(&names), found), (vec!["create"], vec![]));
        left.operations[0].likeness = cash.likeness;
        let (names, _, found) = run(&left, &next, &[], Renaming::default());
        assert_eq!((methods(&names), found), (vec![other.as_str()], vec![]));
    }
}

#[test]
fn an_edit_changes_no_line_unless_it_is_another_request_by_then() {
    let mut api = api(&["Pay | POST /pay | Pay"]);
    api.operations[0].likeness = like(CARD);
    let first = lock(&api);
    assert!(first.to_string().contains(&format!("PayRequest {}\n", like(CARD))), "{first}");
    api.operations[0].likeness = like(&format!("{CARD} street"));
    let (_, next, _) = run(&api, &first, &[], Renaming::default());
    assert_eq!(next, first);
    api.operations[0].likeness = like(CASH);
    let (names, next, _) = run(&api, &first, &[], Renaming::default());
    assert!(next.to_string().contains(&format!("PayRequest {}\n", like(CASH))), "{next}");
    assert_eq!(pruned(&api, &names, &first), first);
}

#[test]
fn several_requests_of_one_endpoint_that_are_renamed_at_once_are_told_apart() {
    let mut before = api(&["Pay | POST /pay | Card", "Pay | POST /pay | Cash"]);
    before.operations[0].likeness = like(CARD);
    before.operations[1].likeness = like(CASH);
    let first = lock(&before);
    let mut after = api(&["Pay | POST /pay | By money", "Pay | POST /pay | By plastic"]);
    after.operations[0].likeness = like(CASH);
    after.operations[1].likeness = like(&format!("{CARD} street"));
    let (names, _, found) = run(&after, &first, &[], Renaming::default());
    assert_eq!((methods(&names), found.len()), (vec!["cash", "card"], 2));
    // Where they send the same, what they are called says it.
    before.operations.iter_mut().for_each(|it| it.likeness = Likeness::default());
    let moved = api(&["Money | POST /pay | Cash", "Money | POST /pay | Card"]);
    let (names, _, _) = run(&moved, &lock(&before), &[], Renaming::default());
    assert_eq!(methods(&names), ["cash", "card"]);
}

#[test]
fn what_comes_to_an_endpoint_that_others_share_is_not_what_has_gone() {
    let mut before = api(&["Ask | POST /graphql | Boats", "Ask | POST /graphql | Ports"]);
    before.operations[0].likeness = like("graphql boats name mast");
    before.operations[1].likeness = like("graphql ports depth");
    let first = lock(&before);
    let mut after = before.clone();
    after.operations.remove(0);
    add(&mut after, &["Ask"], "POST", "/graphql", "Invoices");
    after.operations[1].likeness = like(CASH);
    let (names, next, found) = run(&after, &first, &[], Renaming::default());
    assert_eq!((methods(&names), found), (vec!["ports", "invoices"], vec![]));
    assert!(next.to_string().contains("[Ask › Boats] = ask.boats "), "{next}");
}

#[test]
fn a_pruned_lock_has_what_is_there_and_nothing_else() {
    let before = api(&["Users | GET /users | List users", "Old | GET /old | Get"]);
    let first = lock(&before);
    let after = api(&["Users | GET /users | Find people"]);
    let (names, next, _) = run(&after, &first, &[], Renaming::default());
    assert!(next.to_string().contains("folder Old = old Old\n"), "{next}");
    let pruned = pruned(&after, &names, &next);
    let lines: Vec<String> = pruned.lines().collect();
    assert_eq!(
        lines,
        [
            "folder Users = users Users",
            "operation GET /users [Users › Find people] = users.list ListUsersRequest renamed",
            "server https://shop.example = base_url",
        ]
    );
    let (again, last, _) = run(&after, &pruned, &[], Renaming::default());
    assert_eq!((again, last), (names, pruned));
}
