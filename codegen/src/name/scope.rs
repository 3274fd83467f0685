//! One collision domain.
//!
//! In: entries with candidate names from short to long. Out: one name each, all different. Knows nothing of what is named.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Something that wants a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Stable key: what orders those that nothing else tells apart.
    pub key: String,
    /// The user's word; it never gives way.
    pub pin: Option<String>,
    /// The lower it is, the better the claim.
    pub rank: u8,
    /// How often it is met: of equal rank, the more frequent has the better claim.
    pub places: usize,
    /// Names from short to long.
    pub candidates: Vec<String>,
}

/// The name an [`Entry`] got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The name.
    pub name: String,
    /// Whether no candidate was free and it ends with a number.
    pub numbered: bool,
}

/// Who moves on in a clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Giving {
    /// All of the highest rank, so that none of them has the plain name.
    Together,
    /// All but the one with the best claim, which keeps the name.
    Losers,
}

/// Names that may not be given in a domain.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope<'a> {
    /// The domain around this one, whose names are taken here too.
    around: Option<&'a Scope<'a>>,
    taken: BTreeSet<String>,
    /// What was given, without `_`, where that does not tell names apart: `a_b` beside `ab`.
    given: Option<BTreeSet<String>>,
}

impl<'a> Scope<'a> {
    /// A domain in which `reserved` are taken from the start.
    pub(super) fn new<'r>(reserved: impl IntoIterator<Item = &'r str>) -> Self {
        Self { taken: reserved.into_iter().map(fold).collect(), ..Self::default() }
    }

    /// A domain in which what `around` took is taken.
    pub(super) fn inside(around: &'a Scope<'a>) -> Self {
        Self { around: Some(around), ..Self::default() }
    }

    /// Takes `name` out of the domain.
    pub(super) fn take(&mut self, name: &str) {
        self.taken.insert(fold(name));
        if let Some(given) = &mut self.given {
            given.insert(loosened(name));
        }
    }

    /// Whether `name` is not free; case does not tell names apart, as it does not tell files apart.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.holds_folded(&fold(name))
    }

    fn holds_folded(&self, name: &str) -> bool {
        self.taken.contains(name) || self.around.is_some_and(|around| around.holds_folded(name))
    }

    /// Gives each entry a name and takes them all: those of the highest rank in a clash move to their next candidates together; exact twins are numbered.
    pub(super) fn resolve(&mut self, entries: &[Entry]) -> Vec<Named> {
        self.settle(entries, Giving::Together)
    }

    /// Like [`Scope::resolve`], but the entry with the best claim (rank, then places, then key) keeps the name.
    pub(super) fn contest(&mut self, entries: &[Entry]) -> Vec<Named> {
        self.settle(entries, Giving::Losers)
    }

    /// Like [`Scope::resolve`] where a trailing `_` is enough to step aside of a reserved name, but no `_` tells two members apart.
    pub(super) fn resolve_members(&mut self, entries: &[Entry]) -> Vec<Named> {
        self.given.get_or_insert_default();
        let mut entries = entries.to_vec();
        for entry in &mut entries {
            for candidate in &mut entry.candidates {
                if self.holds(candidate) {
                    candidate.push('_');
                }
            }
        }
        self.resolve(&entries)
    }

    fn settle(&mut self, entries: &[Entry], giving: Giving) -> Vec<Named> {
        let mut runners: Vec<Runner> = entries.iter().map(|entry| self.runner(entry)).collect();
        while advance(&mut runners, self, giving) {}
        let settled = runners.iter().filter(|runner| !runner.is_spent);
        settled.for_each(|runner| self.take(runner.name()));
        let mut spent: Vec<usize> = (0..runners.len())
            .filter(|at| runners.get(*at).is_some_and(|runner| runner.is_spent))
            .collect();
        spent.sort_by_key(|at| runners.get(*at).map(|runner| (runner.claim(), *at)));
        let mut numbers = BTreeMap::new();
        for at in spent {
            let plain = runners.get(at).map(|it| it.first().to_owned()).unwrap_or_default();
            if plain.is_empty() {
                // Nothing can be called so: `complete` stops the run.
                continue;
            }
            let number = self.number(&plain);
            self.take(&number);
            numbers.insert(at, (number != plain, number));
        }
        let named = |(at, runner): (usize, &Runner)| match numbers.remove(&at) {
            Some((numbered, name)) => Named { name, numbered },
            None => Named { name: runner.name().to_owned(), numbered: false },
        };
        runners.iter().enumerate().map(named).collect()
    }

    /// The first of `plain`, `plain_2`, `plain_3` … that is free.
    fn number(&self, plain: &str) -> String {
        let mut name = plain.to_owned();
        let mut ordinal = 1;
        while self.holds(&name)
            || self.given.as_ref().is_some_and(|it| it.contains(&loosened(&name)))
        {
            ordinal += 1;
            name = ordinal_name(plain, ordinal);
        }
        name
    }

    fn runner(&self, entry: &Entry) -> Runner {
        let mut names: Vec<String> = Vec::new();
        for candidate in entry.pin.iter().chain(&entry.candidates) {
            if entry.pin.as_ref() == Some(candidate) || !self.holds(candidate) {
                names.push(candidate.clone());
            }
            if entry.pin.is_some() {
                break;
            }
        }
        let is_spent = names.is_empty();
        if is_spent {
            names.extend(entry.candidates.first().cloned());
        }
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(fold(name)));
        let rank = if entry.pin.is_some() { 0 } else { entry.rank.saturating_add(1) };
        Runner { key: entry.key.clone(), rank, places: entry.places, names, level: 0, is_spent }
    }
}

