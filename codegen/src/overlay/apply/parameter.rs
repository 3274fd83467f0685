//! Corrections of a query, header or path parameter.

use super::context::{PatchContext, Position, note, paragraph, presence, unfit};
use crate::api::{Operation, OperationId, Parameter, Presence, StructRole, Type};
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::overlay::Change;
use crate::overlay::place::{Location, is_called};
use crate::template::Template;

/// Headers that the client writes itself, from the credential, the body, or the connection.
const OWN_HEADERS: [&str; 8] = [
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "proxy-authorization",
    "transfer-encoding",
];

/// Corrects the parameter `name` of an operation; whether anything changed.
pub(super) fn correct(
    context: &mut PatchContext<'_>,
    id: OperationId,
    location: Location,
    name: &str,
) -> Result<bool, Diagnostic> {
    let patch_key = context.patch_key;
    if let Change::Add(ty) = &patch_key.change {
        can_be_added(context, location, name)?;
        let ty = typed(context, |context| context.build(ty, StructRole::Nested))?;
        let misplaced = context.misplaced();
        add(context.api.operations.get_mut(id.0).ok_or(misplaced)?, location, added(name, ty));
        return Ok(true);
    }
    let misplaced = context.misplaced();
    let operation = context.api.operations.get_mut(id.0).ok_or_else(|| misplaced.clone())?;
    let all = parameters(operation, location);
    let position = all.iter().position(|known| is_called(known, location, name));
    let position = position.ok_or_else(|| misplaced.clone())?;
    if patch_key.change == Change::Drop {
        if location == Location::Path {
            return Err(misplaced);
        }
        remove(operation, location, position);
        return Ok(true);
    }
    let before = all.get(position).cloned().ok_or_else(|| misplaced.clone())?;
    let after = corrected(context, location, before.clone())?;
    if after == before {
        return Ok(false);
    }
    let operation = context.api.operations.get_mut(id.0).ok_or_else(|| misplaced.clone())?;
    let parameter = parameters(operation, location).get_mut(position).ok_or(misplaced)?;
    *parameter = after;
    note(&mut parameter.provenance);
    Ok(true)
}

fn corrected(
    context: &mut PatchContext<'_>,
    location: Location,
    mut parameter: Parameter,
) -> Result<Parameter, Diagnostic> {
    let patch_key = context.patch_key;
    match &patch_key.change {
        Change::Type(ty) => {
            parameter.ty = typed(context, |context| context.build(ty, StructRole::Nested))?;
        }
        Change::Enumeration(values) => parameter.ty = context.enumerated(&parameter.ty, values),
        Change::Required(required) if location != Location::Path => {
            parameter.presence = presence(*required);
        }
        Change::Docs(text) => parameter.docs = paragraph(text),
        Change::Required(_) | Change::Nullable(_) | Change::Drop | Change::Add(_) => {
            return Err(context.misplaced());
        }
        Change::Deprecated(_) | Change::Scopes(_) | Change::Auth(_) | Change::Body(_) => {
            return Err(context.misplaced());
        }
        Change::ContentType(_) | Change::Response(_) | Change::MayBeEmpty(_) => {
            return Err(context.misplaced());
        }
        Change::Pagination(_) => return Err(context.misplaced()),
    }
    Ok(parameter)
}

/// A type that can stand in a parameter.
fn typed(
    context: &mut PatchContext<'_>,
    build: impl FnOnce(&mut PatchContext<'_>) -> Result<Type, Diagnostic>,
) -> Result<Type, Diagnostic> {
    let ty = build(context)?;
    match unfit(&context.api.types, &ty, Position::Parameter) {
        Some(why) => Err(context.unfit(why)),
        None => Ok(ty),
    }
}

fn can_be_added(
    context: &PatchContext<'_>,
    location: Location,
    name: &str,
) -> Result<(), Diagnostic> {
    match location {
        Location::Query if !name.is_empty() => Ok(()),
        Location::Query | Location::Path => Err(context.misplaced()),
        Location::Header => {
            let is_token = !name.is_empty() && name.bytes().all(is_token_byte);
            let lower = name.to_ascii_lowercase();
            if !is_token {
                return Err(context.unfit(format!("`{name}` is no header name")));
            }
            if OWN_HEADERS.contains(&lower.as_str()) {
                let message = format!("`{name}` is not a parameter: the client writes it itself");
                let help = "say `auth` of the operation, or `content_type` of its body";
                return Err(context.unfit(message).with_help(help));
            }
            Ok(())
        }
    }
}

/// RFC 9110 §5.6.2.
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn add(operation: &mut Operation, location: Location, parameter: Parameter) {
    let all = parameters(operation, location);
    all.push(parameter);
    let last = all.len() - 1;
    if location == Location::Query {
        operation.query_order.push(last);
    }
}

fn remove(operation: &mut Operation, location: Location, position: usize) {
    parameters(operation, location).remove(position);
    if location == Location::Query {
        if let Some(before) = &mut operation.api_key_position {
            let dropped = operation.query_order.iter().take(*before);
            *before -= dropped.filter(|at| **at == position).count();
        }
        operation.query_order.retain(|at| *at != position);
        operation.query_order.iter_mut().filter(|at| **at > position).for_each(|at| *at -= 1);
    }
}

fn added(name: &str, ty: Type) -> Parameter {
    Parameter {
        name: Template::literal(name),
        ty,
        presence: Presence::Optional,
        default: Vec::new(),
        docs: Docs::default(),
        provenance: vec!["overlay".to_owned()],
    }
}

const fn parameters(operation: &mut Operation, location: Location) -> &mut Vec<Parameter> {
    match location {
        Location::Path => &mut operation.path_parameters,
        Location::Query => &mut operation.query,
        Location::Header => &mut operation.headers,
    }
}
