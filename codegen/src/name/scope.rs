//! One collision domain.
//!
//! In: entries with candidate names from short to long. Out: one name each, all different. Knows nothing of what is named.

mod runner;
#[cfg(test)]
mod tests;

use runner::Runner;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Something that wants a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Stable key: what orders those that nothing else tells apart.
    pub key: String,
    /// The user's word; it never gives way.
    pub pin: Option<String>,
    /// The name that was published; it gives way to a pin alone.
    pub lock: Option<String>,
    /// Whether the first candidate is the key itself: no other key has that name, so that it stays without a lock.
    pub own: bool,
    /// The lower it is, the better the claim.
    pub rank: u8,
    /// How often it is met: of equal rank, the more frequent has the better claim.
    pub places: usize,
    /// Names from short to long; only the first of them, where the others are made when they are asked for.
    pub candidates: Vec<String>,
    /// What all of them end with, so that a number stands before it.
    pub suffix: &'static str,
}

/// The name an [`Entry`] got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The name.
    pub name: String,
    /// Whether no candidate was free and it ends with a number.
    pub numbered: bool,
}

/// All candidates of the entry at an index, for entries that have only the first: most need no other, and making them is most of the work.
pub(super) type All<'c> = dyn Fn(usize) -> Vec<String> + 'c;

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
    reserved: BTreeSet<String>,
    taken: BTreeSet<String>,
    /// What was published and is not there now: nobody else gets it.
    kept: BTreeSet<String>,
    /// What was given, without `_`, where that does not tell names apart: `a_b` beside `ab`.
    given: Option<BTreeSet<String>>,
    /// The last number that each name was given, so that many twins are not counted from the first on for each.
    numbers: BTreeMap<(String, &'static str), usize>,
}

impl<'a> Scope<'a> {
    /// A domain in which `reserved` are taken from the start.
    pub(super) fn new<'r>(reserved: impl IntoIterator<Item = &'r str>) -> Self {
        Self { reserved: reserved.into_iter().map(fold).collect(), ..Self::default() }
    }

    /// A domain in which what `around` took is taken, though not for what was published.
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

    /// Keeps `names` for what had them.
    pub(super) fn keep<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        self.kept.extend(names.into_iter().map(fold));
    }

    /// Whether `name` is not free; case does not tell names apart, as it does not tell files apart.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.holds_folded(&fold(name))
    }

    fn holds_folded(&self, name: &str) -> bool {
        let own = self.reserved.contains(name) || self.taken.contains(name);
        own || self.kept.contains(name) || self.around.is_some_and(|it| it.holds_folded(name))
    }

    /// Whether `name` is not free for what was published under it either.
    fn is_taken(&self, name: &str) -> bool {
        let name = fold(name);
        self.taken.contains(&name) || self.is_reserved(&name)
    }

    fn is_reserved(&self, name: &str) -> bool {
        self.reserved.contains(name) || self.around.is_some_and(|it| it.is_reserved(name))
    }

    /// Gives each entry a name and takes them all: those of the highest rank in a clash move to their next candidates together; exact twins are numbered.
    pub(super) fn resolve(&mut self, entries: &[Entry]) -> Vec<Named> {
        self.resolve_with(entries, &|_| Vec::new())
    }

    /// The same, where `all` are the candidates of an entry.
    pub(super) fn resolve_with(&mut self, entries: &[Entry], all: &All<'_>) -> Vec<Named> {
        self.settle(entries, Giving::Together, all)
    }

    /// Like [`Scope::resolve`], but the entry with the best claim (rank, then places, then key) keeps the name.
    pub(super) fn contest(&mut self, entries: &[Entry]) -> Vec<Named> {
        self.contest_with(entries, &|_| Vec::new())
    }

    /// The same, where `all` are the candidates of an entry.
    pub(super) fn contest_with(&mut self, entries: &[Entry], all: &All<'_>) -> Vec<Named> {
        self.settle(entries, Giving::Losers, all)
    }

    /// Like [`Scope::resolve`] where a trailing `_` is enough to step aside of a reserved name, but no `_` tells two members apart.
    pub(super) fn resolve_members(&mut self, entries: &[Entry]) -> Vec<Named> {
        self.given.get_or_insert_default();
        let is_taken = |entry: &Entry| entry.candidates.iter().any(|it| self.is_taken(it));
        if !entries.iter().any(is_taken) {
            return self.resolve(entries);
        }
        let mut entries = entries.to_vec();
        for entry in &mut entries {
            for candidate in &mut entry.candidates {
                if self.is_taken(candidate) {
                    candidate.push('_');
                }
            }
        }
        self.resolve(&entries)
    }

    fn settle(&mut self, entries: &[Entry], giving: Giving, all: &All<'_>) -> Vec<Named> {
        let locked = locked(entries);
        let runner = |(at, entry)| self.runner(entry, locked.contains(&at), &|| all(at));
        let mut runners: Vec<Runner<'_>> = entries.iter().enumerate().map(runner).collect();
        while advance(&mut runners, self, giving, all) {}
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
            let suffix = entries.get(at).map_or("", |entry| entry.suffix);
            let number = self.number(&plain, suffix);
            self.take(&number);
            numbers.insert(at, (number != plain, number));
        }
        let named = |(at, runner): (usize, &Runner<'_>)| match numbers.remove(&at) {
            Some((numbered, name)) => Named { name, numbered },
            None => Named { name: runner.name().to_owned(), numbered: false },
        };
        runners.iter().enumerate().map(named).collect()
    }

    /// The first of `plain`, `plain_2`, `plain_3` … that is free.
    fn number(&mut self, plain: &str, suffix: &'static str) -> String {
        // No name becomes free again, so that what was found taken need not be asked for.
        let last = (plain.to_owned(), suffix);
        let mut ordinal = self.numbers.get(&last).copied().unwrap_or(1);
        let mut name = match ordinal {
            1 => plain.to_owned(),
            _ => ordinal_name(plain, suffix, ordinal),
        };
        while self.holds(&name)
            || self.given.as_ref().is_some_and(|it| it.contains(&loosened(&name)))
        {
            ordinal += 1;
            name = ordinal_name(plain, suffix, ordinal);
        }
        self.numbers.insert(last, ordinal);
        name
    }

    fn runner<'e>(
        &self,
        entry: &'e Entry,
        is_locked: bool,
        all: &dyn Fn() -> Vec<String>,
    ) -> Runner<'e> {
        let lock = entry.lock.as_ref().filter(|it| is_locked && !self.is_taken(it));
        let is_given = entry.pin.is_some() || lock.is_some();
        let rank = match (&entry.pin, lock) {
            (Some(_), _) => 0,
            (None, Some(_)) => 1,
            (None, None) => entry.rank.saturating_add(2),
        };
        let mut runner = Runner {
            key: &entry.key,
            rank,
            places: entry.places,
            names: entry.pin.iter().chain(lock).take(1).map(Cow::from).collect(),
            is_whole: entry.pin.is_some(),
            level: 0,
            is_spent: false,
            is_given,
            is_firm: false,
        };
        let is_free = |name: &str| !self.holds(name);
        if !runner.is_whole {
            runner.lengthen(entry.candidates.iter().map(Cow::from), is_free);
        }
        let mut further = Vec::new();
        if runner.names.is_empty() {
            further = all();
            runner.is_whole = true;
            runner.lengthen(further.iter().cloned().map(Cow::from), is_free);
        }
        let is_own = entry.own && entry.candidates.first().is_some_and(|it| it == runner.first());
        runner.is_spent = runner.names.is_empty();
        runner.is_firm = !runner.is_spent && (is_given || is_own);
        if runner.is_spent {
            let plain = entry.candidates.iter().chain(&further).next();
            runner.names.extend(plain.cloned().map(Cow::from));
        }
        runner
    }
}

