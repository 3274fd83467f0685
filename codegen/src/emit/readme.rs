//! `README.md`: what a person who finds the crate needs first. Its examples are compiled with the crate's documentation tests.

use super::{Crate, docs, example, manifest};
use crate::api::{Operation, OperationId, Scheme};
use crate::template::Piece;
use std::collections::BTreeSet;

/// All below the title, with holes in double braces.
const BODY: &str = include_str!("readme/body.md");

/// What the runtime's features do.
const FEATURES: &[(&str, &str)] = &[
    ("reqwest", "sends through reqwest"),
    ("rustls", "TLS by rustls"),
    ("native_tls", "TLS by the system's library"),
    ("digest", "digest authentication, by `http-auth`"),
    ("aws_v4", "AWS Signature Version 4, by `aws-sigv4`"),
    ("blocking", "`send_blocking`, for code without async"),
    ("tracing", "one event per attempt"),
    ("test_util", "`test_util`: replies without a network, and a recorder"),
];

/// The text.
pub(crate) fn readme(of: &Crate<'_>) -> String {
    let head = docs::paragraphs([
        vec![format!("# {}", of.names.package)],
        docs::sentence(&manifest::description(of)),
        vec!["[API.md](API.md) lists every operation and every type.".to_owned()],
    ]);
    let root = of.names.package.replace('-', "_");
    let body = BODY
        .replace("{{example}}", &example(of, &root))
        .replace("{{instead}}", &instead(of))
        .replace("{{failure}}", &failure(of))
        .replace("{{features}}", &features(of))
        .replace("{{root}}", &root);
    format!("{}\n\n{body}", head.join("\n"))
}

/// A client made, setter by setter, and a first call.
fn example(of: &Crate<'_>, root: &str) -> String {
    let takes_signer = of.api.credentials.iter().any(|it| is_signed(&it.scheme));
    let signer =
        if takes_signer { format!("signer: impl {root}::Signer + Clone") } else { String::new() };
    let mut lines = vec![format!("let client = {root}::Client::builder()")];
    if is_plain_http(of) {
        lines.push("    // The service has no TLS in the collection.".to_owned());
        lines.push("    .allow_http()".to_owned());
    }
    if of.api.servers.first().is_some_and(|server| server.base.0.is_empty()) {
        lines.push("    .base_url(\"…\")".to_owned());
    }
    let variables = of.api.variables.iter().zip(&of.names.variables);
    for (_, setter) in variables.filter(|(variable, _)| variable.default.is_none()) {
        lines.push(format!("    .{setter}(\"…\")"));
    }
    for (credential, own) in of.api.credentials.iter().zip(&of.names.credentials) {
        let parts = match is_signed(&credential.scheme) {
            true => vec!["signer.clone()"],
            false => own.parts.iter().map(|_| "\"…\"").collect(),
        };
        lines.push(format!("    .{}({})", own.setter, parts.join(", ")));
    }
    lines.push("    .build()?;".to_owned());
    let first = of.api.operations.iter().enumerate().min_by_key(|(_, it)| arguments(it));
    let call = first.and_then(|(at, _)| example::shown(of, OperationId(at)));
    match call {
        Some(call) => {
            lines.extend(call.imports());
            lines.extend(call.sent());
            lines.push("println!(\"{}\", response.status());".to_owned());
        }
        None => lines.push("drop(client);".to_owned()),
    }
    lines.push("Ok(())".to_owned());
    let body = lines
        .iter()
        .map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
    let body: Vec<_> = body.collect();
    format!("async fn first({signer}) -> Result<(), {root}::Error> {{\n{}\n}}", body.join("\n"))
}

/// Whether the first server is one that the client refuses unless it is told otherwise.
fn is_plain_http(of: &Crate<'_>) -> bool {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => Some(text.clone()),
        Piece::Variable(name) | Piece::Argument(name) => {
            let known = of.api.variables.iter().find(|variable| variable.name == *name)?;
            known.default.clone()
        }
        Piece::Generated(_) => None,
    };
    let Some(server) = of.api.servers.first() else { return false };
    let Some(first) = server.base.0.first().and_then(text) else { return false };
    let base: String = server.base.0.iter().filter_map(text).collect();
    let host = match base.split_once("://") {
        Some(("http", rest)) => rest,
        Some(_) => return false,
        None if first.is_empty() => return false,
        None => &base,
    };
    !["localhost", "127.", "[::1]"].iter().any(|loopback| host.starts_with(loopback))
}

/// How much there is to say in a call: what reads and takes little shows best.
fn arguments(operation: &Operation) -> (bool, bool, usize) {
    let parameters =
        operation.path_parameters.len() + operation.query.len() + operation.headers.len();
    (operation.method != "GET", operation.body.is_some(), parameters)
}

/// Whether the caller signs requests.
fn is_signed(scheme: &Scheme) -> bool {
    matches!(scheme, Scheme::Custom { .. })
}

/// Setters that make another one unnecessary.
fn instead(of: &Crate<'_>) -> String {
    let fetched = of.names.credentials.iter().filter_map(|own| {
        let tokens = own.tokens.as_ref()?;
        Some(format!(
            "Instead of `{}`, `{tokens}` takes a client's id and secret, fetches tokens and renews them.\n",
            own.setter
        ))
    });
    let temporary = of.names.credentials.iter().filter_map(|own| {
        let temporary = own.temporary.as_ref()?;
        Some(format!(
            "Instead of `{}`, `{temporary}` takes temporary credentials with their session token.\n",
            own.setter
        ))
    });
    fetched.chain(temporary).collect()
}

/// Where failures have a type of their own.
fn failure(of: &Crate<'_>) -> String {
    let shown = "\n`Error::api_error` reads what the service says of a failure.\n";
    if of.has_api_error() { shown.to_owned() } else { String::new() }
}

fn features(of: &Crate<'_>) -> String {
    let default = manifest::default_features(of);
    let mut rows: Vec<_> = FEATURES
        .iter()
        .map(|(name, docs)| {
            let mark = if default.contains(name) { "on" } else { "" };
            format!("| `{name}` | {mark} | {docs} |")
        })
        .collect();
    let folders: BTreeSet<_> = of.layout.features.values().collect();
    let folders: Vec<_> = folders.into_iter().map(|name| format!("`{name}`")).collect();
    if !folders.is_empty() {
        rows.push(format!("| {} | on | the folder's operations |", folders.join(", ")));
    }
    rows.join("\n")
}
