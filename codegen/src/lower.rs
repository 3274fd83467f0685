//! Collection -> ([`Draft`], diagnostics, [`Account`]): what the collection means on the wire.
//!
//! Reads the mirror of any format; must not know which one, nor any type or Rust name.

pub mod account;
mod address;
mod auth;
mod body;
mod brackets;
mod context;
mod docs;
mod headers;
mod holes;
mod host;
mod operation;
mod query;
mod responses;
#[cfg(test)]
mod tests;
mod variables;
mod walk;

pub use account::Account;

use crate::diagnostic::Diagnostic;
use crate::draft::Draft;
use crate::origin::Pointer;
use crate::postman::Collection;
use address::Address;
use context::Context;
use std::collections::BTreeMap;
use walk::Placed;

/// Lowers a collection. A request that cannot be sent is left out with a finding; the rest goes on.
#[must_use]
pub fn lower(collection: &Collection) -> (Draft, Vec<Diagnostic>) {
    let (draft, context) = run(collection, Context::new(collection.published));
    (draft, context.found)
}

/// A draft with the values that [`lower`] withholds; to compare with the wire, never to emit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Revealed {
    /// As by [`lower`], but entries that carry credentials keep their texts.
    pub draft: Draft,
    /// The texts of the credential's parts, with their `{{holes}}`, by the pointer of the request's item.
    pub credentials: BTreeMap<Pointer, Vec<String>>,
}

/// Lowers a collection and withholds nothing.
#[must_use]
pub fn reveal(collection: &Collection) -> Revealed {
    let mut context = Context::new(collection.published);
    context.reveal = true;
    let (draft, context) = run(collection, context);
    Revealed { draft, credentials: context.withheld }
}

fn run(collection: &Collection, mut context: Context) -> (Draft, Context) {
    let (folders, placed) = walk::walk(collection, &context);
    let addressed = addressed(&placed, &mut context);
    let requests: Vec<(&Placed<'_>, &Address)> = addressed.iter().map(|(p, a)| (*p, a)).collect();
    context.client = variables::client(&requests);
    let variables = variables::variables(collection, &requests, &context);
    let mut operations = Vec::new();
    for (placed, address) in requests {
        operations.extend(operation::operation(placed, address, collection, &mut context));
    }
    let draft = Draft {
        title: collection.name.clone(),
        docs: context.docs(collection.description.as_ref()),
        variables,
        servers: std::mem::take(&mut context.servers),
        credentials: std::mem::take(&mut context.credentials),
        folders,
        operations,
    };
    (draft, context)
}

/// The requests that lead somewhere, with their addresses.
fn addressed<'p, 'a>(
    placed: &'p [Placed<'a>],
    context: &mut Context,
) -> Vec<(&'p Placed<'a>, Address)> {
    let mut addressed = Vec::new();
    for placed in placed {
        match address::address(placed.request.message.url.as_ref()) {
            Ok(address) => addressed.push((placed, address)),
            Err(why) => context.found.push(operation::unreachable(placed, &why)),
        }
    }
    addressed
}
