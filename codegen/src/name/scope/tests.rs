//! Clashes, and who moves on.

use super::{Entry, Scope};

fn entry(key: &str, rank: u8, candidates: &[&str]) -> Entry {
    let candidates = candidates.iter().map(|name| (*name).to_owned()).collect();
    Entry { key: key.to_owned(), rank, candidates, ..Entry::default() }
}

fn names(scope: &mut Scope, entries: &[Entry]) -> Vec<String> {
    scope.resolve(entries).into_iter().map(|named| named.name).collect()
}

#[test]
fn all_members_of_a_clash_move_together() {
    let entries = [entry("1", 0, &["get", "get_a"]), entry("2", 0, &["get", "get_b"])];
    assert_eq!(names(&mut Scope::default(), &entries), ["get_a", "get_b"]);
}

#[test]
fn the_higher_rank_gives_way_alone() {
    let entries = [entry("1", 1, &["list", "search"]), entry("2", 0, &["list", "all"])];
    assert_eq!(names(&mut Scope::default(), &entries), ["search", "list"]);
}

#[test]
fn a_pin_never_gives_way() {
    let mut pinned = entry("1", 0, &["a"]);
    pinned.pin = Some("get".to_owned());
    let entries = [pinned, entry("2", 0, &["get", "get_b"])];
    assert_eq!(names(&mut Scope::default(), &entries), ["get", "get_b"]);
}

fn locked(key: &str, lock: &str, candidates: &[&str]) -> Entry {
    Entry { lock: Some(lock.to_owned()), ..entry(key, 1, candidates) }
}

#[test]
fn a_published_name_gives_way_to_a_pin_alone() {
    let newcomer = entry("0", 0, &["get", "get_b"]);
    let entries = [locked("1", "get", &["get_a"]), newcomer.clone()];
    assert_eq!(names(&mut Scope::default(), &entries), ["get", "get_b"]);
    let contested = Scope::default().contest(&entries);
    assert_eq!(contested.iter().map(|it| &it.name).collect::<Vec<_>>(), ["get", "get_b"]);
    let pinned = Entry { pin: Some("get".to_owned()), ..newcomer };
    let entries = [locked("1", "get", &["get_a"]), pinned];
    assert_eq!(names(&mut Scope::default(), &entries), ["get_a", "get"]);
    // What the client itself is called so has it.
    assert_eq!(names(&mut Scope::new(["get"]), &entries[..1]), ["get_a"]);
    let branches = [locked("2", "get", &["get_b"]), locked("1", "get", &["get_a"])];
    assert_eq!(names(&mut Scope::default(), &branches), ["get_b", "get"]);
}

#[test]
fn what_is_kept_is_for_nobody_else() {
    let mut scope = Scope::default();
    scope.keep(["get"]);
    let entries = [locked("1", "get", &["get_a"]), entry("2", 0, &["get", "get_b"])];
    assert_eq!(names(&mut scope.clone(), &entries), ["get", "get_b"]);
    assert_eq!(names(&mut scope.clone(), &entries[1..]), ["get_b"]);
    let members = scope.resolve_members(&[entry("2", 0, &["get"])]);
    assert_eq!(members[0].name, "get_2");
}

#[test]
fn what_is_called_as_its_key_clashes_with_equal_names_alone() {
    let own = |name| Entry { own: true, ..entry(name, 0, &[name]) };
    let named = |entries: &[Entry]| -> Vec<String> {
        let named = Scope::new(["new"]).resolve_members(entries);
        named.into_iter().map(|named| named.name).collect()
    };
    assert_eq!(named(&[own("user_name"), own("username")]), ["user_name", "username"]);
    let other = entry("1 userName", 1, &["user_name"]);
    assert_eq!(named(&[other, own("username")]), ["user_name_2", "username"]);
    let published = locked("1 userName", "user_name", &["user_name"]);
    assert_eq!(named(&[published, own("user_name")]), ["user_name", "user_name_2"]);
}

#[test]
fn the_best_claim_keeps_the_name() {
    let frequent = Entry { places: 2, ..entry("2", 1, &["User", "UserItem"]) };
    let entries =
        [entry("1", 1, &["User", "OtherUser"]), frequent, entry("3", 2, &["User", "PageUser"])];
    let named = Scope::default().contest(&entries);
    let named: Vec<&str> = named.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(named, ["OtherUser", "User", "PageUser"]);
}

#[test]
fn a_name_that_only_some_can_leave_is_left_to_the_best_of_the_rest() {
    let entries = [entry("1", 0, &["User", "UserItem"]), entry("0", 1, &["User"])];
    let named = Scope::new(["user"]).contest(&entries);
    let named: Vec<&str> = named.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(named, ["UserItem", "User2"]);
}

