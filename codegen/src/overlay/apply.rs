//! Patches on the API: every entry fires, or is an error at its line.

mod credential;
mod field;
mod message;
mod operation;
mod paging;
mod parameter;
mod settle;

use super::address::Addresses;
use super::nearest::did_you_mean;
use super::place::{Target, find};
use super::types::{Ground, TypeText, define};
use super::{Change, Entry, Patch, Saying};
use crate::api::{
    Api, Caller, Enumeration, Family, OperationId, Place, Presence, Root, Step, StructRole, Type,
    TypeKind, Types,
};
use crate::diagnostic::Diagnostic;
use crate::docs::{Block, Docs, Inline};
use crate::origin::Origin;
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
        let adds = patch.says.iter().any(|saying| matches!(saying.change, Change::Add(_)));
        let targets = match find(&self.api, &self.addresses, &patch.entry, adds) {
            Ok(targets) => targets,
            Err(error) => return self.found.push(error),
        };
        let mut idle = Vec::new();
        for saying in &patch.says {
            let earlier = self.said.insert((targets.clone(), saying.key), patch.entry.at.clone());
            if let Some(earlier) = earlier {
                self.found.push(twice(saying, &patch.entry, &earlier));
                continue;
            }
            match self.say(&targets, &patch.entry, saying) {
                Ok(true) => {}
                Ok(false) => idle.push(saying),
                Err(error) => self.found.push(error),
            }
        }
        if idle.len() == patch.says.len() && !idle.is_empty() {
            self.found.push(redundant(&patch.entry));
        } else {
            self.found.extend(idle.into_iter().map(|saying| idle_key(saying, &patch.entry)));
        }
    }

    /// Corrects all targets; whether anything changed.
    fn say(
        &mut self,
        targets: &[Target],
        entry: &Entry,
        saying: &Saying,
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
            let api = &mut self.api;
            let mut scene = Scene { api, entry, saying, place, resource };
            fired |= match target {
                Target::Operation(id) if saying.change == Change::Drop => self.dropped.insert(*id),
                Target::Operation(id) => operation::correct(&mut scene, *id)?,
                Target::Parameter(id, location, name) => {
                    parameter::correct(&mut scene, *id, *location, name)?
                }
                Target::Field(id, key) => field::correct(&mut scene, *id, key)?,
                Target::Body(id) => message::body(&mut scene, *id)?,
                Target::Answer(id) => message::answer(&mut scene, *id)?,
                Target::Error(id) => message::error(&mut scene, *id)?,
                Target::Credential(id) => credential::correct(&mut scene, *id)?,
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
            Target::Answer(id) => Place::response(caller(id)?),
            Target::Error(id) => Place::at(Root::Failure(caller(id)?)),
            Target::Field(id, key) => self.api.types.get(*id)?.key.child(key),
            Target::Credential(_) => return None,
        })
    }

    /// Checks that the parameters by which a listing is paged are there.
    fn paging(&mut self, patch: &Patch) {
        for saying in &patch.says {
            let Change::Pagination(Some(pagination)) = &saying.change else { continue };
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
                at_key(saying, "overlay::dead", message).with_help(help)
            }));
            if !paging::are_listed(&self.api, &targets, pagination) {
                let message = "the answer has no list to page through";
                self.found.push(
                    at_key(saying, "overlay::dead", message).with_help(
                        "name the key of the list in `items`, or give the answer a `type`",
                    ),
                );
            }
        }
    }
}

/// What one key of an entry is applied to.
struct Scene<'a> {
    api: &'a mut Api,
    entry: &'a Entry,
    saying: &'a Saying,
    /// The place.
    place: Place,
    /// The place in its resource.
    resource: Place,
}

