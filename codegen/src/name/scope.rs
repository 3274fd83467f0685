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
            names.push(format!("{first}_"));
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

    /// Falls back to a digest of the key, salted so that it ends even where keys tie.
    fn digest(&mut self, salt: usize) {
        let base = self.names.first().map_or("unnamed", String::as_str);
        let call = base.strip_suffix("Call");
        let stem = call.unwrap_or(base);
        let stem = stem.get(..50).unwrap_or(stem).trim_end_matches('_');
        let hash = fnv(&format!("{}\u{0}{}", self.key, self.level))
            ^ (salt as u64).wrapping_mul(0x9E37_79B9);
        let short = format!("{:08x}", hash & 0xFFFF_FFFF);
        let camel = stem.starts_with(|letter: char| letter.is_ascii_uppercase());
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
    for (salt, at) in giving.into_iter().enumerate() {
        let Some(runner) = runners.get_mut(at) else { continue };
        if runner.can_advance() {
            runner.level += 1;
        } else if !any_able {
            runner.digest(salt);
        }
    }
    true
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
