//! (`Api`, `Names`) -> a crate that uses everything the client has, as far as its docs let callers.
//!
//! Every value is given and taken at its exact type, and what a body is made of comes from `any`, so that nothing but the client's own types decides whether it compiles. Enumerations are matched with a rest, since all of them are non-exhaustive.

use super::types::{Client, Given};
use postman_codegen::api::{
    Body, CredentialId, Field, FieldState, OperationId, Parameter, Presence, Response, Scheme,
    Struct, Type, TypeId, TypeKind, Union,
};
use postman_codegen::name::Aliased;

/// What every caller begins with.
const HEAD: &str = "\
#![allow(unused, unreachable_patterns, non_snake_case, reason = \"what is used is compiled, not run\")]
#![warn(deprecated)]
use std::collections::BTreeMap;
fn any<T>() -> T { loop {} }
struct Shown;
impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(\"\") }
}
";

/// The text of the caller.
pub(super) fn caller(client: &Client<'_>) -> String {
    let mut out = HEAD.to_owned();
    for (at, path) in client.exports.types.keys().enumerate() {
        out += &format!("type Path{at} = {}::{path};\n", client.root);
    }
    for (id, definition) in client.api.types.iter() {
        let body = match &definition.kind {
            TypeKind::Struct(object) => structure(client, id, object),
            TypeKind::Enumeration(_) => variants(client, id),
            TypeKind::Union(union) => arms(client, id, union),
        };
        out += &format!("fn type{}(it: {}) {{\n{body}}}\n", id.0, client.path(id));
    }
    for at in 0..client.api.operations.len() {
        out += &operation(client, OperationId(at));
    }
    out += &builder(client);
    out += &handles(client);
    out
}

fn structure(client: &Client<'_>, id: TypeId, object: &Struct) -> String {
    let members = &client.names.of_type(id).members;
    let mut out = String::new();
    for (field, name) in object.fields.iter().zip(members) {
        out += &format!("    let _: {} = it.{name};\n", client.field(id, field));
    }
    let path = client.path(id);
    if client.exports.default.contains(&id) {
        out += &format!("    let _: {path} = Default::default();\n");
    }
    if !client.exports.built.contains(&id) {
        return out;
    }
    out += &format!("    let made: {path} = {path}::new({});\n", arguments(client, id, object));
    let optional = object.fields.iter().zip(members);
    let optional = optional.filter(|(field, _)| field.state() != FieldState::Required);
    for (field, name) in optional.filter(|(field, _)| !field.key.is_empty()) {
        let given = client.given(value(field), Given::Value);
        out += &format!("    let made = made.{name}({given});\n");
    }
    out + &format!("    let _: {path} = made;\n")
}

fn value(field: &Field) -> &Type {
    match (&field.ty, field.presence) {
        (Type::Nullable(inner), Presence::Optional) => inner,
        (ty, Presence::Required | Presence::Optional) => ty,
    }
}

/// What a constructor is given.
fn arguments(client: &Client<'_>, id: TypeId, object: &Struct) -> String {
    let own = client.names.of_type(id);
    let required = object.fields.iter().zip(&own.members);
    let required = required.filter(|(field, _)| field.presence == Presence::Required);
    match own.required.as_ref().filter(|_| object.takes_struct()) {
        None => {
            let given = required.map(|(field, _)| client.given(value(field), Given::Value));
            given.collect::<Vec<_>>().join(", ")
        }
        Some(name) => {
            let given = required
                .map(|(field, name)| format!("{name}: any::<{}>()", client.part(id, value(field))));
            let path = client.beside(id, name);
            format!("{path} {{ {} }}", given.collect::<Vec<_>>().join(", "))
        }
    }
}

fn variants(client: &Client<'_>, id: TypeId) -> String {
    let path = client.path(id);
    let members = client.names.of_type(id).members.iter();
    let arms = members.map(|name| format!("        {path}::{name} => {{}}\n"));
    format!("    match it {{\n{}        _ => {{}}\n    }}\n", arms.collect::<String>())
}

fn arms(client: &Client<'_>, id: TypeId, union: &Union) -> String {
    let path = client.path(id);
    let members = client.names.of_type(id).members.iter().zip(&union.arms);
    let arms = members.map(|(name, arm)| {
        format!("        {path}::{name}(it) => {{ let _: {} = it; }}\n", client.arm(id, &arm.ty))
    });
    format!(
        "    match it {{\n{}        {path}::Other(_) => {{}}\n        _ => {{}}\n    }}\n",
        arms.collect::<String>()
    )
}

