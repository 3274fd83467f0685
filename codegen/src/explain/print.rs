//! How places and sections are printed.

use super::{ExplainInput, MOST_LINES};
use crate::diagnostic;
use crate::origin::{Origin, Span};
use crate::visible::in_line;
use std::fmt::Write as _;

/// `file:line:column` of the start of a span.
pub(super) fn line((file, text): (&str, &str), span: Span) -> String {
    diagnostic::place(file, text, span)
}

/// The place of something in the collection, as a person finds it.
pub(super) fn place(subject: &ExplainInput<'_>, origin: &Origin) -> String {
    let trail = origin.trail.join(" › ");
    match origin.span {
        Some(span) => format!("{}  {trail}", line(subject.spec, span)),
        None => format!("{}  {trail}", subject.spec.0),
    }
}

/// Lines below a title, the first beside it; nothing if there are none.
pub(super) fn section(out: &mut String, title: &str, lines: Vec<String>) {
    let more = lines.len().saturating_sub(MOST_LINES);
    let mut title = title;
    for line in lines.into_iter().take(MOST_LINES) {
        let _ = writeln!(out, "  {title:<11}{}", in_line(&line));
        title = "";
    }
    if more > 0 {
        let _ = writeln!(out, "  {:<11}and {more} more", "");
    }
}