/// Whose published names hold: of several with one name, as after a merge, that with the least key.
fn locked(entries: &[Entry]) -> BTreeSet<usize> {
    let mut best: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let Some(name) = entry.lock.as_ref().filter(|_| entry.pin.is_none()) else { continue };
        let own = (entry.key.as_str(), at);
        let had = best.entry(fold(name)).or_insert(own);
        *had = own.min(*had);
    }
    best.into_values().map(|(_, at)| at).collect()
}

/// One round over all clashes; false if there is none.
fn advance(runners: &mut [Runner<'_>], scope: &Scope<'_>, giving: Giving, all: &All<'_>) -> bool {
    let mut clashes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, runner) in runners.iter().enumerate().filter(|(_, runner)| !runner.is_spent) {
        let name = runner.name();
        let name = if scope.given.is_some() { loosened(name) } else { fold(name) };
        clashes.entry(name).or_default().push(index);
    }
    let mut moved = false;
    for members in clashes.into_values() {
        let of = |at: &usize| runners.get(*at);
        let is_held = |at: &usize| of(at).is_some_and(|it| scope.holds(it.name()));
        let is_given = members.iter().filter_map(of).any(Runner::is_given);
        let is_taken = !is_given && members.iter().any(is_held);
        if !is_taken && !is_clash(&members, runners) {
            continue;
        }
        for at in &members {
            let last = runners.get_mut(*at).filter(|it| !it.is_whole && !it.can_advance());
            if let Some(runner) = last {
                runner.is_whole = true;
                runner.lengthen(all(*at).into_iter().map(Cow::from), |name| !scope.holds(name));
            }
        }
        moved |= match giving {
            Giving::Together => step_together(runners, &members),
            Giving::Losers => step_losers(runners, &members, is_taken),
        };
    }
    moved
}

/// Whether some of `members` cannot both have their names.
fn is_clash(members: &[usize], runners: &[Runner<'_>]) -> bool {
    if members.len() < 2 {
        return false;
    }
    let of = || members.iter().filter_map(|at| runners.get(*at));
    let names: BTreeSet<String> = of().map(|it| fold(it.name())).collect();
    names.len() < members.len() || !of().all(Runner::is_firm)
}

/// Moves those members of one clash that have the highest rank.
fn step_together(runners: &mut [Runner<'_>], members: &[usize]) -> bool {
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
fn step_losers(runners: &mut [Runner<'_>], members: &[usize], is_taken: bool) -> bool {
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

/// `name` with a number before its suffix, in the style it is written in: `list_2`, `Thing2`, `Fetch2Request`.
fn ordinal_name(name: &str, suffix: &str, ordinal: usize) -> String {
    let (stem, suffix) = name.strip_suffix(suffix).map_or((name, ""), |stem| (stem, suffix));
    let stem = stem.trim_end_matches('_');
    let is_camel = name.starts_with(|letter: char| letter.is_ascii_uppercase());
    let joint = if is_camel && !stem.ends_with(|it: char| it.is_ascii_digit()) { "" } else { "_" };
    format!("{stem}{joint}{ordinal}{suffix}")
}

/// `name` without what does not tell members apart.
fn loosened(name: &str) -> String {
    fold(name).replace('_', "")
}

fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}
