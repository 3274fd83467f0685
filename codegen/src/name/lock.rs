//! `spec/names.lock`: public names that stay, whatever is added beside what has them.
//!
//! In: a text, a line a name. Out: a [`Lock`], which prints the same text again, in order. Knows the forms of names, but neither the API nor which names are free: a name of a lock is an identifier of its kind, since it becomes code.

mod line;
#[cfg(test)]
mod tests;

use crate::api::Likeness;
use crate::diagnostic::Diagnostic;
use crate::origin::{Origin, Span};
use line::{Line, Mark};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What findings about a lock call it.
pub const SOURCE: &str = "names.lock";

/// The setter of the base URL that keys say nothing of.
pub(super) const FIRST_SERVER: &str = "base_url";

const HEADER: &str = "\
# The public names of the client, a line a name: whatever is added beside them, they stay.
# Written by `cargo xtask codegen` and reviewed like code; after a merge the lines of both sides stay.
";

/// What has a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A setter of the builder, and those that go with it.
    Credential,
    /// A handle: how one gets it, and its type.
    Folder,
    /// A method, and the type of its request.
    Operation,
    /// A setter of the builder.
    Server,
    /// A type.
    Type,
    /// A setter of the builder.
    Variable,
}

impl Kind {
    const ALL: [Self; 6] =
        [Self::Credential, Self::Folder, Self::Operation, Self::Server, Self::Type, Self::Variable];

    /// The word that its lines begin with.
    const fn word(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::Folder => "folder",
            Self::Operation => "operation",
            Self::Server => "server",
            Self::Type => "type",
            Self::Variable => "variable",
        }
    }

    /// What stands between the parts of a path to it.
    const fn joint(self) -> &'static str {
        match self {
            Self::Type => "::",
            Self::Credential | Self::Folder | Self::Operation | Self::Server | Self::Variable => {
                "."
            }
        }
    }

    /// Whether a type always goes with it: a handle, a request.
    const fn has_type(self) -> bool {
        matches!(self, Self::Folder | Self::Operation)
    }
}

/// The name of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// The module or handle it stands on, from the crate's root.
    pub around: Vec<String>,
    /// Its own name.
    pub name: String,
    /// The type that goes with it: of a folder its handle, of an operation its request, of a type what its constructor takes, if that is a type.
    pub ty: String,
}

/// Another path under which a thing is still found.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    /// The path.
    pub path: Path,
    /// The version of the client since which it is deprecated; `None` where it stays.
    pub deprecated: Option<String>,
}

/// What is locked of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locked {
    /// Its name; `None` where only names inside it are known.
    pub path: Option<Path>,
    /// Names inside it by their keys: fields, variants, setters, arguments.
    pub members: BTreeMap<String, String>,
    /// Where else it is found.
    pub aliases: BTreeSet<Alias>,
    /// What a request was like when it got its line; several where branches were merged.
    pub likenesses: BTreeSet<Likeness>,
    /// Whether the collection calls it otherwise by now than when it got its name.
    pub is_renamed: bool,
}

/// All names that stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock(pub BTreeMap<(Kind, String), Locked>);

impl Lock {
    /// Reads a lock; comments, blank lines and equal lines are passed over.
    ///
    /// # Errors
    ///
    /// Each line that is none, and each that gives something a second name.
    pub fn parse(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut lock = Self::default();
        let mut wrong = Vec::new();
        let mut known: BTreeMap<(Kind, String, Option<String>), usize> = BTreeMap::new();
        let mut start = 0;
        for (at, whole) in text.split_inclusive('\n').enumerate() {
            let span = Span { start, end: start + whole.trim_end().len() };
            start += whole.len();
            let text = whole.trim_end_matches(['\n', '\r']);
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            let line = match Line::parse(text) {
                Ok(line) => line,
                Err(why) => {
                    wrong.push(refused(span, why));
                    continue;
                }
            };
            let first = line.address().map(|it| *known.entry(it).or_insert(at + 1));
            let first = first.unwrap_or_default();
            if let Err(name) = lock.add(line) {
                wrong.push(twice(span, first, &name));
            }
        }
        if wrong.is_empty() { Ok(lock) } else { Err(wrong) }
    }

