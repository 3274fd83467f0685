//! A comparison for a terminal: the counts, then a paragraph a change, the worst first.

use super::escape::visible;
use super::groups::{self, Told};
use super::report::{Report, Reports, facts};
use crate::diagnostic::Extent;
use crate::diff::{Change, Kind, Verdict};
use std::fmt::Write as _;

impl Reports<'_> {
    /// For a terminal: the comparisons, an empty line between them.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts: Vec<String> = self.clients.iter().map(|it| text(it, self.extent)).collect();
        let failed =
            self.not_compared().map(|(label, what)| format!("{} {what}\n", visible(label)));
        parts.extend(failed);
        parts.join("\n")
    }
}

/// How many names are listed of what is told at once.
const LISTED: usize = 10;

/// The verdicts, the worst first.
pub(super) const VERDICTS: [Verdict; 4] =
    [Verdict::Breaking, Verdict::Warning, Verdict::Additive, Verdict::None];

/// The text.
fn text(report: &Report<'_>, extent: Extent) -> String {
    let comparison = report.comparison;
    let mut out = format!("{} -> {}\n", visible(report.old.label), visible(report.new.label));
    if comparison.changes.is_empty() {
        out.push_str("no changes\n");
    } else {
        let counts = VERDICTS.map(|it| (comparison.count(it), it.as_str()));
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, verdict)| match *verdict {
            "none" => format!("{count} without effect"),
            verdict => format!("{count} {verdict}"),
        });
        let counts = counts.collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "{counts}; {}", report.headline());
    }
    for note in &comparison.notes {
        let _ = writeln!(out, "note: {note}");
    }
    for verdict in VERDICTS {
        let changes = comparison.changes.iter();
        let changes: Vec<&Change> =
            changes.filter(|it| it.verdict() == verdict && is_told(it, extent)).collect();
        together(&changes, extent).iter().for_each(|it| told(&mut out, report, it));
    }
    let silent = comparison.changes.iter().filter(|it| !is_told(it, extent)).count();
    if silent > 0 {
        let _ = writeln!(out, "\n{}", described(silent));
    }
    out
}

/// How many descriptions changed.
pub(super) fn described(count: usize) -> String {
    let places = if count == 1 { "place" } else { "places" };
    format!("Descriptions changed in {count} {places}.")
}

/// Whether a change has a paragraph of its own: descriptions are counted alone, unless everything is to be told.
pub(super) fn is_told(change: &Change, extent: Extent) -> bool {
    change.kind != Kind::DocsChanged || extent == Extent::Whole
}

/// The changes as they are told: where everything is to be told, each alone.
pub(super) fn together<'a>(changes: &[&'a Change], extent: Extent) -> Vec<Told<'a>> {
    match extent {
        Extent::Whole => {
            let alone = |change: &&'a Change| Told { change, like: Vec::new(), inside: Vec::new() };
            changes.iter().map(alone).collect()
        }
        Extent::Cut(_) => groups::told(changes),
    }
}

fn told(out: &mut String, report: &Report<'_>, it: &Told<'_>) {
    let change = it.change;
    let sentence = change.sentence.with(|text| format!("`{}`", visible(text)));
    let _ = writeln!(
        out,
        "\n{}[{}]: {}{}",
        change.verdict().as_str(),
        change.kind.code(),
        places(it).map(|it| format!("{it}: ")).unwrap_or_default(),
        sentence.trim_end_matches('.')
    );
    let _ = writeln!(out, "  {}    ({})", visible(&change.rust), visible(&change.key));
    for (intro, list) in [("also", &it.like), ("with", &it.inside)] {
        if let Some(list) = listed(list, visible) {
            let _ = writeln!(out, "  {intro} {list}");
        }
    }
    let _ = writeln!(out, "  {}", facts(change));
    for (which, place) in report.places(change) {
        let _ = writeln!(out, "  {which} {}", visible(&place));
    }
}

/// In how many places the same is said, where that is told once.
pub(super) fn places(it: &Told<'_>) -> Option<String> {
    (!it.like.is_empty()).then(|| format!("in {} places", it.like.len() + 1))
}

/// The Rust names of changes, as `shown` gives them, a list that is cut; `None` of none.
pub(super) fn listed(changes: &[&Change], shown: impl Fn(&str) -> String) -> Option<String> {
    let first: Vec<String> = changes.iter().take(LISTED).map(|it| shown(&it.rust)).collect();
    let rest = changes.len() - first.len();
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    (!first.is_empty()).then(|| format!("{}{more}", first.join(", ")))
}
