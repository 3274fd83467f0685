//! Published paths that no longer are the name of their thing -> aliases, so that callers still find it there.
//!
//! In: an API with its names, and what was locked before. Out: the paths under which the client shows things besides. A type that left its folder under another name is shown there for good; what got another name is shown under the old one as deprecated, where somebody asks for it, for one version.

use super::held::{Held, SHARED};
use super::lock::{Alias, Locked, Path};
use super::{AliasNames, Aliased, Names};
use crate::api::{Api, GroupId, OperationId, TypeId};
use std::collections::{BTreeMap, BTreeSet};

/// The aliases of everything in `api`; what gets a deprecated one now is `renamed_since` this version, if anything does.
pub(super) fn aliases(
    api: &Api,
    names: &Names,
    held: &Held<'_>,
    renamed_since: Option<&str>,
) -> Vec<AliasNames> {
    let mut found = Vec::new();
    let moved = moved(names, held);
    let maker = Maker { names, moved, renamed_since };
    for (at, own) in names.groups.iter().enumerate() {
        let path = below(&own.module, &own.handle);
        found.extend(maker.of(Aliased::Group(GroupId(at)), &path, held.groups.get(at)));
    }
    for (at, own) in names.operations.iter().enumerate() {
        let group = api.operations.get(at).and_then(|it| it.group);
        let path = Path {
            around: module(names, group),
            name: own.method.clone(),
            ty: own.request.clone(),
        };
        found.extend(maker.of(Aliased::Operation(OperationId(at)), &path, held.operations.get(at)));
    }
    for (at, own) in names.types.iter().enumerate() {
        let ty = own.required.clone().unwrap_or_default();
        let path = Path { around: own.module.clone(), name: own.ident.clone(), ty };
        found.extend(maker.of(Aliased::Type(TypeId(at)), &path, held.types.get(at)));
    }
    let mut taken = Taken::new(api, names);
    found.into_iter().filter_map(|alias| taken.admit(alias)).collect()
}

/// The module of a group; the client's is the root.
pub(super) fn module(names: &Names, group: Option<GroupId>) -> Vec<String> {
    let own = group.and_then(|id| names.groups.get(id.0));
    own.map(|own| own.module.clone()).unwrap_or_default()
}

fn below(module: &[String], ty: &str) -> Path {
    let (name, around) = module
        .split_last()
        .map_or((String::new(), &[][..]), |(name, around)| (name.clone(), around));
    Path { around: around.to_vec(), name, ty: ty.to_owned() }
}

/// Where each published module is now.
fn moved(names: &Names, held: &Held<'_>) -> BTreeMap<Vec<String>, Vec<String>> {
    let pairs = names.groups.iter().zip(&held.groups).filter_map(|(own, locked)| {
        let path = locked.as_ref()?.path.as_ref()?;
        let was = [&path.around[..], std::slice::from_ref(&path.name)].concat();
        Some((was, own.module.clone()))
    });
    pairs.filter(|(was, is)| was != is).collect()
}

struct Maker<'a> {
    names: &'a Names,
    moved: BTreeMap<Vec<String>, Vec<String>>,
    renamed_since: Option<&'a str>,
}

impl Maker<'_> {
    /// The aliases of one thing, whose path is `own` now.
    fn of(
        &self,
        of: Aliased,
        own: &Path,
        locked: Option<&Option<&Locked>>,
    ) -> impl Iterator<Item = AliasNames> {
        let locked = locked.copied().flatten();
        let had = locked.into_iter().flat_map(|it| it.aliases.iter().cloned());
        let had = had.filter(|alias| {
            let since = alias.deprecated.as_deref();
            since.is_none_or(|since| !is_over(since, &self.names.version))
        });
        let was = locked.and_then(|it| it.path.as_ref());
        let new = was.and_then(|was| self.asked_for(of, own, was));
        let all: Vec<Alias> = had.chain(new).collect();
        all.into_iter().map(move |Alias { path, deprecated }| AliasNames {
            of,
            path,
            deprecated,
            shows_name: true,
            shows_type: true,
        })
    }

    /// The alias that the path before asks for.
    fn asked_for(&self, of: Aliased, own: &Path, was: &Path) -> Option<Alias> {
        let around = self.moved.get(&was.around).unwrap_or(&was.around).clone();
        let path = Path { around, ..was.clone() };
        if path == *own {
            return None;
        }
        let is_type = matches!(of, Aliased::Type(_));
        let is_elsewhere = is_type && path.around != own.around && path.name != own.name;
        // Under its own name a folder that uses it shows it anyway.
        let is_shown = is_type && own.around == [SHARED] && path.name == own.name;
        match self.renamed_since {
            _ if is_elsewhere => Some(Alias { path, deprecated: None }),
            Some(since) if !is_shown => Some(Alias { path, deprecated: Some(since.to_owned()) }),
            Some(_) | None => None,
        }
    }
}

