//! What an endpoint most likely answers whose answers nobody saw: the record of its family, as its siblings answer it.
//!
//! A guess: the type has an arm for anything else, and may be empty, so that nothing is lost or refused if it is wrong.

use super::decide::Decider;
use super::envelopes::object;
use super::pool::{AnswerPart, Pool};
use super::reasons::Rule;
use super::samples::Samples;
use crate::api::{Answer, Arm, Endpoint, Place, Type};
use crate::evidence::shape::Kind;

/// What `endpoint` answers, if a sibling's answers and the method say so.
pub(crate) fn answer(
    decider: &mut Decider<'_>,
    samples: &Samples,
    pool: &Pool,
    endpoint: &Endpoint,
) -> Answer {
    let is_listing = match (endpoint.method.as_str(), endpoint.is_of_one()) {
        ("GET" | "PUT" | "PATCH", true) | ("POST", false) => false,
        ("GET", false) => true,
        _ => return Answer::Unknown,
    };
    let Some(sibling) = pool.family(endpoint).and_then(|family| family.telling.as_ref()) else {
        return Answer::Unknown;
    };
    let Some(bodies) = samples.endpoints.get(sibling) else { return Answer::Unknown };
    let shape = bodies.success.json.only(Kind::Object);
    let is_bare = matches!(pool.answer(sibling), AnswerPart::Record(_));
    if is_listing && !is_bare {
        return Answer::Unknown;
    }
    let one = object(decider, pool, sibling, &shape);
    let ty = if is_listing { Type::List(Box::new(one)) } else { one };
    let place = Place::response(endpoint);
    decider.because(&place, Rule::Sibling, &shape);
    let ty = decider.define_union(&place, vec![Arm { ty }], &shape);
    Answer::Json { ty, may_be_empty: true }
}
