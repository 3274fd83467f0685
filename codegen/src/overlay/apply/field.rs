//! Corrections of a field.

use super::context::{PatchContext, Position, note, paragraph, presence, unfit};
use crate::api::{
    Api, Body, Field, Nullability, Presence, Struct, StructRole, Type, TypeId, TypeKind,
};
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::origin::Origin;
use crate::overlay::{Change, PatchKey, SOURCE};

/// Corrects the field `key` of a struct; whether anything changed.
pub(super) fn correct(
    context: &mut PatchContext<'_>,
    id: TypeId,
    key: &str,
) -> Result<bool, Diagnostic> {
    let patch_key = context.patch_key;
    if let Change::Add(ty) = &patch_key.change {
        let ty = context.build(ty, StructRole::Nested)?;
        fits(context, id, &ty)?;
        let misplaced = context.misplaced();
        object(context.api, id).ok_or(misplaced)?.fields.push(added(key, ty));
        return Ok(true);
    }
    let misplaced = context.misplaced();
    let object_there = object(context.api, id).ok_or_else(|| misplaced.clone())?;
    let position = object_there.fields.iter().position(|field| field.key == key);
    let position = position.ok_or_else(|| misplaced.clone())?;
    if patch_key.change == Change::Drop {
        object_there.fields.remove(position);
        return Ok(true);
    }
    let before = object_there.fields.get(position).cloned().ok_or_else(|| misplaced.clone())?;
    let mut after = corrected(context, id, before.clone())?;
    let unsent = unsend(context.patch_key, &mut after);
    context.found.extend(unsent);
    if after == before {
        return Ok(false);
    }
    let field = object(context.api, id).and_then(|object| object.fields.get_mut(position));
    let field = field.ok_or(misplaced)?;
    *field = after;
    note(&mut field.provenance);
    Ok(true)
}

fn corrected(
    context: &mut PatchContext<'_>,
    id: TypeId,
    mut field: Field,
) -> Result<Field, Diagnostic> {
    let patch_key = context.patch_key;
    match &patch_key.change {
        Change::Type(ty) => {
            field.ty = context.build(ty, StructRole::Nested)?;
            fits(context, id, &field.ty)?;
        }
        Change::Enumeration(values) => field.ty = context.enumerated(&field.ty, values),
        Change::Required(required) => {
            field.presence = presence(*required);
            if *required {
                field.nullability = Nullability::Plain;
            }
        }
        Change::Nullable(true) if field.presence == Presence::Required => {
            // What must be given has two states, and null is a value.
            if !matches!(field.ty, Type::Nullable(_)) {
                field.ty = Type::Nullable(Box::new(field.ty));
            }
            fits(context, id, &field.ty)?;
        }
        Change::Nullable(true) => field.nullability = Nullability::ThreeState,
        Change::Nullable(false) => {
            field.nullability = Nullability::Plain;
            if let Type::Nullable(inner) = field.ty {
                field.ty = *inner;
            }
        }
        Change::Docs(text) => field.docs = paragraph(text),
        Change::Drop | Change::Add(_) | Change::Deprecated(_) | Change::Scopes(_) => {
            return Err(context.misplaced());
        }
        Change::Auth(_) | Change::Body(_) | Change::ContentType(_) | Change::Response(_) => {
            return Err(context.misplaced());
        }
        Change::MayBeEmpty(_) | Change::Pagination(_) => return Err(context.misplaced()),
    }
    Ok(field)
}

/// Takes away what a form sends for a field if that is no value of the field's new type; says so.
fn unsend(patch_key: &PatchKey, field: &mut Field) -> Option<Diagnostic> {
    let ty = match &field.ty {
        Type::List(inner) => inner.as_ref(),
        ty => ty,
    };
    let is_one = matches!(field.ty, Type::List(_)) || field.default.len() < 2;
    if is_one && field.default.iter().all(|text| ty.sends(text)) {
        return None;
    }
    field.default.clear();
    let message = format!(
        "what the form sends for `{}` unless it is set is no value of the type that it has now: it is sent no more",
        field.key
    );
    let origin = Origin { span: Some(patch_key.span), ..Origin::default() };
    let finding = Diagnostic::note("overlay::form-value", message, origin).in_source(SOURCE);
    Some(finding.with_help(
        "`required = true` makes callers say what to send; `type = \"text\"` sends it again",
    ))
}

fn added(key: &str, ty: Type) -> Field {
    Field {
        key: key.to_owned(),
        ty,
        presence: Presence::Optional,
        nullability: Nullability::Plain,
        default: Vec::new(),
        content_type: None,
        format: None,
        docs: Docs::default(),
        provenance: vec!["overlay".to_owned()],
    }
}

fn object(api: &mut Api, id: TypeId) -> Option<&mut Struct> {
    match &mut api.types.0.get_mut(id.0)?.kind {
        TypeKind::Struct(object) => Some(object),
        TypeKind::Enumeration(_) | TypeKind::Union(_) => None,
    }
}

/// Refuses a type that cannot stand in the struct.
fn fits(context: &PatchContext<'_>, id: TypeId, ty: &Type) -> Result<(), Diagnostic> {
    let position = position(context.api, id);
    unfit(&context.api.types, ty, position).map_or(Ok(()), |why| Err(context.unfit(why)))
}

/// What a struct is sent as; forms are sent by their operations only.
fn position(api: &Api, id: TypeId) -> Position {
    let mut bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let found = bodies.find_map(|body| match body {
        Body::Form { ty, .. } if *ty == id => Some(Position::Form),
        Body::Multipart { ty, .. } if *ty == id => Some(Position::Multipart),
        Body::Form { .. } | Body::Multipart { .. } | Body::Json { .. } => None,
        Body::Text { .. } | Body::Bytes { .. } | Body::GraphQl { .. } => None,
    });
    found.unwrap_or(Position::Json)
}
