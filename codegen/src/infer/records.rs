//! Which objects of a family's responses are one record, and which are envelopes around one.
//!
//! Judged by what they hold, never by the path alone: objects that share most of their keys are one record, and an object whose other members only tell of paging or of the call is an envelope.

use super::maps::{ObjectKind, object_kind};
use super::samples::{Bodies, Samples};
use crate::api::Endpoint;
use crate::credential::words;
use crate::evidence::Shape;
use crate::evidence::shape::{Key, Kind};

/// Least share of the larger object's keys, in percent, that two samples of a collection have in common if they show one record: a person who saves a response saves all of it.
const WRITTEN_SHARE: usize = 75;

/// Least share of the smaller object's keys, in percent, if traffic showed one of them: what a single call answers is often a part.
pub(crate) const RECORDED_SHARE: usize = 50;

/// Words of members that stand beside a record in its envelope: where the page is, and how the call went.
const ENVELOPE_WORDS: [&str; 58] = [
    "after",
    "at",
    "before",
    "code",
    "count",
    "current",
    "cursor",
    "end",
    "entries",
    "error",
    "errors",
    "etag",
    "first",
    "has",
    "href",
    "id",
    "kind",
    "last",
    "length",
    "limit",
    "link",
    "links",
    "marker",
    "message",
    "meta",
    "metadata",
    "more",
    "msg",
    "next",
    "number",
    "object",
    "offset",
    "ok",
    "order",
    "page",
    "pages",
    "pagination",
    "paging",
    "per",
    "prev",
    "previous",
    "request",
    "result",
    "results",
    "self",
    "size",
    "skip",
    "start",
    "status",
    "success",
    "time",
    "timestamp",
    "token",
    "top",
    "total",
    "type",
    "uri",
    "url",
];

/// Names of a member that holds whatever was asked for.
const PAYLOAD_WORDS: [&str; 8] =
    ["data", "item", "object", "payload", "record", "response", "result", "value"];

/// Names of members that stand beside a record and never hold it.
const ASIDE: [&str; 7] = ["error", "errors", "links", "meta", "metadata", "pagination", "paging"];

/// Words that name a record's own identity alone, which an envelope does not have.
const IDENTITY: [&str; 1] = ["id"];

/// An object that may be a family's record: where it stands in which endpoint's response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The endpoint that answers it.
    pub(crate) endpoint: Endpoint,
    /// Where in the response.
    pub(crate) spot: Spot,
}

/// Where in a response a record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// It is the response.
    Top,
    /// It is the item of a list that is the response.
    Item,
    /// It is this member of an envelope.
    Member(String),
    /// It is the item of the list that is this member of an envelope.
    Listed(String),
}

/// Objects that are one record.
#[derive(Debug)]
pub(crate) struct Cluster {
    /// Where they stand, by endpoint.
    pub(crate) slots: Vec<Slot>,
    /// All of them joined.
    pub(crate) shape: Shape,
    recorded: bool,
}

/// The records that the responses of one family hold, the family's own first.
pub(crate) fn clusters(members: &[(&Endpoint, &Bodies)], samples: &Samples) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for candidate in candidates(members, samples) {
        match clusters.iter_mut().find(|cluster| is_alike(cluster, &candidate)) {
            Some(cluster) => cluster.add(candidate),
            None => clusters.push(candidate),
        }
    }
    clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.rank()));
    for cluster in &mut clusters {
        cluster.slots.sort_by(|one, other| one.endpoint.cmp(&other.endpoint));
    }
    clusters
}

impl Cluster {
    fn add(&mut self, other: Cluster) {
        self.slots.extend(other.slots);
        self.shape.join(other.shape);
        self.recorded |= other.recorded;
    }

    /// How likely it is the family's own record: what *get one* answers, then what the listing lists, then what most endpoints answer.
    fn rank(&self) -> (bool, bool, usize) {
        let reads = |slot: &&Slot| slot.endpoint.method == "GET";
        let of_one = |slot: &&Slot| slot.endpoint.is_of_one();
        let one = self.slots.iter().filter(reads).filter(of_one);
        let is_list = |slot: &Slot| matches!(slot.spot, Spot::Item | Spot::Listed(_));
        let one = one.filter(|slot| !is_list(slot)).count() > 0;
        (one, self.slots.iter().any(is_list), self.slots.len())
    }
}

/// Every object that may be a record, those with the most keys first so that parts find their whole.
fn candidates(members: &[(&Endpoint, &Bodies)], samples: &Samples) -> Vec<Cluster> {
    let mut found = Vec::new();
    let bare: Vec<Shape> = members.iter().map(|(_, bodies)| items(&bodies.success.json)).collect();
    for (endpoint, bodies) in members {
        let json = &bodies.success.json;
        let mut add = |spot: Spot, shape: Shape| {
            if is_record("", &shape) {
                let slot = Slot { endpoint: (*endpoint).clone(), spot };
                let recorded = is_recorded(&shape, samples);
                found.push(Cluster { slots: vec![slot], shape, recorded });
            }
        };
        add(Spot::Item, items(json));
        match payload(endpoint, json, &bare) {
            Some(name) => {
                let inner = json.objects.keys.get(&name).map(|key| &key.shape);
                let inner = inner.cloned().unwrap_or_default();
                add(Spot::Listed(name.clone()), items(&inner));
                add(Spot::Member(name), inner.object_part());
            }
            None => add(Spot::Top, json.object_part()),
        }
    }
    found.sort_by_key(|cluster| std::cmp::Reverse(cluster.shape.objects.keys.len()));
    found
}

