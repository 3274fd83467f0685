//! The call of an operation, given its values: with neutral ones a doc example, with a collection's own samples a line of the wire driver.
//!
//! In goes the API with its names, out comes an expression. Knows no samples: whoever wants some gives them.

pub(crate) mod expr;
mod neutral;

pub(crate) use expr::Expr;
pub(crate) use neutral::{Scope, neutral};

use crate::api::{Api, Body, GroupId, Operation, OperationId, Parameter, Presence};
use crate::name::Names;

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

/// The lines of an operation's doc example, fences included; empty where its names are missing.
#[must_use]
pub fn doc(api: &Api, names: &Names, id: OperationId) -> Vec<String> {
    let root = names.package.replace('-', "_");
    let Some(statements) = statements(api, names, id) else { return Vec::new() };
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# async fn example(client: {root}::Client) -> Result<(), {root}::Error> {{"),
    ];
    lines.extend(statements);
    lines.extend(["# drop(answer);", "# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// The lines that bind `answer` to what the operation answers `client`; `None` where its names are missing.
pub(crate) fn statements(api: &Api, names: &Names, id: OperationId) -> Option<Vec<String>> {
    let operation = api.operations.get(id.0)?;
    let root = names.package.replace('-', "_");
    let mut scope = Scope::with_uses(api, names, &root);
    let given = neutral_values(operation, &mut scope);
    let call = call(api, names, id, Expr::name("client"), given)?;
    let uses = scope.uses();
    let mut lines: Vec<_> = uses.iter().map(|path| format!("use {};", path.join("::"))).collect();
    if !uses.is_empty() {
        lines.push(String::new());
    }
    let sent = Expr::Await(Box::new(call.method("send", Vec::new())));
    lines.extend(sent.lines("let answer = ", ";"));
    Some(lines)
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
    let handle = handle(api, names, operation.group, client)?;
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

/// `client`, or the handle of `group` on it.
fn handle(api: &Api, names: &Names, group: Option<GroupId>, client: Expr) -> Option<Expr> {
    let mut accessors = Vec::new();
    let mut at = group;
    while let Some(id) = at {
        let own = names.groups.get(id.0)?;
        accessors.push(own.accessor.as_str());
        at = if own.nested { api.groups.get(id.0)?.parent } else { None };
    }
    let on = |client: Expr, accessor: &&str| client.method(accessor, Vec::new());
    Some(accessors.iter().rev().fold(client, on))
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

fn neutral_values(operation: &Operation, scope: &mut Scope<'_>) -> Given {
    let required = |parameter: &Parameter, scope: &mut Scope<'_>| match parameter.presence {
        Presence::Required => vec![neutral(&parameter.ty, scope)],
        Presence::Optional => Vec::new(),
    };
    Given {
        path: operation.path_parameters.iter().map(|it| neutral(&it.ty, scope)).collect(),
        query: operation.query.iter().map(|it| required(it, scope)).collect(),
        headers: operation.headers.iter().map(|it| required(it, scope)).collect(),
        body: operation.body.as_ref().map(|body| neutral_body(body, scope)).unwrap_or_default(),
    }
}

fn neutral_body(body: &Body, scope: &mut Scope<'_>) -> Vec<Expr> {
    match body {
        Body::Json { ty, .. } => vec![scope.shown(ty)],
        Body::Text { .. } => vec![Expr::text("text")],
        Body::Bytes { .. } => vec![Expr::text("bytes")],
        Body::Form { ty, .. } | Body::Multipart { ty, .. } => {
            vec![scope.shown(&crate::api::Type::Named(*ty))]
        }
        Body::GraphQl { variables, .. } => variables.iter().map(|ty| scope.shown(ty)).collect(),
    }
}
