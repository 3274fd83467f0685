//! `examples/`: programs that list, create, do what a service does, and test without a network, where the API has operations for them.
//!
//! In: the calls of the tour. Out: texts, for comments do not survive tokens; the gate reads them like any emitted file.

use super::tour::{Secrets, Tour, least_json};
use super::{Crate, Emitted, example};
use crate::api::{OperationId, Response, Type};
use crate::name::Names;
use std::collections::BTreeSet;

/// A program of the crate.
pub(super) struct Program {
    /// Its name: `list`.
    pub(super) name: &'static str,
    /// The features it needs.
    pub(super) features: BTreeSet<String>,
    /// Its text, the header apart.
    text: String,
}

impl Program {
    /// The program as a file.
    pub(super) fn file(self, names: &Names, header: &str) -> Emitted {
        let text = format!("{header}\n{}", self.text);
        Emitted::Program { path: format!("examples/{}.rs", self.name), root: names.root(), text }
    }
}

/// What becomes of a program's calls.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Calls {
    /// They are sent.
    Sent,
    /// They are answered from a list.
    Replayed,
}

/// A program before it is text.
struct Plan<'a> {
    name: &'static str,
    /// What it does, with `{call}` for the call it makes.
    docs: &'a str,
    id: OperationId,
    shown: &'a example::Shown,
    calls: Calls,
    /// The lines of `main`.
    body: Vec<String>,
    /// What it imports of the crate's root besides the client.
    imports: &'a [&'a str],
}

/// The programs, in order.
pub(super) fn programs(of: &Crate<'_>, tour: &Tour) -> Vec<Program> {
    let list = tour.listing(of).and_then(|id| list(of, tour, id));
    let create = tour.create.and_then(|id| create(of, tour, id));
    let offline = tour.first.and_then(|id| offline(of, tour, id));
    [list, create, service(of, tour), offline].into_iter().flatten().collect()
}

/// A client as a service has it, which lists, creates and changes; `None` where one client cannot do that.
fn service(of: &Crate<'_>, tour: &Tour) -> Option<Program> {
    let (listing, creation) = (tour.listing(of)?, tour.create?);
    let client = |id| tour.client(of, id, (Secrets::Environment, SERVICE));
    let body = client(listing);
    if body != client(creation) {
        return None;
    }
    let (listed, made) = (example::shown(of, listing)?, example::shown(of, creation)?);
    let mut calls = vec![(listing, listed.uses.clone()), (creation, made.uses.clone())];
    let mut body = [body, vec![String::new()]].concat();
    if tour.pages == Some(listing) {
        body.push("// One request a page; an error comes once, after all items before it.".into());
        body.extend(listed.walked());
    } else {
        body.extend(listed.sent());
        body.push(PRINTED.to_owned());
    }
    body.push(String::new());
    body.extend(made.around("let result = ", ".await;", |call| call.method("send", Vec::new())));
    body.extend(JUDGED.lines().map(str::to_owned));
    if let Some((id, shown, (uses, lines))) =
        change_beside(of, creation, |id| client(id) == client(creation))
    {
        calls.push((id, uses));
        body.extend(["".into(), "// What is not set stays as it is; null deletes.".into()]);
        body.extend(lines);
        body.extend(shown.with_body("", ";"));
    }
    let uses: Vec<_> = calls.iter().flat_map(|(_, uses)| uses.iter().cloned()).collect();
    let mut features: BTreeSet<_> =
        calls.iter().flat_map(|(id, uses)| tour.features(of, *id, uses)).collect();
    features.insert("reqwest".to_owned());
    let mut lines = vec![
        "//! What a service does: limits, all pages, and failures told apart: `cargo run --example service`.".to_owned(),
        String::new(),
    ];
    lines.extend(imports(of, &uses, &["Error", "RetryPolicy"]));
    lines.push(String::new());
    lines.extend(main(&body));
    Some(Program { name: "service", features, text: lines.join("\n") + "\n" })
}

