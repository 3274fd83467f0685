//! Single changes of one collection, its overlay or its evidence, each with the verdicts that a person gave it.
//!
//! The table is `tests/fixtures/harbour.changes`; each row is compared in both directions.

use crate::mutations::{Edition, base, change, collection, compared, input, rows};
use expect_test::expect_file;
use integration_tests::fixture;
use postman_codegen::diff::{Change, Direction, Kind, Verdict};
use postman_codegen::review::{Comparison, compare};
use std::fmt::Write as _;

fn told(comparison: &Comparison) -> String {
    let mark = |verdict| match verdict {
        Verdict::None => '.',
        Verdict::Additive => '+',
        Verdict::Warning => '~',
        Verdict::Breaking => '!',
    };
    let direction = |change: &Change| match change.direction {
        Direction::None => "",
        other => other.as_str(),
    };
    let one = |change: &Change| {
        let marks = [mark(change.wire), mark(change.source)].iter().collect::<String>();
        format!(" {}{marks}{}", change.kind.code(), direction(change))
    };
    comparison.changes.iter().map(one).collect()
}

/// What a person said of a change against what was found.
fn agrees(letter: u8, comparison: &Comparison) -> bool {
    let is_silent = |change: &Change| change.verdict() == Verdict::None;
    match letter {
        b'B' => comparison.verdict() == Verdict::Breaking,
        b'a' => comparison.verdict() < Verdict::Breaking && !comparison.changes.is_empty(),
        b'n' => comparison.changes.iter().all(is_silent),
        other => panic!("{}", char::from(other)),
    }
}

#[test]
fn each_change_has_its_verdict() {
    let table = fixture("harbour.changes");
    let (mut wrong, mut count) = (Vec::new(), 0);
    let comments = table.lines().take_while(|line| line.starts_with('#'));
    let mut out = comments.map(|line| format!("{line}\n")).collect::<String>();
    for row in rows(&table) {
        let (before, after) = (row.before(), row.after());
        let _ = write!(out, "\n{}\n", row.head);
        row.first.iter().for_each(|edit| out.push_str(&format!("  | {edit}\n")));
        row.edits.iter().for_each(|edit| out.push_str(&format!("  {edit}\n")));
        for (at, mark, old, new) in [(0, '>', &before, &after), (1, '<', &after, &before)] {
            let comparison = match compared(&row, old, new) {
                Ok(comparison) => comparison,
                Err(why) => {
                    wrong.push(why);
                    continue;
                }
            };
            let _ = writeln!(out, "  {mark}{}", told(&comparison));
            count += 1;
            if !agrees(row.head.as_bytes()[at], &comparison) {
                wrong.push(format!("{mark} {}: {}", row.name(), told(&comparison)));
            }
        }
    }
    expect_file!["../fixtures/harbour.changes"].assert_eq(&out);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 150, "{count}");
}

/// The inputs that a change comes from.
fn causes(old: &Edition, new: &Edition) -> Vec<String> {
    let comparison = compare(&input(old), &input(new), None).unwrap();
    let mut causes: Vec<_> = comparison.changes.iter().map(|it| it.causes.to_string()).collect();
    causes.dedup();
    causes
}

#[test]
fn inputs_that_do_not_work_without_each_other_are_one_cause() {
    let gate = |edition: &mut Edition| {
        let mut spec = collection();
        let edit = ["/response/0/body!/gate", "\"A\""];
        change(&mut spec, "set", "Tickets>Buy a ticket", &edit);
        edition.spec = spec.to_string();
    };
    let patch = "\n[[patch]]\nat = \"POST /tickets -> 201 .gate\"\nreason = \"So it is.\"\nrequired = true\n";
    let evidence = r#"{"evidence":1,"endpoints":{"POST /tickets":{"answers":{"201":{"json":{"keys":{"gate":{"in":1,"texts":1},"pier":{"in":1,"texts":1}},"objects":1}}},"exchanges":1}}}"#;
    let taught = || vec![("a.json".to_owned(), evidence.to_owned())];

    // The sample that the overlay corrects is gone, and traffic shows the same.
    let (mut old, mut new) = (base(), base());
    gate(&mut old);
    old.overlay += patch;
    new.overlay += patch;
    new.evidence = taught();
    assert_eq!(causes(&old, &new), ["collection with evidence"]);

    // The correction is of what traffic shows.
    let (old, mut new) = (base(), base());
    new.overlay += patch;
    new.evidence = taught();
    assert_eq!(causes(&old, &new), ["overlay with evidence"]);

    // The same, and the collection lost what the old overlay corrects.
    let (mut old, mut new) = (base(), base());
    gate(&mut old);
    old.overlay += patch;
    new.overlay += &patch.replace("gate", "pier");
    new.evidence = taught();
    assert_eq!(causes(&old, &new), ["collection with overlay and evidence"]);
}

/// The kind that no edit of a collection is known to reach: failures of another type that is neither the old one called otherwise nor changed in place.
const UNREACHED: [Kind; 1] = [Kind::ApiErrorChanged];

#[test]
fn every_kind_of_change_has_a_row() {
    let table = fixture("harbour.changes");
    let told = |code: &str| {
        let mut lines =
            table.lines().filter(|line| line.starts_with("  > ") || line.starts_with("  < "));
        lines.any(|line| {
            line.split(' ')
                .any(|word| word.starts_with(code) && !word[code.len()..].starts_with('-'))
        })
    };
    let missing: Vec<Kind> = Kind::ALL.iter().copied().filter(|it| !told(it.code())).collect();
    assert_eq!(missing, UNREACHED);
}
