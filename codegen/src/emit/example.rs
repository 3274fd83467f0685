//! The call of an operation, given its values: with those that its names promise an example for people, with a collection's own samples a line of the wire driver.
//!
//! In goes the API with its names, out comes an expression. Knows no samples: whoever wants some gives them.

pub(crate) mod expr;
mod scope;
mod value;
pub(super) mod words;

pub(crate) use expr::Expr;
pub(crate) use scope::Scope;
pub(crate) use value::neutral;

use super::Crate;
use crate::api::{Api, Body, Operation, OperationId, Parameter, Presence, Type};
use crate::name::{Names, OperationNames};
use crate::template::Piece;
use std::collections::BTreeMap;

/// What a call is made with; every vector is parallel to the operation's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// One per path parameter.
    pub(crate) path: Vec<Expr>,
    /// The values of each query parameter; none leaves it to the client.
    pub(crate) query: Vec<Vec<Expr>>,
    /// The values of each header parameter; none leaves it to the client.
    pub(crate) headers: Vec<Vec<Expr>>,
    /// The body's arguments; empty where the operation takes none.
    pub(crate) body: Vec<Expr>,
}

/// The lines of an operation's doc example, fences included; empty where it would show no more than the signature does.
pub(super) fn doc(of: &Crate<'_>, id: OperationId) -> Vec<String> {
    let Some(operation) = of.api.operations.get(id.0) else { return Vec::new() };
    let is_paged = of.layout.paged.contains(&id);
    if !is_paged && !builds(operation) {
        return Vec::new();
    }
    let root = of.names.root();
    let Some(shown) = shown(of, id) else { return Vec::new() };
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# async fn example(client: {root}::Client) -> Result<(), {root}::Error> {{"),
    ];
    let imports = imports(&shown.uses);
    let gap = if imports.is_empty() { None } else { Some(String::new()) };
    lines.extend(imports.into_iter().chain(gap));
    lines.extend(if is_paged { shown.walked() } else { shown.sent() });
    lines.extend(["# Ok(()) }", "```"].map(str::to_owned));
    lines
}

/// Whether a call's argument is put together of several values.
fn builds(operation: &Operation) -> bool {
    match &operation.body {
        Some(Body::Json { ty: Type::Unknown, presence: Presence::Optional, .. }) => false,
        Some(Body::Json { .. } | Body::Form { .. } | Body::Multipart { .. }) => true,
        Some(Body::GraphQl { variables, .. }) => variables.is_some(),
        Some(Body::Text { .. } | Body::Bytes { .. }) | None => false,
    }
}

/// A call as people write it.
pub(crate) struct Shown {
    /// What it imports, in order.
    pub(crate) uses: Vec<Vec<String>>,
    /// The body, under the name that the call has for it.
    body: Option<(String, Expr)>,
    /// The call with the body in place, and with its name there.
    calls: [Expr; 2],
}

/// `use` items for paths in order, one a module.
pub(super) fn imports(uses: &[Vec<String>]) -> Vec<String> {
    let mut modules: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in uses {
        if let Some((ident, module)) = path.split_last() {
            modules.entry(module.join("::")).or_default().push(ident);
        }
    }
    let uses = modules.iter().map(|(module, idents)| match idents.as_slice() {
        [one] => format!("use {module}::{one};"),
        several => format!("use {module}::{{{}}};", several.join(", ")),
    });
    uses.collect()
}

/// The call of an operation with values that its names promise; `None` where its names are missing.
pub(super) fn shown(of: &Crate<'_>, id: OperationId) -> Option<Shown> {
    let (operation, own) = (of.api.operations.get(id.0)?, of.names.operations.get(id.0)?);
    let root = of.names.root();
    let mut scope = Scope::with_uses(of, &root);
    let given = values(operation, own, &mut scope);
    let body = given.body.first().cloned();
    let names = body.iter().map(|_| Expr::name(&own.body)).collect();
    let named = Given { body: names, ..given.clone() };
    let called = |given| call(of.api, of.names, id, Expr::name("client"), given);
    let calls = [called(given)?, called(named)?];
    let uses = scope.uses().into_iter().map(<[String]>::to_vec).collect();
    Some(Shown { uses, body: body.map(|body| (own.body.clone(), body)), calls })
}

/// Lines that make an operation's body of which one field is set and another one deleted, if its type can show that.
pub(super) fn changed(of: &Crate<'_>, id: OperationId) -> Option<Vec<String>> {
    let (uses, body) = change(of, id)?;
    let mut lines = imports(&uses);
    lines.push(String::new());
    lines.extend(body);
    Some(lines)
}

/// What the lines of [`changed`] import, and the lines.
pub(super) fn change(of: &Crate<'_>, id: OperationId) -> Option<(Vec<Vec<String>>, Vec<String>)> {
    let (operation, own) = (of.api.operations.get(id.0)?, of.names.operations.get(id.0)?);
    let Some(Body::Json { ty: Type::Named(id), .. }) = &operation.body else { return None };
    let root = of.names.root();
    let mut scope = Scope::with_uses(of, &root);
    let body = value::change(*id, &mut scope)?;
    let uses = scope.uses().into_iter().map(<[String]>::to_vec).collect();
    Some((uses, body.lines(&format!("let {} = ", own.body), ";")))
}

