//! An [`Api`] as text, for snapshots and people: one line an operation, parameter, type and field.

use super::{
    Api, Body, Nullability, Operation, Parameter, Presence, Response, Scheme, StructRole, Type,
    TypeDef, TypeKind, Types,
};
use crate::template::{DynamicVariable, Piece, Template};
use std::fmt::Write as _;

/// The whole API.
#[must_use]
pub fn dump(api: &Api) -> String {
    let mut out = format!("api {}\n", api.title);
    for variable in &api.variables {
        let default = variable.default.as_ref().map(|text| format!(" = {text}"));
        let _ = writeln!(out, "variable {}{}", variable.name, default.unwrap_or_default());
    }
    for server in &api.servers {
        let _ = writeln!(out, "server {}", template(&server.base));
    }
    for credential in &api.credentials {
        let _ =
            writeln!(out, "credential {} ({})", credential.key, scheme_text(&credential.scheme));
    }
    for group in &api.groups {
        let _ = writeln!(out, "group {}", group.trail.join(" › "));
    }
    for operation in &api.operations {
        self::operation(&mut out, api, operation);
    }
    for definition in &api.types.0 {
        self::definition(&mut out, &api.types, definition);
    }
    out
}

fn operation(out: &mut String, api: &Api, operation: &Operation) {
    let _ = writeln!(out, "{}", operation.key);
    for parameter in &operation.path_parameters {
        let _ = writeln!(out, "  path {}", self::parameter(&api.types, parameter));
    }
    for parameter in &operation.query {
        let _ = writeln!(out, "  query {}", self::parameter(&api.types, parameter));
    }
    if !operation.query_order.iter().copied().eq(0..operation.query.len()) {
        let _ = writeln!(out, "  query order {:?}", operation.query_order);
    }
    if let Some(before) = operation.api_key_position {
        let _ = writeln!(out, "  query key after {before}");
    }
    for parameter in &operation.headers {
        let _ = writeln!(out, "  header {}", self::parameter(&api.types, parameter));
    }
    if let Some(credential) = operation.auth.and_then(|id| api.credentials.get(id.0)) {
        let _ = writeln!(out, "  auth {}", credential.key);
    }
    if let Some(body) = &operation.body {
        let _ = writeln!(out, "  body {}", self::body(&api.types, body));
    }
    match &operation.response {
        Response::Unknown => {}
        Response::Json { ty, may_be_empty } => {
            let empty = if *may_be_empty { " or nothing" } else { "" };
            let _ = writeln!(out, "  answer {}{empty}", type_text(&api.types, ty));
        }
        Response::Empty => out.push_str("  answer nothing\n"),
        Response::Text => out.push_str("  answer text\n"),
        Response::Bytes => out.push_str("  answer bytes\n"),
    }
    if let Some(ty) = &operation.error {
        let _ = writeln!(out, "  error {}", type_text(&api.types, ty));
    }
    if let Some(pagination) = &operation.pagination {
        let _ = writeln!(out, "  pagination {pagination:?}");
    }
    if let Some(why) = &operation.deprecated {
        let _ = writeln!(out, "  deprecated {why}");
    }
    if !operation.scopes.is_empty() {
        let _ = writeln!(out, "  scopes {}", operation.scopes.join(" "));
    }
}

fn parameter(types: &Types, parameter: &Parameter) -> String {
    let default = |value: &Option<Template>| match value {
        Some(value) => format!(" = {:?}", template(value)),
        None => " bare".to_owned(),
    };
    format!(
        "{}{}: {}{} ({})",
        template(&parameter.name),
        mark(parameter.presence),
        type_text(types, &parameter.ty),
        parameter.default.iter().map(default).collect::<String>(),
        parameter.provenance.join(", "),
    )
}

fn body(types: &Types, body: &Body) -> String {
    match body {
        Body::Json { ty, content_type, presence } => {
            format!("json{} {} ({content_type})", mark(*presence), type_text(types, ty))
        }
        Body::Text { content_type } => format!("text ({content_type})"),
        Body::Bytes { content_type } => {
            format!("bytes ({})", content_type.as_deref().unwrap_or("any"))
        }
        Body::Form { ty, .. } => format!("form {}", type_text(types, &Type::Named(*ty))),
        Body::Multipart { ty, .. } => format!("multipart {}", type_text(types, &Type::Named(*ty))),
        Body::GraphQl { operation_name, variables, .. } => {
            let variables = variables.as_ref().map(|ty| type_text(types, ty));
            format!(
                "graphql {} {}",
                operation_name.as_deref().unwrap_or("-"),
                variables.as_deref().unwrap_or("-")
            )
        }
    }
}

