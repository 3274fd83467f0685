//! [`Api`] + pins -> [`Names`]: the only stage that makes a Rust name.
//!
//! Names are a side table, parallel to the arenas of the API; nothing downstream may case, join or escape a name again. Every name here is a valid identifier of edition 2024 (`type_` rather than `r#type`), unique in its scope.

mod aliases;
mod client;
mod complete;
mod context;
mod definitions;
pub mod dump;
mod english;
mod folder_words;
mod groups;
mod held;
mod keys;
pub mod lock;
mod lost;
mod markup;
mod matching;
mod members;
mod moved;
mod nesting;
mod operations;
mod ordinal;
mod origins;
mod parameters;
mod phrase;
mod pins;
mod places;
mod record;
mod request;
mod reserved;
mod scope;
mod senders;
mod setting;
mod spellings;
mod statuses;
mod template_words;
#[cfg(test)]
mod tests;
mod title;
mod types;
mod uses;
mod wording;
mod words;

pub use complete::complete;
pub use lock::Lock;
pub(crate) use title::whole as plain_title;

use crate::api::{Api, GroupId, OperationId, Place, TypeId};
use crate::diagnostic::Diagnostic;
use crate::origin::Origin;
use crate::overlay::{ClientTable, NamePin};
use held::Held;
use origins::Origins;
use pins::Pins;
use std::collections::BTreeMap;

/// Rust names for everything in an [`Api`]; each vector is parallel to the one of the same name there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Package name (`auth0-management`): `[a-z][a-z0-9_-]{0,63}`.
    pub package: String,
    /// Package version.
    pub version: String,
    /// SPDX expression of its licence.
    pub license: Option<String>,
    /// URL of the repository that holds it, if the overlay names one.
    pub repository: Option<String>,
    /// Words that a registry finds it by.
    pub keywords: Vec<String>,
    /// Categories that a registry files it under.
    pub categories: Vec<String>,
    /// Setters of the builder, one per client variable (`auth0_domain`).
    pub variables: Vec<String>,
    /// One per server: `base_url` for the first, `files_base_url` for another; a setter of the builder.
    pub servers: Vec<String>,
    /// One per credential: a setter of the builder (`auth0_token`).
    pub credentials: Vec<CredentialNames>,
    /// One per group.
    pub groups: Vec<GroupNames>,
    /// One per operation.
    pub operations: Vec<OperationNames>,
    /// One per type definition.
    pub types: Vec<TypeNames>,
    /// Further paths to some of these.
    pub aliases: Vec<AliasNames>,
}

impl Names {
    /// The crate's name in Rust, where paths begin.
    #[must_use]
    pub fn root(&self) -> String {
        self.package.replace('-', "_")
    }

    /// The methods that lead to a group, from the client on; none where it is the client.
    #[must_use]
    pub fn accessors(&self, group: Option<GroupId>) -> Vec<&str> {
        let (mut accessors, mut at) = (Vec::new(), group);
        while let Some(own) = at.and_then(|id| self.groups.get(id.0)) {
            accessors.push(own.accessor.as_str());
            at = own.parent;
        }
        accessors.reverse();
        accessors
    }

    /// Names of a type. Each type has some, as [`complete`] holds.
    #[must_use]
    pub fn of_type(&self, id: TypeId) -> &TypeNames {
        let Some(own) = self.types.get(id.0) else { unreachable!("{id:?} has no name") };
        own
    }
}

/// Names of a credential.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CredentialNames {
    /// The setter of the builder.
    pub setter: String,
    /// The setter that takes a client's id and secret, for credentials that are changed for tokens.
    pub tokens: Option<String>,
    /// The setter that takes a session token too, for credentials that may be temporary.
    pub temporary: Option<String>,
    /// The setter that takes a signer in place of the parts, for schemes behind a feature.
    pub signer: Option<String>,
    /// Names of its arguments, one per part of the scheme (`token`; `username`, `password`).
    pub parts: Vec<String>,
}

