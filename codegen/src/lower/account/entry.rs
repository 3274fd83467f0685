//! The account, member by member: what each is a part of, where it stands, and what became of it.
//!
//! In: what the walk meets. Out: entries, whose counts add up to the members of the input.

use super::rule::{Kind, SCRIPTS};
use crate::origin::Origin;

/// What a member is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A request as a whole; it has no members of its own here.
    Request,
    /// A parameter of a path, a query or a form, or a header.
    Parameter,
    /// A script.
    Script,
    /// A variable.
    Variable,
    /// Any other object.
    Key,
}

impl Subject {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] =
        [Self::Request, Self::Parameter, Self::Script, Self::Variable, Self::Key];

    /// As it is printed, for several.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Request => "requests",
            Self::Parameter => "members of parameters",
            Self::Script => "members of scripts",
            Self::Variable => "members of variables",
            Self::Key => "other members",
        }
    }

    /// As machines read it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Parameter => "parameter",
            Self::Script => "script",
            Self::Variable => "variable",
            Self::Key => "key",
        }
    }

    /// What the members of an object of this kind are a part of.
    pub(super) const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Field | Kind::Part | Kind::QueryV1 => Self::Parameter,
            Kind::Variable => Self::Variable,
            // The other kinds have no word of their own in the report.
            _ => Self::Key,
        }
    }
}

/// What became of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It reaches the output.
    Used,
    /// It has no effect, for this reason.
    Ignored(&'static str),
    /// It should have an effect, and has none, for this reason.
    Unsupported(String),
    /// No format knows it.
    Unknown,
}

/// A member, and all inside it that shares its fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is a part of.
    pub subject: Subject,
    /// Where it stands; the trail begins with the folders.
    pub origin: Origin,
    /// How many names of the trail are folders.
    pub folders: usize,
    /// What became of it.
    pub outcome: Outcome,
    /// How many members it counts for, none where it stands for an object.
    pub members: usize,
}

impl Entry {
    /// The folders around it.
    #[must_use]
    pub fn folder(&self) -> &[String] {
        self.origin.trail.get(..self.folders).unwrap_or_default()
    }

    /// What it is a part of, where a script is told by the reason of its fate.
    pub(super) fn subject(kind: Kind, outcome: &Outcome) -> Subject {
        if *outcome == Outcome::Ignored(SCRIPTS) { Subject::Script } else { Subject::of(kind) }
    }
}