impl Scene<'_> {
    /// The error that this cannot be said here.
    fn misplaced(&self) -> Diagnostic {
        let message = format!("`{}` cannot be said of `{}`", self.saying.key, self.entry.at);
        at_key(self.saying, "overlay::misplaced", message)
            .with_help("spec/README.md lists what can be said where")
    }

    /// The error that a type or word cannot stand here.
    fn unfit(&self, message: impl Into<String>) -> Diagnostic {
        at_key(self.saying, "overlay::type", message)
    }

    /// The type that the overlay writes, for an object with this `role`.
    fn build(&mut self, ty: &TypeText, role: StructRole) -> Result<Type, Diagnostic> {
        let ground = Ground { place: &self.place, role, reason: &self.entry.reason };
        ty.build(&mut self.api.types, ground).map_err(|key| {
            let known: Vec<_> = self.api.types.iter().map(|(_, def)| def.key.to_string()).collect();
            let known = known.iter().map(String::as_str);
            let help =
                did_you_mean(&key, known, "`cargo xtask dump --stage infer` lists all types");
            self.unfit(format!("no type has the key `{key}`")).with_help(help)
        })
    }

    /// `ty` with the enumeration of `values` where text stands: alone, in a list, a map, or a nullable.
    fn enumerated(&mut self, ty: &Type, values: &[String]) -> Type {
        match ty {
            Type::List(inner) => Type::List(Box::new(self.enumerated(inner, values))),
            Type::Map(inner) => Type::Map(Box::new(self.enumerated(inner, values))),
            Type::Nullable(inner) => Type::Nullable(Box::new(self.enumerated(inner, values))),
            Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => {
                self.enumeration(values)
            }
            Type::Text | Type::Secret | Type::File | Type::Named(_) => self.enumeration(values),
        }
    }

    fn enumeration(&mut self, values: &[String]) -> Type {
        let kind = TypeKind::Enumeration(Enumeration { values: values.to_vec() });
        let role = StructRole::Nested;
        let known = self.api.types.iter().find(|(_, def)| def.key == self.resource);
        let place = match known {
            Some((_, def)) if def.kind != kind => &self.place,
            Some(_) | None => &self.resource,
        };
        let ground = Ground { place, role, reason: &self.entry.reason };
        Type::Named(define(&mut self.api.types, ground, kind))
    }
}

/// The place in its resource, of a place in a body: what is equal there in several bodies and answers is one type (`POST /users body.kind` is `/users .kind`).
fn pooled(place: &Place) -> Place {
    let is_field =
        matches!((&place.root, place.steps.first()), (Root::Request(_), Some(Step::Field(_))));
    let pooled = if is_field { place.resource() } else { None };
    pooled.unwrap_or_else(|| place.clone())
}

/// Where a type stands, which says what it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Json,
    Parameter,
    Form,
    Multipart,
}

/// Why `ty` cannot stand there, if it cannot.
fn unfit(types: &Types, ty: &Type, standing: Standing) -> Option<&'static str> {
    let flat = standing != Standing::Json;
    match ty {
        Type::File if standing == Standing::Multipart => None,
        Type::File => Some("files stand in multipart bodies only"),
        Type::List(inner) if flat && matches!(**inner, Type::List(_)) => {
            Some("a list of lists cannot stand in a parameter or a form")
        }
        Type::List(inner) => unfit(types, inner, standing),
        Type::Map(_) | Type::Nullable(_) | Type::Unknown if flat => {
            Some("a parameter, or a field of a form, is text, a number, a bool, or a list of these")
        }
        Type::Map(inner) | Type::Nullable(inner) => unfit(types, inner, standing),
        Type::Named(id) if flat => match types.get(*id).map(|def| &def.kind) {
            Some(TypeKind::Enumeration(_)) => None,
            Some(TypeKind::Struct(_) | TypeKind::Union(_)) | None => {
                Some("an object cannot stand in a parameter or a form")
            }
        },
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => None,
        Type::Text | Type::Secret | Type::Named(_) => None,
    }
}

fn twice(saying: &Saying, entry: &Entry, earlier: &str) -> Diagnostic {
    let message = format!("`{}` of `{}` is said twice", saying.key, entry.at);
    at_key(saying, "overlay::twice", message)
        .with_help(format!("the entry at `{earlier}` says it too: keep one of them"))
}

fn redundant(entry: &Entry) -> Diagnostic {
    entry
        .error("overlay::redundant", format!("`{}` changes nothing", entry.at))
        .with_help("the spec says this itself now; delete the entry")
}

fn idle_key(saying: &Saying, entry: &Entry) -> Diagnostic {
    let message = format!("`{}` changes nothing at `{}`", saying.key, entry.at);
    at_key(saying, "overlay::redundant", message)
        .with_help(format!("the spec says this itself now; delete `{}`", saying.key))
}

fn at_key(saying: &Saying, code: &'static str, message: impl Into<String>) -> Diagnostic {
    let origin = Origin { span: Some(saying.span), ..Origin::default() };
    Diagnostic::error(code, message, origin).in_source(super::SOURCE)
}

const fn presence(required: bool) -> Presence {
    if required { Presence::Required } else { Presence::Optional }
}

fn paragraph(text: &str) -> Docs {
    Docs(vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])])
}

/// Notes that the overlay had a say.
fn note(provenance: &mut Vec<String>) {
    if provenance.last().is_none_or(|last| last != "overlay") {
        provenance.push("overlay".to_owned());
    }
}