impl Shown {
    /// Lines that bind `response` to what the service answers.
    pub(crate) fn sent(&self) -> Vec<String> {
        self.around("let response = ", ";", |call| {
            Expr::Await(Box::new(call.method("send", Vec::new())))
        })
    }

    /// Lines that send the call with the body that is there under its name.
    pub(crate) fn with_body(&self, lead: &str, tail: &str) -> Vec<String> {
        let [_, named] = self.calls.clone();
        Expr::Await(Box::new(named.method("send", Vec::new()))).lines(lead, tail)
    }

    /// Lines that print each item of all pages.
    pub(crate) fn walked(&self) -> Vec<String> {
        let mut lines =
            self.around("let mut items = ", ";", |call| call.method("items", Vec::new()));
        lines.push("while let Some(item) = items.next().await {".to_owned());
        lines.push("    println!(\"{:?}\", item?);".to_owned());
        lines.push("}".to_owned());
        lines
    }

    /// The lines of what `end` makes of the call; a body stands in a line of its own where all is too long for one.
    pub(crate) fn around(&self, lead: &str, tail: &str, end: impl Fn(Expr) -> Expr) -> Vec<String> {
        let [whole, named] = self.calls.clone().map(end);
        let lines = whole.lines(lead, tail);
        match &self.body {
            Some((name, body)) if lines.len() > 1 => {
                let mut lines = body.lines(&format!("let {name} = "), ";");
                lines.extend(named.lines(lead, tail));
                lines
            }
            _ => lines,
        }
    }
}

/// The call of an operation on `client`, without sending it; `None` where its names are missing.
#[must_use]
pub(crate) fn call(
    api: &Api,
    names: &Names,
    id: OperationId,
    client: Expr,
    given: Given,
) -> Option<Expr> {
    let operation = api.operations.get(id.0)?;
    let own = names.operations.get(id.0)?;
    let on = |client: Expr, accessor: &str| client.method(accessor, Vec::new());
    let handle = names.accessors(operation.group).into_iter().fold(client, on);
    let mut arguments = given.path;
    let query = split(&operation.query, given.query, &own.query, &mut arguments);
    let headers = split(&operation.headers, given.headers, &own.headers, &mut arguments);
    let is_optional =
        matches!(operation.body, Some(Body::Json { presence: Presence::Optional, .. }));
    let (argument, setter) =
        if is_optional { (Vec::new(), given.body) } else { (given.body, Vec::new()) };
    arguments.extend(argument);
    let mut call = handle.method(&own.method, arguments);
    if !setter.is_empty() {
        call = call.method(&own.body, setter);
    }
    for (setter, values) in query.into_iter().chain(headers) {
        for value in values {
            call = call.method(&setter, vec![value]);
        }
    }
    Some(call)
}

/// Moves what is required to `arguments` and returns the rest with its setters.
fn split(
    parameters: &[Parameter],
    values: Vec<Vec<Expr>>,
    setters: &[String],
    arguments: &mut Vec<Expr>,
) -> Vec<(String, Vec<Expr>)> {
    let mut rest = Vec::new();
    for ((parameter, values), setter) in parameters.iter().zip(values).zip(setters) {
        match parameter.presence {
            Presence::Required => arguments.extend(values.into_iter().next()),
            Presence::Optional => rest.push((setter.clone(), values)),
        }
    }
    rest
}

/// Values for all that a call must be given, and some for its body.
fn values(operation: &Operation, own: &OperationNames, scope: &mut Scope<'_>) -> Given {
    let mut required = |parameters: &[Parameter], names: &[String]| -> Vec<Vec<Expr>> {
        let values =
            parameters.iter().zip(names).map(|(parameter, name)| match parameter.presence {
                Presence::Required => vec![value::argument(&parameter.ty, name, scope)],
                Presence::Optional => Vec::new(),
            });
        values.collect()
    };
    let (query, headers) =
        (required(&operation.query, &own.query), required(&operation.headers, &own.headers));
    let path = operation.path_parameters.iter().zip(&own.path);
    let path = path.map(|(parameter, name)| match &parameter.ty {
        Type::Text => Expr::text(&words::segment(name, before(operation, parameter))),
        ty => value::argument(ty, name, scope),
    });
    let path = path.collect();
    let body = operation.body.as_ref().map(|body| body_values(body, &own.body, scope));
    Given { path, query, headers, body: body.unwrap_or_default() }
}

/// The path's segment before a parameter.
fn before<'a>(operation: &'a Operation, parameter: &Parameter) -> &'a str {
    let mut last = "";
    for piece in &operation.path.0 {
        match piece {
            Piece::Text(text) => last = text,
            Piece::Argument(name) if parameter.name.as_literal() == Some(name) => break,
            Piece::Argument(_) | Piece::Variable(_) | Piece::Dynamic(_) => last = "",
        }
    }
    last.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

fn body_values(body: &Body, name: &str, scope: &mut Scope<'_>) -> Vec<Expr> {
    match body {
        Body::Json { ty, .. } => vec![value::body(ty, name, scope)],
        Body::Text { .. } | Body::Bytes { .. } => vec![Expr::text("content")],
        Body::Form { ty, .. } | Body::Multipart { ty, .. } => {
            vec![value::body(&Type::Named(*ty), name, scope)]
        }
        Body::GraphQl { variables, .. } => {
            variables.iter().map(|ty| value::body(ty, name, scope)).collect()
        }
    }
}
