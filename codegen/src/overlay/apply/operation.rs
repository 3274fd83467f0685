//! Corrections of a whole operation.

use super::context::{PatchContext, paragraph};
use crate::api::{
    Body, Credential, CredentialId, Operation, OperationId, Parameter, Presence, Response, Scheme,
    Struct, StructRole, Type, TypeId, TypeKind,
};
use crate::diagnostic::Diagnostic;
use crate::overlay::types::{TypeSite, define};
use crate::overlay::{Auth, BodyKind, Change, ResponseKind};

/// Corrects an operation; whether anything changed.
pub(super) fn correct(context: &mut PatchContext<'_>, id: OperationId) -> Result<bool, Diagnostic> {
    let patch_key = context.patch_key;
    let misplaced = context.misplaced();
    let before = context.api.operations.get(id.0).cloned().ok_or_else(|| misplaced.clone())?;
    let mut after = before.clone();
    match &patch_key.change {
        Change::Deprecated(why) => after.deprecated = Some(why.clone()),
        Change::Scopes(scopes) => after.scopes.clone_from(scopes),
        Change::Docs(text) => after.docs = paragraph(text),
        Change::Pagination(pagination) => after.pagination.clone_from(pagination),
        Change::Auth(auth) => {
            after.auth = chosen(context, auth)?;
            after.api_key_position = after.api_key_position.filter(|_| after.auth == before.auth);
        }
        Change::Body(kind) => recarry(context, &mut after, *kind),
        Change::Response(kind) => after.response = response(&before.response, *kind),
        Change::Required(_) | Change::Type(_) | Change::Nullable(_) | Change::Add(_) => {
            return Err(misplaced);
        }
        Change::Enumeration(_) | Change::Drop | Change::ContentType(_) | Change::MayBeEmpty(_) => {
            return Err(misplaced);
        }
    }
    let fired = after != before;
    *context.api.operations.get_mut(id.0).ok_or(misplaced)? = after;
    Ok(fired)
}

/// Gives the operation a body of another kind; a body that is of this kind stays. The body decides the `Content-Type` then.
fn recarry(context: &mut PatchContext<'_>, operation: &mut Operation, kind: BodyKind) {
    let is_same = match &operation.body {
        None => kind == BodyKind::None,
        Some(Body::Json { .. }) => kind == BodyKind::Json,
        Some(Body::Text { .. }) => kind == BodyKind::Text,
        Some(Body::Bytes { .. }) => kind == BodyKind::Bytes,
        Some(Body::Form { .. }) => kind == BodyKind::Form,
        Some(Body::Multipart { .. }) => kind == BodyKind::Multipart,
        Some(Body::GraphQl { .. }) => false,
    };
    if is_same {
        return;
    }
    operation.body = match kind {
        BodyKind::None => None,
        BodyKind::Json => Some(Body::Json {
            ty: Type::Unknown,
            content_type: "application/json".to_owned(),
            presence: Presence::Required,
        }),
        BodyKind::Text => Some(Body::Text { content_type: "text/plain".to_owned() }),
        BodyKind::Bytes => Some(Body::Bytes { content_type: None }),
        BodyKind::Form => Some(Body::Form { ty: empty_form(context), names: Vec::new() }),
        BodyKind::Multipart => Some(Body::Multipart { ty: empty_form(context), names: Vec::new() }),
    };
    operation.headers.retain(|header| !is_content_type(header));
}

fn empty_form(context: &mut PatchContext<'_>) -> TypeId {
    let role = StructRole::Request;
    let site = TypeSite { place: &context.place, role, reason: &context.entry.reason };
    let kind = TypeKind::Struct(Struct { role, fields: Vec::new() });
    define(&mut context.api.types, site, kind)
}

fn is_content_type(header: &Parameter) -> bool {
    header.name.as_literal().is_some_and(|name| name.eq_ignore_ascii_case("content-type"))
}

/// A response of another kind; one that is of this kind stays.
fn response(known: &Response, kind: ResponseKind) -> Response {
    match (kind, known) {
        (ResponseKind::None, _) => Response::Empty,
        (ResponseKind::Text, _) => Response::Text,
        (ResponseKind::Bytes, _) => Response::Bytes,
        (ResponseKind::Json, Response::Json { .. }) => known.clone(),
        (ResponseKind::Json, Response::Empty) => {
            Response::Json { ty: Type::Unknown, may_be_empty: true }
        }
        (ResponseKind::Json, Response::Unknown | Response::Text | Response::Bytes) => {
            Response::Json { ty: Type::Unknown, may_be_empty: false }
        }
    }
}

/// The credential that an operation shall use.
fn chosen(context: &mut PatchContext<'_>, auth: &Auth) -> Result<Option<CredentialId>, Diagnostic> {
    let key = match auth {
        Auth::None => return Ok(None),
        Auth::Basic => "basic",
        Auth::Key(key) => key,
        Auth::OAuth2 { .. } | Auth::AwsV4 { .. } => {
            let help = "say it of the credential: `at` is its key, `auth` the table";
            return Err(context.misplaced().with_help(help));
        }
    };
    let all = &mut context.api.credentials;
    let position = match auth {
        Auth::Basic => all.iter().position(|known| known.scheme == Scheme::Basic),
        Auth::None | Auth::Key(_) | Auth::OAuth2 { .. } | Auth::AwsV4 { .. } => {
            all.iter().position(|known| known.key == key)
        }
    };
    if let Some(position) = position {
        return Ok(Some(CredentialId(position)));
    }
    if *auth == Auth::Basic {
        let (key, variables) = (key.to_owned(), Vec::new());
        all.push(Credential { key, scheme: Scheme::Basic, variables });
        return Ok(Some(CredentialId(all.len() - 1)));
    }
    let known = context.api.credentials.iter().map(|it| it.key.as_str()).chain(["none", "basic"]);
    let known = known.map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    let message = format!("`{key}` is no credential of this API");
    Err(context.unfit(message).with_help(format!("the credentials are {known}")))
}
