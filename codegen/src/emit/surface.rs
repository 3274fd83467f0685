//! `API.md`: the whole surface for reviewers: each operation with its response and what it may be given besides, then the types with their fields.

use super::layout::Layout;
use super::view::View;
use super::{Crate, docs, spec};
use crate::api::{
    Body, FieldState, GroupId, Operation, OperationId, Presence, Response, Type, TypeId, TypeKind,
};

/// How the lines are read.
const LEGEND: &str = "\
An operation is its call, its request, its name in the collection, and what it is answered with; \
what is optional is set on the request before it is sent. \
`in pages` means that `items()` and `pages()` walk through all of it. \
A field may be left out unless it is required; one that may be null as well is a `Patch`.";

/// The text.
pub(crate) fn surface(of: &Crate<'_>) -> String {
    let mut lines = vec![format!("# {}", of.names.package), String::new(), LEGEND.to_owned()];
    for (group, operations) in &of.layout.operations {
        let title = group.and_then(|id| of.api.groups.get(id.0));
        let title = title.map(|group| docs::plain(&group.trail.join(" › ")));
        let title = docs::text_lines(&title.unwrap_or_else(|| "Client".to_owned())).join(" ");
        lines.extend([String::new(), format!("## {title}"), String::new()]);
        lines.extend(operations.iter().filter_map(|id| operation(of, *group, *id)).flatten());
    }
    let Layout { modules, .. } = &of.layout;
    let types = modules.values().flat_map(|contents| &contents.types);
    let types: Vec<_> = types.filter_map(|id| definition(of, *id)).collect();
    if !types.is_empty() {
        lines.extend([String::new(), "## Types".to_owned()]);
        types.into_iter().for_each(|own| lines.extend(own));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn operation(of: &Crate<'_>, group: Option<GroupId>, id: OperationId) -> Option<Vec<String>> {
    let view = View::new(of, id, "")?;
    let View { operation, own, .. } = view;
    let accessors = of.names.accessors(group);
    let handle: String = accessors.iter().map(|name| format!("{name}().")).collect();
    let given = view.given();
    let given = |presence: Presence| {
        let given = given.iter().filter(move |it| it.parameter.presence == presence);
        given.map(|it| it.name)
    };
    let mut arguments: Vec<String> = own.path.clone();
    arguments.extend(given(Presence::Required).map(str::to_owned));
    let body = operation.body.as_ref().and_then(|body| body_text(of, body));
    let body = body.map(|text| format!("{}: {text}", own.body));
    let is_optional =
        matches!(operation.body, Some(Body::Json { presence: Presence::Optional, .. }));
    let (body, set) = if is_optional { (None, body) } else { (body, None) };
    arguments.extend(body);
    let call = docs::code(&format!("{handle}{}({})", own.method, arguments.join(", ")));
    let path = spec::path(of, operation, own);
    let request = docs::code(&format!("{} {path}", operation.method));
    let name = docs::text_lines(&docs::plain(&operation.name)).join(" ");
    let name = if name.is_empty() { name } else { format!(" · {name}") };
    let response = response(of, operation);
    let paged = if of.layout.paged.contains(&id) { ", in pages" } else { "" };
    let mut lines = vec![format!("- {call} · {request}{name} → {response}{paged}")];
    let mut optional: Vec<String> = given(Presence::Optional).map(docs::code).collect();
    optional.extend(set.map(|body| docs::code(&body)));
    if !optional.is_empty() {
        lines.push(format!("  - optional: {}", optional.join(", ")));
    }
    Some(lines)
}

/// What a body is; `None` where the call takes none.
fn body_text(of: &Crate<'_>, body: &Body) -> Option<String> {
    let text = match body {
        Body::Json { ty, .. } => type_text(of, ty),
        Body::Text { .. } => "text".to_owned(),
        Body::Bytes { .. } => "bytes".to_owned(),
        Body::Form { ty, .. } | Body::Multipart { ty, .. } => type_text(of, &Type::Named(*ty)),
        Body::GraphQl { variables, .. } => type_text(of, variables.as_ref()?),
    };
    // It stands in code already.
    Some(text.replace('`', ""))
}

/// What an operation is answered with.
fn response(of: &Crate<'_>, operation: &Operation) -> String {
    match &operation.response {
        Response::Unknown => "any JSON".to_owned(),
        Response::Json { ty, may_be_empty: false } => type_text(of, ty),
        Response::Json { ty, may_be_empty: true } => format!("{} or nothing", type_text(of, ty)),
        Response::Empty => "nothing".to_owned(),
        Response::Text => "text".to_owned(),
        Response::Bytes => "bytes".to_owned(),
    }
}

fn definition(of: &Crate<'_>, id: TypeId) -> Option<Vec<String>> {
    let (definition, own) = of.definition(id)?;
    let path = own.module.iter().map(|segment| format!("{segment}::")).collect::<String>();
    let mut lines = vec![String::new(), format!("### `{path}{}`", own.ident), String::new()];
    match &definition.kind {
        TypeKind::Struct(object) => {
            for (field, name) in object.fields.iter().zip(&own.members) {
                let mark = if field.presence == Presence::Required { ", required" } else { "" };
                let key = if field.key == *name {
                    String::new()
                } else {
                    format!(" ({})", docs::code(&field.key))
                };
                let has_null = field.state() == FieldState::Patch;
                let null = if has_null { " or null" } else { "" };
                lines.push(format!("- `{name}`: {}{null}{mark}{key}", type_text(of, &field.ty)));
            }
        }
        TypeKind::Enumeration(set) => {
            for (value, name) in set.values.iter().zip(&own.members) {
                lines.push(format!("- `{name}`: {}", docs::code(value)));
            }
        }
        TypeKind::Union(union) => {
            for (arm, name) in union.arms.iter().zip(&own.members) {
                lines.push(format!("- `{name}`: {}", type_text(of, &arm.ty)));
            }
        }
    }
    Some(lines)
}

fn type_text(of: &Crate<'_>, ty: &Type) -> String {
    match ty {
        Type::Unknown => "any JSON".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer => "i64".to_owned(),
        Type::Unsigned => "u64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Text => "text".to_owned(),
        Type::Secret => "secret".to_owned(),
        Type::File => "file".to_owned(),
        Type::List(inner) => format!("list of {}", type_text(of, inner)),
        Type::Map(inner) => format!("map of {}", type_text(of, inner)),
        Type::Nullable(inner) => format!("{} or null", type_text(of, inner)),
        Type::Named(id) => {
            let own = of.names.types.get(id.0);
            own.map_or_else(String::new, |own| format!("`{}`", own.ident))
        }
    }
}
