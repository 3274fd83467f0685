//! What a rule found -> a stanza of the overlay, ready to paste.

use crate::api::Operation;
use crate::origin::Origin;
use std::fmt::Write as _;

/// Longest quotation that is printed; a list of fifty values need not stand there twice.
const LONGEST_QUOTE: usize = 160;

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// Where it applies.
    pub(super) at: String,
    /// Keys of a patch, and their values in TOML.
    pub(super) keys: Vec<(&'static str, String)>,
    /// The sentence that says so, code between backticks.
    pub(super) quote: String,
    /// What of it stands in the collection as it is quoted.
    pub(super) anchor: String,
    /// What the sentence stands in (`the description says`).
    pub(super) voice: &'static str,
    /// What the sentence is a part of.
    pub(super) origin: Origin,
}

/// A text as TOML writes it; controls and what steers the direction of text go.
pub(super) fn text(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars().filter(|letter| is_plain(*letter)) {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
    out
}

/// A list of texts as TOML writes it.
pub(super) fn texts(all: &[String]) -> String {
    let all: Vec<_> = all.iter().map(|one| text(one)).collect();
    format!("[{}]", all.join(", "))
}

fn is_plain(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The stanza, below a comment with the sentence and its place.
pub(super) fn stanza(finding: &Finding, place: &str) -> String {
    let quote = shortened(&finding.quote);
    let mut out =
        format!("# {place}\n# {}\n[[patch]]\nat = {}\n", plain(&quote), text(&finding.at));
    for (key, value) in &finding.keys {
        let _ = writeln!(out, "{key} = {value}");
    }
    let _ = writeln!(out, "reason = {}", text(&format!("{}: {quote}", finding.voice)));
    out
}

/// A text on one line, without what steers terminals.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|letter| is_plain(*letter)).collect()
}

fn shortened(quote: &str) -> String {
    if quote.chars().count() <= LONGEST_QUOTE {
        return quote.to_owned();
    }
    let short: String = quote.chars().take(LONGEST_QUOTE).collect();
    format!("{} …", short.rsplit_once(' ').map_or(short.as_str(), |(short, _)| short))
}

/// The key of an operation: its endpoint, or the whole key where that ties.
pub(super) fn key_of(operation: &Operation, twins: usize) -> String {
    if twins > 1 { operation.key.to_string() } else { operation.key.endpoint.to_string() }
}
