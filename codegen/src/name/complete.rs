//! Whether a name stands for everything that will be emitted, and every type that is mentioned exists.
//!
//! In: an API and its names. Out: nothing, or one finding for each gap. A gap is a bug of the generator: it stops the run here, so that emission need not think of it.

use super::{CredentialNames, GroupNames, Names, OperationNames, TypeNames};
use crate::api::{Api, Body, Operation, Response, Type, TypeDef, TypeKind};
use crate::diagnostic::Diagnostic;
use crate::origin::Origin;

/// Checks that `names` is complete for `api`.
///
/// # Errors
///
/// An internal error for each thing without a name, and for each type that does not exist.
pub fn complete(api: &Api, names: &Names) -> Result<(), Vec<Diagnostic>> {
    let mut gaps = counts(api, names);
    for (kind, all) in [("variable", &names.variables), ("server", &names.servers)] {
        gaps.extend(unnamed(kind, all.iter().map(|name| !name.is_empty())));
    }
    gaps.extend(unnamed("credential", names.credentials.iter().map(has_names)));
    gaps.extend(unnamed("group", names.groups.iter().map(is_placed)));
    let operations = api.operations.iter().zip(&names.operations);
    gaps.extend(operations.filter_map(|(operation, own)| check_operation(api, operation, own)));
    let types = api.types.0.iter().zip(&names.types);
    gaps.extend(types.flat_map(|(def, own)| check_type(api, def, own)));
    if gaps.is_empty() { Ok(()) } else { Err(gaps) }
}

/// Vectors of names that are not as long as those of the things.
fn counts(api: &Api, names: &Names) -> Vec<Diagnostic> {
    let counts = [
        ("variables", api.variables.len(), names.variables.len()),
        ("servers", api.servers.len(), names.servers.len()),
        ("credentials", api.credentials.len(), names.credentials.len()),
        ("groups", api.groups.len(), names.groups.len()),
        ("operations", api.operations.len(), names.operations.len()),
        ("types", api.types.0.len(), names.types.len()),
    ];
    let unequal = counts.into_iter().filter(|(_, things, named)| things != named);
    let message = |(kind, things, named)| format!("{things} {kind} have {named} names");
    unequal.map(|count| gap(message(count), Origin::default())).collect()
}

/// The things of a kind that lack a name, by their place among the others.
fn unnamed<'a>(
    kind: &'a str,
    is_named: impl Iterator<Item = bool> + 'a,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let unnamed = is_named.enumerate().filter(|(_, is_named)| !is_named);
    unnamed.map(move |(at, _)| gap(format!("{kind} {at} lacks a name"), Origin::default()))
}

fn has_names(own: &CredentialNames) -> bool {
    let further = [&own.tokens, &own.temporary, &own.signer];
    !own.setter.is_empty()
        && own.parts.iter().all(|part| !part.is_empty())
        && further.into_iter().flatten().all(|setter| !setter.is_empty())
}

fn is_placed(own: &GroupNames) -> bool {
    !own.module.is_empty()
        && own.module.iter().all(|segment| !segment.is_empty())
        && [&own.handle, &own.accessor, &own.feature].into_iter().all(|name| !name.is_empty())
}

fn check_operation(api: &Api, operation: &Operation, own: &OperationNames) -> Option<Diagnostic> {
    let is_body_named = operation.body.is_none() || !own.body.is_empty();
    let is_whole = [&own.method, &own.constant, &own.request].iter().all(|name| !name.is_empty())
        && is_body_named
        && names_all(&own.path, operation.path_parameters.len())
        && names_all(&own.query, operation.query.len())
        && names_all(&own.headers, operation.headers.len());
    let is_known = types_of(operation).into_iter().all(|ty| exists(api, ty));
    let what = match (is_whole, is_known && stands(api, operation)) {
        (true, true) => return None,
        (true, false) => "mentions what does not exist",
        (false, _) => "lacks a name",
    };
    Some(gap(format!("`{}` {what}", operation.key), operation.origin.clone()))
}

fn check_type(api: &Api, def: &TypeDef, own: &TypeNames) -> Vec<Diagnostic> {
    let mut gaps = Vec::new();
    let (count, inner) = members(def);
    let takes_struct = matches!(&def.kind, TypeKind::Struct(own) if own.takes_struct());
    let required: &[String] = own.required.as_slice();
    let is_whole = !own.ident.is_empty()
        && names_all(&own.members, count)
        && names_all(required, usize::from(takes_struct));
    if !is_whole {
        gaps.push(gap(format!("`{}` lacks a name", def.key), Origin::default()));
    }
    if !inner.into_iter().all(|ty| exists(api, ty)) {
        gaps.push(gap(format!("`{}` mentions what does not exist", def.key), Origin::default()));
    }
    gaps
}

fn gap(what: String, origin: Origin) -> Diagnostic {
    let message = format!("{what}: this is a bug of the generator");
    Diagnostic::error("internal::incomplete", message, origin)
        .with_help("nothing was written; report it with the collection")
}

/// Whether `names` are `count` names.
fn names_all(names: &[String], count: usize) -> bool {
    names.len() == count && names.iter().all(|name| !name.is_empty())
}

/// Whether the operation's group, server and credential exist.
fn stands(api: &Api, operation: &Operation) -> bool {
    operation.group.is_none_or(|id| id.0 < api.groups.len())
        && operation.server.0 < api.servers.len()
        && operation.auth.is_none_or(|id| id.0 < api.credentials.len())
}