/// Whether what was deprecated in one version has been so for a whole one: two breaking steps later.
fn is_over(since: &str, now: &str) -> bool {
    let numbers = |version: &str| {
        let mut numbers = version.split(['.', '-', '+']).map(str::parse::<u64>);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    };
    let (Some((major, minor)), Some((now_major, now_minor))) = (numbers(since), numbers(now))
    else {
        return false;
    };
    if (major, now_major) == (0, 0) {
        return now_minor > minor.saturating_add(1);
    }
    now_major > major.saturating_add(1)
}

/// What is found where already.
struct Taken {
    /// Methods and accessors, by the module of their handle.
    calls: BTreeSet<(Vec<String>, String)>,
    /// Types, by their module.
    types: BTreeSet<(Vec<String>, String)>,
    /// The module in which the type of a folder's handle or of a request stands.
    modules: BTreeMap<Aliased, Vec<String>>,
}

impl Taken {
    fn new(api: &Api, names: &Names) -> Self {
        let (mut calls, mut types, mut modules) =
            (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
        for (at, own) in names.groups.iter().enumerate() {
            calls.insert((module(names, own.parent), own.accessor.clone()));
            types.insert((own.module.clone(), own.handle.clone()));
            modules.insert(Aliased::Group(GroupId(at)), own.module.clone());
        }
        for (at, (operation, own)) in api.operations.iter().zip(&names.operations).enumerate() {
            let module = module(names, operation.group);
            calls.insert((module.clone(), own.method.clone()));
            types.insert((module.clone(), own.request.clone()));
            modules.insert(Aliased::Operation(OperationId(at)), module);
        }
        for own in &names.types {
            let all = [Some(&own.ident), own.required.as_ref()].into_iter().flatten();
            types.extend(all.map(|name| (own.module.clone(), name.clone())));
        }
        Self { calls, types, modules }
    }

    /// The alias as far as nothing else is there; `None` where nothing is left of it.
    fn admit(&mut self, alias: AliasNames) -> Option<AliasNames> {
        let Path { around, name, ty } = &alias.path;
        let is_type = matches!(alias.of, Aliased::Type(_));
        let place = (around.clone(), name.clone());
        let shows_name = if is_type { self.types.insert(place) } else { self.calls.insert(place) };
        let own = match alias.of {
            Aliased::Group(_) => self.modules.get(&alias.of),
            Aliased::Operation(_) | Aliased::Type(_) => Some(around),
        };
        let place = (own.cloned().unwrap_or_default(), ty.clone());
        let shows_type = !ty.is_empty() && self.types.insert(place);
        (shows_name || shows_type).then_some(AliasNames { shows_name, shows_type, ..alias })
    }
}

#[cfg(test)]
mod tests {
    use super::is_over;

    #[test]
    fn what_is_deprecated_stays_for_one_breaking_step() {
        for (since, now, over) in [
            ("0.1.0", "0.1.9", false),
            ("0.1.0", "0.2.0", false),
            ("0.1.0", "0.3.0", true),
            ("0.9.3", "1.0.0", false),
            ("0.9.3", "2.0.0", true),
            ("1.2.3", "1.9.0", false),
            ("1.2.3", "2.0.0-rc.1", false),
            ("1.2.3", "3.0.0", true),
            ("1", "9.0.0", false),
        ] {
            assert_eq!(is_over(since, now), over, "{since} {now}");
        }
    }
}
