//! The user's pins, matched to what they name.
//!
//! In: an [`Api`] and pins. Out: the pinned name of each operation, group and type, and a diagnostic for every pin that names nothing, several things, or no valid name.

use super::held::{self, Held};
use super::{Names, reserved};
use crate::api::Api;
use crate::diagnostic::{Diagnostic, Severity};
use crate::origin::{Origin, Pointer};
use crate::overlay::{NamePin, nearest_few};
use std::collections::BTreeMap;

/// Pinned names by index.
#[derive(Clone, Debug, Default)]
pub(super) struct Pins {
    /// Methods, by operation.
    pub operations: BTreeMap<usize, String>,
    /// Types, by type definition.
    pub types: BTreeMap<usize, String>,
    /// Accessors, by group.
    pub groups: BTreeMap<usize, String>,
    /// The pins with what they name.
    read: Vec<(Target, NamePin)>,
}

impl Pins {
    /// Whether nothing is pinned.
    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// Pins that did not hold (another pin took the name), and pins that say what the rules say without them; one that takes its thing from a published name to that of the rules still does something.
    pub(super) fn idle(
        &self,
        pinned: &Names,
        unpinned: &Names,
        held: &Held<'_>,
    ) -> Vec<Diagnostic> {
        let judged = self.read.iter().map(|(target, pin)| {
            let has = |names| target.name(names) == Some(pin.name.as_str());
            match (has(pinned), has(unpinned)) {
                (false, _) => Some(clashing(pin)),
                (true, true) => match target.held(held) {
                    None => Some(redundant(pin, Severity::Error)),
                    Some(name) if name == pin.name => Some(redundant(pin, Severity::Warning)),
                    Some(_) => None,
                },
                (true, false) => None,
            }
        });
        judged.flatten().collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Operation(usize),
    Type(usize),
    Group(usize),
}

impl Target {
    /// The name it got.
    fn name(self, names: &Names) -> Option<&str> {
        match self {
            Self::Operation(at) => names.operations.get(at).map(|it| it.method.as_str()),
            Self::Type(at) => names.types.get(at).map(|it| it.ident.as_str()),
            Self::Group(at) => names.groups.get(at).map(|it| it.accessor.as_str()),
        }
    }

    /// The name that was published.
    fn held(self, held: &Held<'_>) -> Option<String> {
        match self {
            Self::Operation(at) => held::name_of(&held.operations, at),
            Self::Type(at) => held::name_of(&held.types, at),
            Self::Group(at) => held::name_of(&held.groups, at),
        }
    }

    /// A prefix names operations before types, and types before folders.
    fn order(self) -> u8 {
        match self {
            Self::Operation(_) => 0,
            Self::Type(_) => 1,
            Self::Group(_) => 2,
        }
    }
}

/// Matches every pin: a whole key first, then an unambiguous prefix of an operation's key, a type's, a group's trail.
pub(super) fn read(api: &Api, pins: &[NamePin], found: &mut Vec<Diagnostic>) -> Pins {
    let keys = Keys::new(api);
    let mut read = Pins::default();
    for pin in pins {
        let target = match keys.find(&pin.entry.at).as_slice() {
            [] => {
                found.push(unknown(pin, &keys));
                continue;
            }
            [target] => *target,
            several => {
                found.push(ambiguous(pin, several.len()));
                continue;
            }
        };
        if !is_valid(&pin.name, target) {
            found.push(invalid(pin, target));
            continue;
        }
        let (names, index) = match target {
            Target::Operation(index) => (&mut read.operations, index),
            Target::Type(index) => (&mut read.types, index),
            Target::Group(index) => (&mut read.groups, index),
        };
        if names.insert(index, pin.name.clone()).is_some() {
            found.push(twice(pin));
        }
        read.read.push((target, pin.clone()));
    }
    read
}

struct Keys {
    whole: Vec<(String, Target)>,
    endpoints: Vec<(String, Target)>,
}

impl Keys {
    fn new(api: &Api) -> Self {
        let mut whole = Vec::new();
        let mut endpoints = Vec::new();
        for (index, operation) in api.operations.iter().enumerate() {
            whole.push((operation.key.to_string(), Target::Operation(index)));
            endpoints.push((operation.key.endpoint.to_string(), Target::Operation(index)));
        }
        for (id, def) in api.types.iter() {
            whole.push((def.key.to_string(), Target::Type(id.0)));
        }
        for (index, group) in api.groups.iter().enumerate() {
            whole.push((group.trail.join(" › "), Target::Group(index)));
        }
        Self { whole, endpoints }
    }