struct Runner {
    key: String,
    rank: u8,
    places: usize,
    names: Vec<String>,
    level: usize,
    /// Whether all its candidates are lost, so that it takes a number.
    is_spent: bool,
}

impl Runner {
    fn first(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    fn name(&self) -> &str {
        self.names.get(self.level).map_or("", String::as_str)
    }

    /// What decides between two: the lesser one has the better claim.
    fn claim(&self) -> (u8, Reverse<usize>, String) {
        (self.rank, Reverse(self.places), self.key.clone())
    }

    fn can_advance(&self) -> bool {
        self.level + 1 < self.names.len()
    }
}

/// One round over all clashes; false if there is none.
fn advance(runners: &mut [Runner], scope: &Scope<'_>, giving: Giving) -> bool {
    let mut clashes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, runner) in runners.iter().enumerate().filter(|(_, runner)| !runner.is_spent) {
        let name = runner.name();
        let name = if scope.given.is_some() { loosened(name) } else { fold(name) };
        clashes.entry(name).or_default().push(index);
    }
    let mut moved = false;
    for members in clashes.into_values() {
        let is_held = |at: &usize| runners.get(*at).is_some_and(|it| scope.holds(it.name()));
        let is_taken = members.iter().any(is_held);
        if members.len() < 2 && !is_taken {
            continue;
        }
        moved |= match giving {
            Giving::Together => step_together(runners, &members),
            Giving::Losers => step_losers(runners, &members, is_taken),
        };
    }
    moved
}

/// Moves those members of one clash that have the highest rank.
fn step_together(runners: &mut [Runner], members: &[usize]) -> bool {
    let rank_of = |index: &usize| runners.get(*index).map_or(0, |runner| runner.rank);
    let rank = members.iter().map(rank_of).max().unwrap_or(0);
    if rank == 0 {
        return false;
    }
    let giving: Vec<usize> = members.iter().copied().filter(|at| rank_of(at) == rank).collect();
    let any_able = giving.iter().any(|at| runners.get(*at).is_some_and(Runner::can_advance));
    for at in giving {
        let Some(runner) = runners.get_mut(at) else { continue };
        if runner.can_advance() {
            runner.level += 1;
        } else if !any_able {
            runner.is_spent = true;
        }
    }
    true
}

/// Moves all members of one clash but the one with the best claim, which moves too where the name is taken.
fn step_losers(runners: &mut [Runner], members: &[usize], is_taken: bool) -> bool {
    let best = members.iter().copied().filter(|_| !is_taken);
    let best = best.min_by_key(|at| runners.get(*at).map(|runner| (runner.claim(), *at)));
    let mut moved = false;
    for at in members.iter().copied().filter(|at| Some(*at) != best) {
        let Some(runner) = runners.get_mut(at).filter(|runner| runner.rank > 0) else { continue };
        moved = true;
        if runner.can_advance() {
            runner.level += 1;
        } else {
            runner.is_spent = true;
        }
    }
    moved
}

/// `name` with a number, in the style it is written in: `list_2`, `Thing2`, `Fetch2Call`.
fn ordinal_name(name: &str, ordinal: usize) -> String {
    let request = name.strip_suffix("Request");
    let stem = request.unwrap_or(name).trim_end_matches('_');
    let is_camel = name.starts_with(|letter: char| letter.is_ascii_uppercase());
    let joint = if is_camel && !stem.ends_with(|it: char| it.is_ascii_digit()) { "" } else { "_" };
    let suffix = if request.is_some() { "Request" } else { "" };
    format!("{stem}{joint}{ordinal}{suffix}")
}

/// `name` without what does not tell members apart.
fn loosened(name: &str) -> String {
    fold(name).replace('_', "")
}

fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
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
        let requests = ["1", "2"].map(|key| entry(key, 0, &["GetRequest"]));
        assert_eq!(names(&mut Scope::default(), &requests), ["GetRequest", "Get2Request"]);
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
}
