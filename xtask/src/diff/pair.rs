//! The collections of two editions -> which are compared with which, and what came of it.

use super::edition::{Client, Edition, Read};
use anyhow::bail;
use postman_codegen::review::{self, Comparison, Report, Unreadable, Which};
use std::collections::BTreeSet;

/// A collection of two editions; on one side it may be missing.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    old: Option<&'a Client>,
    new: Option<&'a Client>,
}

/// Why a collection could not be compared.
pub(super) struct Failure {
    /// What a person calls it.
    pub(super) label: String,
    /// What was found in it, as it is printed.
    pub(super) findings: String,
    /// In one sentence.
    pub(super) why: String,
}

/// Those of the same name; a collection that somebody named is compared with the only one of the other side, or with the one of its name.
pub(super) fn pairs<'a>(
    old: &'a Edition,
    new: &'a Edition,
    name: Option<&str>,
) -> anyhow::Result<Vec<Pair<'a>>> {
    let pair = |old, new| vec![Pair { old: Some(old), new: Some(new) }];
    let (before, after) = (named(old, name)?, named(new, name)?);
    match (before.as_slice(), after.as_slice()) {
        ([before], [after]) if !(old.is_workspace && new.is_workspace) || name.is_some() => {
            Ok(pair(before, after))
        }
        ([before], _) if !old.is_workspace => Ok(pair(before, alike(before, &after, new)?)),
        (_, [after]) if !new.is_workspace => Ok(pair(alike(after, &before, old)?, after)),
        (before, after) => Ok(joined(before, after)),
    }
}

/// The collections of an edition, or the one called `name`.
fn named<'a>(edition: &'a Edition, name: Option<&str>) -> anyhow::Result<Vec<&'a Client>> {
    let all: Vec<&Client> = edition.clients.iter().collect();
    let Some(name) = name.filter(|_| edition.is_workspace) else { return Ok(all) };
    let found: Vec<_> = all.iter().copied().filter(|client| client.is_called(name)).collect();
    if found.is_empty() {
        bail!("{}: no collection is called `{name}`; there are {}", edition.label, list(&all));
    }
    Ok(found)
}

fn list(clients: &[&Client]) -> String {
    clients.iter().map(|client| client.label.clone()).collect::<Vec<_>>().join(", ")
}

/// The one of several that has the name of `one`.
fn alike<'a>(one: &Client, several: &[&'a Client], of: &Edition) -> anyhow::Result<&'a Client> {
    let found = several.iter().find(|client| one.name.is_some() && client.name == one.name);
    match found.copied() {
        Some(found) => Ok(found),
        None => bail!(
            "several collections in {}: {}; say with --collection NAME which",
            of.label,
            list(several)
        ),
    }
}

fn joined<'a>(old: &[&'a Client], new: &[&'a Client]) -> Vec<Pair<'a>> {
    let names: BTreeSet<_> = old.iter().chain(new).map(|client| &client.name).collect();
    let of = |clients: &[&'a Client], name: &Option<String>| {
        clients.iter().copied().find(|client| client.name == *name)
    };
    names.iter().map(|name| Pair { old: of(old, name), new: of(new, name) }).collect()
}

impl<'a> Pair<'a> {
    /// What changed.
    pub(super) fn compared(self, old: &Edition, new: &Edition) -> Result<Comparison, Failure> {
        let (old_label, new_label) = self.labels(old, new);
        let (before, after) = (read(self.old, old_label)?, read(self.new, new_label)?);
        let compared = match (before, after) {
            (Some(old), Some(new)) => {
                review::compare(&old.input(), &new.input(), old.recorded.as_deref())
            }
            (None, Some(new)) => review::added(&new.input()),
            (Some(old), None) => review::removed(&old.input()),
            (None, None) => Ok(Comparison::default()),
        };
        compared.map_err(|Unreadable { which, found }| {
            let (read, label) = match which {
                Which::Old => (before, old_label),
                Which::New => (after, new_label),
            };
            let findings = read.map(|read| read.render(&found)).unwrap_or_default();
            let why = format!("{label} cannot be read, so nothing was compared");
            Failure { label: label.to_owned(), findings, why }
        })
    }

    /// What is printed of it.
    pub(super) fn report<'b>(
        self,
        comparison: &'b Comparison,
        old: &'b Edition,
        new: &'b Edition,
    ) -> Report<'b>
    where
        'a: 'b,
    {
        let (old_label, new_label) = self.labels(old, new);
        Report { comparison, old: edition(self.old, old_label), new: edition(self.new, new_label) }
    }

    /// What both sides are called: as somebody named them where there is but one collection.
    fn labels<'b>(self, old: &'b Edition, new: &'b Edition) -> (&'b str, &'b str)
    where
        'a: 'b,
    {
        let is_only = old.clients.len() == 1 && new.clients.len() == 1;
        let is_only = is_only && self.old.is_some() && self.new.is_some();
        let label = |edition: &'b Edition, client: Option<&'a Client>| match client {
            Some(client) if !is_only => client.label.as_str(),
            Some(_) | None => edition.label.as_str(),
        };
        (label(old, self.old), label(new, self.new))
    }
}

fn read<'a>(client: Option<&'a Client>, label: &str) -> Result<Option<&'a Read>, Failure> {
    let Some(client) = client else { return Ok(None) };
    client.read.as_ref().map(Some).map_err(|error| {
        let why = format!("{label}: {error:#}");
        Failure { label: label.to_owned(), findings: String::new(), why }
    })
}

fn edition<'a>(client: Option<&'a Client>, label: &'a str) -> review::Edition<'a> {
    match client.map(|client| client.read.as_ref()) {
        Some(Ok(read)) => read.shown(label),
        Some(Err(_)) | None => review::Edition { label, file: label, text: "" },
    }
}
