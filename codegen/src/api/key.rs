//! Stable keys: how overlays, evidence, locks and diffs address operations, places and types.
//!
//! Keys are made of what the collection says, never of Rust names, so that no naming rule can change them.

use crate::template::{Piece, Template};
use std::fmt;

/// Method and path template with parameter names erased, and the server where it is not the first.
///
/// Owns responses, errors and evidence: traffic cannot tell twins apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    /// Path with `{}` for each parameter (`/api/v2/users/{}`).
    pub path: String,
    /// HTTP method in upper case.
    pub method: String,
    /// The base URL's text, empty for the first server.
    pub server: String,
}

impl Endpoint {
    /// The endpoint of `method` on `path`; `server` is empty for the first server.
    #[must_use]
    pub fn new(server: &str, method: &str, path: &Template) -> Self {
        let mut text = String::new();
        for piece in &path.0 {
            match piece {
                Piece::Text(literal) => text.push_str(literal),
                Piece::Argument(_) | Piece::Variable(_) | Piece::Dynamic(_) => text.push_str("{}"),
            }
        }
        Self { path: text, method: method.to_owned(), server: server.to_owned() }
    }

    /// Whether it is about one record, by its path.
    #[must_use]
    pub fn is_of_one(&self) -> bool {
        self.path.trim_end_matches('/').ends_with("{}")
    }

    /// The path without trailing parameters: what create, read, update, delete and list of one resource share.
    #[must_use]
    pub fn family(&self) -> &str {
        let mut path = self.path.trim_end_matches('/');
        while let Some(shorter) = path.strip_suffix("/{}") {
            path = shorter;
        }
        path
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.method, self.server, self.path)
    }
}

/// An operation: its endpoint, folder trail and request name, and a digest of the request where these still tie.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationKey {
    /// Method and path.
    pub endpoint: Endpoint,
    /// Folder names from the outside in.
    pub trail: Vec<String>,
    /// The request's name as written.
    pub name: String,
    /// Digest of the request, only where the rest ties (16 hexadecimal digits).
    pub digest: Option<String>,
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.endpoint)?;
        write!(f, " [")?;
        for folder in &self.trail {
            write!(f, "{folder} › ")?;
        }
        write!(f, "{}", self.name)?;
        if let Some(digest) = &self.digest {
            write!(f, " #{digest}")?;
        }
        write!(f, "]")
    }
}
