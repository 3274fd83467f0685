//! Which places share their evidence: everything under one path family that holds the same record.
//!
//! Bodies, responses, items of listings and items of page objects of one family describe one resource as far as they hold the same keys, so what one shows of a field holds for the field in the others. What holds something else is a record of its own.

use super::actions::{Action, Actions, actions};
use super::records::{Cluster, Slot, Spot, clusters, items};
use super::samples::{Bodies, Samples};
use crate::api::{Endpoint, Family, OperationKey, Place, Root, Step};
use crate::evidence::Shape;
use crate::evidence::shape::{Key, Kind, Source};
use std::collections::{BTreeMap, BTreeSet};

/// Least share of keys, as one in so many, that two bodies of a family must have in common before what one shows is expected in the other. A service that echoes what it was sent shows most of it; one that answers with a ticket or a job shows nothing.
const COMMON_SHARE: usize = 3;

/// What is known of each resource and each response.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    families: BTreeMap<Family, Resource>,
    records: Vec<Record>,
    responses: BTreeMap<Endpoint, Answered>,
    actions: Actions,
}

/// What is known of one resource.
#[derive(Debug, Default)]
pub(crate) struct Resource {
    /// What requests showed.
    pub(crate) requests: Shape,
    /// What recorded requests showed.
    recorded: Shape,
    /// What requests showed, and the family's own record.
    pub(crate) all: Shape,
    /// The endpoint whose responses hold the family's own record, what *get one* answers first.
    pub(crate) telling: Option<Endpoint>,
    /// Recorded requests whose responses are recorded too.
    answered: BTreeSet<Source>,
    /// Whether all requests that show anything are objects, and no endpoint takes several actions.
    is_one_kind: bool,
}

/// An object that responses of one family hold in one place or several.
#[derive(Debug)]
pub(crate) struct Record {
    /// Its place: the resource's if it is the family's own, else the least that holds it.
    pub(crate) place: Place,
    /// What is known of it.
    pub(crate) shape: Shape,
    /// Whether it is the family's own.
    pub(crate) is_resource: bool,
}

/// The records in an endpoint's response.
#[derive(Debug, Default)]
struct Answered {
    object: Option<ObjectPart>,
    items: Option<usize>,
}

/// What the object at the top of an endpoint's response is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum ObjectPart {
    Record(usize),
    Envelope { member: String, is_list: bool, record: usize },
}

/// As [`ObjectPart`], with the record.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ResponsePart<'a> {
    /// A record.
    Record(&'a Record),
    /// An object around a record, or around a list of it.
    Envelope {
        /// The key that holds it.
        member: &'a str,
        /// Whether it is a list.
        is_list: bool,
        /// What it holds.
        record: &'a Record,
    },
    /// Something of its own.
    Apart,
}

/// Pools all samples.
pub(crate) fn pool(samples: &Samples) -> Pool {
    let mut pool = Pool { actions: actions(samples), ..Pool::default() };
    let mut families: BTreeMap<Family, Vec<(&Endpoint, &Bodies)>> = BTreeMap::new();
    for (endpoint, bodies) in &samples.endpoints {
        families.entry(Family::of(endpoint)).or_default().push((endpoint, bodies));
    }
    for (key, members) in families {
        let mut family = Resource::default();
        let kinds = |bodies: &Bodies| bodies.request.kinds();
        family.is_one_kind = members.iter().all(|(endpoint, bodies)| {
            let is_one = matches!(kinds(bodies).as_slice(), [] | [Kind::Object]);
            is_one && !pool.actions.are_several(endpoint)
        });
        for (_, bodies) in &members {
            let request = resource_of(&bodies.request);
            family.recorded.join(recorded_part(&request, samples));
            family.requests.join(request);
            family.answered.extend(answered(bodies, samples));
        }
        let mut clusters = clusters(&members, samples);
        match clusters.first_mut() {
            Some(own) => family.echo(&mut own.shape),
            None => family.all = family.requests.clone(),
        }
        family.telling = clusters.first().and_then(telling);
        for (rank, cluster) in clusters.into_iter().enumerate() {
            pool.add(&key, rank == 0, cluster);
        }
        pool.families.insert(key, family);
    }
    pool
}

impl Pool {
    /// What is known of the resource at `endpoint`.
    pub(crate) fn family(&self, endpoint: &Endpoint) -> Option<&Resource> {
        self.families.get(&Family::of(endpoint))
    }

    /// The action whose body the operation sends, if its endpoint takes several.
    pub(crate) fn action(&self, operation: &OperationKey) -> Option<&Action> {
        self.actions.of(operation)
    }

    /// What the endpoint sends whose own body says nothing: what its siblings send, if all send one kind of object.
    pub(crate) fn siblings(&self, endpoint: &Endpoint) -> Option<&Shape> {
        let family = self.family(endpoint).filter(|family| family.is_one_kind)?;
        Some(&family.requests).filter(|shape| !shape.objects.keys.is_empty())
    }

    /// Whether the endpoint takes bodies of several actions.
    pub(crate) fn takes_several(&self, endpoint: &Endpoint) -> bool {
        self.actions.are_several(endpoint)
    }

