//! Two clients, each an [`Api`] with its [`Names`] -> the changes between them, each with a verdict.
//!
//! Compares what the clients are, never their text. A change has two verdicts: one on the wire (can requests or responses fail to mean what they meant) and one on the source (does a caller's code still compile). Order and provenance are no change.

mod aliases;
mod bodies;
mod both;
mod client;
mod folders;
mod kind;
mod operations;
mod paging;
mod pairs;
mod parameters;
mod places;
mod sentence;
mod spot;
mod structs;
mod types;
mod variants;
mod walk;

pub use client::{client_added, client_removed};
pub use kind::Kind;
pub use sentence::{Sentence, Word};

use crate::api::Api;
use crate::emit::exports::{Exports, exports};
use crate::name::Names;
use crate::origin::Origin;

/// One of the two clients.
#[derive(Clone, Debug)]
pub struct Side<'a> {
    api: &'a Api,
    names: &'a Names,
    exports: Exports,
}

impl<'a> Side<'a> {
    /// The client of an API and its names.
    #[must_use]
    pub fn new(api: &'a Api, names: &'a Names) -> Self {
        Self { api, names, exports: exports(api, names) }
    }
}

/// What a change does to those who use the client, from harmless to harmful.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing.
    #[default]
    None,
    /// Something new is there.
    Additive,
    /// The compiler warns.
    Warning,
    /// Something that worked no longer does.
    Breaking,
}

impl Verdict {
    /// As it is printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Warning => "warning",
            Self::Breaking => "breaking",
        }
    }

    /// Breaking if so, else nothing.
    const fn breaking_if(is_breaking: bool) -> Self {
        if is_breaking { Self::Breaking } else { Self::None }
    }
}

/// Which messages a change is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// No message: names, docs.
    #[default]
    None,
    /// What callers send.
    Request,
    /// What the service sends.
    Response,
    /// What both send.
    Both,
}

impl Direction {
    /// As it is printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Request => "request",
            Self::Response => "response",
            Self::Both => "both",
        }
    }

    const fn is_request(self) -> bool {
        matches!(self, Self::Request | Self::Both)
    }

    const fn is_response(self) -> bool {
        matches!(self, Self::Response | Self::Both)
    }

    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, it) | (it, Self::None) => it,
            (Self::Request, Self::Request) => Self::Request,
            (Self::Response, Self::Response) => Self::Response,
            (Self::Both, _) | (_, Self::Both) => Self::Both,
            (Self::Request, Self::Response) | (Self::Response, Self::Request) => Self::Both,
        }
    }
}

/// One of the inputs that a change may come from, in the order in which the new ones take the place of the old ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The collection.
    Collection,
    /// The overlay.
    Overlay,
    /// What was learned from traffic.
    Evidence,
    /// The names that were published.
    Lock,
}

impl Cause {
    /// As it is printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Overlay => "overlay",
            Self::Evidence => "evidence",
            Self::Lock => "lock",
        }
    }
}

/// What a change comes from: one input, or several of which none works without the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Causes(pub Vec<Cause>);

impl std::fmt::Display for Causes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, cause) in self.0.iter().enumerate() {
            let before = match at {
                0 => "",
                1 => " with ",
                _ => " and ",
            };
            write!(f, "{before}{}", cause.as_str())?;
        }
        Ok(())
    }
}

/// How far a version has to go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// It may stay.
    #[default]
    None,
    /// Its last number.
    Patch,
    /// Its second number.
    Minor,
    /// Its first number.
    Major,
}

impl Step {
    /// As it is printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The step that a verdict asks of `version`: before 1.0 cargo takes the second number for the first.
    #[must_use]
    pub fn of(verdict: Verdict, version: &str) -> Self {
        let is_early = version.starts_with("0.");
        match (verdict, is_early) {
            (Verdict::None, _) => Self::None,
            (Verdict::Additive | Verdict::Warning, true) => Self::Patch,
            (Verdict::Additive | Verdict::Warning, false) | (Verdict::Breaking, true) => {
                Self::Minor
            }
            (Verdict::Breaking, false) => Self::Major,
        }
    }

    /// `version` after this step; `None` of a text that is no version.
    #[must_use]
    pub fn after(self, version: &str) -> Option<String> {
        let plain = version.split(['-', '+']).next()?;
        let mut numbers = plain.split('.').map(|number| number.parse::<u64>().ok());
        let (major, minor, patch) = (numbers.next()??, numbers.next()??, numbers.next()??);
        Some(match self {
            Self::None => version.to_owned(),
            Self::Patch => format!("{major}.{minor}.{}", patch.checked_add(1)?),
            Self::Minor => format!("{major}.{}.0", minor.checked_add(1)?),
            Self::Major => format!("{}.0.0", major.checked_add(1)?),
        })
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of change.
    pub kind: Kind,
    /// The stable key of what changed, as `explain` takes it where that knows such a thing.
    pub key: String,
    /// What it is in Rust: `users().get`, `users::User::name`; the old one where it is gone.
    pub rust: String,
    /// Which messages it is about.
    pub direction: Direction,
    /// Can messages fail to mean what they meant?
    pub wire: Verdict,
    /// Does a caller's code still compile?
    pub source: Verdict,
    /// What changed, in one sentence.
    pub sentence: Sentence,
    /// Where it stood.
    pub old: Option<Origin>,
    /// Where it stands.
    pub new: Option<Origin>,
    /// Which inputs it comes from.
    pub causes: Causes,
}

impl Change {
    /// The worse of the two verdicts.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.wire.max(self.source)
    }

    /// What tells a change from others of one comparison.
    #[must_use]
    pub fn identity(&self) -> (Kind, &str) {
        (self.kind, &self.key)
    }
}

/// The two sides, and which things of them are the same ones.
struct Review<'a> {
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    operations: pairs::Operations,
    groups: pairs::Groups,
    credentials: pairs::Credentials,
    types: walk::Types,
}

/// All changes from `old` to `new`: the worst first, then in the order of their keys.
#[must_use]
pub fn diff(old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let operations = pairs::operations(old.api, new.api);
    let groups = pairs::groups(old, new, &operations);
    let credentials = pairs::credentials(old, new);
    let types = walk::walk(old, new, &operations);
    let review = Review { old, new, operations, groups, credentials, types };
    let mut changes = client::changes(&review);
    changes.extend(folders::changes(&review));
    changes.extend(operations::changes(&review));
    changes.extend(types::changes(&review));
    changes.sort_by(|a, b| {
        let rank = |it: &Change| (std::cmp::Reverse(it.verdict()), it.kind.family());
        rank(a).cmp(&rank(b)).then_with(|| (&a.key, a.kind).cmp(&(&b.key, b.kind)))
    });
    changes
}
