//! Which places share their evidence: everything under one path family.
//!
//! Bodies, answers, items of listings and items of page objects of one family describe one resource, so what one shows of a field holds for the field in the others. An answer stays apart where it plainly describes something else: the page around a listing, or an object that contradicts all the others.

use super::samples::{Bodies, Samples};
use super::words::words;
use crate::api::Endpoint;
use crate::evidence::Shape;
use crate::evidence::shape::{Key, Kind};
use std::collections::BTreeMap;

/// Least share of keys, as one in so many, that two bodies of a family must have in common before what one shows is expected in the other. A service that echoes what it was sent shows most of it; one that answers with a ticket or a job shows nothing.
const COMMON_SHARE: usize = 3;

/// What is known of each resource and each answer.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    families: BTreeMap<String, Family>,
    answers: BTreeMap<Endpoint, AnswerPart>,
}

/// What is known of one resource.
#[derive(Debug, Default)]
pub(crate) struct Family {
    /// What requests showed.
    requests: Shape,
    /// What recorded requests showed.
    recorded: Shape,
    /// The keys that answers show, with what the family knows of each.
    pub(crate) answers: Shape,
    /// Both.
    pub(crate) all: Shape,
}

/// What the object at the top of an endpoint's answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AnswerPart {
    /// The resource.
    Resource,
    /// An object around a listing of the resource, under this key.
    Page(String),
    /// Something of its own.
    Apart,
}

/// Pools all samples.
pub(crate) fn pool(samples: &Samples) -> Pool {
    let mut pool = Pool::default();
    let mut families: BTreeMap<String, Vec<Member<'_>>> = BTreeMap::new();
    for (endpoint, bodies) in &samples.endpoints {
        let page = page_key(endpoint, bodies);
        families.entry(family_key(endpoint)).or_default().push(Member { endpoint, bodies, page });
    }
    for (key, members) in families {
        let mut family = Family::default();
        for member in &members {
            let part = match &member.page {
                Some(key) => AnswerPart::Page(key.clone()),
                None if is_apart(member, &members) => AnswerPart::Apart,
                None => AnswerPart::Resource,
            };
            let request = resource_of(&member.bodies.request);
            family.recorded.join(recorded_part(&request, samples));
            family.requests.join(request);
            family.answers.join(answered_resource(&member.bodies.success.json, &part));
            pool.answers.insert(member.endpoint.clone(), part);
        }
        family.finish();
        pool.families.insert(key, family);
    }
    pool
}

/// An endpoint among those of its family.
struct Member<'a> {
    endpoint: &'a Endpoint,
    bodies: &'a Bodies,
    page: Option<String>,
}

impl Pool {
    /// What is known of the resource at `endpoint`.
    pub(crate) fn family(&self, endpoint: &Endpoint) -> Option<&Family> {
        self.families.get(&family_key(endpoint))
    }

    /// What the object at the top of the endpoint's answer is.
    pub(crate) fn answer(&self, endpoint: &Endpoint) -> &AnswerPart {
        self.answers.get(endpoint).unwrap_or(&AnswerPart::Resource)
    }
}

impl Pool {
    /// The key of the listing of each endpoint that answers an object around one.
    pub(crate) fn pages(&self) -> BTreeMap<String, String> {
        let page = |(endpoint, part): (&Endpoint, &AnswerPart)| match part {
            AnswerPart::Page(key) => Some((endpoint.to_string(), key.clone())),
            AnswerPart::Resource | AnswerPart::Apart => None,
        };
        self.answers.iter().filter_map(page).collect()
    }
}

impl Family {
    /// Fields that `request` does not show, but recorded requests of the same resource do: what a service takes when it creates, it mostly takes when it updates. Nothing where the request has little in common with them.
    pub(crate) fn taken_from_siblings(&self, request: &Shape) -> Shape {
        let mut others = self.recorded.clone();
        others.objects.keys.retain(|name, _| !request.objects.keys.contains_key(name));
        let own = request.objects.keys.len();
        let all = own + others.objects.keys.len();
        if is_share(own, all) { others } else { Shape::default() }
    }

