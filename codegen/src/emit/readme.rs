//! `README.md`: what a person who finds the crate needs first, and the front page of its documentation. Its examples are compiled with the documentation's.
//!
//! A section stands only where the API has something to show in it.

use super::tour::{Secrets, Tour};
use super::{Crate, docs, example, manifest, programs};
use crate::api::{Body, CredentialId, Operation, OperationId, Response, Type};
use std::collections::BTreeSet;

/// What the runtime's features do.
const FEATURES: &[(&str, &str)] = &[
    ("reqwest", "sends through reqwest"),
    ("rustls", "TLS by rustls"),
    ("native_tls", "TLS by the system's library"),
    ("http2", "HTTP/2 where the service speaks it"),
    ("digest", "digest authentication, by `http-auth`"),
    ("aws_v4", "AWS Signature Version 4, by `aws-sigv4`"),
    ("blocking", "`send_blocking` and its like, and `items().blocking()`, for code without async"),
    (
        "response_cache",
        "`ResponseCache`: what has not changed is asked for by its `ETag`, and not sent again",
    ),
    ("tracing", "a span per call and an event per attempt, with OpenTelemetry's names"),
    (
        "test_util",
        "`test_util`: replies without a network, a clock that does not wait, a recorder, and replays of what it wrote",
    ),
];

/// The text.
pub(crate) fn readme(of: &Crate<'_>, tour: &Tour) -> String {
    let head = docs::paragraphs([
        vec![format!("# {}", of.names.package)],
        docs::sentence(&manifest::description(of)),
        docs::lines(&of.api.docs),
        vec!["`API.md` lists every operation and every type.".to_owned(), folders(of).to_owned()],
    ]);
    let sections = [
        first_call(of, tour),
        unsigned(of, tour),
        pages(of, tour),
        create(of, tour),
        change(of, tour),
        Some(include_str!("readme/failures.md").replace("{{failure}}", failure(of))),
        untyped(of),
        blocking(of, tour),
        Some(include_str!("readme/retries.md").to_owned()),
        Some(include_str!("readme/streams.md").replace("{{files}}", files(of))),
        Some(include_str!("readme/around.md").to_owned()),
        offline(of, tour),
        Some(include_str!("readme/features.md").replace("{{features}}", &features(of))),
        Some(include_str!("readme/origin.md").to_owned()),
    ];
    let sections = sections.into_iter().flatten();
    let sections =
        sections.map(|text| text.replace("{{root}}", &of.names.root()).trim().to_owned());
    let all: Vec<_> = [head.join("\n").trim().to_owned()].into_iter().chain(sections).collect();
    all.join("\n\n") + "\n"
}

