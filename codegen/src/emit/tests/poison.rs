//! A text that tries to become code, in every place where a text of the input stands.

use super::sample::docs;
use crate::api::*;
use crate::template::{Piece, Template};

/// What breaks out of a comment, a string, an attribute, a list, a table or a line, with a mark to find it by.
pub(super) const CANARY: &str =
    "CANARY\"#*/ */ --> ]]> {x} ` ``` \n#![x]\n/// \\\" \r\u{2028}'; fn canary() {} //";

/// Puts the canary into every text that is not looked up.
pub(super) fn poison(api: &mut Api) {
    let docs = || docs(CANARY);
    let text = || CANARY.to_owned();
    (api.title, api.docs) = (text(), docs());
    api.variables.iter_mut().for_each(|it| it.docs = docs());
    api.variables[1].default = Some(text());
    api.servers[1].base = Template::literal(CANARY);
    api.credentials[1].scheme = Scheme::Bearer { prefix: text() };
    api.credentials[2].scheme = Scheme::Custom { kind: text(), said: vec![(text(), text())] };
    api.credentials[3].scheme = Scheme::HeaderKey { name: text() };
    api.credentials[4].scheme = Scheme::QueryKey { name: text() };
    for group in &mut api.groups {
        (group.trail, group.docs) = (vec![text()], docs());
    }
    for operation in &mut api.operations {
        (operation.name, operation.docs, operation.method) = (text(), docs(), text());
        operation.deprecated = Some(text());
        operation.scopes = vec![text()];
        operation.path.0.push(Piece::Text(text()));
        operation.path_parameters.iter_mut().for_each(|it| it.docs = docs());
        for parameter in operation.query.iter_mut().chain(&mut operation.headers) {
            (parameter.name, parameter.docs) = (Template::literal(CANARY), docs());
            parameter.default.iter_mut().for_each(|it| *it = Some(Template::literal(CANARY)));
        }
        match &mut operation.body {
            Some(Body::Json { content_type, .. } | Body::Text { content_type }) => {
                *content_type = text()
            }
            Some(Body::Bytes { content_type }) => *content_type = Some(text()),
            Some(Body::GraphQl { query, operation_name, .. }) => {
                (*query, *operation_name) = (Template::literal(CANARY), Some(text()));
            }
            Some(Body::Form { .. } | Body::Multipart { .. }) | None => {}
        }
    }
    for definition in &mut api.types.0 {
        (definition.docs, definition.provenance) = (docs(), vec![TypeOrigin::Overlay(text())]);
        match &mut definition.kind {
            TypeKind::Struct(own) => own.fields.iter_mut().for_each(|field| {
                (field.key, field.docs) = (text(), docs());
                field.default.iter_mut().for_each(|it| *it = text());
                field.content_type = Some(text());
            }),
            TypeKind::Enumeration(own) => own.values.iter_mut().for_each(|it| *it = text()),
            TypeKind::Union(_) => {}
        }
    }
}