fn types_of(operation: &Operation) -> Vec<Type> {
    let Operation { path_parameters, query, headers, .. } = operation;
    let parameters = path_parameters.iter().chain(query).chain(headers);
    let mut types: Vec<Type> = parameters.map(|parameter| parameter.ty.clone()).collect();
    types.extend(match &operation.body {
        Some(Body::Json { ty, .. }) => Some(ty.clone()),
        Some(Body::Form { ty, .. } | Body::Multipart { ty, .. }) => Some(Type::Named(*ty)),
        Some(Body::GraphQl { variables, .. }) => variables.clone(),
        Some(Body::Text { .. } | Body::Bytes { .. }) | None => None,
    });
    if let Response::Json { ty, .. } = &operation.response {
        types.push(ty.clone());
    }
    types.extend(operation.error.clone());
    types
}

/// How many members of a definition have names, and the types it mentions.
fn members(def: &TypeDef) -> (usize, Vec<Type>) {
    match &def.kind {
        TypeKind::Struct(own) => {
            (own.fields.len(), own.fields.iter().map(|field| field.ty.clone()).collect())
        }
        TypeKind::Enumeration(own) => (own.values.len(), Vec::new()),
        TypeKind::Union(own) => {
            (own.arms.len(), own.arms.iter().map(|arm| arm.ty.clone()).collect())
        }
    }
}

fn exists(api: &Api, ty: Type) -> bool {
    match ty {
        Type::Named(id) => api.types.get(id).is_some(),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => exists(api, *inner),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => true,
        Type::Text | Type::Secret | Type::File => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{GroupId, TypeId};
    use crate::infer::Reasoning;
    use crate::pipeline::{Analysis, Input};

    /// Everything that a client as a whole has names for.
    const CLIENT: &str = r#"{
        "info": { "name": "Oven", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/" },
        "auth": { "type": "bearer", "bearer": [{ "key": "token", "value": "{{token}}" }] },
        "item": [{ "name": "Loaves", "item": [{ "name": "Get loaves", "request": {
            "method": "GET", "url": "https://{{town}}.oven.test/loaves"
        } }] }]
    }"#;

    const SPEC: &str = r#"{
        "info": { "name": "Oven", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/" },
        "item": [{ "name": "Add a loaf", "request": {
            "method": "POST", "url": "https://oven.test/:shelf/loaves?crust=1",
            "body": { "mode": "raw", "raw": "{\"rye\": true}" }
        } }]
    }"#;

    fn check(spoil: impl Fn(&mut Api, &mut Names)) -> Vec<String> {
        check_in(SPEC, spoil)
    }

    fn check_in(spec: &str, spoil: impl Fn(&mut Api, &mut Names)) -> Vec<String> {
        let analysis = Analysis::new(&Input { spec, ..Input::default() }, Reasoning::Left).unwrap();
        let (mut api, mut names) = (analysis.api, analysis.names);
        spoil(&mut api, &mut names);
        let gaps = complete(&api, &names).err().unwrap_or_default();
        assert!(gaps.iter().all(|gap| gap.message.ends_with("this is a bug of the generator")));
        gaps.iter().map(|gap| gap.message.split(':').next().unwrap().to_owned()).collect()
    }

    #[test]
    fn what_lacks_a_name_or_does_not_exist_stops_the_run() {
        assert_eq!(check(|_, _| {}), [""; 0]);
        assert_eq!(check(|_, names| names.types.clear()), ["1 types have 0 names"]);
        let operation = ["`POST /{}/loaves [Add a loaf]` lacks a name"];
        assert_eq!(check(|_, names| names.operations[0].method.clear()), operation);
        assert_eq!(check(|_, names| names.operations[0].path.clear()), operation);
        assert_eq!(check(|_, names| names.operations[0].query.clear()), operation);
        assert_eq!(check(|_, names| names.operations[0].query[0].clear()), operation);
        assert_eq!(check(|_, names| names.operations[0].headers.push(String::new())), operation);
        assert_eq!(check(|_, names| names.operations[0].constant.clear()), operation);
        assert_eq!(check(|_, names| names.operations[0].request.clear()), operation);
        assert_eq!(check(|_, names| names.operations[0].body.clear()), operation);
        let ty = ["`POST /{}/loaves body` lacks a name"];
        assert_eq!(check(|_, names| names.types[0].members.clear()), ty);
        assert_eq!(check(|_, names| names.types[0].required = Some(String::new())), ty);
        let group = ["`POST /{}/loaves [Add a loaf]` mentions what does not exist"];
        assert_eq!(check(|api, _| api.operations[0].group = Some(GroupId(7))), group);
        let gone = |api: &mut Api, _: &mut Names| {
            let ty = Type::List(Box::new(Type::Named(TypeId(7))));
            api.operations[0].error = Some(ty);
        };
        assert_eq!(check(gone), group);
    }

    #[test]
    fn the_client_as_a_whole_has_all_its_names() {
        let check = |spoil: fn(&mut Names)| check_in(CLIENT, |_, names| spoil(names));
        assert_eq!(check(|_| {}), [""; 0]);
        assert_eq!(check(|names| names.variables[0].clear()), ["variable 0 lacks a name"]);
        assert_eq!(check(|names| names.servers[0].clear()), ["server 0 lacks a name"]);
        let credential = ["credential 0 lacks a name"];
        assert_eq!(check(|names| names.credentials[0].setter.clear()), credential);
        assert_eq!(check(|names| names.credentials[0].parts[0].clear()), credential);
        assert_eq!(check(|names| names.credentials[0].signer = Some(String::new())), credential);
        let group = ["group 0 lacks a name"];
        assert_eq!(check(|names| names.groups[0].module.clear()), group);
        assert_eq!(check(|names| names.groups[0].module[0].clear()), group);
        assert_eq!(check(|names| names.groups[0].handle.clear()), group);
        assert_eq!(check(|names| names.groups[0].accessor.clear()), group);
        assert_eq!(check(|names| names.groups[0].feature.clear()), group);
    }
}
