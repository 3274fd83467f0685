//! What the docs of an operation's method say.
//!
//! In: an operation with its names. Out: lines for its doc comment. Knows no Rust but what the example shows.

use super::view::{Given, View};
use super::{Crate, docs, example, spec};
use crate::api::{Operation, Presence};
use crate::docs::Inline;
use crate::name::plain_title;

impl View<'_> {
    /// Name, method and path, description, what is special about where and how it is sent, its arguments, and an example.
    pub(crate) fn method_docs(self) -> Vec<String> {
        let Operation { method, name, docs: described, .. } = self.operation;
        let path = spec::path(self.of, self.operation, self.own);
        docs::paragraphs([
            title(method, name),
            vec![docs::code(&format!("{method} {path}"))],
            docs::lines(described),
            server(self.of, self.operation),
            credential(self.of, self.operation),
            scopes(self.operation),
            self.argument_docs(),
            example::doc(self.of, self.id),
        ])
    }

    /// What the collection says of the arguments, as a list.
    fn argument_docs(self) -> Vec<String> {
        let path = self.operation.path_parameters.iter().zip(&self.own.path);
        let path = path.map(|(parameter, name)| (parameter, name.as_str()));
        let required = |it: &Given<'_>| it.parameter.presence == Presence::Required;
        let given = self.given();
        let given = given.iter().filter(|it| required(it)).map(|it| (it.parameter, it.name));
        path.chain(given).flat_map(|(parameter, name)| docs::item(name, &parameter.docs)).collect()
    }
}

/// The request's name as a sentence; nothing where it is but the path, alone or after the method.
fn title(method: &str, name: &str) -> Vec<String> {
    let name = plain_title(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let path = match words.as_slice() {
        [path] => Some(path),
        [first, path] if first.eq_ignore_ascii_case(method) => Some(path),
        _ => None,
    };
    if path.is_some_and(|path| path.starts_with('/')) { Vec::new() } else { docs::sentence(&name) }
}

/// Where it goes, unless that is where the client's first URL leads.
fn server(of: &Crate<'_>, operation: &Operation) -> Vec<String> {
    let id = operation.server;
    let found = of.api.servers.get(id.0).zip(of.names.servers.get(id.0));
    let Some((server, setter)) = found.filter(|_| id.0 != 0) else { return Vec::new() };
    let base = spec::shown(&server.base);
    let usual = [text("Sent to "), code(&base), text(", or where ")];
    let usual = if base.is_empty() { vec![text("Sent where ")] } else { usual.to_vec() };
    docs::prose([usual, vec![code(setter), text(" of the builder leads.")]].concat())
}

/// How it is authenticated, unless as most operations are.
fn credential(of: &Crate<'_>, operation: &Operation) -> Vec<String> {
    if operation.auth == of.layout.credential {
        return Vec::new();
    }
    match operation.auth.and_then(|id| of.names.credentials.get(id.0)) {
        Some(own) => docs::prose(vec![text("Authenticated by "), code(&own.setter), text(".")]),
        None => docs::prose(vec![text("Sent without a credential.")]),
    }
}

/// What the credential must be good for.
fn scopes(operation: &Operation) -> Vec<String> {
    match operation.scopes.as_slice() {
        [] => Vec::new(),
        scopes => docs::prose(vec![text(&format!("Needs the scopes {}.", scopes.join(", ")))]),
    }
}

fn text(said: &str) -> Inline {
    Inline::Text(said.to_owned())
}

fn code(said: &str) -> Inline {
    Inline::Code(said.to_owned())
}