/// Names of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupNames {
    /// Module path from the crate's root, one segment per level kept (`["users"]`); a file name too: `[a-z0-9_]{1,64}`.
    pub module: Vec<String>,
    /// The handle's type (`Users`), unique in its module.
    pub handle: String,
    /// The method that gives the handle (`users`), on the client or on the parent's handle.
    pub accessor: String,
    /// The cargo feature of the top-level folder it stands in.
    pub feature: String,
    /// The group on whose handle its accessor stands; `None` is the client.
    pub parent: Option<GroupId>,
}

/// Names of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationNames {
    /// The method on its handle (`get`).
    pub method: String,
    /// The verb of what it does (`create`), however the method says it.
    pub verb: String,
    /// The constant that says how it is sent (`GET`), beside the method.
    pub constant: String,
    /// The type of its request (`GetUserRequest`), unique in its module; emitted where there is something to set.
    pub request: String,
    /// Arguments of the method, one per path parameter, also the holes of the emitted path template.
    pub path: Vec<String>,
    /// The argument of the body, if any.
    pub body: String,
    /// Setters, one per query parameter; those of required parameters are arguments of the method.
    pub query: Vec<String>,
    /// Setters, one per header parameter; those of required parameters are arguments of the method.
    pub headers: Vec<String>,
}

/// Names of a type definition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeNames {
    /// Where it is defined: a group's module, or `["shared"]` where several top-level modules use it.
    pub module: Vec<String>,
    /// The type (`CreateUser`).
    pub ident: String,
    /// What the constructor takes where single arguments would be too many (`CreateUserRequired`).
    pub required: Option<String>,
    /// Fields of a struct (`connection`), or variants of an enumeration or union (`List`).
    pub members: Vec<String>,
}

/// What has a further path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aliased {
    /// A folder: its accessor and module, and the type of its handle.
    Group(GroupId),
    /// An operation: its method, and the type of its request.
    Operation(OperationId),
    /// A type, and what its constructor takes.
    Type(TypeId),
}

/// A further path to something, under which it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasNames {
    /// What is found there.
    pub of: Aliased,
    /// The path, with the type that went with it.
    pub path: lock::Path,
    /// The version since which it is deprecated; `None` where it stays.
    pub deprecated: Option<String>,
    /// Whether the name leads to it; it does not where it is still its own name, or another's by now.
    pub shows_name: bool,
    /// Whether the type that went with it does.
    pub shows_type: bool,
}

/// What becomes of published names that could be others now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Renaming {
    /// Whether requests and folders that the collection calls otherwise by now are called anew.
    pub accept: bool,
    /// Whether what is called otherwise is still found under its old name, as deprecated.
    pub keep_deprecated: bool,
}

/// Names everything in `api`; pins come first, then what was published, then candidates from short to long; only what nothing tells apart is numbered.
///
/// # Errors
///
/// Diagnostics of [`Severity::Error`](crate::diagnostic::Severity) are returned for pins that match nothing, clash, or change nothing.
#[must_use]
pub fn name(
    api: &Api,
    client: &ClientTable,
    pins: &[NamePin],
    (lock, renaming): (&Lock, Renaming),
) -> (Names, Lock, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let pins = pins::read(api, pins, &mut found);
    let before = Held::new(api, lock);
    let renewed = renaming.accept.then(|| before.renewed(api, lock));
    let renewed = renewed.as_ref().map(|lock| Held::new(api, lock));
    let held = renewed.as_ref().unwrap_or(&before);
    let (mut names, noted) = assign(api, client, &pins, held);
    found.extend(noted);
    if !pins.is_empty() {
        found.extend(pins.idle(&names, &unpinned(api, client, &pins), held));
    }
    let since = renaming.keep_deprecated.then(|| names.version.clone());
    names.aliases = aliases::aliases(api, &names, &before, since.as_deref());
    found.extend(lost::renamed(api, &names, &before, renaming.accept));
    found.extend(lost::twins(api, &names, held));
    found.extend(lost::lost(api, &names, held, &pins));
    let lock = record::record(api, &names, held);
    (names, lock, found)
}