/// A change in the folder of `creation` that leaves fields alone: the operation, its call, and its body with what that imports.
fn change_beside(
    of: &Crate<'_>,
    creation: OperationId,
    may: impl Fn(OperationId) -> bool,
) -> Option<(OperationId, example::Shown, Lines)> {
    let home = of.api.operations.get(creation.0)?.group;
    let all = of.api.operations.iter().enumerate().filter(|(_, it)| it.group == home);
    let mut ids = all.map(|(at, _)| OperationId(at)).filter(|id| may(*id));
    ids.find_map(|id| Some((id, example::shown(of, id)?, example::change(of, id)?)))
}

/// Lines, after what they import.
type Lines = (Vec<Vec<String>>, Vec<String>);

/// What a service sets besides what the API needs.
const SERVICE: &[&str] = &[
    ".user_agent(\"our-service/1.0\")",
    ".timeout(std::time::Duration::from_secs(20))",
    ".retry(RetryPolicy::default().attempts(4))",
];

/// What becomes of a call that changes something.
const JUDGED: &str = "\
match result {
    Ok(response) => println!(\"{} after {} attempts\", response.status(), response.attempts()),
    // May succeed later: put it back into the queue.
    Err(error) if error.is_retryable() => println!(\"later: {error}\"),
    // Refused: the same will be refused again.
    Err(error @ Error::Status { .. }) => {
        println!(\"refused: {error}, request {:?}\", error.request_id());
    }
    Err(error) => return Err(error.into()),
}";

/// The lines of `main` around `body`.
pub(super) fn main(body: &[String]) -> Vec<String> {
    let mut lines = vec![
        "#[tokio::main(flavor = \"current_thread\")]".to_owned(),
        "async fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned(),
    ];
    let indented = |line: &String| match line.as_str() {
        "" => String::new(),
        line => format!("    {line}"),
    };
    lines.extend(body.iter().map(indented));
    lines.extend(["    Ok(())".to_owned(), "}".to_owned()]);
    lines
}

/// What prints a response.
pub(super) const PRINTED: &str = "println!(\"{} {:?}\", response.status(), *response);";

fn list(of: &Crate<'_>, tour: &Tour, id: OperationId) -> Option<Program> {
    let shown = &example::shown(of, id)?;
    let mut body = tour.client(of, id, (Secrets::Environment, &[]));
    body.push(String::new());
    let docs = if tour.pages == Some(id) {
        body.extend(shown.walked());
        "Prints each item of {call}, page after page"
    } else {
        body.extend(shown.sent());
        body.push(PRINTED.to_owned());
        "Prints what {call} lists"
    };
    let plan = Plan { name: "list", docs, id, shown, calls: Calls::Sent, body, imports: &[] };
    Some(program(of, tour, plan))
}

fn create(of: &Crate<'_>, tour: &Tour, id: OperationId) -> Option<Program> {
    let shown = &example::shown(of, id)?;
    let mut body = tour.client(of, id, (Secrets::Environment, &[]));
    body.push(String::new());
    body.extend(created(of, shown));
    let docs = "Calls {call}, and tells a refusal from other failures";
    let imports = &["Error"];
    let plan = Plan { name: "create", docs, id, shown, calls: Calls::Sent, body, imports };
    let mut program = program(of, tour, plan);
    program.features.extend(of.error_feature().map(str::to_owned));
    Some(program)
}

/// Lines that send a call and match what becomes of it.
pub(super) fn created(of: &Crate<'_>, shown: &example::Shown) -> Vec<String> {
    let mut lines =
        shown.around("let result = ", ".await;", |call| call.method("send", Vec::new()));
    let refused = if of.api_error().is_some() {
        "println!(\"{error}: {:?}\", error.api_error());"
    } else {
        "println!(\"{error}\");"
    };
    lines.extend(
        [
            "match result {",
            "    Ok(response) => println!(\"{} {:?}\", response.status(), *response),",
            "    // The service answered, and refused.",
            "    Err(error @ Error::Status { .. }) => {",
        ]
        .map(str::to_owned),
    );
    lines.push(format!("        {refused}"));
    lines.extend(
        [
            "    }",
            "    // No response, or one that could not be decoded.",
            "    Err(error) => return Err(error.into()),",
            "}",
        ]
        .map(str::to_owned),
    );
    lines
}

fn offline(of: &Crate<'_>, tour: &Tour, id: OperationId) -> Option<Program> {
    let shown = &example::shown(of, id)?;
    let body = replayed(of, tour, (id, shown))?;
    let docs = "Tests code that calls {call}, without a network";
    let calls = Calls::Replayed;
    let plan = Plan { name: "offline", docs, id, shown, calls, body, imports: OFFLINE };
    Some(program(of, tour, plan))
}

/// What a program without a network imports of the crate's root.
pub(super) const OFFLINE: &[&str] = &["test_util::Reply", "test_util::replay"];

/// Lines that make a call to a client that answers from a list; `None` where the response would take more than a line, or the call a signer that only its user has.
pub(super) fn replayed(
    of: &Crate<'_>,
    tour: &Tour,
    (id, shown): (OperationId, &example::Shown),
) -> Option<Vec<String>> {
    if tour.signed_by(of, id).is_some_and(|id| of.is_custom(id)) {
        return None;
    }
    let reply = match &of.api.operations.get(id.0)?.response {
        Response::Empty => "Reply::status(204)".to_owned(),
        Response::Text | Response::Bytes => "Reply::status(200).body(\"text\")".to_owned(),
        Response::Unknown => json(of, &Type::Unknown)?,
        Response::Json { ty, .. } => json(of, ty)?,
    };
    let mut lines = vec![format!("let log = replay([{reply}]);")];
    lines.extend(tour.client(of, id, (Secrets::Written, &[".transport(log.clone())"])));
    lines.push(String::new());
    lines.extend(shown.sent());
    lines.push(PRINTED.to_owned());
    lines.push("assert_eq!(log.sent().len(), 1);".to_owned());
    Some(lines)
}

fn json(of: &Crate<'_>, ty: &Type) -> Option<String> {
    least_json(of, ty).map(|text| format!("Reply::json(200, {text:?})"))
}

fn program(of: &Crate<'_>, tour: &Tour, plan: Plan<'_>) -> Program {
    let Plan { name, docs, id, shown, calls, body, imports: more } = plan;
    let mut features = tour.features(of, id, &shown.uses);
    let (feature, more_words) = match calls {
        Calls::Sent => ("reqwest", ""),
        Calls::Replayed => ("test_util", " --features test_util"),
    };
    features.insert(feature.to_owned());
    let docs = docs.replace("{call}", &of.call_path(id).unwrap_or_default());
    let docs = format!("//! {docs}: `cargo run --example {name}{more_words}`.");
    let mut lines = vec![docs, String::new()];
    lines.extend(imports(of, &shown.uses, more));
    lines.push(String::new());
    lines.extend(main(&body));
    Program { name, features, text: lines.join("\n") + "\n" }
}

impl Crate<'_> {
    /// A call as code in a sentence: `` `users().list()` ``.
    pub(super) fn call_path(&self, id: OperationId) -> Option<String> {
        let (operation, own) = (self.api.operations.get(id.0)?, self.names.operations.get(id.0)?);
        let mut accessors = self.names.accessors(operation.group);
        accessors.push(&own.method);
        Some(format!("`{}()`", accessors.join("().")))
    }
}

/// The imports of a program: the client, `more` of the crate's root, and what a call needs.
pub(super) fn imports(of: &Crate<'_>, uses: &[Vec<String>], more: &[&str]) -> Vec<String> {
    let root = of.names.root();
    let own = ["Client"].iter().chain(more).map(|name| {
        [root.as_str()].into_iter().chain(name.split("::")).map(str::to_owned).collect()
    });
    let mut uses: Vec<Vec<String>> = own.chain(uses.iter().cloned()).collect();
    uses.sort();
    uses.dedup();
    example::imports(&uses)
}
