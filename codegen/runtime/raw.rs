//! Calls of what the collection does not have: a method and a path of the caller's, with all else as for any other call.

use super::call::Call;
use super::client::Client;
use super::operation::Operation;
use super::response::Json;
use super::sent::RawTarget;
use http::Method;
use std::sync::Arc;

/// What a raw call is called in logs.
const RAW: Operation = Operation::new("request", "", "");

impl Client {
    /// A call of this method and path, below the API's base URL: for what this crate does not have.
    ///
    /// It is sent with the client's first credential, retries and limits. The path begins with `/`, is percent-encoded, and may have holes, which [`Call::with_path`] fills: `request(Method::GET, "/users/{id}").with_path("id", 5)`. A query is given by [`Call::query`], a body by [`Call::with_json`] or [`Call::with_body`].
    pub fn request(&self, method: Method, path: impl Into<String>) -> Call<Json> {
        let path = path.into();
        let wrong = refused(&path);
        let target = RawTarget { method: method.as_str().to_owned(), path };
        Call::raw(self, &RAW, Arc::new(target), wrong)
    }
}

/// What is wrong with a path, if anything.
fn refused(path: &str) -> Option<&'static str> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/{}".contains(c);
    if !path.starts_with('/') {
        return Some("the path of a raw call begins with `/`");
    }
    if path.contains(['?', '#']) {
        return Some(
            "the path of a raw call has no query and no fragment: use `.query(name, value)`",
        );
    }
    if !path.chars().all(is_allowed) {
        return Some(
            "the path of a raw call is percent-encoded: give values by `.with_path(name, value)`",
        );
    }
    if path.split('/').any(|segment| [".", ".."].contains(&segment)) {
        return Some("the path of a raw call has no segments `.` and `..`");
    }
    None
}
