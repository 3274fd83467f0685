//! Patches on the API: every entry fires, or is an error.

use super::place::{Location, Place, find, parameters};
use super::{BodyKind, Change, Entry, Patch, TypeText};
use crate::api::{
    Answer, Api, Body, Credential, CredentialId, Enumeration, Field, Nullability, Operation,
    OperationId, Parameter, PlaceKey, Presence, Scheme, Struct, StructRole, Type, TypeDef, TypeId,
    TypeKind,
};
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::template::Template;

/// Applies `patches` in order. An entry that matches nothing, matches several places, or changes nothing is an error at its line.
#[must_use]
pub fn apply(mut api: Api, patches: &[Patch]) -> (Api, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut dropped = Vec::new();
    for patch in patches {
        for change in &patch.changes {
            let before = api.clone();
            let drops = dropped.len();
            if let Err(error) = apply_one(&mut api, &mut dropped, &patch.entry, change) {
                found.push(error);
            } else if api == before && dropped.len() == drops {
                found.push(
                    patch
                        .entry
                        .error(
                            "overlay::redundant",
                            format!("`{}` changes nothing", patch.entry.at),
                        )
                        .with_help("the spec says this itself now; delete the entry"),
                );
            }
        }
    }
    let mut at = 0;
    api.operations.retain(|_| {
        at += 1;
        !dropped.contains(&OperationId(at - 1))
    });
    (api, found)
}

fn apply_one(
    api: &mut Api,
    dropped: &mut Vec<OperationId>,
    entry: &Entry,
    change: &Change,
) -> Result<(), Diagnostic> {
    let misplaced =
        || entry.error("overlay::misplaced", format!("this cannot be said of `{}`", entry.at));
    match find(api, entry)? {
        Place::Operation(id) if *change == Change::Drop => {
            dropped.push(id);
            Ok(())
        }
        Place::Operation(id) => on_operation(api, id, entry, change),
        Place::Parameter(id, location, name) => {
            let key =
                format!("{} {}", key_of(api, id), entry.at.rsplit(' ').next().unwrap_or_default());
            let ty = typed(api, entry, change, &key)?;
            let operation = api.operations.get_mut(id.0).ok_or_else(misplaced)?;
            on_parameter(operation, location, &name, entry, change, ty)
        }
        Place::Field(id, key) => {
            let owner = api.types.get(id).map(|def| def.key.0.clone()).unwrap_or_default();
            let ty = typed(api, entry, change, &format!("{owner}.{key}"))?;
            let def = api.types.0.get_mut(id.0).ok_or_else(misplaced)?;
            match &mut def.kind {
                TypeKind::Struct(object) => on_field(object, &key, entry, change, ty),
                TypeKind::Enumeration(_) | TypeKind::Union(_) => Err(misplaced()),
            }
        }
        Place::Answer(ids) => {
            let ty = typed(api, entry, change, &entry.at)?.ok_or_else(misplaced)?;
            for id in ids {
                let operation = api.operations.get_mut(id.0).ok_or_else(misplaced)?;
                operation.answer = Answer::Json { ty: ty.clone(), may_be_empty: false };
            }
            Ok(())
        }
        Place::Error(ids) => {
            let ty = typed(api, entry, change, &entry.at)?.ok_or_else(misplaced)?;
            for id in ids {
                api.operations.get_mut(id.0).ok_or_else(misplaced)?.error = Some(ty.clone());
            }
            Ok(())
        }
    }
}

fn key_of(api: &Api, id: OperationId) -> String {
    api.operations.get(id.0).map(|operation| operation.key.endpoint.to_string()).unwrap_or_default()
}

/// The type that a change brings, with its definition where it needs one.
fn typed(
    api: &mut Api,
    entry: &Entry,
    change: &Change,
    key: &str,
) -> Result<Option<Type>, Diagnostic> {
    let resolve = |ty: &TypeText| {
        ty.resolve(&api.types).map_err(|message| entry.error("overlay::type", message))
    };
    match change {
        Change::Add(ty) | Change::Type(ty) => resolve(ty).map(Some),
        Change::Enumeration(values) => Ok(Some(enumeration(api, key, entry, values))),
        Change::Required(_) | Change::Nullable(_) | Change::Drop | Change::Deprecated(_) => {
            Ok(None)
        }
        Change::Scopes(_) | Change::Auth(_) | Change::Body(_) | Change::Pagination(_) => Ok(None),
    }
}

