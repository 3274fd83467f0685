//! What `diff` says of the source beside what the compiler says: a caller that uses all of one client, compiled against another.
//!
//! The clients are those of the table of single changes, in both directions. One build of the dependencies serves all of them; each client and each caller is one run of rustc that only checks. Every sixteenth row is taken, all of them (five minutes) with `VERDICTS=all`, those whose name has a text with `VERDICTS='TEXT|TEXT'`: a client takes a second or two.

mod caller;
mod rustc;
mod types;

use crate::mutations::{Edition, Row, base, compared, input, rows};
use caller::caller;
use integration_tests::fixture;
use postman_codegen::diff::{Change, Verdict};
use postman_codegen::generate;
use rustc::{Compiled, Rustc, Said};
use std::collections::BTreeSet;
use std::sync::Mutex;
use types::Client;

/// An edition's client, compiled, and a caller of it.
struct Built {
    edition: Edition,
    compiled: Compiled,
    caller: String,
    features: BTreeSet<String>,
}

fn build(rustc: &Rustc, id: &str, edition: Edition) -> Built {
    let generated = generate(&input(&edition)).unwrap_or_else(|found| panic!("{id}: {found:?}"));
    let client = Client::new(&generated.api, &generated.names);
    let caller = caller(&client);
    let features = client.exports.features.clone();
    let compiled = rustc.client(id, &client.root, &generated.files, &features);
    let built = Built { edition, compiled, caller, features };
    let own = said(rustc, &built, &built);
    assert!(!matches!(own, Said::Error(_)), "{id}: its own caller: {own:?}");
    built
}

/// What the compiler says of the caller of one client with another one. A feature that is gone stops cargo before it.
fn said(rustc: &Rustc, old: &Built, new: &Built) -> Said {
    if !old.features.is_subset(&new.features) {
        return Said::Error("a feature is gone".to_owned());
    }
    rustc.caller(&old.caller, &new.compiled)
}

/// The worst that `diff` says of callers' code.
fn expected(changes: &[Change]) -> Verdict {
    changes.iter().map(|change| change.source).max().unwrap_or_default()
}

/// Whether the compiler says what `diff` does; what warned before may go on, or stop.
fn agrees(worst: Verdict, before: &Said, after: &Said) -> bool {
    match after {
        Said::Error(_) => worst == Verdict::Breaking,
        Said::Warning(_) if matches!(before, Said::Warning(_)) => worst <= Verdict::Warning,
        Said::Warning(_) => worst == Verdict::Warning,
        Said::Nothing => worst < Verdict::Warning,
    }
}

/// How many verdicts were compared, how many agree, and what is said where they do not.
#[derive(Default)]
struct Tally {
    all: usize,
    agree: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, name: &str, worst: Verdict, (before, after): (&Said, &Said)) {
        self.all += 1;
        match agrees(worst, before, after) {
            true => self.agree += 1,
            false => self.wrong.push(format!("{name}: {worst:?}, and rustc: {after:?}")),
        }
    }
}

/// Compiles the callers of both editions of a row with the other one.
fn judge(rustc: &Rustc, base: &Built, (at, row): (usize, &Row<'_>), tally: &Mutex<Tally>) {
    let own = (!row.first.is_empty()).then(|| build(rustc, &format!("old{at}"), row.before()));
    let old = own.as_ref().unwrap_or(base);
    let new = build(rustc, &format!("new{at}"), row.after());
    for (mark, old, new) in [('>', old, &new), ('<', &new, old)] {
        let comparison = compared(row, &old.edition, &new.edition).unwrap();
        let name = format!("{mark} {}", row.name());
        let said = (&said(rustc, old, old), &said(rustc, old, new));
        tally.lock().unwrap().add(&name, expected(&comparison.changes), said);
    }
}

#[test]
fn the_compiler_agrees_with_the_verdicts_on_the_source() {
    let (table, rustc) = (fixture("harbour.changes"), Rustc::new());
    let base = build(&rustc, "base", base());
    let wanted = std::env::var("VERDICTS").unwrap_or_default();
    let step = if wanted.is_empty() { 16 } else { 1 };
    let is_wanted = |row: &Row<'_>| {
        matches!(wanted.as_str(), "" | "all") || wanted.split('|').any(|it| row.name().contains(it))
    };
    // What is not there as a whole is nothing that a caller can be compiled with.
    let rows = rows(&table).into_iter().enumerate().step_by(step);
    let rows = Mutex::new(rows.filter(|(_, row)| is_wanted(row) && !row.after().is_gone));
    let tally = Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((at, row)) = { rows.lock().unwrap().next() } {
                    judge(&rustc, &base, (at, &row), &tally);
                }
            });
        }
    });
    let Tally { all, agree, wrong } = tally.into_inner().unwrap();
    println!("verdicts on the source that rustc agrees with: {agree} of {all}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all >= 16 || step == 1, "{all}");
}
