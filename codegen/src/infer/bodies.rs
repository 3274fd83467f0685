//! What requests carry: JSON typed by endpoint, GraphQL variables by operation.

use super::actions::is_open;
use super::decide::{Decider, Position};
use super::forms;
use super::keys::Keyed;
use super::kinds::Kinds;
use super::maps::{ObjectKind, object_kind};
use super::observe::{Reading, observe};
use super::pool::Pool;
use super::reasons::Rule;
use super::samples::{Bodies, Samples};
use crate::api::{self, Endpoint, Family, Nullability, Place, Presence, Root, StructRole, Type};
use crate::draft;
use crate::evidence::Shape;
use crate::evidence::shape::Kind;
use crate::json::read_leniently;

/// Methods whose requests get no body from evidence: services ignore it there, and recorders write it by accident.
const BODILESS: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

/// The body of an operation.
pub(crate) fn body(
    decider: &mut Decider<'_>,
    kinds: &Kinds,
    samples: &Samples,
    pool: &Pool,
    keyed: &Keyed<'_>,
) -> Option<api::Body> {
    let endpoint = &keyed.key.endpoint;
    let Some(body) = &keyed.operation.body else {
        return recorded_body(decider, samples, pool, endpoint);
    };
    Some(match body {
        draft::Body::Raw { content_type, .. } => {
            let content_type = content_type.clone();
            if let Some(own) = samples.json.get(&keyed.key) {
                let ty = match pool.action(&keyed.key) {
                    Some(action) => {
                        let place = Place::request(&action.operation);
                        json_type(decider, pool, endpoint, &place, &action.shape)
                    }
                    None if is_open(own) => open_type(decider, samples, pool, endpoint),
                    None => endpoint_type(decider, samples, pool, endpoint),
                };
                api::Body::Json { ty, content_type, presence: Presence::Required }
            } else {
                api::Body::Text { content_type }
            }
        }
        draft::Body::Form(_) => {
            api::Body::Form { ty: forms::form(decider, kinds, keyed), names: forms::names(keyed) }
        }
        draft::Body::Multipart(_) => api::Body::Multipart {
            ty: forms::form(decider, kinds, keyed),
            names: forms::names(keyed),
        },
        draft::Body::Binary { content_type } => {
            api::Body::Bytes { content_type: content_type.clone() }
        }
        draft::Body::GraphQl { variables: Some(text), .. }
            if read_leniently(&text.text).is_err() =>
        {
            // Postman splices them in as they are, and what comes out is no JSON.
            api::Body::Text { content_type: "application/json".to_owned() }
        }
        draft::Body::GraphQl { query, operation_name, variables } => api::Body::GraphQl {
            query: query.clone(),
            operation_name: operation_name.clone(),
            variables: variables.as_ref().and_then(|text| variables_type(decider, keyed, text)),
        },
    })
}

/// A body that only traffic showed.
fn recorded_body(
    decider: &mut Decider<'_>,
    samples: &Samples,
    pool: &Pool,
    endpoint: &Endpoint,
) -> Option<api::Body> {
    let bodies = samples.endpoints.get(endpoint)?;
    let request = &bodies.request;
    let says_something = !request.objects.keys.is_empty() || endpoint.method != "DELETE";
    let says_something = says_something && request.total() > 0;
    if BODILESS.contains(&endpoint.method.as_str()) || bodies.request_written || !says_something {
        return None;
    }
    Some(api::Body::Json {
        ty: endpoint_type(decider, samples, pool, endpoint),
        content_type: "application/json".to_owned(),
        presence: Presence::Optional,
    })
}

/// The type of an endpoint's JSON requests.
fn endpoint_type(
    decider: &mut Decider<'_>,
    samples: &Samples,
    pool: &Pool,
    endpoint: &Endpoint,
) -> Type {
    let nothing = Bodies::default();
    let request = &samples.endpoints.get(endpoint).unwrap_or(&nothing).request;
    json_type(decider, pool, endpoint, &Place::request(endpoint), request)
}

