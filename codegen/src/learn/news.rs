//! What evidence adds to an API: parameters, fields, responses and types that were not known before.

use crate::api::dump::type_text;
use crate::api::{Api, Parameter, Place, Response, TypeKind};
use std::collections::BTreeMap;

/// One line for each thing that `after` has and `before` has not.
#[must_use]
pub fn news(before: &Api, after: &Api) -> Vec<String> {
    let known = lines(before);
    let all = lines(after).into_iter();
    all.filter(|(place, text)| known.get(place) != Some(text))
        .map(|(place, text)| format!("{place}: {text}"))
        .collect()
}

fn lines(api: &Api) -> BTreeMap<String, String> {
    let mut lines = BTreeMap::new();
    for operation in &api.operations {
        for Parameter { name, ty, .. } in &operation.query {
            let name = name.as_literal().unwrap_or("…");
            let place = format!("{} ?{name}", operation.key.endpoint);
            lines.insert(place, type_text(&api.types, ty));
        }
        if let Response::Json { ty, .. } = &operation.response {
            let place = Place::response(&operation.key.endpoint).to_string();
            lines.insert(place, type_text(&api.types, ty));
        }
    }
    for definition in &api.types.0 {
        if let TypeKind::Struct(object) = &definition.kind {
            for field in &object.fields {
                let place = definition.key.child(&field.key).to_string();
                lines.insert(place, type_text(&api.types, &field.ty));
            }
        }
    }
    lines
}
