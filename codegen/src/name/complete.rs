//! Whether a name stands for everything that will be emitted, and every type that is mentioned exists.
//!
//! In: an API and its names. Out: nothing, or one finding for each gap. A gap is a bug of the generator: it stops the run here, so that emission need not think of it.

use super::Names;
use crate::api::{Api, Body, Operation, Response, Type, TypeDef, TypeKind};
use crate::diagnostic::Diagnostic;
use crate::origin::Origin;

/// Checks that `names` is complete for `api`.
///
/// # Errors
///
/// An internal error for each thing without a name, and for each type that does not exist.
pub fn complete(api: &Api, names: &Names) -> Result<(), Vec<Diagnostic>> {
    let mut gaps = Vec::new();
    for (kind, things, named) in [
        ("variables", api.variables.len(), names.variables.len()),
        ("servers", api.servers.len(), names.servers.len()),
        ("credentials", api.credentials.len(), names.credentials.len()),
        ("groups", api.groups.len(), names.groups.len()),
        ("operations", api.operations.len(), names.operations.len()),
        ("types", api.types.0.len(), names.types.len()),
    ] {
        if things != named {
            gaps.push(gap(format!("{things} {kind} have {named} names"), Origin::default()));
        }
    }
    for (operation, own) in api.operations.iter().zip(&names.operations) {
        let is_whole = !own.method.is_empty()
            && count_of(&own.path) == operation.path_parameters.len()
            && own.query.len() == operation.query.len()
            && own.headers.len() == operation.headers.len();
        let mentioned = types_of(operation).into_iter().all(|ty| exists(api, ty));
        if !is_whole || !mentioned || !stands(api, operation) {
            let what = if is_whole { "mentions what does not exist" } else { "lacks a name" };
            gaps.push(gap(format!("`{}` {what}", operation.key), operation.origin.clone()));
        }
    }
    for (def, own) in api.types.0.iter().zip(&names.types) {
        let (count, inner) = members(def);
        if own.ident.is_empty() || count != count_of(&own.members) {
            gaps.push(gap(format!("`{}` lacks a name", def.key), Origin::default()));
        }
        if !inner.into_iter().all(|ty| exists(api, ty)) {
            gaps.push(gap(
                format!("`{}` mentions what does not exist", def.key),
                Origin::default(),
            ));
        }
    }
    if gaps.is_empty() { Ok(()) } else { Err(gaps) }
}

fn gap(what: String, origin: Origin) -> Diagnostic {
    let message = format!("{what}: this is a bug of the generator");
    Diagnostic::error("internal::incomplete", message, origin)
        .with_help("nothing was written; report it with the collection")
}

fn count_of(names: &[String]) -> usize {
    names.iter().filter(|name| !name.is_empty()).count()
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

    const SPEC: &str = r#"{
        "info": { "name": "Oven", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/" },
        "item": [{ "name": "Add a loaf", "request": {
            "method": "POST", "url": "https://oven.test/:shelf/loaves?crust=1",
            "body": { "mode": "raw", "raw": "{\"rye\": true}" }
        } }]
    }"#;

    fn check(spoil: impl Fn(&mut Api, &mut Names)) -> Vec<String> {
        let analysis =
            Analysis::new(&Input { spec: SPEC, ..Input::default() }, Reasoning::Left).unwrap();
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
        let ty = ["`POST /{}/loaves body` lacks a name"];
        assert_eq!(check(|_, names| names.types[0].members.clear()), ty);
        let group = ["`POST /{}/loaves [Add a loaf]` mentions what does not exist"];
        assert_eq!(check(|api, _| api.operations[0].group = Some(GroupId(7))), group);
        let gone = |api: &mut Api, _: &mut Names| {
            let ty = Type::List(Box::new(Type::Named(TypeId(7))));
            api.operations[0].error = Some(ty);
        };
        assert_eq!(check(gone), group);
    }
}