/// The member that holds the record, if the object around it is an envelope.
fn payload(endpoint: &Endpoint, json: &Shape, bare: &[Shape]) -> Option<String> {
    let keys = &json.objects.keys;
    let nested = keys.iter().filter(|(name, key)| holds_records(name, &key.shape));
    let nested: Vec<&String> = nested.map(|(name, _)| name).collect();
    let resource = last_segment(endpoint);
    let named = nested.iter().find(|name| is_named(name, &resource)).copied();
    let lone = match nested.as_slice() {
        [name] => Some(*name),
        several => {
            let mut open = several.iter().filter(|name| !is_envelope_word(name));
            open.next().filter(|_| open.next().is_none()).copied()
        }
    };
    let around = |name: &String| keys.keys().filter(|key| *key != name).all(|key| beside(key));
    let is_list = |name: &String| keys.get(name).is_some_and(|key| is_list(&key.shape));
    let resembles = |name: &String| {
        let inner = keys.get(name).map(|key| items(&key.shape)).unwrap_or_default();
        bare.iter().any(|item| share(&inner, item).1 >= WRITTEN_SHARE)
    };
    let named = named.filter(|name| is_list(name) || around(name));
    let is_payload = |name: &String| {
        let word = words(name).concat();
        keys.len() == 1 || is_list(name) || PAYLOAD_WORDS.contains(&word.as_str())
    };
    let lone = lone
        .filter(|name| (around(name) && is_payload(name)) || (is_list(name) && resembles(name)));
    named.or(lone).cloned()
}

/// Whether an object around a record may have a member of this name beside it.
fn beside(key: &str) -> bool {
    is_envelope_word(key) && !IDENTITY.contains(&key.to_ascii_lowercase().as_str())
}

fn is_envelope_word(key: &str) -> bool {
    words(key).iter().all(|word| ENVELOPE_WORDS.contains(&word.as_str()))
}

/// Whether a member is called as the resource is, in the singular or the plural.
fn is_named(name: &str, resource: &str) -> bool {
    let name = words(name).concat();
    let plural = |one: &str, many: &str| {
        many.strip_prefix(one).is_some_and(|rest| matches!(rest, "" | "s" | "es"))
            || one.strip_suffix('y').is_some_and(|stem| many == format!("{stem}ies"))
    };
    !resource.is_empty() && (plural(&name, resource) || plural(resource, &name))
}

fn last_segment(endpoint: &Endpoint) -> String {
    let mut segments = endpoint.path.rsplit('/');
    let last = segments.find(|segment| !segment.is_empty() && *segment != "{}");
    words(last.unwrap_or_default()).concat()
}

/// Whether the member `name` may hold a record, or a list of records.
fn holds_records(name: &str, shape: &Shape) -> bool {
    let is_aside = ASIDE.contains(&words(name).concat().as_str());
    let is_record = || shape.kinds() == [Kind::Object] && is_record(name, shape);
    !is_aside && (is_record() || is_list(shape))
}

/// Whether the objects seen have fields; an object whose keys are data is no record.
fn is_record(name: &str, shape: &Shape) -> bool {
    !shape.objects.keys.is_empty() && object_kind(name, &shape.objects) == ObjectKind::Struct
}

/// Whether a place holds lists of objects, or lists of which nothing is known.
fn is_list(shape: &Shape) -> bool {
    let elements = shape.elements().map(Shape::kinds).unwrap_or_default();
    shape.kinds() == [Kind::List] && elements.iter().all(|kind| *kind == Kind::Object)
}

/// The objects in the list that was seen.
pub(crate) fn items(shape: &Shape) -> Shape {
    shape.elements().map(Shape::object_part).unwrap_or_default()
}

fn is_recorded(shape: &Shape, samples: &Samples) -> bool {
    let mut places = shape.sources.iter().filter_map(|source| samples.place(*source));
    places.any(|place| !place.is_written())
}

fn is_alike(one: &Cluster, other: &Cluster) -> bool {
    let (smaller, larger) = share(&one.shape, &other.shape);
    match one.recorded || other.recorded {
        true => smaller >= RECORDED_SHARE,
        false => larger >= WRITTEN_SHARE,
    }
}

/// The share of common keys among those of the smaller and of the larger object, in percent. A key that contradicts is not common.
pub(crate) fn share(one: &Shape, other: &Shape) -> (usize, usize) {
    let (mine, theirs) = (&one.objects.keys, &other.objects.keys);
    let agrees = |(name, key): &(&String, &Key)| {
        let Some(their) = theirs.get(*name) else { return false };
        let (mine, theirs) = (key.shape.kinds(), their.shape.kinds());
        mine.is_empty() || theirs.is_empty() || mine.iter().any(|kind| theirs.contains(kind))
    };
    let common = mine.iter().filter(agrees).count();
    let percent = |all: usize| common * 100 / all.max(1);
    (percent(mine.len().min(theirs.len())), percent(mine.len().max(theirs.len())))
}