/// What the collection's folders are here.
fn folders(of: &Crate<'_>) -> &'static str {
    match of.layout.features.is_empty() {
        true => "",
        false => "A folder of the collection is a handle of the client, a module, and a feature.",
    }
}

/// What a form's file is made of, where the API has one.
fn files(of: &Crate<'_>) -> &'static str {
    let is_form = |it: &Operation| matches!(it.body, Some(Body::Multipart { .. }));
    match of.api.operations.iter().any(is_form) {
        true => {
            "A file in a form is bytes, `FilePart::open(path)?`, or `FilePart::upload(name, Upload::new(reader))`."
        }
        false => "",
    }
}

/// A client made, setter by setter, and a first call.
fn first_call(of: &Crate<'_>, tour: &Tour) -> Option<String> {
    let id = tour.first?;
    let shown = example::shown(of, id)?;
    let mut body = tour.client(of, id, (Secrets::Environment, &[]));
    body.push(String::new());
    body.extend(shown.sent());
    body.push(programs::PRINTED.to_owned());
    let mut lines = programs::imports(of, &shown.uses, &[]);
    lines.push(String::new());
    lines.extend(programs::main(&body));
    let text = include_str!("readme/first.md");
    let text = text.replace("{{code}}", &lines.join("\n")).replace("{{instead}}", &instead(of));
    Some(
        text.replace("{{package}}", &of.names.package).replace("{{others}}", &others(of, tour, id)),
    )
}

/// A function around `body` that is given a client.
fn given_client(of: &Crate<'_>, head: &str, parts: (Vec<String>, Vec<String>)) -> String {
    function(&format!("{head}(client: {}::Client)", of.names.root()), parts)
}

/// A function of imports and a body; `head` ends with its arguments.
fn function(head: &str, (uses, body): (Vec<String>, Vec<String>)) -> String {
    let mut lines = vec![format!("{head} -> Result<(), Box<dyn std::error::Error>> {{")];
    let gap = if uses.is_empty() { None } else { Some(String::new()) };
    let inner = uses.into_iter().chain(gap).chain(body).chain(["Ok(())".to_owned()]);
    lines.extend(inner.map(|line| if line.is_empty() { line } else { format!("    {line}") }));
    lines.push("}".to_owned());
    lines.join("\n")
}

fn pages(of: &Crate<'_>, tour: &Tour) -> Option<String> {
    let shown = example::shown(of, tour.pages?)?;
    let code = given_client(of, "async fn all", (example::imports(&shown.uses), shown.walked()));
    Some(include_str!("readme/pages.md").replace("{{code}}", &code))
}

fn create(of: &Crate<'_>, tour: &Tour) -> Option<String> {
    let shown = example::shown(of, tour.create?)?;
    let mut uses = shown.uses.clone();
    uses.push(vec![of.names.root(), "Error".to_owned()]);
    uses.sort();
    let parts = (example::imports(&uses), programs::created(of, &shown));
    let code = given_client(of, "async fn create", parts);
    Some(include_str!("readme/create.md").replace("{{code}}", &code))
}

/// A body of which something is set and something deleted: in the folder of the first call if one can.
fn change(of: &Crate<'_>, tour: &Tour) -> Option<String> {
    let first = tour.first.and_then(|id| of.api.operations.get(id.0));
    let shown = of.api.operations.iter().enumerate();
    let shown = shown.filter_map(|(at, it)| Some((it, example::changed(of, OperationId(at))?)));
    let is_elsewhere = |it: &Operation| first.is_none_or(|first| first.group != it.group);
    let (_, lines) = shown.min_by_key(|(it, _)| is_elsewhere(it))?;
    Some(include_str!("readme/change.md").replace("{{code}}", &lines.join("\n")))
}

/// Credentials besides that of the first call, each with the operations that take it.
fn others(of: &Crate<'_>, tour: &Tour, first: OperationId) -> String {
    let shown = tour.signed_by(of, first);
    let all = of.names.credentials.iter().enumerate();
    let others = all.filter(|(at, _)| shown != Some(CredentialId(*at)));
    let others = others.filter_map(|(at, own)| {
        let takers = takers(of, CredentialId(at))?;
        Some(format!("`{}` for {takers}", own.setter))
    });
    let others: Vec<_> = others.collect();
    match others.as_slice() {
        [] => String::new(),
        _ => format!("Some operations take another credential: {}.\n", others.join("; ")),
    }
}

/// The operations that take a credential: few by their calls, more by their folders; `None` if none does.
fn takers(of: &Crate<'_>, id: CredentialId) -> Option<String> {
    let all = of.api.operations.iter().enumerate().filter(|(_, it)| it.auth == Some(id));
    let all: Vec<_> = all.collect();
    if all.len() <= 3 {
        let calls = all.iter().filter_map(|(at, _)| of.call_path(OperationId(*at)));
        return Some(calls.collect::<Vec<_>>().join(", ")).filter(|calls| !calls.is_empty());
    }
    let folders: BTreeSet<_> = all.iter().map(|(_, it)| it.group).collect();
    let folders = folders.into_iter().map(|group| match of.names.accessors(group).as_slice() {
        [] => "`client`".to_owned(),
        accessors => format!("`{}()`", accessors.join("().")),
    });
    Some(format!("operations of {}", folders.collect::<Vec<_>>().join(", ")))
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

/// How a credential is added where the collection has none.
fn unsigned(of: &Crate<'_>, tour: &Tour) -> Option<String> {
    let shown = example::shown(of, tour.first?).filter(|_| of.api.credentials.is_empty())?;
    let header = [example::Expr::text("Authorization"), example::Expr::name("token")];
    let lines = shown.around("let response = ", ";", |call| {
        let sent = call.method("header", header.to_vec()).method("send", Vec::new());
        example::Expr::Await(Box::new(sent))
    });
    let mut body = vec!["let token = std::env::var(\"TOKEN\")?;".to_owned()];
    body.extend(lines);
    body.push(programs::PRINTED.to_owned());
    let code = given_client(of, "async fn signed", (example::imports(&shown.uses), body));
    Some(include_str!("readme/unsigned.md").replace("{{code}}", &code))
}

/// Where failures have a type of their own.
fn failure(of: &Crate<'_>) -> &'static str {
    if of.api_error().is_some() {
        "`Error::api_error` reads what the service says of a failure.\n"
    } else {
        ""
    }
}

/// What to do with responses of which nobody knows the shape.
fn untyped(of: &Crate<'_>) -> Option<String> {
    let is_untyped = |response: &Response| {
        matches!(response, Response::Unknown | Response::Json { ty: Type::Unknown, .. })
    };
    let count = of.api.operations.iter().filter(|it| is_untyped(&it.response)).count();
    let all = of.api.operations.len();
    let how_many = match count {
        0 => return None,
        _ if count == all => "No operation has".to_owned(),
        1 => format!("1 of {all} operations does not have"),
        _ => format!("{count} of {all} operations do not have"),
    };
    Some(include_str!("readme/untyped.md").replace("{{how_many}}", &how_many))
}

fn blocking(of: &Crate<'_>, tour: &Tour) -> Option<String> {
    let shown = example::shown(of, tour.first?)?;
    let mut body =
        shown.around("let response = ", "?;", |call| call.method("send_blocking", Vec::new()));
    body.push(programs::PRINTED.to_owned());
    let head = "#[cfg(feature = \"blocking\")]\nfn blocking";
    let code = given_client(of, head, (example::imports(&shown.uses), body));
    Some(include_str!("readme/blocking.md").replace("{{code}}", &code))
}

fn offline(of: &Crate<'_>, tour: &Tour) -> Option<String> {
    let id = tour.first?;
    let shown = example::shown(of, id)?;
    let body = programs::replayed(of, tour, (id, &shown))?;
    let uses = programs::imports(of, &shown.uses, programs::OFFLINE);
    let code = function("#[cfg(feature = \"test_util\")]\nasync fn offline()", (uses, body));
    Some(include_str!("readme/offline.md").replace("{{code}}", &code))
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