fn definition(out: &mut String, types: &Types, definition: &TypeDef) {
    let from = definition.provenance.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    match &definition.kind {
        TypeKind::Struct(object) => {
            let role = match object.role {
                StructRole::Request => "request",
                StructRole::Response => "answer",
                StructRole::Error => "error",
                StructRole::Nested => "nested",
            };
            let _ = writeln!(out, "struct `{}` {role} from {from}", definition.key);
            for field in &object.fields {
                let states = match field.nullability {
                    Nullability::Plain => "",
                    Nullability::ThreeState => " | null",
                };
                let default = match field.default.as_slice() {
                    [] => String::new(),
                    [text] => format!(" = {text:?}"),
                    several => format!(" = {several:?}"),
                };
                let kind = field.content_type.as_ref().map(|it| format!(" as {it}"));
                let default = default + &kind.unwrap_or_default();
                let _ = writeln!(
                    out,
                    "  {}{}: {}{states}{} ({})",
                    field.key,
                    mark(field.presence),
                    type_text(types, &field.ty),
                    default,
                    field.provenance.join(", "),
                );
            }
        }
        TypeKind::Enumeration(enumeration) => {
            let _ = writeln!(out, "enum `{}` from {from}", definition.key);
            let _ = writeln!(out, "  {}", enumeration.values.join(" | "));
        }
        TypeKind::Union(union) => {
            let _ = writeln!(out, "union `{}` from {from}", definition.key);
            for arm in &union.arms {
                let _ = writeln!(out, "  {}", type_text(types, &arm.ty));
            }
        }
    }
}

/// A type as text; named types by their key.
#[must_use]
pub fn type_text(types: &Types, ty: &Type) -> String {
    match ty {
        Type::Unknown => "unknown".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Unsigned => "unsigned".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Text => "text".to_owned(),
        Type::Secret => "secret".to_owned(),
        Type::File => "file".to_owned(),
        Type::List(inner) => format!("[{}]", type_text(types, inner)),
        Type::Map(inner) => format!("{{{}}}", type_text(types, inner)),
        Type::Nullable(inner) => format!("{} | null", type_text(types, inner)),
        Type::Named(id) => {
            types.get(*id).map_or_else(|| "?".to_owned(), |ty| format!("`{}`", ty.key))
        }
    }
}

fn mark(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "",
        Presence::Optional => "?",
    }
}

/// How a credential is sent, as text.
#[must_use]
pub fn scheme_text(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Bearer { prefix } => format!("Authorization: {prefix} …").replace(":  …", ": …"),
        Scheme::Basic => "Authorization: Basic …".to_owned(),
        Scheme::HeaderKey { name } => format!("{name}: …"),
        Scheme::QueryKey { name } => format!("?{name}=…"),
        Scheme::OAuth2 { token_url, audience, .. } => {
            let part = |part: &Option<Template>| part.as_ref().map(template).unwrap_or_default();
            format!("oauth2 {} {}", part(token_url), part(audience))
        }
        Scheme::Digest => "digest".to_owned(),
        Scheme::AwsV4 { service, region } => {
            format!("awsv4 {} {}", template(service), template(region))
        }
        Scheme::Custom { kind, .. } => format!("custom {kind}"),
    }
}

/// A template as text: parameters as `{name}`, variables as `{{name}}`.
fn template(template: &Template) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Argument(name) => format!("{{{name}}}"),
        Piece::Variable(name) => format!("{{{{{name}}}}}"),
        Piece::Dynamic(DynamicVariable::Uuid) => "{{$guid}}".to_owned(),
        Piece::Dynamic(DynamicVariable::Timestamp) => "{{$timestamp}}".to_owned(),
        Piece::Dynamic(DynamicVariable::IsoTimestamp) => "{{$isoTimestamp}}".to_owned(),
        Piece::Dynamic(DynamicVariable::Integer) => "{{$randomInt}}".to_owned(),
    };
    template.0.iter().map(piece).collect()
}
