//! The account of the input: every member of the raw JSON is used, ignored with a reason, or unsupported.
//!
//! Counted by walking the raw JSON along a grammar of the formats, independently of the pipeline: what this stage reads of a collection never comes from the mirror or the draft.

mod entry;
mod grammar;
mod place;
mod requests;
mod rule;
#[cfg(test)]
mod tests;
mod v1;
mod v2;
mod v3;

pub use entry::{Entry, Outcome, Subject};

use crate::diagnostic::Diagnostic;
use crate::json::{Member, Node};
use crate::origin::Origin;
use place::Place;
use rule::{Fate, Kind, Rule};
use std::collections::BTreeMap;
use std::fmt;

/// What became of every member of the input; the parts add up to [`Account::total`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Requests in the input, counted without the pipeline.
    pub requests: usize,
    /// Members of all objects of the input.
    pub total: usize,
    /// Members that reach the output.
    pub used: usize,
    /// Members without an effect, by reason, with their count.
    pub ignored: Vec<(&'static str, usize)>,
    /// Members that should have an effect and have none, with the reason.
    pub unsupported: Vec<(Origin, String)>,
    /// Members that no format of Postman's knows.
    pub unknown: Vec<Origin>,
}

/// The reason for members inside of a member without an effect.
const INSIDE_UNKNOWN: &str = "inside of an unknown member";
/// The reason for all but the last member of one name.
const DUPLICATE: &str = "a later member of the same object has the same name";

/// Takes the account of a collection's document.
#[must_use]
pub fn account(document: &Node) -> Account {
    Account { requests: requests::count(document), ..walked(document, None).closed() }
}

/// The account member by member: the counts add up to [`Account::total`].
#[must_use]
pub fn entries(document: &Node) -> Vec<Entry> {
    walked(document, Some(Vec::new())).entries.unwrap_or_default()
}

fn walked(document: &Node, entries: Option<Vec<Entry>>) -> Ledger {
    let mut ledger = Ledger { entries, ..Ledger::default() };
    let kind = match document {
        document if is_v1(document) => Kind::DocumentV1,
        document if v3::is_v3(document) => Kind::FilesV3,
        _ => Kind::Document,
    };
    ledger.node(document, kind, &Place::root());
    ledger
}

impl Account {
    /// A warning for each unknown member, and one for each unsupported one.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let unknown = self.unknown.iter().map(|origin| {
            let name = origin.pointer.as_str().rsplit('/').next().unwrap_or_default();
            let name = name.replace("~1", "/").replace("~0", "~");
            let message = match name.contains('/') && v3::is_file(&origin.pointer) {
                true => "this file is no part of a collection; it is ignored".to_owned(),
                false => {
                    format!("no format of Postman's knows the member `{name}`; it is ignored")
                }
            };
            Diagnostic::warning("account::unknown", message, origin.clone())
        });
        let unsupported = self.unsupported.iter().map(|(origin, why)| {
            Diagnostic::warning("account::unsupported", why.clone(), origin.clone())
        });
        unknown.chain(unsupported).collect()
    }

    /// The members whose fate is known; equal to [`Account::total`] when the account is right.
    #[must_use]
    pub fn sum(&self) -> usize {
        let ignored: usize = self.ignored.iter().map(|(_, count)| count).sum();
        self.used + ignored + self.unsupported.len() + self.unknown.len()
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ignored: usize = self.ignored.iter().map(|(_, count)| count).sum();
        writeln!(
            f,
            "{} members: {} used, {ignored} ignored, {} unsupported, {} unknown",
            self.total,
            self.used,
            self.unsupported.len(),
            self.unknown.len()
        )?;
        for (reason, count) in &self.ignored {
            writeln!(f, "  {count} ignored: {reason}")?;
        }
        Ok(())
    }
}

/// Whether the document, or the collection it wraps, is of format v1.
fn is_v1(document: &Node) -> bool {
    let root = match document.get("collection") {
        Some(inner) if document.get("item").is_none() => inner,
        Some(_) | None => document,
    };
    root.get("item").is_none() && root.get("requests").is_some()
}

