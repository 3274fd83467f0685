//! The place of a sentence in the collection.

use super::SuggestInput;
use super::finding::{Finding, plain};
use crate::diagnostic::place;
use crate::origin::Span;

/// Trail of names and `file:line:column` of what a finding quotes: of the sentence, where it can be found in the text, else of what it describes.
pub(super) fn of(subject: &SuggestInput<'_>, finding: &Finding) -> String {
    let (file, text) = subject.spec;
    let trail = plain(&finding.origin.trail.join(" › "));
    let Some(span) = finding.origin.span else { return format!("{trail}, {file}") };
    let within = text.get(span.start..span.end).unwrap_or_default();
    let start = span.start + sentence(within, &finding.anchor).unwrap_or_default();
    format!("{trail}, {}", place(file, text, Span { start, end: start }))
}

/// Where a sentence begins in the text: its first words up to what JSON, HTML or Markdown would write otherwise.
fn sentence(within: &str, quote: &str) -> Option<usize> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || " ,-_:".contains(letter);
    let runs = quote.split(|letter| !is_plain(letter)).map(str::trim);
    let run = runs.filter(|run| run.len() > 2).find(|run| within.contains(run));
    run.and_then(|run| within.find(run))
}
