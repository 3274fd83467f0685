//! The entries of the overlay that had a say.

use super::ExplainInput;
use super::addressed::{self, Addressed};
use super::print::line;
use crate::api::{Api, Place, Type};
use crate::overlay::{Entry, HintKind, Index, Patch, Target};

/// One line for each entry that is about one of `things`, or about a part of it.
pub(super) fn entries(subject: &ExplainInput<'_>, things: &[Addressed]) -> Vec<String> {
    let index = Index::new(subject.api);
    let concerns = |entry: &Entry| {
        let said = index.targets(&entry.at).unwrap_or_default();
        things.iter().any(|thing| {
            is_key_of(subject.api, thing, &entry.at)
                || said.iter().any(|target| is_about(subject.api, target, thing))
        })
    };
    let corrections = subject.corrections;
    let mut lines = Vec::new();
    for hint in corrections.hints.iter().filter(|hint| concerns(&hint.entry)) {
        let said = match hint.kind {
            HintKind::Map => "map = true",
            HintKind::Opaque => "opaque = true",
            HintKind::Apart => "kind = \"apart\"",
        };
        lines.push(entry_line(subject, &hint.entry, said));
    }
    for patch in corrections.patches.iter().filter(|patch| concerns(&patch.entry)) {
        lines.push(entry_line(subject, &patch.entry, &keys(subject, patch)));
    }
    for pin in corrections.names.iter().filter(|pin| concerns(&pin.entry)) {
        lines.push(entry_line(subject, &pin.entry, &format!("name = {:?}", pin.name)));
    }
    lines
}

fn entry_line(subject: &ExplainInput<'_>, entry: &Entry, said: &str) -> String {
    let place = line(subject.overlay, entry.span);
    format!("{place}  {}: {said} ({})", entry.at, entry.reason)
}

/// What a patch says, as it is written.
fn keys(subject: &ExplainInput<'_>, patch: &Patch) -> String {
    let written = |key: &str, start: usize, end: usize| {
        let value = subject.overlay.1.get(start..end).unwrap_or_default();
        let value: Vec<_> = value.split_whitespace().collect();
        format!("{key} = {}", value.join(" "))
    };
    let said = patch.keys.iter().map(|one| written(one.key, one.span.start, one.span.end));
    said.collect::<Vec<_>>().join(", ")
}

/// Whether an entry's `at` is the key of the type itself.
fn is_key_of(api: &Api, thing: &Addressed, at: &str) -> bool {
    match thing {
        Addressed::Type(id) => {
            api.types.get(*id).is_some_and(|def| Place::parse(at).as_ref() == Some(&def.key))
        }
        Addressed::Target(_) => false,
    }
}

/// Whether a correction of `said` is one of `thing`, or of a part of it.
fn is_about(api: &Api, said: &Target, thing: &Addressed) -> bool {
    let inside = match thing {
        Addressed::Type(id) => Some(Type::Named(*id)),
        Addressed::Target(target) if target == said => return true,
        Addressed::Target(Target::Operation(id)) => {
            return addressed::operation_of(said) == Some(*id);
        }
        Addressed::Target(target @ (Target::Body(_) | Target::Response(_) | Target::Error(_))) => {
            addressed::message(api, target)
        }
        Addressed::Target(Target::Parameter(..) | Target::Field(..) | Target::Credential(_)) => {
            None
        }
    };
    match (said, inside) {
        (Target::Field(owner, _), Some(Type::Named(id))) => *owner == id,
        (_, _) => false,
    }
}
