//! The client's variables in an example: which of them some calls need, and what stands there for each.

use super::{Crate, example};
use crate::api::{Body, Operation, OperationId};
use crate::template::{Piece, Template};
use std::collections::BTreeSet;

impl Crate<'_> {
    /// The variables that a client must have to call `id`: those of all texts that a request is made of.
    pub(super) fn needed_variables(&self, id: OperationId) -> BTreeSet<&str> {
        let operation = self.api.operations.get(id.0);
        let server = operation.and_then(|it| self.api.servers.get(it.server.0));
        let servers = self.api.servers.first().into_iter().chain(server).map(|it| &it.base);
        let templates = servers.chain(operation.into_iter().flat_map(templates));
        let pieces = templates.flat_map(|template| &template.0);
        let names = pieces.filter_map(|piece| match piece {
            Piece::Variable(name) | Piece::Argument(name) => Some(name.as_str()),
            Piece::Text(_) | Piece::Dynamic(_) => None,
        });
        names.collect()
    }

    /// What an example gives for a variable: by its place in a base URL, else by its setter's name.
    pub(super) fn variable_example(&self, name: &str, setter: &str) -> String {
        let bases = self.api.servers.iter().map(|server| &server.base.0);
        let placed = bases.into_iter().find_map(|pieces| {
            let at = pieces.iter().position(|piece| is_variable(piece, name))?;
            let text = |at: Option<usize>| match at.and_then(|at| pieces.get(at)) {
                Some(Piece::Text(text)) => text.as_str(),
                Some(_) | None => "",
            };
            let (before, after) = (text(at.checked_sub(1)), text(at.checked_add(1)));
            let ends = after.is_empty() || after.starts_with(['/', ':']);
            match (at, before) {
                (0, _) if after.starts_with("://") => Some("https"),
                (0, _) if ends => Some("https://api.example.org"),
                (_, before) if before.ends_with("://") && ends => Some("api.example.org"),
                (_, before) if before.ends_with(':') => Some("443"),
                _ => None,
            }
        });
        placed.map_or_else(|| example::words::text(setter), str::to_owned)
    }

    /// Whether the first server is one that the client refuses unless it is told otherwise.
    pub(super) fn is_plain_http(&self) -> bool {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Variable(name) | Piece::Argument(name) => {
                let known = self.api.variables.iter().find(|variable| variable.name == *name)?;
                known.default.clone()
            }
            Piece::Dynamic(_) => None,
        };
        let Some(server) = self.api.servers.first() else { return false };
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
}

fn is_variable(piece: &Piece, name: &str) -> bool {
    matches!(piece, Piece::Variable(known) | Piece::Argument(known) if known == name)
}

/// All texts of a request that may have holes for the client's variables.
fn templates(operation: &Operation) -> Vec<&Template> {
    let parameters = || operation.query.iter().chain(&operation.headers);
    let mut all = vec![&operation.path];
    all.extend(parameters().map(|it| &it.name));
    all.extend(parameters().flat_map(|it| it.default.iter().flatten()));
    match &operation.body {
        Some(Body::GraphQl { query, .. }) => all.push(query),
        Some(Body::Form { names, .. } | Body::Multipart { names, .. }) => {
            all.extend(names.iter().map(|(_, name)| name));
        }
        Some(Body::Json { .. } | Body::Text { .. } | Body::Bytes { .. }) | None => {}
    }
    all
}