    /// What the object at the top of the endpoint's response is.
    pub(crate) fn response(&self, endpoint: &Endpoint) -> ResponsePart<'_> {
        let object = self.responses.get(endpoint).and_then(|answered| answered.object.as_ref());
        let part = match object {
            None => None,
            Some(ObjectPart::Record(at)) => self.records.get(*at).map(ResponsePart::Record),
            Some(ObjectPart::Envelope { member, is_list, record }) => self
                .records
                .get(*record)
                .map(|record| ResponsePart::Envelope { member, is_list: *is_list, record }),
        };
        part.unwrap_or(ResponsePart::Apart)
    }

    /// The record that the endpoint answers a bare list of.
    pub(crate) fn items(&self, endpoint: &Endpoint) -> Option<&Record> {
        self.responses.get(endpoint)?.items.and_then(|at| self.records.get(at))
    }

    /// Where the record stands in each response that is an object around one: `.users[]`, `.user`.
    pub(crate) fn pages(&self) -> BTreeMap<String, Vec<Step>> {
        let page = |(endpoint, answered): (&Endpoint, &Answered)| match &answered.object {
            Some(ObjectPart::Envelope { member, is_list, .. }) => {
                let mut steps = vec![Step::Field(member.clone())];
                steps.extend(is_list.then_some(Step::Item));
                Some((endpoint.to_string(), steps))
            }
            Some(ObjectPart::Record(_)) | None => None,
        };
        self.responses.iter().filter_map(page).collect()
    }

    fn add(&mut self, family: &Family, is_resource: bool, cluster: Cluster) {
        let root = Root::Resource(family.clone());
        let own = Place::at(root).object();
        let first = cluster.slots.first().filter(|_| !is_resource);
        let place = first.map_or(own, place);
        let record = self.records.len();
        for Slot { endpoint, spot } in cluster.slots {
            let answered = self.responses.entry(endpoint).or_default();
            let envelope = |member, is_list| ObjectPart::Envelope { member, is_list, record };
            match spot {
                Spot::Top => answered.object = Some(ObjectPart::Record(record)),
                Spot::Item => answered.items = Some(record),
                Spot::Member(member) => answered.object = Some(envelope(member, false)),
                Spot::Listed(member) => answered.object = Some(envelope(member, true)),
            }
        }
        self.records.push(Record { place, shape: cluster.shape, is_resource });
    }
}

/// The endpoint whose responses hold a record whole, what *get one* answers first.
fn telling(cluster: &Cluster) -> Option<Endpoint> {
    let whole = |slot: &&Slot| matches!(slot.spot, Spot::Top | Spot::Member(_));
    let endpoints = cluster.slots.iter().filter(whole).map(|slot| &slot.endpoint);
    endpoints.min_by(|one, other| reading(one).cmp(&reading(other))).cloned()
}

/// How far an endpoint is from reading one record.
fn reading(endpoint: &Endpoint) -> (bool, bool, &Endpoint) {
    (endpoint.method != "GET", !endpoint.is_of_one(), endpoint)
}

/// The place of a record that is not the family's own.
fn place(slot: &Slot) -> Place {
    let top = Place::response(&slot.endpoint);
    match &slot.spot {
        Spot::Top => top.object(),
        Spot::Item => top.item(),
        Spot::Member(member) => top.object().child(member),
        Spot::Listed(member) => top.object().child(member).item(),
    }
}

impl Resource {
    /// Fields that `request` does not show, but recorded requests of the same resource do: what a service takes when it creates, it mostly takes when it updates. Nothing where the request has little in common with them.
    pub(crate) fn taken_from_siblings(&self, request: &Shape) -> Shape {
        let mut others = self.recorded.clone();
        others.objects.keys.retain(|name, _| !request.objects.keys.contains_key(name));
        let own = request.objects.keys.len();
        let all = own + others.objects.keys.len();
        if is_share(own, all) { others } else { Shape::default() }
    }

    /// Whether traffic showed requests: a single call says only what it needs, so that answers tell what else there is. A sample that a person wrote shows all of it.
    pub(crate) fn is_recorded(&self) -> bool {
        !self.recorded.objects.keys.is_empty()
    }

    /// Tells the family's own record what requests know, and adds their keys where traffic shows that the service echoes them.
    fn echo(&mut self, record: &mut Shape) {
        self.all = record.clone().joined(self.requests.clone());
        let asked = &self.requests.objects.keys;
        let shown = |name: &&String| record.objects.keys.contains_key(*name);
        let echoed = asked.keys().filter(shown).count();
        if !self.is_recorded() {
            record.learn_kinds(&self.requests);
            return;
        }
        if is_share(echoed, asked.len()) {
            let shown = std::mem::replace(record, self.all.clone());
            withhold(record, &shown, &self.answered);
        } else {
            record.learn(&self.all);
        }
    }
}

/// Takes the keys away that traffic sent and that are not in `shown`, which holds what the responses to it showed: a password is taken, and never told. Objects inside are one type for requests and responses, and keep all.
fn withhold(record: &mut Shape, shown: &Shape, answered: &BTreeSet<Source>) {
    let is_shown = |name: &String| shown.objects.keys.contains_key(name);
    let is_kept =
        |name: &String, key: &Key| is_shown(name) || key.shape.sources.is_disjoint(answered);
    record.objects.keys.retain(|name, key| is_kept(name, key));
}

/// The recorded requests of an endpoint whose recorded responses hold an object.
fn answered(bodies: &Bodies, samples: &Samples) -> BTreeSet<Source> {
    let is_recorded =
        |source: &Source| samples.place(*source).is_some_and(|place| !place.is_written());
    let response = &bodies.success.json;
    let shown = response.object_part().joined(items(response));
    if shown.sources.iter().any(is_recorded) {
        bodies.request.sources.iter().copied().filter(is_recorded).collect()
    } else {
        BTreeSet::new()
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
        places.any(|place| !place.is_written())
    });
    part
}

/// The objects at the top of a request, or in the list there.
fn resource_of(request: &Shape) -> Shape {
    request.object_part().joined(items(request))
}
