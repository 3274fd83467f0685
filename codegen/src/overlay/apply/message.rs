//! Corrections of a whole body, response or error.

use super::context::{PatchContext, Position, presence, unfit};
use crate::api::{Body, OperationId, Response, StructRole, Type};
use crate::diagnostic::Diagnostic;
use crate::overlay::types::TypeText;
use crate::overlay::{Change, PatchKey};

/// Corrects what an operation carries; whether anything changed.
pub(super) fn body(context: &mut PatchContext<'_>, id: OperationId) -> Result<bool, Diagnostic> {
    let patch_key = context.patch_key;
    let built = built(context, patch_key, StructRole::Request)?;
    let misplaced = context.misplaced();
    let operation = context.api.operations.get_mut(id.0).ok_or_else(|| misplaced.clone())?;
    let before = operation.body.clone().ok_or_else(|| misplaced.clone())?;
    let after = match &patch_key.change {
        Change::Type(_) => built.and_then(|ty| retyped(&before, ty)),
        Change::Required(required) => asked(&before, *required),
        Change::ContentType(said) => labelled(&before, said),
        Change::Drop | Change::Add(_) | Change::Enumeration(_) | Change::Nullable(_) => None,
        Change::Docs(_) | Change::Deprecated(_) | Change::Scopes(_) | Change::Auth(_) => None,
        Change::Body(_) | Change::Response(_) | Change::MayBeEmpty(_) | Change::Pagination(_) => {
            None
        }
    };
    operation.body = Some(after.ok_or(misplaced)?);
    let was_bare =
        operation.omit_content_type && matches!(patch_key.change, Change::ContentType(_));
    operation.omit_content_type &= !was_bare;
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
pub(super) fn response(
    context: &mut PatchContext<'_>,
    id: OperationId,
) -> Result<bool, Diagnostic> {
    let patch_key = context.patch_key;
    if matches!(patch_key.change, Change::Type(TypeText::Object)) {
        context.place = context.place.object();
    }
    let built = built(context, patch_key, StructRole::Response)?;
    let misplaced = context.misplaced();
    let operation = context.api.operations.get_mut(id.0).ok_or_else(|| misplaced.clone())?;
    let before = operation.response.clone();
    let known = match &before {
        Response::Json { ty, may_be_empty } => Some((ty.clone(), *may_be_empty)),
        Response::Unknown | Response::Empty | Response::Text | Response::Bytes => None,
    };
    let after = match &patch_key.change {
        Change::Type(_) => {
            let may_be_empty = known.map_or(before == Response::Empty, |(_, empty)| empty);
            built.map(|ty| Response::Json { ty, may_be_empty })
        }
        Change::MayBeEmpty(whether) => {
            known.map(|(ty, _)| Response::Json { ty, may_be_empty: *whether })
        }
        Change::Drop | Change::Add(_) | Change::Enumeration(_) | Change::Nullable(_) => None,
        Change::Docs(_) | Change::Deprecated(_) | Change::Scopes(_) | Change::Auth(_) => None,
        Change::Required(_) | Change::Body(_) | Change::ContentType(_) => None,
        Change::Response(_) | Change::Pagination(_) => None,
    };
    operation.response = after.ok_or(misplaced)?;
    Ok(operation.response != before)
}

/// Corrects what an operation's failures carry; whether anything changed.
pub(super) fn error(context: &mut PatchContext<'_>, id: OperationId) -> Result<bool, Diagnostic> {
    let patch_key = context.patch_key;
    let misplaced = context.misplaced();
    let built = built(context, patch_key, StructRole::Error)?.ok_or_else(|| misplaced.clone())?;
    let operation = context.api.operations.get_mut(id.0).ok_or(misplaced)?;
    let before = operation.error.replace(built);
    Ok(operation.error != before)
}

/// The type that the entry says, where it says one.
fn built(
    context: &mut PatchContext<'_>,
    patch_key: &PatchKey,
    role: StructRole,
) -> Result<Option<Type>, Diagnostic> {
    let Change::Type(ty) = &patch_key.change else { return Ok(None) };
    let ty = context.build(ty, role)?;
    match unfit(&context.api.types, &ty, Position::Json) {
        Some(why) => Err(context.unfit(why)),
        None => Ok(Some(ty)),
    }
}
