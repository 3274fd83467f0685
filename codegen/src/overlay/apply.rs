//! Patches on the API: every entry fires, or is an error at its line.

mod context;
mod credential;
mod field;
mod message;
mod operation;
mod paging;
mod parameter;
mod settle;

use super::address::Addresses;
use super::place::{Target, find};
use super::{Change, Entry, Patch, PatchKey};
use crate::api::{Api, Caller, Family, OperationId, Place, Root};
use crate::diagnostic::Diagnostic;
use context::{PatchContext, at_key, pooled};
use std::collections::{BTreeMap, BTreeSet};

/// Applies `patches` in order. An entry that matches nothing, matches several things, says what another one says, or changes nothing is an error at its line.
#[must_use]
pub fn apply(api: Api, patches: &[Patch]) -> (Api, Vec<Diagnostic>) {
    if patches.is_empty() {
        return (api, Vec::new());
    }
    let addresses = Addresses::new(&api);
    let mut run =
        Run { api, addresses, dropped: BTreeSet::new(), said: BTreeMap::new(), found: Vec::new() };
    for patch in patches {
        run.patch(patch);
    }
    for patch in patches {
        run.paging(patch);
    }
    let Run { api, dropped, found, .. } = run;
    (settle::settle(api, &dropped), found)
}

/// One run over all patches.
struct Run {
    api: Api,
    addresses: Addresses,
    /// Operations that are left out; they keep their index until the end.
    dropped: BTreeSet<OperationId>,
    /// What was said of what, by the entry's `at`.
    said: BTreeMap<(Vec<Target>, &'static str), String>,
    found: Vec<Diagnostic>,
}

impl Run {
    fn patch(&mut self, patch: &Patch) {
        let adds = patch.keys.iter().any(|patch_key| matches!(patch_key.change, Change::Add(_)));
        let targets = match find(&self.api, &self.addresses, &patch.entry, adds) {
            Ok(targets) => targets,
            Err(error) => return self.found.push(error),
        };
        let mut idle = Vec::new();
        // Null goes into the type of what must be given, so it comes after both.
        let mut patch_keys: Vec<&PatchKey> = patch.keys.iter().collect();
        patch_keys.sort_by_key(|it| matches!(it.change, Change::Nullable(_)));
        for patch_key in patch_keys {
            let earlier =
                self.said.insert((targets.clone(), patch_key.key), patch.entry.at.clone());
            if let Some(earlier) = earlier {
                self.found.push(twice(patch_key, &patch.entry, &earlier));
                continue;
            }
            match self.say(&targets, &patch.entry, patch_key) {
                Ok(true) => {}
                Ok(false) => idle.push(patch_key),
                Err(error) => self.found.push(error),
            }
        }
        if idle.len() == patch.keys.len() && !idle.is_empty() {
            self.found.push(redundant(&patch.entry));
        } else {
            self.found.extend(idle.into_iter().map(|patch_key| idle_key(patch_key, &patch.entry)));
        }
    }

    /// Corrects all targets; whether anything changed.
    fn say(
        &mut self,
        targets: &[Target],
        entry: &Entry,
        patch_key: &PatchKey,
    ) -> Result<bool, Diagnostic> {
        let mut fired = false;
        for target in targets {
            let place = match targets {
                [_] => self.place(target),
                _ => Place::parse(&entry.at),
            };
            let place =
                place.unwrap_or_else(|| Place::at(Root::Resource(Family(entry.at.clone()))));
            let resource = pooled(&place);
            let (api, found) = (&mut self.api, &mut self.found);
            let mut context = PatchContext { api, entry, patch_key, place, resource, found };
            fired |= match target {
                Target::Operation(id) if patch_key.change == Change::Drop => {
                    self.dropped.insert(*id)
                }
                Target::Operation(id) => operation::correct(&mut context, *id)?,
                Target::Parameter(id, location, name) => {
                    parameter::correct(&mut context, *id, *location, name)?
                }
                Target::Field(id, key) => field::correct(&mut context, *id, key)?,
                Target::Body(id) => message::body(&mut context, *id)?,
                Target::Response(id) => message::response(&mut context, *id)?,
                Target::Error(id) => message::error(&mut context, *id)?,
                Target::Credential(id) => credential::correct(&mut context, *id)?,
            };
        }
        Ok(fired)
    }

    /// Stable key of a target, for the types that entries bring there.
    fn place(&self, target: &Target) -> Option<Place> {
        let caller = |id: &OperationId| {
            let key = &self.api.operations.get(id.0)?.key;
            let is_shared = self.addresses.twins(&key.endpoint.to_string()) > 1;
            Some(if is_shared { Caller::from(key) } else { Caller::from(&key.endpoint) })
        };
        Some(match target {
            Target::Operation(id) | Target::Body(id) => Place::request(caller(id)?),
            Target::Parameter(id, location, name) => {
                Place::at(Root::Parameter(caller(id)?, location.word().to_owned(), name.clone()))
            }
            Target::Response(id) => Place::response(caller(id)?),
            Target::Error(id) => Place::at(Root::Failure(caller(id)?)),
            Target::Field(id, key) => self.api.types.get(*id)?.key.child(key),
            Target::Credential(_) => return None,
        })
    }

    /// Checks that the parameters by which a listing is paged are there.
    fn paging(&mut self, patch: &Patch) {
        for patch_key in &patch.keys {
            let Change::Pagination(Some(pagination)) = &patch_key.change else { continue };
            let Ok(targets) = find(&self.api, &self.addresses, &patch.entry, false) else {
                continue;
            };
            let missing = paging::missing_parameters(&self.api, &targets, pagination);
            self.found.extend(missing.into_iter().map(|name| {
                let message = format!("there is no query parameter `{name}` to page by");
                let help = format!(
                    "add it: at = \"{} query.{name}\", `add = true` and a `type`",
                    patch.entry.at
                );
                at_key(patch_key, "overlay::dead", message).with_help(help)
            }));
            if !paging::are_listed(&self.api, &targets, pagination) {
                let message = "the answer has no list to page through";
                self.found.push(
                    at_key(patch_key, "overlay::dead", message).with_help(
                        "name the key of the list in `items`, or give the answer a `type`",
                    ),
                );
            }
        }
    }
}

fn twice(patch_key: &PatchKey, entry: &Entry, earlier: &str) -> Diagnostic {
    let message = format!("`{}` of `{}` is said twice", patch_key.key, entry.at);
    at_key(patch_key, "overlay::twice", message)
        .with_help(format!("the entry at `{earlier}` says it too: keep one of them"))
}

fn redundant(entry: &Entry) -> Diagnostic {
    entry
        .error("overlay::redundant", format!("`{}` changes nothing", entry.at))
        .with_help("the spec says this itself now; delete the entry")
}

fn idle_key(patch_key: &PatchKey, entry: &Entry) -> Diagnostic {
    let message = format!("`{}` changes nothing at `{}`", patch_key.key, entry.at);
    at_key(patch_key, "overlay::redundant", message)
        .with_help(format!("the spec says this itself now; delete `{}`", patch_key.key))
}
