//! What a key addresses, and the place that inference decided for it.

use super::ExplainInput;
use crate::api::{
    Api, Body, Operation, OperationId, Parameter, Place, Response, Root, Step, Type, TypeId,
};
use crate::diagnostic::Diagnostic;
use crate::overlay::{Location, Target, targets};

/// What a key addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Addressed {
    /// What an overlay could correct.
    Target(Target),
    /// A type, by its own key.
    Type(TypeId),
}

/// Everything that `key` addresses; a place of a resource is in several types.
pub(super) fn find(subject: &ExplainInput<'_>, key: &str) -> Result<Vec<Addressed>, Diagnostic> {
    let spelled: Vec<_> =
        Place::parse(key).into_iter().flat_map(|place| [place.object(), place]).collect();
    let types = subject.api.types.iter().filter(|(_, def)| spelled.contains(&def.key));
    let mut things: Vec<Addressed> = types.map(|(id, _)| Addressed::Type(id)).collect();
    let whole = key.trim_end_matches("[]").trim_end_matches("{}");
    let found = targets(subject.api, key);
    let found = if found.is_err() && whole != key { targets(subject.api, whole) } else { found };
    match found {
        Ok(found) => things.splice(0..0, found.into_iter().map(Addressed::Target)).for_each(drop),
        Err(error) if things.is_empty() => return Err(error),
        Err(_) => {}
    }
    Ok(things)
}

/// The operation that a target is a part of.
pub(super) fn operation_of(target: &Target) -> Option<OperationId> {
    match target {
        Target::Operation(id) | Target::Parameter(id, ..) => Some(*id),
        Target::Body(id) | Target::Response(id) | Target::Error(id) => Some(*id),
        Target::Field(..) | Target::Credential(_) => None,
    }
}

/// The type of a message.
pub(super) fn message(api: &Api, target: &Target) -> Option<Type> {
    let operation = api.operations.get(operation_of(target)?.0)?;
    match target {
        Target::Body(_) => match operation.body.as_ref()? {
            Body::Json { ty, .. } => Some(ty.clone()),
            Body::Form { ty, .. } | Body::Multipart { ty, .. } => Some(Type::Named(*ty)),
            Body::GraphQl { variables, .. } => variables.clone(),
            Body::Text { .. } | Body::Bytes { .. } => None,
        },
        Target::Response(_) => match &operation.response {
            Response::Json { ty, .. } => Some(ty.clone()),
            Response::Unknown | Response::Empty | Response::Text | Response::Bytes => None,
        },
        Target::Error(_) => operation.error.clone(),
        Target::Operation(_) | Target::Parameter(..) => None,
        Target::Field(..) | Target::Credential(_) => None,
    }
}

impl Addressed {
    /// The place that inference decided for it.
    pub(super) fn place(&self, subject: &ExplainInput<'_>) -> Option<Place> {
        let endpoint = |id: &OperationId| Some(&subject.api.operations.get(id.0)?.key.endpoint);
        match self {
            Self::Type(id) => {
                Some(subject.api.types.get(*id)?.key.without_last(|step| *step == Step::Arm))
            }
            Self::Target(Target::Body(id)) => Some(Place::request(endpoint(id)?)),
            Self::Target(Target::Response(id)) => Some(Place::response(endpoint(id)?)),
            Self::Target(Target::Error(_)) => Some(Place::errors()),
            Self::Target(Target::Field(id, key)) => field_place(subject, *id, key),
            Self::Target(Target::Operation(_) | Target::Parameter(..) | Target::Credential(_)) => {
                None
            }
        }
    }
}

/// The place that decides a field: in a request's own type it is that of the family's requests, or of the resource where traffic taught both.
fn field_place(subject: &ExplainInput<'_>, id: TypeId, key: &str) -> Option<Place> {
    let owner = &subject.api.types.get(id)?.key;
    let is_top = matches!(owner.steps.as_slice(), [] | [Step::Item]);
    if !is_top || !matches!(owner.root, Root::Request(_)) {
        return Some(owner.child(key));
    }
    let sent = owner.sent().map(|sent| sent.child(key));
    let sent = sent.filter(|place| subject.reasons.places.contains_key(place));
    sent.or_else(|| Some(owner.resource()?.child(key)))
}

/// A parameter of an operation, and its index.
pub(super) fn parameter<'a>(
    operation: &'a Operation,
    location: Location,
    name: &str,
) -> Option<(usize, &'a Parameter)> {
    let all = match location {
        Location::Path => &operation.path_parameters,
        Location::Query => &operation.query,
        Location::Header => &operation.headers,
    };
    all.iter().enumerate().find(|(_, one)| one.name.as_literal() == Some(name))
}