    fn find(&self, at: &str) -> Vec<Target> {
        let at = at.trim();
        let equal = |keys: &[(String, Target)]| -> Vec<Target> {
            keys.iter().filter(|(key, _)| key == at).map(|(_, target)| *target).collect()
        };
        let exact = [equal(&self.whole), equal(&self.endpoints)];
        if let Some(targets) = exact.into_iter().find(|targets| !targets.is_empty()) {
            return targets;
        }
        if at.is_empty() {
            return Vec::new();
        }
        let prefixed: Vec<Target> = self
            .whole
            .iter()
            .filter(|(key, _)| key.starts_with(at))
            .map(|(_, target)| *target)
            .collect();
        let least = prefixed.iter().map(|target| target.order()).min();
        prefixed.into_iter().filter(|target| Some(target.order()) == least).collect()
    }
}

fn is_valid(name: &str, target: Target) -> bool {
    let camel = || {
        name.starts_with(|letter: char| letter.is_ascii_uppercase())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric())
    };
    let snake = || {
        let letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
        name.starts_with(|letter: char| letter.is_ascii_lowercase()) && name.chars().all(letter)
    };
    let free = match target {
        Target::Type(_) => camel() && !reserved::TYPES.contains(&name),
        Target::Operation(_) => snake() && !reserved::HANDLE.contains(&name),
        Target::Group(_) => {
            let taken = [reserved::MODULES, reserved::CLIENT, reserved::FEATURES].concat();
            snake() && !taken.contains(&name) && !reserved::is_device(name)
        }
    };
    free && name.len() <= 64 && !reserved::is_keyword(name)
}

fn unknown(pin: &NamePin, keys: &Keys) -> Diagnostic {
    let message =
        format!("the pinned name `{}` is for `{}`, which nothing is", pin.name, pin.entry.at);
    let all: Vec<String> =
        keys.endpoints.iter().chain(&keys.whole).map(|(key, _)| key.clone()).collect();
    let otherwise = "write the key of an operation, a type or a folder, or remove the entry";
    let help = match nearest_few(&pin.entry.at, &all, 1).as_slice() {
        [right, ..] => format!("did you mean `{right}`? {otherwise}"),
        [] => otherwise.to_owned(),
    };
    error("name::unknown-pin", message, pin).with_help(help)
}

fn ambiguous(pin: &NamePin, count: usize) -> Diagnostic {
    let message = format!(
        "the pinned name `{}` is for `{}`, which {count} things begin with",
        pin.name, pin.entry.at
    );
    error("name::ambiguous-pin", message, pin).with_help("write more of the key")
}

fn invalid(pin: &NamePin, target: Target) -> Diagnostic {
    let message = format!("the pinned name `{}` cannot stand there", pin.name);
    error("name::invalid-pin", message, pin).with_help(match target {
        Target::Type(_) => "write a name in UpperCamelCase that neither Rust nor the client uses",
        Target::Operation(_) | Target::Group(_) => {
            "write a name in snake_case that neither Rust nor the client uses"
        }
    })
}

fn clashing(pin: &NamePin) -> Diagnostic {
    let message =
        format!("`{}` cannot have the pinned name `{}`: another has it", pin.entry.at, pin.name);
    error("name::clashing-pin", message, pin).with_help("pin another name, or unpin the other")
}

/// An error, unless the lock was told only by the last run.
fn redundant(pin: &NamePin, severity: Severity) -> Diagnostic {
    let message = format!("the pin `{}` changes nothing", pin.name);
    let found = error("name::redundant-pin", message, pin);
    Diagnostic { severity, ..found }.with_help("this is the name without it now; delete the entry")
}

fn twice(pin: &NamePin) -> Diagnostic {
    let message = format!("`{}` is pinned twice, now as `{}`", pin.entry.at, pin.name);
    error("name::pinned-twice", message, pin).with_help("remove one of the entries")
}

fn error(code: &'static str, message: String, pin: &NamePin) -> Diagnostic {
    let origin = Origin { pointer: Pointer::root(), span: Some(pin.entry.span), trail: Vec::new() };
    Diagnostic::error(code, message, origin).in_source("overlay.toml")
}
