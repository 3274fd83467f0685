//! ([`Api`], [`Names`]) -> modules and texts of the client crate.

mod docs;
pub mod example;

use crate::api::Api;
use crate::name::Names;
use proc_macro2::TokenStream;

/// A Rust file before it is text.
#[derive(Clone, Debug)]
pub struct Module {
    /// Path below the crate (`src/users.rs`).
    pub path: String,
    /// The file's items, inner docs and inner attributes first.
    pub items: TokenStream,
}

/// A file of the client crate.
#[derive(Clone, Debug)]
pub enum Emitted {
    /// A Rust file that `format` prints and checks.
    Rust(Module),
    /// A text that is written as it is: manifest, README, API.md, the runtime's sources.
    Text {
        /// Path below the crate.
        path: String,
        /// The whole text.
        text: String,
    },
}

/// What the emitted files say of where they come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The spec's file name, without its folder.
    pub spec: String,
}

/// Emits the whole crate.
#[must_use]
pub fn emit(api: &Api, names: &Names, source: &Source) -> Vec<Emitted> {
    let _ = (api, names, source);
    Vec::new()
}