fn enumeration(api: &mut Api, key: &str, entry: &Entry, values: &[String]) -> Type {
    let kind = TypeKind::Enumeration(Enumeration { values: values.to_vec() });
    let known = api.types.iter().find(|(_, def)| def.key.0 == key && def.kind == kind);
    if let Some((id, _)) = known {
        return Type::Named(id);
    }
    let key = PlaceKey(key.to_owned());
    let provenance = vec![format!("overlay: {}", entry.reason)];
    api.types.0.push(TypeDef { key, kind, docs: Docs::default(), provenance });
    Type::Named(TypeId(api.types.0.len() - 1))
}

fn on_operation(
    api: &mut Api,
    id: OperationId,
    entry: &Entry,
    change: &Change,
) -> Result<(), Diagnostic> {
    let misplaced =
        || entry.error("overlay::misplaced", format!("this cannot be said of `{}`", entry.at));
    let auth = match change {
        Change::Auth(key) => Some(credential(api, entry, key)?),
        _ => None,
    };
    let body = match change {
        Change::Body(kind) => Some(body(api, id, *kind)),
        _ => None,
    };
    let operation = api.operations.get_mut(id.0).ok_or_else(misplaced)?;
    match change {
        Change::Deprecated(why) => operation.deprecated = Some(why.clone()),
        Change::Scopes(scopes) => operation.scopes.clone_from(scopes),
        Change::Pagination(pagination) => operation.pagination = Some(pagination.clone()),
        Change::Auth(_) => operation.auth = auth.flatten(),
        Change::Body(_) => {
            operation.body = body.flatten();
            operation.headers.retain(|header| !is_content_type(header));
        }
        Change::Required(_) | Change::Type(_) | Change::Nullable(_) | Change::Add(_) => {
            return Err(misplaced());
        }
        Change::Enumeration(_) | Change::Drop => return Err(misplaced()),
    }
    Ok(())
}

fn is_content_type(header: &Parameter) -> bool {
    header.name.as_literal().is_some_and(|name| name.eq_ignore_ascii_case("content-type"))
}

fn credential(api: &mut Api, entry: &Entry, key: &str) -> Result<Option<CredentialId>, Diagnostic> {
    if key == "none" {
        return Ok(None);
    }
    if let Some(at) = api.credentials.iter().position(|credential| credential.key == key) {
        return Ok(Some(CredentialId(at)));
    }
    if key == "basic" {
        let scheme = Scheme::Basic;
        api.credentials.push(Credential { key: key.to_owned(), scheme, variables: Vec::new() });
        return Ok(Some(CredentialId(api.credentials.len() - 1)));
    }
    let known = api.credentials.iter().map(|credential| format!("`{}`", credential.key));
    let known = known.collect::<Vec<_>>().join(", ");
    Err(entry
        .error("overlay::dead", format!("`{key}` is no credential of this API"))
        .with_help(format!("write `none`, `basic` or one of {known}")))
}

fn body(api: &mut Api, id: OperationId, kind: BodyKind) -> Option<Body> {
    let json = "application/json".to_owned();
    match kind {
        BodyKind::None => None,
        BodyKind::Json => {
            Some(Body::Json { ty: Type::Unknown, content_type: json, presence: Presence::Required })
        }
        BodyKind::Text => Some(Body::Text { content_type: "text/plain".to_owned() }),
        BodyKind::Bytes => Some(Body::Bytes { content_type: None }),
        BodyKind::Form => Some(Body::Form { ty: empty_struct(api, id) }),
        BodyKind::Multipart => Some(Body::Multipart { ty: empty_struct(api, id) }),
    }
}

fn empty_struct(api: &mut Api, id: OperationId) -> TypeId {
    let key = PlaceKey(format!("{} body", key_of(api, id)));
    let kind = TypeKind::Struct(Struct { role: StructRole::Request, fields: Vec::new() });
    let provenance = vec!["overlay".to_owned()];
    api.types.0.push(TypeDef { key, kind, docs: Docs::default(), provenance });
    TypeId(api.types.0.len() - 1)
}

