//! The object at the top of a response: the record itself, an envelope around it, or something of its own.

use super::decide::{Decider, Position};
use super::pool::{Pool, Record, ResponsePart};
use super::reasons::Rule;
use crate::api::{Endpoint, Place, StructRole, Type};
use crate::evidence::Shape;
use crate::evidence::shape::Kind;

/// The type of the object at the top of an endpoint's response.
pub(crate) fn object(
    decider: &mut Decider<'_>,
    pool: &Pool,
    endpoint: &Endpoint,
    shape: &Shape,
) -> Type {
    let whole = Place::response(endpoint);
    let place = whole.object();
    let part = pool.response(endpoint);
    decider.because(&whole, rule(part), shape);
    match part {
        ResponsePart::Record(record) => {
            decider.top(&record.place, &record.shape, StructRole::Response)
        }
        ResponsePart::Envelope { member, is_list, record } => {
            let keys = shape.objects.ordered();
            let mut fields = Vec::with_capacity(keys.len());
            for (name, key) in keys {
                let inner = place.child(name);
                let ty = match (name == member, is_list) {
                    (true, true) => {
                        decider.because(&inner, Rule::Listing, &key.shape);
                        list_of(decider, Some(record), &inner.item(), &key.shape)
                    }
                    (true, false) => {
                        decider.top(&record.place, &record.shape, StructRole::Response)
                    }
                    (false, _) => {
                        fields.push(decider.field(&place, name, key));
                        continue;
                    }
                };
                fields.push(decider.field_of(name, key, ty));
            }
            decider.because(&place, Rule::Struct, shape);
            decider.define(&place, StructRole::Response, fields, shape)
        }
        ResponsePart::Apart => decider.top(&place, shape, StructRole::Response),
    }
}

/// The list that was seen at `place` without its `[]`.
pub(crate) fn list_of(
    decider: &mut Decider<'_>,
    record: Option<&Record>,
    place: &Place,
    shape: &Shape,
) -> Type {
    let items = shape.elements().cloned().unwrap_or_default();
    let ty = match record {
        Some(record) if items.kinds() == [Kind::Object] => {
            let ty = decider.top(&record.place, &record.shape, StructRole::Response);
            let is_null = items.nulls.count > 0 && ty != Type::Unknown;
            if is_null { Type::Nullable(Box::new(ty)) } else { ty }
        }
        Some(_) | None => decider.decide(place, &items, Position::Loose),
    };
    Type::List(Box::new(ty))
}

fn rule(part: ResponsePart<'_>) -> Rule {
    match part {
        ResponsePart::Record(record) if record.is_resource => Rule::Resource,
        ResponsePart::Envelope { is_list: true, .. } => Rule::Page,
        ResponsePart::Envelope { is_list: false, .. } => Rule::Envelope,
        ResponsePart::Record(_) | ResponsePart::Apart => Rule::Apart,
    }
}