    /// Adds a line; of one that says otherwise than another, gives back the name that stays.
    fn add(&mut self, line: Line) -> Result<(), String> {
        let Line { kind, key, member, path, likeness, mark } = line;
        let own = self.0.entry((kind, key)).or_default();
        let alias = match mark {
            Mark::Own => None,
            Mark::Renamed => {
                own.is_renamed = true;
                None
            }
            Mark::Also => Some(None),
            Mark::Deprecated(since) => Some(Some(since)),
        };
        if let Some(deprecated) = alias {
            own.aliases.insert(Alias { path, deprecated });
            return Ok(());
        }
        if let Some(member) = member {
            let had = own.members.entry(member).or_insert_with(|| path.name.clone());
            return if *had == path.name { Ok(()) } else { Err(had.clone()) };
        }
        own.likenesses.extend(likeness);
        let had = own.path.get_or_insert_with(|| path.clone());
        if *had == path { Ok(()) } else { Err(had.shown(kind)) }
    }

    /// The lines of the lock, without what it says of itself.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().flat_map(|((kind, key), locked)| {
            let (kind, likeness) = (*kind, None);
            let line = move |member, path, mark| Line {
                kind,
                key: key.clone(),
                member,
                path,
                likeness,
                mark,
            };
            let mark = if locked.is_renamed { Mark::Renamed } else { Mark::Own };
            let likenesses: Vec<_> = match locked.likenesses.len() {
                0 => vec![None],
                _ => locked.likenesses.iter().copied().map(Some).collect(),
            };
            let own = locked.path.iter().flat_map(move |path| {
                let own = line(None, path.clone(), mark.clone());
                likenesses.clone().into_iter().map(move |likeness| Line { likeness, ..own.clone() })
            });
            let member = move |(key, name): (&String, &String)| {
                let path = Path { name: name.clone(), ..Path::default() };
                line(Some(key.clone()), path, Mark::Own)
            };
            let alias = move |it: &Alias| {
                let mark = it.deprecated.clone().map_or(Mark::Also, Mark::Deprecated);
                line(None, it.path.clone(), mark)
            };
            let all = own.chain(locked.aliases.iter().map(alias));
            all.chain(locked.members.iter().map(member)).map(|line| line.to_string())
        })
    }

    /// The base URL that keys say nothing of, if any is locked.
    #[must_use]
    pub fn first_server(&self) -> Option<&str> {
        let servers = self.0.iter().filter(|((kind, _), _)| *kind == Kind::Server);
        let mut first = servers.filter_map(|((_, key), locked)| {
            let path = locked.path.as_ref()?;
            (path.name == FIRST_SERVER).then_some(key.as_str())
        });
        first.next()
    }
}

impl Path {
    /// The path as it is printed: `users.list`, `users::User`.
    #[must_use]
    pub fn shown(&self, kind: Kind) -> String {
        let outer = self.around.iter().map(|segment| format!("{segment}{}", kind.joint()));
        outer.chain([self.name.clone()]).collect()
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        self.lines().try_for_each(|line| writeln!(f, "{line}"))
    }
}

fn refused(span: Span, why: &str) -> Diagnostic {
    let help = "a line is `KIND KEY = NAME` as `cargo xtask codegen` writes it; where a merge left its marks, delete those and keep the lines of both sides";
    at(span, "lock::line", why.to_owned()).with_help(help)
}

fn twice(span: Span, first: usize, name: &str) -> Diagnostic {
    let message = format!("this has another name in line {first}: `{name}`");
    let help = "delete the line whose name is not to stay, and run `cargo xtask codegen`";
    at(span, "lock::two-names", message).with_help(help)
}

fn at(span: Span, code: &'static str, message: String) -> Diagnostic {
    let origin = Origin { span: Some(span), ..Origin::default() };
    Diagnostic::error(code, message, origin).in_source(SOURCE)
}
