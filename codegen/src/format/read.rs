//! Tokens of a file -> what is in it: items of Rust, and calls of the macros that we read ourselves.
//!
//! In: the tokens. Out: a [`Read`], which the gate checks and which is printed, so that nothing is printed that was not looked at. Errs on what is no Rust; whether it may be emitted is for the gate to say.

use super::request::{self, Request};
use super::table::{self, Table};
use proc_macro2::TokenStream;
use syn::{Attribute, File, Item};

/// A file.
pub(super) struct Read {
    /// Whether it begins with a script's first line.
    pub is_script: bool,
    /// Its inner attributes.
    pub attrs: Vec<Attribute>,
    /// What stands in it, in order.
    pub pieces: Vec<Piece>,
}

/// What stands in a file.
pub(super) enum Piece {
    /// An item of Rust; a call of any other macro is one.
    Item(Box<Item>),
    /// The macro and its rows.
    Table(String, Table),
    /// A request with its setters.
    Request(Box<Request>),
}

/// Reads a file.
///
/// # Errors
///
/// What is no Rust, or the call of a known macro with another content.
pub(super) fn file(tokens: TokenStream) -> Result<Read, Vec<String>> {
    let file: File = syn::parse2(tokens).map_err(|error| vec![error.to_string()])?;
    let is_script = file.shebang.is_some() || file.frontmatter.is_some();
    let (mut pieces, mut wrong) = (Vec::with_capacity(file.items.len()), Vec::new());
    for item in file.items {
        match piece(item) {
            Ok(piece) => pieces.push(piece),
            Err(why) => wrong.push(why),
        }
    }
    if wrong.is_empty() { Ok(Read { is_script, attrs: file.attrs, pieces }) } else { Err(wrong) }
}

fn piece(item: Item) -> Result<Piece, String> {
    let Item::Macro(call) = &item else { return Ok(Piece::Item(Box::new(item))) };
    if call.ident.is_some() || !call.attrs.is_empty() {
        return Ok(Piece::Item(Box::new(item)));
    }
    if let Some(request) = request::read(&call.mac) {
        return request.map(|request| Piece::Request(Box::new(request)));
    }
    match table::read(&call.mac) {
        Some(read) => read.map(|(name, table)| Piece::Table(name, table)),
        None => Ok(Piece::Item(Box::new(item))),
    }
}
