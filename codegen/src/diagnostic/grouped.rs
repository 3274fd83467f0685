//! Findings -> one text for a person: those of one kind together, the first few in full, the others as a count.

use super::{Diagnostic, Severity};
use std::fmt::Write as _;

/// How many places of a kind are shown.
const PLACES: usize = 3;

/// How many errors of a kind are shown: each has to be repaired before the next run.
const ERRORS: usize = 20;

/// Whether what is long is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// After the first few, with a count and the caller's words for how one sees all (`-v shows all`).
    Cut(&'static str),
    /// Nowhere.
    Whole,
}

/// The findings as printed, kinds (severity and code) in the order they first occur; `render` prints one. Help that all of a kind have in common is printed once.
#[must_use]
pub fn grouped(
    found: &[Diagnostic],
    extent: Extent,
    render: &dyn Fn(&Diagnostic) -> String,
) -> String {
    let mut kinds: Vec<Vec<&Diagnostic>> = Vec::new();
    for finding in found {
        let same = |kind: &&mut Vec<&Diagnostic>| {
            kind.first()
                .is_some_and(|it| (it.severity, it.code) == (finding.severity, finding.code))
        };
        match kinds.iter_mut().find(same) {
            Some(kind) => kind.push(finding),
            None => kinds.push(vec![finding]),
        }
    }
    kinds.iter().map(|kind| one(kind, extent, render)).collect()
}

fn one(kind: &[&Diagnostic], extent: Extent, render: &dyn Fn(&Diagnostic) -> String) -> String {
    let Some(first) = kind.first() else { return String::new() };
    let limit = match (extent, first.severity) {
        (Extent::Whole, _) => kind.len(),
        (Extent::Cut(_), Severity::Error) => ERRORS,
        (Extent::Cut(_), Severity::Warning | Severity::Note) => PLACES,
    };
    let shown = kind.len().min(limit);
    let is_shared = shown > 1 && kind.iter().all(|finding| finding.help == first.help);
    let mut out = String::new();
    for (at, finding) in kind.iter().take(shown).enumerate() {
        let is_last = at + 1 == shown;
        let help = finding.help.clone().filter(|_| is_last || !is_shared);
        out += &render(&Diagnostic { help, ..(*finding).clone() });
    }
    if let Extent::Cut(how) = extent
        && shown < kind.len()
    {
        let (kind, more) = (format!("{}[{}]", first.severity.as_str(), first.code), kind.len());
        let _ = writeln!(out, "{more} findings are {kind}: these are the first {shown}, {how}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::Origin;
    use expect_test::{Expect, expect};

    fn check(found: &[Diagnostic], extent: Extent, want: Expect) {
        want.assert_eq(&grouped(found, extent, &|it| it.render("spec.json", "")));
    }

    fn note(message: &str, help: &str) -> Diagnostic {
        Diagnostic::note("a::odd", message, Origin::default()).with_help(help)
    }

    #[test]
    fn few_of_a_kind_stand_together() {
        let stop = Diagnostic::error("b::stop", "stop", Origin::default());
        check(
            &[note("one", "do this"), stop, note("two", "do that")],
            Extent::Cut("-v shows all"),
            expect![[r#"
                note[a::odd]: one
                  at spec.json #
                  help: do this
                note[a::odd]: two
                  at spec.json #
                  help: do that
                error[b::stop]: stop
                  at spec.json #
            "#]],
        );
    }

    #[test]
    fn many_of_a_kind_are_three_places_and_a_count() {
        let found: Vec<_> = (1..=5).map(|at| note(&format!("{at}"), "pin it")).collect();
        check(
            &found,
            Extent::Cut("-v shows all"),
            expect![[r#"
                note[a::odd]: 1
                  at spec.json #
                note[a::odd]: 2
                  at spec.json #
                note[a::odd]: 3
                  at spec.json #
                  help: pin it
                5 findings are note[a::odd]: these are the first 3, -v shows all
            "#]],
        );
        let whole = grouped(&found, Extent::Whole, &|it| it.message.clone());
        assert_eq!(whole, "12345");
    }

    #[test]
    fn errors_are_cut_later() {
        let error = |at| Diagnostic::error("b::stop", format!("{at} "), Origin::default());
        let found: Vec<_> = (1..=21).map(error).collect();
        let text = grouped(&found, Extent::Cut("-v shows all"), &|it| it.message.clone());
        assert!(
            text.contains("20 21 findings are error[b::stop]: these are the first 20"),
            "{text}"
        );
    }
}
