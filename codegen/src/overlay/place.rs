//! What an entry's `at` points at: an operation, a parameter, a field, an answer.

use super::Entry;
use crate::api::{
    Answer, Api, Body, Operation, OperationId, Parameter, Type, TypeId, TypeKind, Types,
};
use crate::diagnostic::Diagnostic;

/// A place that can be patched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// An operation.
    Operation(OperationId),
    /// A parameter of an operation, by its name; it may not be there yet.
    Parameter(OperationId, Location, String),
    /// A field of a struct, by its key; it may not be there yet.
    Field(TypeId, String),
    /// What successes of these operations carry.
    Answer(Vec<OperationId>),
    /// What failures of these operations carry.
    Error(Vec<OperationId>),
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Location {
    Path,
    Query,
    Header,
}

/// Finds the place that `entry` is about.
pub(super) fn find(api: &Api, entry: &Entry) -> Result<Place, Diagnostic> {
    let dead = |message: String| entry.error("overlay::dead", message);
    if entry.at.starts_with('/') {
        return resource_place(&api.types, &entry.at).ok_or_else(|| {
            dead(format!("`{}` is no place of this API", entry.at)).with_help(
                "`cargo xtask dump --stage infer` lists all places; else delete the entry",
            )
        });
    }
    let (wanted, rest) = split(&entry.at);
    let found = operations(api, wanted);
    if found.is_empty() {
        let help = nearest_key(api, wanted)
            .map_or_else(|| "delete the entry".to_owned(), |key| format!("did you mean `{key}`?"));
        return Err(dead(format!("`{wanted}` is no operation of this API")).with_help(help));
    }
    let mut places: Vec<Place> = Vec::new();
    for id in &found {
        let place = operation_place(api, *id, rest).map_err(dead)?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    match places.as_slice() {
        [place] => Ok(place.clone()),
        [Place::Answer(_), ..] => Ok(Place::Answer(found)),
        [Place::Error(_), ..] => Ok(Place::Error(found)),
        _ => Err(ambiguous(api, entry, &found)),
    }
}

fn ambiguous(api: &Api, entry: &Entry, found: &[OperationId]) -> Diagnostic {
    let keys = found.iter().filter_map(|id| api.operations.get(id.0));
    let keys = keys.map(|operation| format!("`{}`", operation.key)).collect::<Vec<_>>();
    entry
        .error("overlay::ambiguous", format!("`{}` is several operations", entry.at))
        .with_help(format!("write one of {}", keys.join(", ")))
}

/// The operation's key, and what follows it (`body.connection`, `-> 200 .id`).
fn split(at: &str) -> (&str, &str) {
    let path_end = at.find(' ').map_or(at.len(), |method| {
        let path = at.get(method + 1..).unwrap_or_default();
        path.find(' ').map_or(at.len(), |end| method + 1 + end)
    });
    let after = at.get(path_end..).unwrap_or_default();
    let end = if after.starts_with(" [") {
        after.rfind(']').map_or(at.len(), |close| path_end + close + 1)
    } else {
        path_end
    };
    let (key, rest) = at.split_at_checked(end).unwrap_or((at, ""));
    (key.trim(), rest.trim())
}

/// Operations whose endpoint is `wanted`, or else whose key starts with it.
pub(super) fn operations(api: &Api, wanted: &str) -> Vec<OperationId> {
    let matching = |test: &dyn Fn(&Operation) -> bool| {
        let all = api.operations.iter().enumerate();
        all.filter(|(_, it)| test(it)).map(|(at, _)| OperationId(at)).collect::<Vec<_>>()
    };
    let exact = matching(&|it| it.key.endpoint.to_string() == wanted);
    if !exact.is_empty() {
        return exact;
    }
    if !wanted.contains(" [") {
        return Vec::new();
    }
    matching(&|it| it.key.to_string().starts_with(wanted))
}

fn nearest_key(api: &Api, wanted: &str) -> Option<String> {
    let keys: Vec<String> = api.operations.iter().map(|it| it.key.endpoint.to_string()).collect();
    let known: Vec<&str> = keys.iter().map(String::as_str).collect();
    super::parse::nearest(wanted, &known).map(str::to_owned)
}

fn operation_place(api: &Api, id: OperationId, rest: &str) -> Result<Place, String> {
    let operation = api.operations.get(id.0).ok_or("this operation is gone")?;
    let parameter = |location, name: &str| Ok(Place::Parameter(id, location, name.to_owned()));
    if rest.is_empty() {
        return Ok(Place::Operation(id));
    }
    if let Some(name) = rest.strip_prefix("query.") {
        return parameter(Location::Query, name);
    }
    if let Some(name) = rest.strip_prefix("header.") {
        return parameter(Location::Header, name);
    }
    if let Some(name) = rest.strip_prefix("path.") {
        return parameter(Location::Path, name);
    }
    if let Some(path) = rest.strip_prefix("body") {
        let ty = body_type(operation).ok_or("this operation has no typed body")?;
        return field(&api.types, &ty, path).ok_or_else(|| format!("the body has no `{path}`"));
    }
    if let Some(path) = rest.strip_prefix("error") {
        return match &operation.error {
            Some(ty) if !path.trim().is_empty() => {
                field(&api.types, ty, path.trim()).ok_or_else(|| format!("errors have no `{path}`"))
            }
            _ => Ok(Place::Error(vec![id])),
        };
    }
    let Some(answer) = rest.strip_prefix("->") else {
        return Err(format!(
            "`{rest}` is no part of an operation: body, query., header., path., error, ->"
        ));
    };
    let path = answer.trim_start_matches(|c: char| c.is_ascii_digit() || " x".contains(c));
    match &operation.answer {
        Answer::Json { ty, .. } if !path.is_empty() => {
            field(&api.types, ty, path).ok_or_else(|| format!("answers have no `{path}`"))
        }
        _ if path.is_empty() => Ok(Place::Answer(vec![id])),
        _ => Err("nothing is known of this operation's answers".to_owned()),
    }
}

fn body_type(operation: &Operation) -> Option<Type> {
    match operation.body.as_ref()? {
        Body::Json { ty, .. } => Some(ty.clone()),
        Body::Form { ty } | Body::Multipart { ty } => Some(Type::Named(*ty)),
        Body::GraphQl { variables, .. } => variables.clone(),
        Body::Text { .. } | Body::Bytes { .. } => None,
    }
}

/// A place inside a resource's type: the longest key of a type that begins `at`, and the fields from there.
fn resource_place(types: &Types, at: &str) -> Option<Place> {
    let starts = types.iter().filter(|(_, def)| {
        at.strip_prefix(def.key.0.as_str()).is_some_and(|rest| rest.starts_with(['.', '[']))
    });
    let (id, def) = starts.max_by_key(|(_, def)| def.key.0.len())?;
    field(types, &Type::Named(id), at.strip_prefix(def.key.0.as_str())?)
}

/// Walks `path` (`.a[].b`) from `ty` to the field it ends at.
fn field(types: &Types, ty: &Type, path: &str) -> Option<Place> {
    match ty {
        Type::List(item) => return field(types, item, path.strip_prefix("[]")?),
        Type::Map(value) => return field(types, value, path.strip_prefix("{}")?),
        Type::Nullable(value) => return field(types, value, path),
        Type::Named(id) => {
            let key = path.strip_prefix('.');
            match &types.get(*id)?.kind {
                TypeKind::Struct(object) => {
                    let key = key?;
                    let known = object.fields.iter().filter(|field| {
                        key.strip_prefix(field.key.as_str())
                            .is_some_and(|rest| rest.starts_with(['.', '[', '{']))
                    });
                    for inner in known {
                        let rest = key.strip_prefix(inner.key.as_str())?;
                        if let Some(place) = field(types, &inner.ty, rest) {
                            return Some(place);
                        }
                    }
                    let is_name = !key.is_empty() && !key.contains("[]");
                    return is_name.then(|| Place::Field(*id, key.to_owned()));
                }
                TypeKind::Union(union) => {
                    let mut places =
                        union.arms.iter().filter_map(|arm| field(types, &arm.ty, path));
                    return places.next();
                }
                TypeKind::Enumeration(_) => {}
            }
        }
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => {}
        Type::Text | Type::Secret | Type::File => {}
    }
    None
}

/// The parameters of an operation at a location.
pub(super) const fn parameters(
    operation: &mut Operation,
    location: Location,
) -> &mut Vec<Parameter> {
    match location {
        Location::Path => &mut operation.path_parameters,
        Location::Query => &mut operation.query,
        Location::Header => &mut operation.headers,
    }
}
