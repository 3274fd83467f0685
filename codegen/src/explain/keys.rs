//! All keys of an API, to find the nearest right one among.

use crate::api::{Api, Body, Operation, Parameter, Response, Step, TypeKind};

/// Every operation, parameter, message, type and field.
pub(super) fn all(api: &Api) -> Vec<String> {
    let mut keys: Vec<String> = api.credentials.iter().map(|it| it.key.clone()).collect();
    api.operations.iter().for_each(|operation| operation_keys(operation, &mut keys));
    for (_, def) in api.types.iter() {
        keys.push(def.key.without_last(|step| *step == Step::Object).to_string());
        if let TypeKind::Struct(object) = &def.kind {
            keys.extend(object.fields.iter().map(|field| def.key.child(&field.key).to_string()));
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

fn operation_keys(operation: &Operation, keys: &mut Vec<String>) {
    let endpoint = operation.key.endpoint.to_string();
    let named = |parameter: &Parameter| parameter.name.as_literal().map(str::to_owned);
    let located = [
        ("path", &operation.path_parameters),
        ("query", &operation.query),
        ("header", &operation.headers),
    ];
    for (word, parameters) in located {
        let names = parameters.iter().filter_map(named);
        keys.extend(names.map(|name| format!("{endpoint} {word}.{name}")));
    }
    let is_carried = operation.body.as_ref().is_some_and(|body| match body {
        Body::Json { .. } | Body::Form { .. } | Body::Multipart { .. } => true,
        Body::Text { .. } | Body::Bytes { .. } | Body::GraphQl { .. } => true,
    });
    keys.extend(is_carried.then(|| format!("{endpoint} body")));
    if operation.response != Response::Unknown {
        keys.push(format!("{endpoint} ->"));
    }
    keys.push(operation.key.to_string());
    keys.push(endpoint);
}
