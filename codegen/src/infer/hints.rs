//! The user's hints, by the places they are about; each must fire.
//!
//! A hint may name the place of a resource (`/users .options`), as dumps print it, or that of one operation's message (`POST /users body.options`, `GET /users/{} -> 200 .options`), which is the same place.

use crate::api::{Place, Root, Step};
use crate::diagnostic::Diagnostic;
use crate::evidence::Shape;
use crate::evidence::shape::Kind;
use crate::origin::Origin;
use crate::overlay::{Hint, HintKind, SOURCE, nearest_few};
use std::collections::{BTreeMap, BTreeSet};

/// Hints by place.
#[derive(Debug, Default)]
pub(crate) struct Hints<'a> {
    by_place: BTreeMap<Place, usize>,
    all: Vec<Followed<'a>>,
    /// The hints that keep a type by itself, by place; they say nothing of what a place is.
    apart: BTreeMap<Place, usize>,
    /// The places that were decided, where there is a hint.
    met: BTreeSet<Place>,
}

#[derive(Debug)]
struct Followed<'a> {
    hint: &'a Hint,
    fate: Fate,
}

/// What became of a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// No place asked for it.
    Unmet,
    /// It said what was known.
    Redundant,
    /// It changed a type.
    Fired,
}

impl<'a> Hints<'a> {
    pub(crate) fn new(hints: &'a [Hint]) -> Self {
        let mut all = Self::default();
        for (index, hint) in hints.iter().enumerate() {
            let by_place = match hint.kind {
                HintKind::Map | HintKind::Opaque => &mut all.by_place,
                HintKind::Apart => &mut all.apart,
            };
            by_place.extend(places(&hint.entry.at).into_iter().map(|place| (place, index)));
            all.all.push(Followed { hint, fate: Fate::Unmet });
        }
        all
    }

    pub(crate) fn has(&self, place: &Place) -> bool {
        self.by_place.contains_key(place)
    }

    /// What is said of `place`, which showed `shape` and would be a map by itself or not.
    pub(crate) fn at(&mut self, place: &Place, shape: &Shape, is_map: bool) -> Option<HintKind> {
        if !self.all.is_empty() {
            self.met.insert(place.clone());
        }
        let index = self.by_place.get(place)?;
        let followed = self.all.get_mut(*index)?;
        let known = match followed.hint.kind {
            HintKind::Map => is_map && shape.kinds() == [Kind::Object],
            HintKind::Opaque => shape.kinds().is_empty(),
            HintKind::Apart => return None,
        };
        if followed.fate != Fate::Fired {
            followed.fate = if known { Fate::Redundant } else { Fate::Fired };
        }
        Some(followed.hint.kind)
    }

    /// The places of types that stay by themselves.
    pub(crate) fn apart(&self) -> BTreeSet<String> {
        self.apart.keys().map(Place::to_string).collect()
    }

    /// Says which of these places had a type that would have been merged with another.
    pub(crate) fn kept_apart(&mut self, places: &BTreeSet<String>) {
        for (place, index) in &self.apart {
            let Some(followed) = self.all.get_mut(*index) else { continue };
            if places.contains(&place.to_string()) {
                followed.fate = Fate::Fired;
            } else if followed.fate == Fate::Unmet && self.met.contains(place) {
                followed.fate = Fate::Redundant;
            }
        }
    }

    /// Hints that did not fire.
    pub(crate) fn dead(&self) -> Vec<Diagnostic> {
        let dead = |followed: &Followed<'_>| {
            let at = &followed.hint.entry.at;
            let (message, help) = match followed.fate {
                Fate::Fired => return None,
                Fate::Unmet => {
                    (format!("the hint at `{at}` meets no place"), nearest(at, &self.met))
                }
                Fate::Redundant => (
                    format!("the hint at `{at}` says what is known without it"),
                    "delete the entry".to_owned(),
                ),
            };
            let origin = Origin { span: Some(followed.hint.entry.span), ..Origin::default() };
            let found = Diagnostic::error("infer::dead-hint", message, origin);
            Some(found.in_source(SOURCE).with_help(help))
        };
        self.all.iter().filter_map(dead).collect()
    }
}

/// The help for a hint that meets nothing: the nearest of the places that were decided.
fn nearest(at: &str, met: &BTreeSet<Place>) -> String {
    let met: Vec<String> = met.iter().map(Place::to_string).collect();
    let spelled = places(at).into_iter().rev().map(|place| place.to_string());
    let meant = spelled.chain([at.to_owned()]).find_map(|at| nearest_few(&at, &met, 1).pop());
    let help = "write the place as `cargo xtask dump --stage infer` prints it, or delete the entry";
    meant.map_or_else(|| help.to_owned(), |right| format!("did you mean `{right}`? {help}"))
}

/// The places that an address means: its own, that of its resource, and that of the requests to the resource.
fn places(at: &str) -> Vec<Place> {
    let Some(place) = Place::parse(at) else { return Vec::new() };
    let mut places = Vec::new();
    if let Some(resource) = place.resource() {
        places.extend(resource.sent());
        places.push(resource);
    }
    match place.root {
        Root::Request(caller) => {
            let mut whole = Place::request(caller.endpoint());
            whole.steps.clone_from(&place.steps);
            places.push(whole);
            places.push(Place { root: Root::Request(caller), steps: place.steps });
        }
        Root::Response(caller, _) => {
            let whole = Place::response(caller.endpoint());
            let is_inside = matches!(place.steps.first(), None | Some(Step::Field(_)));
            let mut inside = if is_inside { whole.object() } else { whole };
            inside.steps.extend(place.steps);
            places.push(inside);
        }
        Root::Resource(_) | Root::Sent(_) | Root::Errors | Root::Failure(_) => places.push(place),
        Root::Form(_) | Root::Variables(_) | Root::Parameter(..) => places.push(place),
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_mean_places() {
        let check = |at: &str, expected: &str| {
            assert!(
                places(at).iter().any(|place| place.to_string() == expected),
                "{at}: {:?}",
                places(at)
            );
        };
        check("/users .options", "/users .options");
        check("POST /users body.options", "/users .options");
        check("PATCH /users/{} body.a[].b", "/users .a[].b");
        check("GET /users/{} -> 200 .options", "/users .options");
        check("GET /users -> 200 [].options", "/users .options");
        check("GET /users -> 200 .total", "GET /users -> 2xx .total");
        check("POST /users [Users › Create] body.options", "/users .options");
        check("GET /users/{} [Users › Get] -> 200 .total", "GET /users/{} -> 2xx .total");
        check("POST /users body.\"api key\"", "/users .\"api key\"");
    }
}
