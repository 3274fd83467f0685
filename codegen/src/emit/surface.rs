//! `API.md`: the whole surface for reviewers: each operation with its response and what it may be given besides, then the types with their fields.

mod rust;

use super::layout::Layout;
use super::view::View;
use super::{Crate, docs, spec};
use crate::api::{Body, Field, GroupId, OperationId, Presence, TypeId, TypeKind};

/// How the lines are read.
const LEGEND: &str = "\
An operation is its call with the types of its arguments, its request, its name in the collection, and the type of its response; \
what is optional is a setter of the request, with what it takes. \
`in pages` means that `items()` and `pages()` walk through all of it. \
A field is its name and its type, `required` where a body or response must have it, and where it is known from: \
nothing is said of what the collection's requests alone show, `+traffic` of what recorded traffic shows too, \
`response` of what only saved responses do, and so on with `overlay`; its key follows where it is called otherwise.";

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
        given.map(|it| format!("{}: {}", it.name, rust::argument(of, &it.parameter.ty)))
    };
    let path = operation.path_parameters.iter().zip(&own.path);
    let path = path.map(|(it, name)| format!("{name}: {}", rust::path_argument(of, &it.ty)));
    let mut arguments: Vec<String> = path.chain(given(Presence::Required)).collect();
    let body = operation.body.as_ref().and_then(|body| rust::body(of, body));
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
    let response = docs::code(&rust::response(of, operation));
    let paged = if of.layout.paged.contains(&id) { ", in pages" } else { "" };
    let mut lines = vec![format!("- {call} · {request}{name} → {response}{paged}")];
    let optional: Vec<String> =
        given(Presence::Optional).chain(set).map(|it| docs::code(&it)).collect();
    if !optional.is_empty() {
        lines.push(format!("  - optional: {}", optional.join(", ")));
    }
    Some(lines)
}

fn definition(of: &Crate<'_>, id: TypeId) -> Option<Vec<String>> {
    let (definition, own) = of.definition(id)?;
    let path = own.module.iter().map(|segment| format!("{segment}::")).collect::<String>();
    let mut lines = vec![String::new(), format!("### `{path}{}`", own.ident), String::new()];
    match &definition.kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter().zip(&own.members);
            lines.extend(fields.map(|(it, name)| field(of, id, it, name)));
        }
        TypeKind::Enumeration(set) => {
            for (value, name) in set.values.iter().zip(&own.members) {
                lines.push(format!("- `{name}`: {}", docs::code(value)));
            }
        }
        TypeKind::Union(union) => {
            for (arm, name) in union.arms.iter().zip(&own.members) {
                lines.push(format!("- `{name}`: {}", docs::code(&rust::part(of, id, &arm.ty))));
            }
        }
    }
    Some(lines)
}

/// A field on one line.
fn field(of: &Crate<'_>, owner: TypeId, field: &Field, name: &str) -> String {
    let ty = docs::code(&rust::field(of, owner, field));
    let presence = match field.presence {
        Presence::Required => ", required",
        Presence::Optional => "",
    };
    let known = known(&field.provenance);
    let key =
        if field.key == name { String::new() } else { format!(" ({})", docs::code(&field.key)) };
    format!("- `{name}`: {ty}{presence}{known}{key}")
}

/// Where a field is known from, as its line says it: what is said of most of them is left out.
fn known(provenance: &[String]) -> String {
    let words = provenance.iter().map(|word| match word.as_str() {
        "evidence" => "traffic",
        word => word,
    });
    let words: Vec<&str> = words.collect();
    let sign = if words.contains(&"collection") { "+" } else { "" };
    let told = words.iter().filter(|word| **word != "collection");
    told.map(|word| format!(", {sign}{word}")).collect()
}
