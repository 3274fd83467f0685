//! Corrections of a field.

use super::context::{Scene, Standing, note, paragraph, presence, unfit};
use crate::api::{
    Api, Body, Field, Nullability, Presence, Struct, StructRole, Type, TypeId, TypeKind,
};
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::overlay::Change;

/// Corrects the field `key` of a struct; whether anything changed.
pub(super) fn correct(scene: &mut Scene<'_>, id: TypeId, key: &str) -> Result<bool, Diagnostic> {
    let saying = scene.saying;
    if let Change::Add(ty) = &saying.change {
        let ty = scene.build(ty, StructRole::Nested)?;
        fits(scene, id, &ty)?;
        let misplaced = scene.misplaced();
        object(scene.api, id).ok_or(misplaced)?.fields.push(added(key, ty));
        return Ok(true);
    }
    let misplaced = scene.misplaced();
    let object_there = object(scene.api, id).ok_or_else(|| misplaced.clone())?;
    let position = object_there.fields.iter().position(|field| field.key == key);
    let position = position.ok_or_else(|| misplaced.clone())?;
    if saying.change == Change::Drop {
        object_there.fields.remove(position);
        return Ok(true);
    }
    let before = object_there.fields.get(position).cloned().ok_or_else(|| misplaced.clone())?;
    let after = corrected(scene, id, before.clone())?;
    if after == before {
        return Ok(false);
    }
    let field = object(scene.api, id).and_then(|object| object.fields.get_mut(position));
    let field = field.ok_or(misplaced)?;
    *field = after;
    note(&mut field.provenance);
    Ok(true)
}

fn corrected(scene: &mut Scene<'_>, id: TypeId, mut field: Field) -> Result<Field, Diagnostic> {
    let saying = scene.saying;
    match &saying.change {
        Change::Type(ty) => {
            field.ty = scene.build(ty, StructRole::Nested)?;
            fits(scene, id, &field.ty)?;
        }
        Change::Enumeration(values) => field.ty = scene.enumerated(&field.ty, values),
        Change::Required(required) => {
            field.presence = presence(*required);
            if *required {
                field.nullability = Nullability::Plain;
            }
        }
        Change::Nullable(true) => field.nullability = Nullability::ThreeState,
        Change::Nullable(false) => field.nullability = Nullability::Plain,
        Change::Docs(text) => field.docs = paragraph(text),
        Change::Drop | Change::Add(_) | Change::Deprecated(_) | Change::Scopes(_) => {
            return Err(scene.misplaced());
        }
        Change::Auth(_) | Change::Body(_) | Change::ContentType(_) | Change::Answer(_) => {
            return Err(scene.misplaced());
        }
        Change::MayBeEmpty(_) | Change::Pagination(_) => return Err(scene.misplaced()),
    }
    Ok(field)
}

fn added(key: &str, ty: Type) -> Field {
    Field {
        key: key.to_owned(),
        ty,
        presence: Presence::Optional,
        nullability: Nullability::Plain,
        default: Vec::new(),
        content_type: None,
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
fn fits(scene: &Scene<'_>, id: TypeId, ty: &Type) -> Result<(), Diagnostic> {
    let standing = standing(scene.api, id);
    unfit(&scene.api.types, ty, standing).map_or(Ok(()), |why| Err(scene.unfit(why)))
}

/// What a struct is sent as; forms are sent by their operations only.
fn standing(api: &Api, id: TypeId) -> Standing {
    let mut bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let found = bodies.find_map(|body| match body {
        Body::Form { ty, .. } if *ty == id => Some(Standing::Form),
        Body::Multipart { ty, .. } if *ty == id => Some(Standing::Multipart),
        Body::Form { .. } | Body::Multipart { .. } | Body::Json { .. } => None,
        Body::Text { .. } | Body::Bytes { .. } | Body::GraphQl { .. } => None,
    });
    found.unwrap_or(Standing::Json)
}
