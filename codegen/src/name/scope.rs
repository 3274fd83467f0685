//! One collision domain.
//!
//! In: entries with candidate names from short to long. Out: one name each, all different. Knows nothing of what is named.

use std::collections::{BTreeMap, BTreeSet};

/// Something that wants a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Stable key: what the last resort is made of.
    pub key: String,
    /// The user's word; it never gives way.
    pub pin: Option<String>,
    /// In a clash only those of the highest rank give way.
    pub rank: u8,
    /// Names from short to long.
    pub candidates: Vec<String>,
}

/// The name an [`Entry`] got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The name.
    pub name: String,
    /// Whether no candidate was free and it ends with a digest of the key.
    pub digested: bool,
}

/// Names that may not be given in a domain.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A domain in which `reserved` are taken from the start.
    pub(super) fn new<'a>(reserved: impl IntoIterator<Item = &'a str>) -> Self {
        Self { taken: reserved.into_iter().map(fold).collect() }
    }

    /// Takes `name` out of the domain.
    pub(super) fn take(&mut self, name: &str) {
        self.taken.insert(fold(name));
    }

    /// Whether `name` is not free; case does not tell names apart, as it does not tell files apart.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.taken.contains(&fold(name))
    }

    /// Gives each entry a name and takes them all: whatever clashes moves to its next candidate together, and is never numbered.
    pub(super) fn resolve(&mut self, entries: &[Entry]) -> Vec<Named> {
        let mut runners: Vec<Runner> = entries.iter().map(|entry| self.runner(entry)).collect();
        while advance(&mut runners, &self.taken) {}
        runners.iter().for_each(|runner| self.take(runner.name()));
        runners
            .into_iter()
            .map(|runner| Named {
                name: runner.name().to_owned(),
                digested: runner.level >= runner.given,
            })
            .collect()
    }

    /// Like [`Scope::resolve`] where a trailing `_` is enough to step aside of a reserved name.
    pub(super) fn resolve_members(&mut self, entries: &[Entry]) -> Vec<Named> {
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
        if names.is_empty() {
            let first = entry.candidates.first().map_or("unnamed", String::as_str);
            let aside = if is_camel(first) { "" } else { "_" };
            names.push(format!("{first}{aside}"));
        }
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(fold(name)));
        let given = names.len();
        let rank = if entry.pin.is_some() { 0 } else { entry.rank.saturating_add(1) };
        Runner { key: entry.key.clone(), rank, names, level: 0, given }
    }
}

struct Runner {
    key: String,
    rank: u8,
    names: Vec<String>,
    level: usize,
    given: usize,
}

impl Runner {
    fn name(&self) -> &str {
        self.names.get(self.level).map_or("unnamed", String::as_str)
    }

    fn can_advance(&self) -> bool {
        self.level + 1 < self.names.len()
    }

    /// Falls back to a digest of the key; where even that ties, of the key and the turn.
    fn digest(&mut self, ordinal: usize) {
        let base = self.names.first().map_or("unnamed", String::as_str);
        let call = base.strip_suffix("Call");
        let stem = call.unwrap_or(base);
        let stem = stem.get(..50).unwrap_or(stem).trim_end_matches('_');
        let tries = self.names.len() - self.given;
        let again = if tries == 0 { String::new() } else { format!("\u{0}{tries}\u{0}{ordinal}") };
        let hash = fnv(&format!("{}{again}", self.key));
        let short = format!("{:08x}", hash & 0xFFFF_FFFF);
        let camel = is_camel(stem);
        self.names.push(match (camel, call) {
            (true, Some(_)) => format!("{stem}X{short}Call"),
            (true, None) => format!("{stem}X{short}"),
            (false, _) => format!("{stem}_x{short}"),
        });
        self.level = self.names.len() - 1;
    }
}

/// One round over all clashes; false where there is none.
fn advance(runners: &mut [Runner], taken: &BTreeSet<String>) -> bool {
    let mut clashes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, runner) in runners.iter().enumerate() {
        clashes.entry(fold(runner.name())).or_default().push(index);
    }
    let mut moved = false;
    for (name, members) in clashes {
        let is_taken = taken.contains(&name);
        if members.len() < 2 && !is_taken {
            continue;
        }
        moved |= step(runners, &members);
    }
    moved
}

/// Moves those members of one clash that give way.
fn step(runners: &mut [Runner], members: &[usize]) -> bool {
    let rank_of = |index: &usize| runners.get(*index).map_or(0, |runner| runner.rank);
    let rank = members.iter().map(rank_of).max().unwrap_or(0);
    if rank == 0 {
        return false;
    }
    let giving: Vec<usize> = members.iter().copied().filter(|at| rank_of(at) == rank).collect();
    let able = |at: &usize| runners.get(*at).is_some_and(Runner::can_advance);
    let any_able = giving.iter().any(able);
    for (ordinal, at) in giving.into_iter().enumerate() {
        let Some(runner) = runners.get_mut(at) else { continue };
        if runner.can_advance() {
            runner.level += 1;
        } else if !any_able {
            runner.digest(ordinal);
        }
    }
    true
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_uppercase())
}

fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// FNV-1a, 64 bits: short, and the same on every machine.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::{Entry, Scope};

    fn entry(key: &str, rank: u8, candidates: &[&str]) -> Entry {
        let candidates = candidates.iter().map(|name| (*name).to_owned()).collect();
        Entry { key: key.to_owned(), pin: None, rank, candidates }
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
    fn the_last_resort_depends_on_the_key_alone() {
        let two = [entry("1", 0, &["get"]), entry("2", 0, &["get"])];
        let three = [entry("0", 0, &["get"]), entry("1", 0, &["get"]), entry("2", 0, &["get"])];
        let (two, three) =
            (names(&mut Scope::default(), &two), names(&mut Scope::default(), &three));
        assert_eq!(two[..], three[1..]);
        let ties = [entry("1", 0, &["get"]), entry("1", 0, &["get"])];
        let ties = names(&mut Scope::default(), &ties);
        assert_ne!(ties[0], ties[1]);
    }

    #[test]
    fn reserved_names_are_stepped_over_and_members_step_aside() {
        let entries = [entry("1", 0, &["new", "new_user"])];
        assert_eq!(names(&mut Scope::new(["new"]), &entries), ["new_user"]);
        let named = Scope::new(["new"]).resolve_members(&entries);
        assert_eq!(named[0].name, "new_");
        let camel = names(&mut Scope::new(["Client"]), &[entry("1", 0, &["Client"])]);
        assert!(camel[0].starts_with("ClientX"), "{camel:?}");
    }
}