/// The lock of what is there, without the names that are kept for what is gone.
#[must_use]
pub fn pruned(api: &Api, names: &Names, lock: &Lock) -> Lock {
    let mut pruned = record::record(api, names, &Held::default());
    for (key, locked) in &mut pruned.0 {
        let Some(had) = lock.0.get(key) else { continue };
        locked.is_renamed = had.is_renamed;
        locked.likenesses.clone_from(&had.likenesses);
    }
    pruned
}

/// The names that the pinned things would have without pins, whatever was published; types, the bulk of the work, only where one is pinned.
fn unpinned(api: &Api, client: &ClientTable, pins: &Pins) -> Names {
    let (none, nothing) = (Pins::default(), Held::default());
    if !pins.types.is_empty() {
        return assign(api, client, &none, &nothing).0;
    }
    let mut parsed = operations::parse_names(api, &none);
    let (groups, _) = groups::name(api, &none, &nothing);
    let (operations, _) = operations::name(api, &mut parsed, &groups, (&none, &nothing));
    Names { groups, operations, ..Names::default() }
}

/// What a path's segment holds many of, as a name says it: `client_grant` for `client-grants`; `None` where it says nothing.
#[must_use]
pub fn one_of(segment: &str) -> Option<String> {
    words::snake(&phrase::singular_tail(&words::split(segment)))
}

/// Gives each thing its name.
fn assign(
    api: &Api,
    client: &ClientTable,
    pins: &Pins,
    held: &Held<'_>,
) -> (Names, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut names = client::name(api, client, held, &mut found);
    let tops = nesting::tops(api);
    let uses = uses::walk(api, &tops);
    let mut parsed = operations::parse_names(api, pins);
    let (mut groups, numbered_groups) = groups::name(api, pins, held);
    let (mut operations, numbered) = operations::name(api, &mut parsed, &groups, (pins, held));
    let trails: Vec<Vec<String>> = api.groups.iter().map(types::trail).collect();
    let parsed = parsed.as_slice();
    let (trails, uses, tops) = (trails.as_slice(), &uses, tops.as_slice());
    let context = context::Context { api, parsed, trails, uses, tops, pins, held };
    let (types, numbered_types) = types::name(&context, &mut groups, &mut operations);
    names.groups = groups;
    names.operations = operations;
    names.types = types;
    found.extend(without_words(api, &numbered, &numbered_groups, numbered_types));
    (names, found)
}

/// A finding for each thing whose name ends with a number.
fn without_words(
    api: &Api,
    operations: &[usize],
    groups: &[usize],
    types: Vec<String>,
) -> Vec<Diagnostic> {
    let unclear: BTreeMap<String, Origin> = operations
        .iter()
        .filter_map(|at| api.operations.get(*at))
        .map(|operation| (operation.key.to_string(), operation.origin.clone()))
        .chain(groups.iter().filter_map(|at| api.groups.get(*at)).map(|group| {
            let origin = Origin { trail: group.trail.clone(), ..Origin::default() };
            (group.trail.join(" › "), origin)
        }))
        .collect();
    let others = types.into_iter().filter(|key| !unclear.contains_key(key));
    let origins = Origins::new(api);
    let origin = |key: &str| Place::parse(key).map(|place| origins.of(&place)).unwrap_or_default();
    let others: Vec<Diagnostic> = others.map(|key| self::unclear(&key, origin(&key))).collect();
    unclear.into_iter().map(|(key, origin)| self::unclear(&key, origin)).chain(others).collect()
}

fn unclear(key: &str, origin: Origin) -> Diagnostic {
    let message = format!("nothing tells `{key}` from others, so its name ends with a number");
    Diagnostic::warning("name::unclear", message, origin)
        .with_help(format!("pin a name in spec/overlay.toml: [[name]] at = \"{key}\""))
}