    /// Adds the requests' keys to the answers' where the service echoes.
    fn finish(&mut self) {
        self.all = self.answers.clone().joined(self.requests.clone());
        let asked = &self.requests.objects.keys;
        let shown = |name: &&String| self.answers.objects.keys.contains_key(*name);
        let echoed = asked.keys().filter(shown).count();
        if self.answers.objects.seen.count > 0 && is_share(echoed, asked.len()) {
            self.answers = self.all.clone();
        } else {
            self.answers.learn(&self.all);
        }
    }
}

/// Whether `some` of `all` keys are enough in common.
fn is_share(some: usize, all: usize) -> bool {
    some > 0 && some.saturating_mul(COMMON_SHARE) >= all
}

/// The keys of a request that traffic showed.
fn recorded_part(request: &Shape, samples: &Samples) -> Shape {
    let mut part = request.clone();
    part.objects.keys.retain(|_, key| {
        let mut places = key.shape.sources.iter().filter_map(|source| samples.place(*source));
        places.any(|place| !place.written)
    });
    part
}

/// The key of a family in places: server and path without trailing parameters.
pub(crate) fn family_key(endpoint: &Endpoint) -> String {
    let path = match endpoint.family() {
        "" => "/",
        path => path,
    };
    format!("{}{path}", endpoint.server)
}

/// The objects at the top of a request, or in the list there.
fn resource_of(request: &Shape) -> Shape {
    request.object_part().joined(item_part(request))
}

/// The objects in the list that was seen.
fn item_part(shape: &Shape) -> Shape {
    shape.elements().map(Shape::object_part).unwrap_or_default()
}

/// What an answer shows of the resource.
fn answered_resource(answer: &Shape, part: &AnswerPart) -> Shape {
    let items = item_part(answer);
    match part {
        AnswerPart::Resource => items.joined(answer.object_part()),
        AnswerPart::Page(key) => {
            let listing = answer.objects.keys.get(key).map(|key| item_part(&key.shape));
            items.joined(listing.unwrap_or_default())
        }
        AnswerPart::Apart => items,
    }
}

/// The key of the listing in a page object: the one that is called like the resource, or the only list of objects where a bare list was answered as well.
fn page_key(endpoint: &Endpoint, bodies: &Bodies) -> Option<String> {
    let answer = &bodies.success.json;
    let lists: Vec<_> = answer.objects.keys.iter().filter(|(_, key)| is_listing(key)).collect();
    let resource = words(last_segment(&family_key(endpoint))).concat();
    let named = lists.iter().find(|(name, _)| words(name).concat() == resource);
    match (named, lists.as_slice()) {
        (Some((name, _)), _) if !resource.is_empty() => Some((*name).clone()),
        (_, [(name, _)]) if answer.lists.seen.count > 0 => Some((*name).clone()),
        (_, _) => None,
    }
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').find(|segment| !segment.is_empty() && *segment != "{}").unwrap_or_default()
}

fn is_listing(key: &Key) -> bool {
    let elements = key.shape.elements().map(Shape::kinds).unwrap_or_default();
    key.shape.kinds() == [Kind::List] && elements.iter().all(|kind| *kind == Kind::Object)
}

/// Whether an endpoint's answer contradicts what all other endpoints of its family answer, or deletes without answering the resource.
fn is_apart(member: &Member<'_>, family: &[Member<'_>]) -> bool {
    let mine = &member.bodies.success.json.objects;
    let mut others = Shape::default();
    for other in family {
        if other.endpoint != member.endpoint && other.page.is_none() {
            others.join(other.bodies.success.json.object_part());
        }
        if other.endpoint != member.endpoint {
            others.join(item_part(&other.bodies.success.json));
        }
    }
    let contradicts = |(name, key): (&String, &Key)| {
        let theirs = others.objects.keys.get(name).map(|key| key.shape.kinds());
        let (mine, theirs) = (key.shape.kinds(), theirs.unwrap_or_default());
        !mine.is_empty() && !theirs.is_empty() && mine.iter().all(|kind| !theirs.contains(kind))
    };
    let shared = mine.keys.keys().filter(|name| others.objects.keys.contains_key(*name)).count();
    let unlike = member.endpoint.method == "DELETE" && shared * 2 < mine.keys.len();
    unlike || mine.keys.iter().any(contradicts)
}
