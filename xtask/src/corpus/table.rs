//! The report a person reads: what needs looking at, and the sums.

use super::row::Row;
use postman_codegen::wire::Comparison;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Lines of a message, and wrong fields of a collection, that are shown.
const SHOWN: (usize, usize) = (12, 5);

/// What needs looking at, collection by collection, then the sums.
pub(super) fn table(rows: &[Row]) -> String {
    let mut out = String::new();
    rows.iter().filter(|row| row.is_bad()).for_each(|row| bad(&mut out, row));
    sums(&mut out, rows);
    rules(&mut out, rows);
    out
}

fn bad(out: &mut String, row: &Row) {
    let _ = writeln!(out, "{}", row.file);
    for error in [&row.error, &row.driver_error].into_iter().flatten() {
        for line in error.lines().take(SHOWN.0) {
            let _ = writeln!(out, "    {line:.300}");
        }
    }
    for wrong in row.wire.iter().flat_map(|wire| &wire.wrong).take(SHOWN.1) {
        let _ = writeln!(out, "    {} {} {}", wrong.pointer, wrong.name, wrong.field);
        let _ =
            writeln!(out, "      ours   {:.300}\n      theirs {:.300}", wrong.ours, wrong.theirs);
    }
}

fn sums(out: &mut String, rows: &[Row]) {
    let sum = |of: &dyn Fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
    let compiled = |word: &str| rows.iter().filter(|row| row.compile == word).count();
    let wire = |of: &dyn Fn(&Comparison) -> usize| sum(&|row| row.wire.as_ref().map_or(0, of));
    let ms: f64 = rows.iter().map(|row| row.generate_ms).sum();
    let generated = rows.iter().filter(|row| row.generated).count();
    let (ok, fail) = (compiled("ok"), compiled("fail"));
    let [typed, raw, none] =
        [0, 1, 2].map(|at| sum(&|row| row.bodies.get(at).copied().unwrap_or_default()));
    let lines = [
        format!("collections  {generated} of {} generated in {ms:.0} ms", rows.len()),
        format!(
            "requests     {}, {} operations, {} skipped with a reason",
            sum(&|row| row.requests),
            sum(&|row| row.operations),
            sum(&|row| row.skipped.values().sum())
        ),
        format!("bodies       {typed} typed, {raw} raw, {none} none"),
        format!("answers      {} typed", sum(&|row| row.responses_typed)),
        format!(
            "structs      {}, {} of them repeat another field by field",
            sum(&|row| row.structs[0]),
            sum(&|row| row.structs[1])
        ),
        format!("lines        {}", sum(&|row| row.lines)),
        format!("compile      {ok} ok, {fail} fail, {} skipped", compiled("skipped")),
        format!(
            "wire         {} equal, {} differing by rule, {} wrong, {} sent by neither",
            wire(&|it| it.equal),
            wire(&|it| it.differing.values().sum()),
            wire(&Comparison::wrong_lines),
            wire(&|it| it.unsent)
        ),
    ];
    let _ = writeln!(out, "{}", lines.join("\n"));
}

fn rules(out: &mut String, rows: &[Row]) {
    let mut rules = BTreeMap::<&str, usize>::new();
    for wire in rows.iter().filter_map(|row| row.wire.as_ref()) {
        for (rule, count) in &wire.differing {
            *rules.entry(rule).or_default() += count;
        }
    }
    for (rule, count) in rules {
        let _ = writeln!(out, "    {count:6} {rule}");
    }
}
