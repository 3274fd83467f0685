//! What was learned, for people: matches, misses, news, and stanzas to paste.

use super::Learned;
use crate::infer::Candidate;
use std::fmt::Write as _;

/// Most lines of one kind that are printed.
const MOST_LINES: usize = 40;

/// The report of one source.
#[must_use]
pub fn report(learned: &Learned, news: &[String], candidates: &[Candidate]) -> String {
    let matched: u64 = learned.matched.values().sum();
    let mut out = format!(
        "{} exchanges, {matched} matched {} endpoints\n",
        learned.exchanges,
        learned.matched.len()
    );
    let missed = learned.unmatched.iter().map(|(unmatched, count)| {
        let why = unmatched.reason.as_str();
        format!("{} {} ×{count}: {why}", unmatched.method, unmatched.target)
    });
    section(&mut out, "not matched", missed.collect());
    section(&mut out, "new", news.to_vec());
    if !candidates.is_empty() {
        out.push_str(
            "looks like an enumeration; paste into spec/overlay.toml what you agree with:\n",
        );
    }
    for (place, words) in candidates {
        let words: Vec<_> = words.iter().map(|word| format!("{word:?}")).collect();
        let _ = write!(
            out,
            "\n[[patch]]\nat = {place:?}\nenum = [{}]\nreason = \"seen in traffic\"\n",
            words.join(", ")
        );
    }
    out
}

fn section(out: &mut String, title: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "{title}:");
    for line in lines.iter().take(MOST_LINES) {
        let _ = writeln!(out, "  {line}");
    }
    if lines.len() > MOST_LINES {
        let _ = writeln!(out, "  and {} more", lines.len() - MOST_LINES);
    }
}