/// The account while it is taken.
#[derive(Default)]
struct Ledger {
    account: Account,
    ignored: BTreeMap<&'static str, usize>,
    /// Each member, where somebody asks.
    entries: Option<Vec<Entry>>,
    /// How many folders stand around what is entered now.
    folders: usize,
}

impl Ledger {
    fn closed(mut self) -> Account {
        self.account.ignored = self.ignored.into_iter().collect();
        self.account.ignored.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        self.account
    }

    /// Enters the members of an object, or of the objects of an array, of this kind.
    fn node(&mut self, node: &Node, kind: Kind, place: &Place<'_>) {
        for (index, element) in node.elements().unwrap_or_default().iter().enumerate() {
            self.node(element, kind, &place.index(index));
        }
        let Some(members) = node.members() else { return };
        let kind = grammar::refined(kind, node);
        let name = node.get("name").and_then(Node::text).filter(|_| kind.is_named());
        let place = place.named(name);
        let around = self.folders;
        self.folders += usize::from(kind.is_folder() && place.names() > around);
        if kind.is_request() {
            self.enter(Subject::Request, &place, (Outcome::Used, self.account.total));
        }
        let last: BTreeMap<&str, usize> =
            members.iter().enumerate().map(|(at, member)| (member.key.as_str(), at)).collect();
        for (at, member) in members.iter().enumerate() {
            let place = place.key(member);
            if last.get(member.key.as_str()) != Some(&at) {
                let before = self.account.total;
                self.account.total += 1;
                self.ignore(DUPLICATE);
                self.inside(&member.value, DUPLICATE);
                self.enter(Subject::Key, &place, (Outcome::Ignored(DUPLICATE), before));
            } else {
                self.member(node, member, kind, &place);
            }
        }
        self.folders = around;
    }

    fn member(&mut self, object: &Node, member: &Member, kind: Kind, place: &Place<'_>) {
        let before = self.account.total;
        self.account.total += 1;
        let enter = |ledger: &mut Self, outcome: Outcome| {
            let subject = Entry::subject(kind, &outcome);
            ledger.enter(subject, place, (outcome, before));
        };
        let Some(Rule { fate, inside, .. }) = grammar::rule(kind, object, &member.key) else {
            self.account.unknown.push(place.origin());
            self.inside(&member.value, INSIDE_UNKNOWN);
            enter(self, Outcome::Unknown);
            return;
        };
        match fate {
            Fate::Used => {
                self.account.used += 1;
                enter(self, Outcome::Used);
                self.node(&member.value, inside, place);
            }
            Fate::Ignored(reason) => {
                self.ignore(reason);
                match inside {
                    Kind::Opaque => {
                        self.inside(&member.value, reason);
                        enter(self, Outcome::Ignored(reason));
                    }
                    known => {
                        enter(self, Outcome::Ignored(reason));
                        self.node(&member.value, known, place);
                    }
                }
            }
            Fate::Unsupported(why) => {
                self.account.unsupported.push((place.origin(), why.to_owned()));
                self.inside(&member.value, why);
                enter(self, Outcome::Unsupported(why.to_owned()));
            }
        }
    }

    /// Notes what became of a member and of all that was counted since `before`, where somebody asks.
    fn enter(&mut self, subject: Subject, place: &Place<'_>, (outcome, before): (Outcome, usize)) {
        let (folders, members) = (self.folders, self.account.total - before);
        if let Some(entries) = &mut self.entries {
            let origin = place.origin();
            entries.push(Entry { subject, origin, folders, outcome, members });
        }
    }

    /// Enters everything inside `node` as ignored.
    fn inside(&mut self, node: &Node, reason: &'static str) {
        for element in node.elements().unwrap_or_default() {
            self.inside(element, reason);
        }
        for member in node.members().unwrap_or_default() {
            self.account.total += 1;
            self.ignore(reason);
            self.inside(&member.value, reason);
        }
    }

    fn ignore(&mut self, reason: &'static str) {
        *self.ignored.entry(reason).or_default() += 1;
    }
}
