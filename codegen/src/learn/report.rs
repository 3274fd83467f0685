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
    if matched == 0 {
        out.push_str("none of them is of this API: nothing is kept\n");
    }
    if learned.hosts.len() > 1 {
        let hosts = learned.hosts.iter().map(|(host, count)| format!("{host} ×{count}"));
        let hosts: Vec<_> = hosts.take(MOST_LINES).collect();
        let _ = writeln!(
            out,
            "by several hosts: {}; if not all are the same service, name those that are with --host",
            hosts.join(", ")
        );
    }
    if learned.unread > 0 {
        let _ = writeln!(
            out,
            "{} bodies were not recorded or cannot be read: nothing is concluded from them",
            learned.unread
        );
    }
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
    for candidate in candidates {
        out.push('\n');
        out.push_str(&stanza(candidate));
    }
    out
}

/// The entry of the overlay that makes a candidate an enumeration.
#[must_use]
pub fn stanza((at, words): &Candidate) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("{word:?}")).collect();
    let words = words.join(", ");
    format!("[[patch]]\nat = {at:?}\nenum = [{words}]\nreason = \"seen in traffic\"\n")
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