/// The type of a body that is but a variable: its endpoint's, or its siblings'; any JSON where these do not agree.
fn open_type(
    decider: &mut Decider<'_>,
    samples: &Samples,
    pool: &Pool,
    endpoint: &Endpoint,
) -> Type {
    let own = samples.endpoints.get(endpoint).map(|bodies| bodies.request.kinds());
    if own.is_some_and(|kinds| !kinds.is_empty()) {
        let is_any = pool.takes_several(endpoint);
        return if is_any {
            Type::Unknown
        } else {
            endpoint_type(decider, samples, pool, endpoint)
        };
    }
    match pool.siblings(endpoint) {
        Some(shape) => json_type(decider, pool, endpoint, &Place::request(endpoint), shape),
        None => Type::Unknown,
    }
}

/// The type of the JSON requests at `place`. Its fields are those that requests showed; their types are those of the whole family.
fn json_type(
    decider: &mut Decider<'_>,
    pool: &Pool,
    endpoint: &Endpoint,
    place: &Place,
    request: &Shape,
) -> Type {
    let kinds = request.kinds();
    if kinds == [Kind::Object] {
        let ty = top_struct(decider, pool, endpoint, place, request);
        return nullable(ty, request);
    }
    if kinds == [Kind::List] && request.placeholders.count == 0 {
        let items = request.elements().cloned().unwrap_or_default();
        let place = place.item();
        let ty = match items.kinds().as_slice() {
            [Kind::Object] => {
                let ty = top_struct(decider, pool, endpoint, &place, &items);
                nullable(ty, &items)
            }
            _ => decider.decide(&place, &items, Position::Loose),
        };
        return nullable(Type::List(Box::new(ty)), request);
    }
    decider.decide(place, request, Position::Loose)
}

fn nullable(ty: Type, shape: &Shape) -> Type {
    let is_null = shape.nulls.count > 0 && ty != Type::Unknown;
    if is_null { Type::Nullable(Box::new(ty)) } else { ty }
}

/// The struct at the top of a request.
fn top_struct(
    decider: &mut Decider<'_>,
    pool: &Pool,
    endpoint: &Endpoint,
    place: &Place,
    request: &Shape,
) -> Type {
    let is_struct = object_kind("", &request.objects) == ObjectKind::Struct;
    if decider.is_hinted(place) || !is_struct || request.objects.keys.is_empty() {
        return decider.decide(place, &request.only(Kind::Object), Position::Field);
    }
    if let Some(id) = decider.arena.find(place) {
        return Type::Named(id);
    }
    decider.because(place, Rule::Struct, request);
    let family = pool.family(endpoint);
    let recorded = family.filter(|family| family.is_recorded());
    let mut pooled = request.clone();
    let mut taken = recorded.map(|family| family.taken_from_siblings(request)).unwrap_or_default();
    match (recorded, family) {
        (Some(family), _) => {
            pooled.learn(&family.all);
            taken.learn(&family.all);
        }
        (None, Some(family)) => {
            pooled.learn(&family.requests);
            pooled.learn_kinds(&family.all);
        }
        (None, None) => {}
    }
    let resource = match recorded {
        Some(_) => Place::resource_of(endpoint),
        None => Place::at(Root::Sent(Family::of(endpoint))),
    };
    let mut keys = pooled.objects.ordered();
    keys.extend(taken.objects.ordered());
    let mut fields = decider.fields(&resource, &keys);
    for field in &mut fields {
        if endpoint.method == "PATCH" {
            field.nullability = Nullability::ThreeState;
        }
    }
    decider.define(place, StructRole::Request, fields, request)
}

/// The type of a GraphQL request's variables.
fn variables_type(
    decider: &mut Decider<'_>,
    keyed: &Keyed<'_>,
    text: &draft::Sample,
) -> Option<Type> {
    if text.text.trim().is_empty() {
        return None;
    }
    let Ok((node, _)) = read_leniently(&text.text) else { return Some(Type::Unknown) };
    if node.is_null() {
        // Nobody said what the document takes.
        return Some(Type::Unknown);
    }
    let shape = observe(&node, Reading::Written, None);
    let place = Place::variables(&keyed.key);
    let ty = decider.decide(&place, &shape, Position::Loose);
    Some(ty)
}
