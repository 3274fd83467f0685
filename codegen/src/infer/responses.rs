//! What responses carry: the resource, a listing of it, a page around one, or something of its own.

use super::decide::{Decider, Position};
use super::envelopes::{list_of, object};
use super::pool::Pool;
use super::reasons::Rule;
use super::samples::{Samples, Seen};
use super::unseen;
use crate::api::{Arm, Endpoint, Place, Response, Type};
use crate::evidence::Shape;
use crate::evidence::shape::Kind;

/// What a success of `endpoint` carries.
pub(crate) fn response(
    decider: &mut Decider<'_>,
    samples: &Samples,
    pool: &Pool,
    endpoint: &Endpoint,
) -> Response {
    let Some(seen) = samples.endpoints.get(endpoint).map(|bodies| &bodies.success) else {
        return unseen::response(decider, samples, pool, endpoint);
    };
    match seen {
        Seen { json, empty, .. } if json.total() > 0 => {
            Response::Json { ty: success(decider, pool, endpoint, json), may_be_empty: *empty > 0 }
        }
        // Text is bytes as well.
        Seen { bytes: 1.., .. } => Response::Bytes,
        Seen { text: 1.., .. } => Response::Text,
        Seen { empty: 1.., .. } => Response::Empty,
        Seen { .. } => unseen::response(decider, samples, pool, endpoint),
    }
}

fn success(decider: &mut Decider<'_>, pool: &Pool, endpoint: &Endpoint, json: &Shape) -> Type {
    let place = Place::response(endpoint);
    let kinds = json.kinds();
    let odd_one_out = json.placeholders.count > 0 && kinds != [Kind::Object];
    let ty = match kinds.as_slice() {
        [] => Type::Unknown,
        _ if json.cut => Type::Unknown,
        [kind] if !odd_one_out => arm(decider, pool, endpoint, json, *kind),
        kinds => {
            let arms = kinds.iter().map(|kind| arm(decider, pool, endpoint, json, *kind));
            let arms = arms.filter(|ty| *ty != Type::Unknown).map(|ty| Arm { ty }).collect();
            decider.because(&place, Rule::Union, json);
            decider.define_union(&place, arms, json)
        }
    };
    let is_null = json.nulls.count > 0 && ty != Type::Unknown;
    if is_null { Type::Nullable(Box::new(ty)) } else { ty }
}

fn arm(
    decider: &mut Decider<'_>,
    pool: &Pool,
    endpoint: &Endpoint,
    json: &Shape,
    kind: Kind,
) -> Type {
    let place = Place::response(endpoint);
    let one = json.only(kind);
    match kind {
        Kind::Bool | Kind::Number | Kind::Text => decider.decide(&place, &one, Position::Field),
        Kind::List => {
            decider.because(&place, Rule::Listing, json);
            list(decider, pool, endpoint, json)
        }
        Kind::Object => object(decider, pool, endpoint, &one),
    }
}

/// A bare list: of a record, if it holds objects.
fn list(decider: &mut Decider<'_>, pool: &Pool, endpoint: &Endpoint, shape: &Shape) -> Type {
    let place = Place::response(endpoint).item();
    list_of(decider, pool.items(endpoint), &place, shape)
}
