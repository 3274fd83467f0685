//! A comparison with the texts it was made of -> what is printed.

use super::Comparison;
use crate::diagnostic::{Extent, line_and_column, place};
use crate::diff::{Change, Kind, Verdict};
use crate::origin::{Origin, Span};

/// An edition as it is printed.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'a> {
    /// What a person calls it: a revision, a path, "the working tree".
    pub label: &'a str,
    /// Path of its collection.
    pub file: &'a str,
    /// The collection's text.
    pub text: &'a str,
}

/// A comparison that can be printed.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// What changed.
    pub comparison: &'a Comparison,
    /// The old edition.
    pub old: Edition<'a>,
    /// The new edition.
    pub new: Edition<'a>,
}

/// The comparisons of all collections of two editions.
#[derive(Clone, Debug)]
pub struct Reports<'a> {
    /// What a person calls the old edition.
    pub old: &'a str,
    /// What a person calls the new edition.
    pub new: &'a str,
    /// A comparison a collection.
    pub clients: Vec<Report<'a>>,
    /// What the collections are called that could not be compared.
    pub failed: Vec<String>,
    /// Whether each changed description is told, rather than their number.
    pub extent: Extent,
}

impl Reports<'_> {
    /// The worst of all verdicts.
    pub(super) fn verdict(&self) -> Verdict {
        self.clients.iter().map(|it| it.comparison.verdict()).max().unwrap_or_default()
    }

    /// A sentence for each collection that could not be compared.
    pub(super) fn not_compared(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.failed.iter().map(|label| (label.as_str(), "could not be compared"))
    }
}

impl Report<'_> {
    /// One sentence about all changes.
    pub(super) fn headline(&self) -> String {
        let Comparison { old_version, new_version, .. } = self.comparison;
        let step = self.comparison.step();
        let needed = step.after(old_version).unwrap_or_else(|| old_version.clone());
        let is_there = *new_version != *old_version;
        let first = self.comparison.changes.first().map(|change| change.kind);
        let asked = match step {
            crate::diff::Step::None if first == Some(Kind::ClientAdded) => {
                format!("a new package, {new_version}")
            }
            crate::diff::Step::None if first == Some(Kind::ClientRemoved) => {
                format!("the package is gone, which was {old_version}")
            }
            crate::diff::Step::None => "the version may stay".to_owned(),
            step => format!("a {} step: {old_version} -> {needed}", step.as_str()),
        };
        match is_there {
            true => format!("{asked} (it is {new_version} now)"),
            false => asked,
        }
    }

    /// The places of a change on both sides, the same one once.
    pub(super) fn places(&self, change: &crate::diff::Change) -> Vec<(&'static str, String)> {
        let old = change.old.as_ref().and_then(|origin| self.old.place(origin));
        let new = change.new.as_ref().and_then(|origin| self.new.place(origin));
        let old = old.map(|place| ("old", place));
        let new = new.map(|place| ("new", place));
        old.into_iter().chain(new).collect()
    }
}

impl Edition<'_> {
    /// `file:line:column` of an origin.
    pub(super) fn place(&self, origin: &Origin) -> Option<String> {
        Some(place(self.file, self.text, origin.span?))
    }

    /// The same for machines: file, line and column.
    pub(super) fn parts(&self, span: Span) -> (String, usize, usize) {
        match crate::bundle::at(self.text, span.start) {
            None => {
                let (line, column) = line_and_column(self.text, span);
                (self.file.to_owned(), line, column)
            }
            Some(part) => {
                let (line, column) = line_and_column(part.text, part.inside(span));
                (format!("{}/{}", self.file.trim_end_matches('/'), part.below()), line, column)
            }
        }
    }
}

/// Both verdicts, the direction and the cause.
pub(super) fn facts(change: &Change) -> String {
    let mut facts = vec![
        format!("wire {}", change.wire.as_str()),
        format!("source {}", change.source.as_str()),
    ];
    if change.direction != crate::diff::Direction::None {
        facts.push(change.direction.as_str().to_owned());
    }
    facts.push(format!("by the {}", change.causes));
    facts.join(", ")
}
