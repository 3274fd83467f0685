//! What an endpoint most likely answers whose responses nobody saw: the record of its family, as its siblings answer it.
//!
//! A guess: the type has an arm for anything else, and may be empty, so that nothing is lost or refused if it is wrong.

use super::decide::Decider;
use super::envelopes::object;
use super::pool::{Pool, ResponsePart};
use super::reasons::Rule;
use super::samples::Samples;
use crate::api::{Arm, Endpoint, Place, Response, Type};
use crate::evidence::shape::Kind;

/// What `endpoint` answers, if a sibling's responses and the method say so.
pub(crate) fn response(
    decider: &mut Decider<'_>,
    samples: &Samples,
    pool: &Pool,
    endpoint: &Endpoint,
) -> Response {
    let is_listing = match (endpoint.method.as_str(), endpoint.is_of_one()) {
        ("GET" | "PUT" | "PATCH", true) | ("POST", false) => false,
        ("GET", false) => true,
        _ => return Response::Unknown,
    };
    let Some(sibling) = pool.family(endpoint).and_then(|family| family.telling.as_ref()) else {
        return Response::Unknown;
    };
    let Some(bodies) = samples.endpoints.get(sibling) else { return Response::Unknown };
    let shape = bodies.success.json.only(Kind::Object);
    let is_bare = matches!(pool.response(sibling), ResponsePart::Record(_));
    if is_listing && !is_bare {
        return Response::Unknown;
    }
    let one = object(decider, pool, sibling, &shape);
    let ty = if is_listing { Type::List(Box::new(one)) } else { one };
    let place = Place::response(endpoint);
    decider.because(&place, Rule::Sibling, &shape);
    let ty = decider.define_union(&place, vec![Arm { ty }], &shape);
    Response::Json { ty, may_be_empty: true }
}
