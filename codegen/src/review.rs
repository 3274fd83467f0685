//! Two editions of a client's texts -> what changed, with which verdicts, and from which input.
//!
//! Runs the pipeline on both, and on what lies between them where several inputs changed. What cannot be read is an error of the side that it belongs to, never "no changes".

mod escape;
mod groups;
mod json;
mod markdown;
mod report;
mod text;

pub use report::{Edition, Report, Reports};

use crate::diagnostic::Diagnostic;
use crate::diff::{
    Cause, Causes, Change, Kind, Side, Step, Verdict, client_added, client_removed, diff,
};
use crate::infer::Reasoning;
use crate::output::Manifest;
use crate::pipeline::{Analysis, Input};
use std::collections::BTreeSet;

/// Which of the two editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one before.
    Old,
    /// The one after.
    New,
}

/// An edition that cannot be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Which one.
    pub which: Which,
    /// Why; at least one is an error.
    pub found: Vec<Diagnostic>,
}

/// What changed between two editions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The old package, and its version.
    pub package: String,
    /// The version of the old package.
    pub old_version: String,
    /// The version of the new package.
    pub new_version: String,
    /// All changes, the worst first.
    pub changes: Vec<Change>,
    /// What the comparison cannot show, a sentence each.
    pub notes: Vec<String>,
}

impl Comparison {
    /// The worst of all verdicts.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.changes.iter().map(Change::verdict).max().unwrap_or_default()
    }

    /// How far the version has to go; a package that is new or gone as a whole has none to compare.
    #[must_use]
    pub fn step(&self) -> Step {
        let is_whole =
            |change: &Change| matches!(change.kind, Kind::ClientAdded | Kind::ClientRemoved);
        if self.changes.iter().any(is_whole) {
            return Step::None;
        }
        Step::of(self.verdict(), &self.old_version)
    }

    /// The least version that tells callers what changed.
    #[must_use]
    pub fn needs(&self) -> String {
        self.step().after(&self.old_version).unwrap_or_else(|| self.old_version.clone())
    }

    /// Whether the new version is no less than what is needed; of texts that are no versions nothing is known, which is not enough.
    #[must_use]
    pub fn is_version_enough(&self) -> bool {
        let numbers = |version: &str| {
            let plain = version.split(['-', '+']).next()?;
            plain.split('.').map(|number| number.parse().ok()).collect::<Option<Vec<u64>>>()
        };
        match (numbers(&self.new_version), numbers(&self.needs())) {
            (Some(new), Some(needs)) => new >= needs,
            (None, _) | (_, None) => false,
        }
    }

    /// How many changes have a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.changes.iter().filter(|change| change.verdict() == verdict).count()
    }
}

/// Compares the clients of two editions; `recorded` is the list of what was once written for the old one, if it is known.
///
/// # Errors
///
/// The edition that cannot be read; the old one first.
pub fn compare(
    old: &Input<'_>,
    new: &Input<'_>,
    recorded: Option<&str>,
) -> Result<Comparison, Unreadable> {
    let side = |which| move |found| Unreadable { which, found };
    let before = read(old).map_err(side(Which::Old))?;
    let after = read(new).map_err(side(Which::New))?;
    let mut changes = between(&before, &after);
    attribute(&mut changes, &before, (old, new));
    let stale = recorded.map(|recorded| stale(&before, old.spec_name, recorded)).transpose();
    let stale = stale.map_err(side(Which::Old))?.flatten();
    Ok(Comparison {
        package: before.names.package,
        old_version: before.names.version,
        new_version: after.names.version,
        changes,
        notes: stale.into_iter().collect(),
    })
}

/// The client of a collection that is new.
///
/// # Errors
///
/// It cannot be read.
pub fn added(new: &Input<'_>) -> Result<Comparison, Unreadable> {
    whole(new, Which::New, client_added)
}

/// The client of a collection that is gone.
///
/// # Errors
///
/// It cannot be read.
pub fn removed(old: &Input<'_>) -> Result<Comparison, Unreadable> {
    whole(old, Which::Old, client_removed)
}

fn whole(
    input: &Input<'_>,
    which: Which,
    change: fn(&str) -> Change,
) -> Result<Comparison, Unreadable> {
    let read = read(input).map_err(|found| Unreadable { which, found })?;
    let version = read.names.version;
    Ok(Comparison {
        changes: vec![change(&read.names.package)],
        package: read.names.package,
        old_version: version.clone(),
        new_version: version,
        notes: Vec::new(),
    })
}

fn between(old: &Analysis<'_>, new: &Analysis<'_>) -> Vec<Change> {
    diff(&Side::new(&old.api, &old.names), &Side::new(&new.api, &new.names))
}

/// Says of each change which input it comes from: the first with which it shows, together with those before it that do not work without it.
fn attribute(changes: &mut [Change], before: &Analysis<'_>, (old, new): (&Input<'_>, &Input<'_>)) {
    let steps = [
        (Cause::Collection, old.spec != new.spec),
        (Cause::Overlay, old.overlay != new.overlay),
        (Cause::Evidence, old.evidence != new.evidence),
        (Cause::Lock, old.lock != new.lock),
    ];
    let steps: Vec<Cause> = steps.into_iter().filter(|step| step.1).map(|step| step.0).collect();
    let Some((last, steps)) = steps.split_last() else { return };
    let mut open: BTreeSet<usize> = (0..changes.len()).collect();
    let mut causes = Causes::default();
    for step in steps {
        causes.0.push(*step);
        // What one input says of the old others need not hold of the new ones.
        let Ok(hybrid) = read(&hybrid(old, new, *step)) else { continue };
        let found = between(before, &hybrid);
        let found: BTreeSet<(Kind, &str)> = found.iter().map(Change::identity).collect();
        for (at, change) in changes.iter_mut().enumerate() {
            if open.contains(&at) && found.contains(&change.identity()) {
                open.remove(&at);
                change.causes = causes.clone();
            }
        }
        causes.0.clear();
    }
    // The last step is the new edition itself.
    causes.0.push(*last);
    let rest = changes.iter_mut().enumerate().filter(|(at, _)| open.contains(at));
    rest.for_each(|(_, change)| change.causes = causes.clone());
}

/// The new inputs up to one, and the old ones after it.
fn hybrid<'a>(old: &Input<'a>, new: &Input<'a>, up_to: Cause) -> Input<'a> {
    let mut hybrid = Input { spec: new.spec, spec_name: new.spec_name, ..old.clone() };
    if matches!(up_to, Cause::Overlay | Cause::Evidence) {
        hybrid.overlay = new.overlay;
    }
    if matches!(up_to, Cause::Evidence) {
        hybrid.evidence = new.evidence;
    }
    hybrid
}

fn read<'a>(input: &Input<'a>) -> Result<Analysis<'a>, Vec<Diagnostic>> {
    Analysis::new(input, Reasoning::Left)
}

/// Says that the old client was not written by this generator, where its list of files shows it.
fn stale(
    old: &Analysis<'_>,
    spec_name: &str,
    recorded: &str,
) -> Result<Option<String>, Vec<Diagnostic>> {
    let recorded = Manifest::salvage(recorded);
    let files = old.files(spec_name)?;
    let is_other = |(path, text): &(&String, &String)| !recorded.wrote(path, text.as_bytes());
    let others = files.0.iter().filter(is_other).count();
    Ok((others > 0).then(|| {
        format!(
            "Of the {} files that this generator writes for the old edition, {others} are not what was written then: the generator changed since, or the client was not up to date. Such changes are not told here.",
            files.0.len(),
        )
    }))
}
