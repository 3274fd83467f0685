//! What makes a source useless, said at its place.

use crate::diagnostic::Diagnostic;
use crate::origin::{Origin, Span};

/// A finding that makes a source useless, at a place in it.
pub(super) fn unreadable(name: &str, at: usize, message: &str) -> Box<Diagnostic> {
    let origin = Origin { span: Some(Span { start: at, end: at }), ..Origin::default() };
    let message = format!("nothing was learned: {message}");
    Box::new(Diagnostic::error("learn::unreadable", message, origin).in_source(name).with_help(
        "record the traffic again as HAR 1.2, or as JSON lines with method, path and status",
    ))
}