/// A call with all its setters, sent, and its pages.
fn operation(client: &Client<'_>, id: OperationId) -> String {
    let (it, own) = (&client.api.operations[id.0], &client.names.operations[id.0]);
    let path = it.path_parameters.iter().map(|it| client.given(&it.ty, Given::Segment));
    let parameters = || it.query.iter().zip(&own.query).chain(it.headers.iter().zip(&own.headers));
    let has = |presence| move |(it, _): &(&Parameter, &String)| it.presence == presence;
    let required = parameters().filter(has(Presence::Required));
    let required = required.map(|(it, _)| client.given(&it.ty, Given::Parameter));
    let (body, setter) = body(client, it.body.as_ref());
    let given: Vec<String> = path.chain(required).chain(body).collect();
    let handle: String = client.handle(it.group);
    let (of, given) = (response(client, &it.response), given.join(", "));
    let mut out = format!("fn operation{}(client: {}::Client) {{\n", id.0, client.root);
    let named = client.request(id).map(|path| format!(": {path}")).unwrap_or_default();
    out += &format!("    let call{named} = client{handle}.{}({given});\n", own.method);
    let settable = |(it, _): &(&Parameter, &String)| it.name.as_literal() != Some("");
    for (it, name) in parameters().filter(has(Presence::Optional)).filter(settable) {
        out +=
            &format!("    let call = call.{name}({});\n", client.given(&it.ty, Given::Parameter));
    }
    if let Some(setter) = setter {
        out += &format!("    let call = call.{}({setter});\n", own.body);
    }
    if let Some(item) = client.exports.paged.get(&id) {
        let item = client.rust(item);
        out += &format!("    let _: {}::Items<{item}> = call.clone().items();\n", client.root);
        out += &format!("    let _: {}::Pages<{item}> = call.clone().pages();\n", client.root);
    }
    out += &format!("    let _: {}::ResponseFuture<{of}> = call.send();\n}}\n", client.root);
    out + &other_names(client, Aliased::Operation(id), &given)
}

/// The argument of a body, and what its setter is given.
fn body(client: &Client<'_>, body: Option<&Body>) -> (Option<String>, Option<String>) {
    let typed = |ty: &Type| format!("any::<{}>()", client.rust(ty));
    match body {
        None | Some(Body::GraphQl { variables: None, .. }) => (None, None),
        Some(Body::Json { ty, presence: Presence::Optional, .. }) => (None, Some(typed(ty))),
        Some(Body::Json { ty, .. } | Body::GraphQl { variables: Some(ty), .. }) => {
            (Some(typed(ty)), None)
        }
        // Borrowed from anywhere: bytes take what is borrowed for good too.
        Some(Body::Text { .. }) => (Some("any::<&String>()".to_owned()), None),
        Some(Body::Bytes { .. }) => (Some(format!("any::<{}::Bytes>()", client.root)), None),
        Some(Body::Form { ty, .. } | Body::Multipart { ty, .. }) => {
            (Some(typed(&Type::Named(*ty))), None)
        }
    }
}

fn response(client: &Client<'_>, response: &Response) -> String {
    let root = &client.root;
    match (response.decoded(), response) {
        (Some((Type::Unknown, _)), _) => format!("{root}::Json"),
        (Some((ty, true)), _) => format!("Option<{}>", client.rust(ty)),
        (Some((ty, false)), _) => client.rust(ty),
        (None, Response::Text) => format!("{root}::Text"),
        (None, Response::Bytes) => format!("{root}::Bytes"),
        (None, Response::Empty | Response::Unknown | Response::Json { .. }) => "()".to_owned(),
    }
}

/// Calls under the names that were published before.
fn other_names(client: &Client<'_>, of: Aliased, given: &str) -> String {
    let mut out = String::new();
    for alias in client.names.aliases.iter().filter(|it| it.of == of && it.shows_name) {
        let handle = client.module(&alias.path.around);
        let Some(handle) = handle else { continue };
        // Of operations and of folders, each with its number: no two functions are called alike.
        let of = format!("{of:?}").replace(['(', ')'], "_");
        out += &format!("fn other_{of}{}(client: {handle}) {{ ", out.len());
        out += &format!("let _ = client.{}({given}); }}\n", alias.path.name);
    }
    out
}

fn builder(client: &Client<'_>) -> String {
    let root = &client.root;
    let mut out = format!("fn builder() {{\n    let builder = {root}::Client::builder();\n");
    let (api, names) = (client.api, client.names);
    let setters = names.variables.iter().chain(&names.servers);
    let mut setters: Vec<&String> = setters.collect();
    setters.sort();
    setters.dedup();
    for setter in setters {
        out += &format!("    let builder = builder.{setter}(any::<&str>());\n");
    }
    for at in 0..api.credentials.len() {
        let own = &names.credentials[CredentialId(at).0];
        let is_signed = matches!(api.credentials[at].scheme, Scheme::Custom { .. });
        let parts = vec!["any::<&str>()"; own.parts.len()].join(", ");
        if !is_signed {
            out += &format!("    let builder = builder.{}({parts});\n", own.setter);
        }
    }
    out + "}\n"
}

fn handles(client: &Client<'_>) -> String {
    let mut out = String::new();
    for id in &client.exports.handles {
        let (root, handle) = (&client.root, client.handle(Some(*id)));
        out += &format!("fn handle{}(client: {root}::Client) {{\n", id.0);
        let ty = client.handle_type(*id);
        out += &format!("    let _: {ty} = client{handle};\n}}\n");
        out += &other_names(client, Aliased::Group(*id), "");
    }
    if let Some(id) = client.exports.error {
        let path = client.path(id);
        out += &format!(
            "fn error(it: {}::Error) {{ let _: Option<{path}> = it.api_error(); }}\n",
            client.root
        );
    }
    out
}
