//! Collection -> ([`Draft`], diagnostics, [`Account`]): what the collection means on the wire.

pub mod account;

pub use account::Account;

use crate::diagnostic::Diagnostic;
use crate::draft::Draft;
use crate::postman::Collection;

/// Lowers a collection.
#[must_use]
pub fn lower(collection: &Collection) -> (Draft, Vec<Diagnostic>) {
    let _ = collection;
    (Draft::default(), Vec::new())
}
