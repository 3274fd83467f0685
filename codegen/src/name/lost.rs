//! Published names that did not stay, or stay though the collection calls their things otherwise -> findings.
//!
//! In: an API with its names, and what was locked before. Out: a finding each. Changes no name.

use super::held::{self, Held};
use super::lock::Locked;
use super::origins::Origins;
use super::pins::Pins;
use super::{Aliased, Names};
use crate::api::{Api, OperationKey, TypeId};
use crate::diagnostic::Diagnostic;
use crate::origin::Origin;

/// A finding for each request and folder that the collection calls otherwise now: it is called as before, or anew where that is accepted.
pub(super) fn renamed(
    api: &Api,
    names: &Names,
    held: &Held<'_>,
    is_accepted: bool,
) -> Vec<Diagnostic> {
    let called = |of: Aliased| {
        let (own, locked) = match of {
            Aliased::Operation(id) => (&names.operations.get(id.0)?.method, &held.operations),
            Aliased::Group(id) => (&names.groups.get(id.0)?.accessor, &held.groups),
            Aliased::Type(_) => return None,
        };
        let at = match of {
            Aliased::Operation(id) => id.0,
            Aliased::Group(id) => id.0,
            Aliased::Type(id) => id.0,
        };
        Some((held::name_of(locked, at)?, own))
    };
    let anew = |of: &Aliased| {
        let (had, name) = called(*of).filter(|(had, name)| had != *name)?;
        let (key, origin) = described(api, *of)?;
        let message = format!("`{key}` was called `{had}`, and is called `{name}` now");
        let help = "callers have to change, unless `--keep-deprecated` leaves the old name too";
        Some(Diagnostic::note("name::renamed", message, origin).with_help(help))
    };
    let as_before = |(of, was): &(Aliased, &str)| {
        let (_, name) = called(*of)?;
        let (key, origin) = described(api, *of)?;
        let message = format!("`{was}` is `{key}` now, and still called `{name}`");
        let help = "`cargo xtask codegen --rename` has it called anew; callers then have to change";
        Some(Diagnostic::note("name::renamed", message, origin).with_help(help))
    };
    match is_accepted {
        true => held.otherwise().iter().filter_map(anew).collect(),
        false => held.renamed.iter().filter_map(as_before).collect(),
    }
}

/// A finding for each request that gained or lost a twin, where another may be meant.
pub(super) fn twins(api: &Api, names: &Names, held: &Held<'_>) -> Vec<Diagnostic> {
    let finding = |at: &usize| {
        let (operation, own) = api.operations.get(*at).zip(names.operations.get(*at))?;
        let (key, name) = (&operation.key, &own.method);
        let message = format!(
            "several requests were or are `{}`; `{name}`, which was published, is `{key}` now",
            OperationKey { digest: None, ..key.clone() }
        );
        Some(Diagnostic::warning("name::twins", message, operation.origin.clone()).with_help(
            "where another one is meant, pin both names in spec/overlay.toml, or give the requests different names",
        ))
    };
    held.twins.iter().filter_map(finding).collect()
}

/// The key of an operation or a folder, and where it stands.
fn described(api: &Api, of: Aliased) -> Option<(String, Origin)> {
    match of {
        Aliased::Operation(id) => {
            let operation = api.operations.get(id.0)?;
            Some((operation.key.to_string(), operation.origin.clone()))
        }
        Aliased::Group(id) => {
            let group = api.groups.get(id.0)?;
            let origin = Origin { trail: group.trail.clone(), ..Origin::default() };
            Some((group.trail.join(" › "), origin))
        }
        Aliased::Type(_) => None,
    }
}

/// A finding for each published name that did not stay, pinned ones apart.
pub(super) fn lost(api: &Api, names: &Names, held: &Held<'_>, pins: &Pins) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut check = |locked: &Option<&Locked>, name: &str, key: String, origin: Origin| {
        let had = locked.and_then(|it| it.path.as_ref()).map(|path| &path.name);
        if let Some(had) = had.filter(|had| *had != name) {
            found.push(finding(&key, had, name, origin));
        }
    };
    for (at, (group, own)) in api.groups.iter().zip(&names.groups).enumerate() {
        if !pins.groups.contains_key(&at) {
            let origin = Origin { trail: group.trail.clone(), ..Origin::default() };
            let locked = held.groups.get(at).unwrap_or(&None);
            check(locked, &own.accessor, group.trail.join(" › "), origin);
        }
    }
    for (at, (operation, own)) in api.operations.iter().zip(&names.operations).enumerate() {
        if !pins.operations.contains_key(&at) {
            let locked = held.operations.get(at).unwrap_or(&None);
            check(locked, &own.method, operation.key.to_string(), operation.origin.clone());
        }
    }
    let origins = Origins::new(api);
    for (at, (def, own)) in api.types.0.iter().zip(&names.types).enumerate() {
        let of = Aliased::Type(TypeId(at));
        let is_shown = names.aliases.iter().any(|it| it.of == of && it.shows_name);
        if !pins.types.contains_key(&at) && !is_shown {
            let locked = held.types.get(at).unwrap_or(&None);
            check(locked, &own.ident, def.key.to_string(), origins.of(&def.key));
        }
    }
    found
}

fn finding(key: &str, had: &str, name: &str, origin: Origin) -> Diagnostic {
    let message = format!(
        "`{had}` cannot stay the name of `{key}`, since another has it: it is `{name}` now"
    );
    Diagnostic::warning("name::lost", message, origin)
        .with_help(format!("pin a name in spec/overlay.toml: [[name]] at = \"{key}\""))
}
