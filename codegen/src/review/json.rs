//! A comparison for machines. The shape is documented in `DIFF.md`, and `version` says which one it is.

use super::report::{Edition, Report};
use crate::diff::{Change, Verdict};
use crate::origin::Origin;
use serde_json::{Value, json};

impl Report<'_> {
    /// For machines.
    #[must_use]
    pub fn json(&self) -> String {
        json(self)
    }
}

/// The shape's version: it grows when a member goes or changes its meaning.
const VERSION: u64 = 1;

/// The text.
fn json(report: &Report<'_>) -> String {
    let comparison = report.comparison;
    let step = comparison.step();
    let count = |verdict| comparison.count(verdict);
    let value = json!({
        "version": VERSION,
        "package": comparison.package,
        "old": {"edition": report.old.label, "version": comparison.old_version},
        "new": {"edition": report.new.label, "version": comparison.new_version},
        "verdict": comparison.verdict().as_str(),
        "step": step.as_str(),
        "needs": step.after(&comparison.old_version),
        "counts": {
            "breaking": count(Verdict::Breaking),
            "warning": count(Verdict::Warning),
            "additive": count(Verdict::Additive),
            "none": count(Verdict::None),
        },
        "notes": comparison.notes,
        "changes": comparison.changes.iter().map(|it| change(report, it)).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn change(report: &Report<'_>, change: &Change) -> Value {
    json!({
        "kind": change.kind.code(),
        "key": change.key,
        "rust": change.rust,
        "direction": change.direction.as_str(),
        "wire": change.wire.as_str(),
        "source": change.source.as_str(),
        "sentence": change.sentence.plain(),
        "cause": change.cause.as_str(),
        "old": change.old.as_ref().map(|it| origin(&report.old, it)),
        "new": change.new.as_ref().map(|it| origin(&report.new, it)),
    })
}

fn origin(edition: &Edition<'_>, origin: &Origin) -> Value {
    let place = origin.span.map(|span| edition.parts(span));
    json!({
        "file": place.as_ref().map_or(edition.file, |it| it.0.as_str()),
        "line": place.as_ref().map(|it| it.1),
        "column": place.as_ref().map(|it| it.2),
        "pointer": origin.pointer.as_str(),
        "trail": origin.trail,
    })
}