fn on_parameter(
    operation: &mut Operation,
    location: Location,
    name: &str,
    entry: &Entry,
    change: &Change,
    ty: Option<Type>,
) -> Result<(), Diagnostic> {
    let all = parameters(operation, location);
    let position = all.iter().position(|known| known.name == Template::literal(name));
    if let (Change::Add(_), Some(ty)) = (change, &ty) {
        if position.is_none() && location != Location::Path {
            all.push(added_parameter(name, ty.clone()));
            let last = all.len() - 1;
            if location == Location::Query {
                operation.query_order.push(last);
            }
        }
        return Ok(());
    }
    let missing = || {
        entry
            .error("overlay::dead", format!("there is no parameter `{name}`"))
            .with_help("add it with `add = true` and a `type`, or delete the entry")
    };
    let position = position.ok_or_else(missing)?;
    if *change == Change::Drop {
        all.remove(position);
        if location == Location::Query {
            operation.query_order.retain(|at| *at != position);
            operation.query_order.iter_mut().filter(|at| **at > position).for_each(|at| *at -= 1);
        }
        return Ok(());
    }
    let parameter = all.get_mut(position).ok_or_else(missing)?;
    let before = parameter.clone();
    match (change, ty) {
        (_, Some(ty)) => parameter.ty = ty,
        (Change::Required(required), None) => parameter.presence = presence(*required),
        _ => {
            let message = format!("this cannot be said of `{}`", entry.at);
            return Err(entry.error("overlay::misplaced", message));
        }
    }
    if *parameter != before {
        note(&mut parameter.provenance);
    }
    Ok(())
}

fn added_parameter(name: &str, ty: Type) -> Parameter {
    Parameter {
        name: Template::literal(name),
        ty,
        presence: Presence::Optional,
        default: Vec::new(),
        docs: Docs::default(),
        provenance: vec!["overlay".to_owned()],
    }
}

fn on_field(
    object: &mut Struct,
    key: &str,
    entry: &Entry,
    change: &Change,
    ty: Option<Type>,
) -> Result<(), Diagnostic> {
    let position = object.fields.iter().position(|field| field.key == key);
    if let (Change::Add(_), Some(ty)) = (change, &ty) {
        if position.is_none() {
            object.fields.push(added_field(key, ty.clone()));
        }
        return Ok(());
    }
    let missing = || {
        entry
            .error("overlay::dead", format!("there is no field `{key}`"))
            .with_help("add it with `add = true` and a `type`, or delete the entry")
    };
    let position = position.ok_or_else(missing)?;
    if *change == Change::Drop {
        object.fields.remove(position);
        return Ok(());
    }
    let field = object.fields.get_mut(position).ok_or_else(missing)?;
    let before = field.clone();
    match (change, ty) {
        (_, Some(ty)) => field.ty = ty,
        (Change::Required(required), None) => {
            field.presence = presence(*required);
            if *required {
                field.nullability = Nullability::Plain;
            }
        }
        (Change::Nullable(true), None) => field.nullability = Nullability::ThreeState,
        (Change::Nullable(false), None) => field.nullability = Nullability::Plain,
        _ => {
            let message = format!("this cannot be said of `{}`", entry.at);
            return Err(entry.error("overlay::misplaced", message));
        }
    }
    if *field != before {
        note(&mut field.provenance);
    }
    Ok(())
}

fn added_field(key: &str, ty: Type) -> Field {
    Field {
        key: key.to_owned(),
        ty,
        presence: Presence::Optional,
        nullability: Nullability::Plain,
        default: None,
        docs: Docs::default(),
        provenance: vec!["overlay".to_owned()],
    }
}

const fn presence(required: bool) -> Presence {
    if required { Presence::Required } else { Presence::Optional }
}

fn note(provenance: &mut Vec<String>) {
    if provenance.last().is_none_or(|last| last != "overlay") {
        provenance.push("overlay".to_owned());
    }
}
