//! A comparison for machines. The shape is documented in `DIFF.md`, and `version` says which one it is.

use super::report::{Edition, Report, Reports};
use crate::diff::{Change, Verdict};
use crate::origin::Origin;
use serde_json::{Value, json};

/// The shape's version: it grows when a member goes or changes its meaning.
const VERSION: u64 = 2;

impl Reports<'_> {
    /// For machines.
    #[must_use]
    pub fn json(&self) -> String {
        let failed: Vec<&str> = self.not_compared().map(|(label, _)| label).collect();
        let value = json!({
            "version": VERSION,
            "old": self.old,
            "new": self.new,
            "verdict": self.verdict().as_str(),
            "clients": self.clients.iter().map(client).collect::<Vec<_>>(),
            "failed": failed,
        });
        format!("{value:#}\n")
    }
}

fn client(report: &Report<'_>) -> Value {
    let comparison = report.comparison;
    let step = comparison.step();
    let count = |verdict| comparison.count(verdict);
    json!({
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
    })
}

fn change(report: &Report<'_>, change: &Change) -> Value {
    json!({
        "kind": change.kind.code(),
        "key": change.key,
        "rust": change.rust,
        "direction": change.direction.as_str(),
        "wire": change.wire.as_str(),
        "source": change.source.as_str(),
        "sentence": change.sentence.with(|text| format!("`{text}`")),
        "cause": change.causes.to_string(),
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
