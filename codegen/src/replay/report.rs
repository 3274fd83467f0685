//! What a replay found: totals, a row per operation, and the first failures.

use super::Plan;
use crate::api::Api;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// Most failures that are shown.
const MOST_FAILURES: usize = 20;

/// Sums over exchanges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    exchanges: u64,
    requests: Bodies,
    responses: Bodies,
}

/// Sums over JSON bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bodies {
    count: u64,
    decoded: u64,
    lossless: u64,
    leaves: u64,
    typed: u64,
    in_maps: u64,
}

/// A replay's result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    total: Sums,
    matched: u64,
    queries: u64,
    queries_known: u64,
    operations: BTreeMap<String, Sums>,
    failures: Vec<String>,
}

/// Sums up what the program printed, one line an exchange.
///
/// # Errors
///
/// A line that is not the program's.
pub fn report(api: &Api, plan: &Plan, printed: &str) -> Result<Report, String> {
    let mut report = Report {
        queries: plan.queries,
        queries_known: plan.queries_known,
        failures: plan.failures.clone(),
        ..Report::default()
    };
    let mut lines = printed.lines();
    for at in &plan.operations {
        let line = lines.next().ok_or("the program printed too few lines")?;
        let outcome: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        report.total.exchanges += 1;
        let Some(operation) = at.and_then(|at| api.operations.get(at)) else { continue };
        report.matched += 1;
        let key = operation.key.endpoint.to_string();
        let is_read = matches!(operation.method.as_str(), "GET" | "HEAD" | "DELETE");
        let sums = report.operations.entry(key.clone()).or_default();
        sums.exchanges += 1;
        for (part, skip) in [("request", is_read && operation.body.is_none()), ("answer", false)] {
            let found = outcome.get(part).unwrap_or(&Value::Null);
            if found.is_null() || skip {
                continue;
            }
            let more = Bodies::of(found);
            for sums in [&mut *sums, &mut report.total] {
                if part == "request" { &mut sums.requests } else { &mut sums.responses }.add(more);
            }
            if let Some(reason) = found.get("reason").and_then(Value::as_str) {
                report.failures.push(format!("{key}: {part}: {reason}"));
            }
        }
    }
    Ok(report)
}

impl Bodies {
    fn of(outcome: &Value) -> Self {
        let number = |key: &str| outcome.get(key).and_then(Value::as_u64).unwrap_or_default();
        let flag = |key: &str| u64::from(outcome.get(key).and_then(Value::as_bool) == Some(true));
        Self {
            count: 1,
            decoded: flag("decoded"),
            lossless: flag("lossless"),
            leaves: number("leaves"),
            typed: number("typed"),
            in_maps: number("in_maps"),
        }
    }

    fn add(&mut self, more: Self) {
        self.count += more.count;
        self.decoded += more.decoded;
        self.lossless += more.lossless;
        self.leaves += more.leaves;
        self.typed += more.typed;
        self.in_maps += more.in_maps;
    }

    fn share(&self) -> String {
        match self.leaves {
            0 => "–".to_owned(),
            leaves => format!("{:.1} %", f64_of(self.typed) / f64_of(leaves) * 100.0),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share is printed to one digit")]
fn f64_of(count: u64) -> f64 {
    count as f64
}

impl Report {
    /// The report as one JSON object.
    #[must_use]
    pub fn json(&self) -> Value {
        let Sums { exchanges, requests, responses } = self.total;
        json!({
            "exchanges": exchanges,
            "matched": self.matched,
            "queries": self.queries,
            "queries_known": self.queries_known,
            "request_bodies": requests.count,
            "requests_lossless": requests.lossless,
            "request_leaves": requests.leaves,
            "request_leaves_typed": requests.typed,
            "answers": responses.count,
            "answers_decoded": responses.decoded,
            "answers_lossless": responses.lossless,
            "answer_leaves": responses.leaves,
            "answer_leaves_typed": responses.typed,
            "answer_leaves_in_maps": responses.in_maps,
            "failures": self.failures.iter().take(MOST_FAILURES).collect::<Vec<_>>(),
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.operations.keys().map(|key| key.chars().count()).max().unwrap_or(0);
        let head = ["exchanges", "requests", "lossless", "typed", "answers", "lossless", "typed"];
        writeln!(f, "{:width$} {}", "operation", head.map(|it| format!("{it:>9}")).join(" "))?;
        let total = ("total".to_owned(), self.total);
        for (key, sums) in self.operations.iter().chain([(&total.0, &total.1)]) {
            let Sums { exchanges, requests, responses } = sums;
            let mut cells = String::new();
            for bodies in [requests, responses] {
                let (count, lossless, share) = (bodies.count, bodies.lossless, bodies.share());
                write!(cells, " {count:>9} {lossless:>9} {share:>9}")?;
            }
            writeln!(f, "{key:width$} {exchanges:>9}{cells}")?;
        }
        let (exchanges, matched) = (self.total.exchanges, self.matched);
        writeln!(f, "matched {matched} of {exchanges} exchanges")?;
        writeln!(f, "known and typed {} of {} query parameters", self.queries_known, self.queries)?;
        let bodies = self.total.responses;
        writeln!(f, "decoded {} of {} answers", bodies.decoded, bodies.count)?;
        writeln!(f, "{} answer leaves lie in open maps", bodies.in_maps)?;
        for failure in self.failures.iter().take(MOST_FAILURES) {
            writeln!(f, "failed: {failure}")?;
        }
        let more = self.failures.len().saturating_sub(MOST_FAILURES);
        if more > 0 { writeln!(f, "and {more} more failures") } else { Ok(()) }
    }
}
