//! Corrections of a whole body, answer or error.

use super::context::{Scene, Standing, presence, unfit};
use crate::api::{Answer, Body, OperationId, StructRole, Type};
use crate::diagnostic::Diagnostic;
use crate::overlay::types::TypeText;
use crate::overlay::{Change, Saying};

/// Corrects what an operation carries; whether anything changed.
pub(super) fn body(scene: &mut Scene<'_>, id: OperationId) -> Result<bool, Diagnostic> {
    let saying = scene.saying;
    let built = built(scene, saying, StructRole::Request)?;
    let misplaced = scene.misplaced();
    let operation = scene.api.operations.get_mut(id.0).ok_or_else(|| misplaced.clone())?;
    let before = operation.body.clone().ok_or_else(|| misplaced.clone())?;
    let after = match &saying.change {
        Change::Type(_) => built.and_then(|ty| retyped(&before, ty)),
        Change::Required(required) => asked(&before, *required),
        Change::ContentType(said) => labelled(&before, said),
        Change::Drop | Change::Add(_) | Change::Enumeration(_) | Change::Nullable(_) => None,
        Change::Docs(_) | Change::Deprecated(_) | Change::Scopes(_) | Change::Auth(_) => None,
        Change::Body(_) | Change::Answer(_) | Change::MayBeEmpty(_) | Change::Pagination(_) => None,
    };
    operation.body = Some(after.ok_or(misplaced)?);
    let was_bare = operation.bare_body && matches!(saying.change, Change::ContentType(_));
    operation.bare_body &= !was_bare;
    Ok(was_bare || operation.body.as_ref() != Some(&before))
}

/// The body with another type, where a type can be said of it.
fn retyped(body: &Body, built: Type) -> Option<Body> {
    match body.clone() {
        Body::Json { ty: _, content_type, presence } => {
            Some(Body::Json { ty: built, content_type, presence })
        }
        Body::GraphQl { query, operation_name, variables: _ } => {
            Some(Body::GraphQl { query, operation_name, variables: Some(built) })
        }
        Body::Text { .. } | Body::Bytes { .. } | Body::Form { .. } | Body::Multipart { .. } => None,
    }
}

/// The body, given always or not, where it can be left out.
fn asked(body: &Body, required: bool) -> Option<Body> {
    match body.clone() {
        Body::Json { ty, content_type, presence: _ } => {
            Some(Body::Json { ty, content_type, presence: presence(required) })
        }
        Body::Text { .. } | Body::Bytes { .. } | Body::Form { .. } => None,
        Body::Multipart { .. } | Body::GraphQl { .. } => None,
    }
}

/// The body with another `Content-Type`, where its kind does not decide it.
fn labelled(body: &Body, said: &str) -> Option<Body> {
    let content_type = said.to_owned();
    match body.clone() {
        Body::Json { ty, presence, .. } => Some(Body::Json { ty, content_type, presence }),
        Body::Text { .. } => Some(Body::Text { content_type }),
        Body::Bytes { .. } => Some(Body::Bytes { content_type: Some(content_type) }),
        Body::Form { .. } | Body::Multipart { .. } | Body::GraphQl { .. } => None,
    }
}

/// Corrects what an operation's successes carry; whether anything changed.
pub(super) fn answer(scene: &mut Scene<'_>, id: OperationId) -> Result<bool, Diagnostic> {
    let saying = scene.saying;
    if matches!(saying.change, Change::Type(TypeText::Object)) {
        scene.place = scene.place.object();
    }
    let built = built(scene, saying, StructRole::Answer)?;
    let misplaced = scene.misplaced();
    let operation = scene.api.operations.get_mut(id.0).ok_or_else(|| misplaced.clone())?;
    let before = operation.answer.clone();
    let known = match &before {
        Answer::Json { ty, may_be_empty } => Some((ty.clone(), *may_be_empty)),
        Answer::Unknown | Answer::Empty | Answer::Text | Answer::Bytes => None,
    };
    let after = match &saying.change {
        Change::Type(_) => {
            let may_be_empty = known.map_or(before == Answer::Empty, |(_, empty)| empty);
            built.map(|ty| Answer::Json { ty, may_be_empty })
        }
        Change::MayBeEmpty(whether) => {
            known.map(|(ty, _)| Answer::Json { ty, may_be_empty: *whether })
        }
        Change::Drop | Change::Add(_) | Change::Enumeration(_) | Change::Nullable(_) => None,
        Change::Docs(_) | Change::Deprecated(_) | Change::Scopes(_) | Change::Auth(_) => None,
        Change::Required(_) | Change::Body(_) | Change::ContentType(_) => None,
        Change::Answer(_) | Change::Pagination(_) => None,
    };
    operation.answer = after.ok_or(misplaced)?;
    Ok(operation.answer != before)
}

/// Corrects what an operation's failures carry; whether anything changed.
pub(super) fn error(scene: &mut Scene<'_>, id: OperationId) -> Result<bool, Diagnostic> {
    let saying = scene.saying;
    let misplaced = scene.misplaced();
    let built = built(scene, saying, StructRole::Error)?.ok_or_else(|| misplaced.clone())?;
    let operation = scene.api.operations.get_mut(id.0).ok_or(misplaced)?;
    let before = operation.error.replace(built);
    Ok(operation.error != before)
}

/// The type that the entry says, where it says one.
fn built(
    scene: &mut Scene<'_>,
    saying: &Saying,
    role: StructRole,
) -> Result<Option<Type>, Diagnostic> {
    let Change::Type(ty) = &saying.change else { return Ok(None) };
    let ty = scene.build(ty, role)?;
    match unfit(&scene.api.types, &ty, Standing::Json) {
        Some(why) => Err(scene.unfit(why)),
        None => Ok(Some(ty)),
    }
}
