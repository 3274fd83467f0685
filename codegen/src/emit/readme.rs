//! `README.md`: what a person who finds the crate needs first.

use super::{Crate, docs, manifest};

/// The text.
pub(crate) fn readme(of: &Crate<'_>) -> String {
    let title = docs::sentence(&manifest::description(of));
    let root = of.names.package.replace('-', "_");
    let mut lines = docs::paragraphs([
        vec![format!("# {}", of.names.package)],
        title,
        vec!["[API.md](API.md) lists every operation and every type.".to_owned()],
        vec!["## Use".to_owned()],
        builder(of, &root),
        calls(of),
        features(of),
        vec!["## Where it comes from".to_owned()],
        vec![
            "All files here are generated from a Postman collection; edits are lost.".to_owned(),
            "Correct the overlay beside the collection instead, and run `cargo xtask codegen`."
                .to_owned(),
        ],
    ]);
    lines.push(String::new());
    lines.join("\n")
}

/// How a client is made, setter by setter.
fn builder(of: &Crate<'_>, root: &str) -> Vec<String> {
    let mut lines = vec!["```rust".to_owned(), format!("let client = {root}::Client::builder()")];
    let variables = of.api.variables.iter().zip(&of.names.variables);
    for (_, setter) in variables.filter(|(variable, _)| variable.default.is_none()) {
        lines.push(format!("    .{setter}(\"…\")"));
    }
    for own in &of.names.credentials {
        let parts = own.parts.iter().map(|_| "\"…\"").collect::<Vec<_>>();
        let parts = if parts.is_empty() { vec!["signer"] } else { parts };
        lines.push(format!("    .{}({})", own.setter, parts.join(", ")));
    }
    lines.extend(["    .build()?;".to_owned(), "```".to_owned()]);
    lines
}

fn calls(_: &Crate<'_>) -> Vec<String> {
    let text = "What must be given is an argument, what may be given is a setter, and nothing is sent before `send`: \
        `send_as` reads the answer as another type, `send_raw` gives it as it came; `query`, `header` and `timeout` are there for every call, `set` for every body.";
    text.split_inclusive(": ").map(|line| line.trim().to_owned()).collect()
}

fn features(of: &Crate<'_>) -> Vec<String> {
    if of.layout.features.is_empty() {
        return Vec::new();
    }
    let names: std::collections::BTreeSet<_> = of.layout.features.values().collect();
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    vec![
        "## Features".to_owned(),
        String::new(),
        "Each folder of the collection is a feature, all on by default; `reqwest` is the default transport.".to_owned(),
        format!("Folders: {}.", names.join(", ")),
    ]
}
