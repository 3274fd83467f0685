//! The user's corrections, parsed: `spec/overlay.toml` -> [`Overlay`].
//!
//! Data in three lanes, each read by one stage: hints (`infer`), patches (`overlay::apply` on the [`Api`]), names (`name`). Every entry says where (`at`, a stable key) and why (`reason`), and must fire.

mod address;
pub mod apply;
mod change;
mod nearest;
mod paging;
mod parse;
mod place;
mod reader;
mod spots;
#[cfg(test)]
mod tests;
mod types;

pub use nearest::nearest_few;
pub use parse::parse;
pub use place::{Location, Target};
pub use types::TypeText;

use crate::api::{Api, Pagination};
use crate::diagnostic::{Diagnostic, Severity};
use crate::origin::{Origin, Span};

/// What diagnostics about an overlay call it.
pub const SOURCE: &str = "overlay.toml";

/// What a key addresses: the same things as an entry's `at`.
///
/// # Errors
///
/// A key that is no place of the API, or that several operations may be meant by.
pub fn targets(api: &Api, key: &str) -> Result<Vec<Target>, Diagnostic> {
    Index::new(api).targets(key)
}

/// An API, to look up many keys in.
#[derive(Debug)]
pub struct Index<'a> {
    api: &'a Api,
    addresses: address::Addresses,
}

impl<'a> Index<'a> {
    /// Indexes an API.
    #[must_use]
    pub fn new(api: &'a Api) -> Self {
        Self { api, addresses: address::Addresses::new(api) }
    }

    /// What a key addresses.
    ///
    /// # Errors
    ///
    /// As [`targets`].
    pub fn targets(&self, key: &str) -> Result<Vec<Target>, Diagnostic> {
        let entry = Entry { at: key.to_owned(), ..Entry::default() };
        place::find(self.api, &self.addresses, &entry, false)
    }
}

/// The patch of a stanza, where it can stand beside `patches` and changes something.
#[must_use]
pub fn accepted(api: &Api, patches: &[Patch], stanza: &str) -> Option<Patch> {
    let patch = parse(stanza).ok()?.patches.pop()?;
    let errors = |patches: &[Patch]| {
        let (_, found) = apply::apply(api.clone(), patches);
        found.iter().filter(|found: &&Diagnostic| found.severity == Severity::Error).count()
    };
    let with = [patches, std::slice::from_ref(&patch)].concat();
    (errors(&with) <= errors(patches)).then_some(patch)
}

/// A parsed overlay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// `[client]`.
    pub client: ClientTable,
    /// `[[hint]]`.
    pub hints: Vec<Hint>,
    /// `[[patch]]`.
    pub patches: Vec<Patch>,
    /// `[[name]]`.
    pub names: Vec<NamePin>,
}

/// `[client]`: what the emitted package is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientTable {
    /// Package name.
    pub name: Option<String>,
    /// Package version, `0.1.0` where absent.
    pub version: Option<String>,
    /// SPDX expression of the licence the package is given, none where absent.
    pub license: Option<String>,
    /// URL of the repository that holds the package.
    pub repository: Option<String>,
    /// Words that a registry finds the package by, at most five.
    pub keywords: Vec<String>,
    /// Categories of a registry that the package is filed under, at most five.
    pub categories: Vec<String>,
}

/// Where an entry applies, why, and where it stands in the overlay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// A stable key, or an unambiguous prefix of one.
    pub at: String,
    /// Why.
    pub reason: String,
    /// Bytes of what `at` says in the overlay.
    pub span: Span,
}

impl Entry {
    /// An error about this entry.
    #[must_use]
    pub fn error(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        let origin = Origin { span: Some(self.span), ..Origin::default() };
        Diagnostic::error(code, message, origin).in_source(SOURCE)
    }
}

/// `[[hint]]`: what samples cannot tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where and why.
    pub entry: Entry,
    /// What is said.
    pub kind: HintKind,
}

/// What a hint says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintKind {
    /// The object's keys are data.
    Map,
    /// Any JSON.
    Opaque,
    /// The type of this place is not shared with an equal or nearly equal one.
    Apart,
}

/// `[[patch]]`: corrections of the API at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// Where and why.
    pub entry: Entry,
    /// What is corrected, in the order in which it is applied.
    pub keys: Vec<PatchKey>,
}

/// One key of a patch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchKey {
    /// The key (`required`).
    pub key: &'static str,
    /// Its bytes in the overlay.
    pub span: Span,
    /// What it corrects.
    pub change: Change,
}

/// What a patch corrects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The operation, field or parameter is left out.
    Drop,
    /// The field or parameter does not stand in the spec.
    Add(TypeText),
    /// The type of a field, a parameter, a body, a response or an error.
    Type(TypeText),
    /// The known texts of an open set.
    Enumeration(Vec<String>),
    /// Whether the field, parameter or body must be given.
    Required(bool),
    /// Whether null is a state of its own.
    Nullable(bool),
    /// What the operation, field or parameter is.
    Docs(String),
    /// Why callers should move on.
    Deprecated(String),
    /// Scopes the credential needs.
    Scopes(Vec<String>),
    /// How the operation is authenticated, or what a credential is.
    Auth(Auth),
    /// What the operation carries.
    Body(BodyKind),
    /// The `Content-Type` of a body.
    ContentType(String),
    /// What a success carries.
    Response(ResponseKind),
    /// Whether a success may come without a body.
    MayBeEmpty(bool),
    /// How the listing goes on, or that it does not.
    Pagination(Option<Pagination>),
}

/// How an operation is authenticated, or what a credential is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Not at all.
    None,
    /// With user and password.
    Basic,
    /// With the credential of this key.
    Key(String),
    /// The credential is fetched with client credentials (RFC 6749 §4.4). Texts are absolute, or from `/` on, relative to the first server; `{{name}}` is a variable of the client.
    OAuth2 {
        /// The token endpoint.
        token_url: String,
        /// The audience to ask for.
        audience: Option<String>,
    },
    /// The credential signs by AWS Signature Version 4, for a service in a region; `{{name}}` is a variable of the client, a new one if there is none.
    AwsV4 {
        /// The service's name in the signature, where it is another than the spec says.
        service: Option<String>,
        /// The region, likewise.
        region: Option<String>,
    },
}

/// What an operation carries, where the spec does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// Nothing.
    None,
    /// JSON.
    Json,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
}

/// What a success carries, where the spec does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseKind {
    /// Nothing.
    None,
    /// JSON.
    Json,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// `[[name]]`: a pinned name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePin {
    /// Where and why.
    pub entry: Entry,
    /// The name as it shall stand in Rust, in the case of its kind.
    pub name: String,
}