#[test]
fn twins_are_numbered_in_the_order_of_their_keys() {
    let twins = ["3", "1", "2"].map(|key| entry(key, 0, &["get"]));
    assert_eq!(names(&mut Scope::default(), &twins), ["get_3", "get", "get_2"]);
    let types = ["1", "2"].map(|key| entry(key, 0, &["Thing"]));
    assert_eq!(names(&mut Scope::default(), &types), ["Thing", "Thing2"]);
    let digits = ["1", "2"].map(|key| entry(key, 0, &["N1"]));
    assert_eq!(names(&mut Scope::default(), &digits), ["N1", "N1_2"]);
    let suffix = "Request";
    let requests = ["1", "2"].map(|key| Entry { suffix, ..entry(key, 0, &["GetRequest"]) });
    assert_eq!(names(&mut Scope::default(), &requests), ["GetRequest", "Get2Request"]);
    let types = ["1", "2"].map(|key| entry(key, 0, &["PullRequest"]));
    assert_eq!(names(&mut Scope::default(), &types), ["PullRequest", "PullRequest2"]);
    let ties = ["1", "1"].map(|key| entry(key, 0, &["get"]));
    assert_eq!(names(&mut Scope::default(), &ties), ["get", "get_2"]);
}

#[test]
fn no_underscore_tells_members_apart() {
    let frequent = |key, name| Entry { places: 3, ..entry(key, 0, &[name]) };
    let entries = [entry("1", 0, &["user_name"]), frequent("2", "username")];
    let named = |entries: &[Entry]| -> Vec<String> {
        let named = Scope::new(["new"]).resolve_members(entries);
        named.into_iter().map(|named| named.name).collect()
    };
    assert_eq!(named(&entries), ["user_name_2", "username"]);
    let entries = [entry("1", 0, &["new"]), entry("2", 0, &["new_"])];
    assert_eq!(named(&entries), ["new_", "new_2"]);
    let entries = [entry("1", 0, &["a1"]), entry("2", 0, &["a_1"]), entry("3", 0, &["a_12"])];
    assert_eq!(named(&entries), ["a1", "a_1_3", "a_12"]);
}

#[test]
fn a_number_that_is_taken_is_passed_over() {
    let entries = [entry("1", 0, &["get"]), entry("2", 0, &["get"]), entry("3", 0, &["get_2"])];
    assert_eq!(names(&mut Scope::default(), &entries), ["get", "get_3", "get_2"]);
}

#[test]
fn what_has_no_candidate_has_no_name() {
    let nameless = [entry("1", 0, &[]), entry("2", 0, &["get"]), entry("3", 0, &[])];
    assert_eq!(names(&mut Scope::default(), &nameless), ["", "get", ""]);
}

#[test]
fn reserved_names_are_stepped_over_and_members_step_aside() {
    let entries = [entry("1", 0, &["new", "new_user"])];
    assert_eq!(names(&mut Scope::new(["new"]), &entries), ["new_user"]);
    let named = Scope::new(["new"]).resolve_members(&entries);
    assert_eq!(named[0].name, "new_");
    let camel = names(&mut Scope::new(["Client"]), &[entry("1", 0, &["Client"])]);
    assert_eq!(camel, ["Client2"]);
}

#[test]
fn candidates_that_are_made_when_asked_for_change_nothing() {
    let whole = [
        entry("1", 0, &["get", "get_a", "get_a_b"]),
        entry("2", 0, &["get", "GET", "get_b"]),
        entry("3", 1, &["get_b", "taken"]),
        entry("4", 0, &["taken", "get_c"]),
        entry("5", 0, &["taken"]),
        entry("6", 0, &[]),
        locked("7", "kept", &["get"]),
    ];
    let first = whole.each_ref().map(|entry| Entry {
        candidates: entry.candidates.iter().take(1).cloned().collect(),
        ..entry.clone()
    });
    let all = |at: usize| whole[at].candidates.clone();
    let (eager, lazy) = (&mut Scope::new(["taken"]), &mut Scope::new(["taken"]));
    assert_eq!(lazy.resolve_with(&first, &all), eager.resolve(&whole));
    let (eager, lazy) = (&mut Scope::new(["taken"]), &mut Scope::new(["taken"]));
    assert_eq!(lazy.contest_with(&first, &all), eager.contest(&whole));
    assert_ne!(Scope::new(["taken"]).contest(&first), Scope::new(["taken"]).contest(&whole));
}
