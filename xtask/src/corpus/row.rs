//! One collection's line of the report.

use postman_codegen::Generated;
use postman_codegen::api::{Body, Type};
use postman_codegen::diagnostic::{Diagnostic, Severity};
use postman_codegen::summary::Summary;
use postman_codegen::wire::Comparison;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What became of a collection.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) file: String,
    pub(super) requests: usize,
    pub(super) operations: usize,
    pub(super) skipped: BTreeMap<String, usize>,
    pub(super) diagnostics: BTreeMap<String, usize>,
    /// Typed, raw, none.
    pub(super) bodies: [usize; 3],
    pub(super) responses_typed: usize,
    /// All, and those that repeat another one.
    pub(super) structs: [usize; 2],
    pub(super) generate_ms: f64,
    pub(super) lines: usize,
    pub(super) generated: bool,
    pub(super) error: Option<String>,
    /// Whether the error says where in the file it is.
    pub(super) is_located: bool,
    pub(super) panicked: bool,
    /// Size of the file.
    pub(super) bytes: usize,
    pub(super) compile: &'static str,
    pub(super) driver_error: Option<String>,
    pub(super) wire: Option<Comparison>,
    /// Whether it has the types that are expected of it, or what it has instead.
    pub(super) types: Option<Result<(), String>>,
}

/// Findings that cost a request its operation.
const SKIPPING: [&str; 7] = [
    "lower::no-url",
    "lower::scheme",
    "lower::method",
    "lower::header-name",
    "lower::header-value",
    "postman::item",
    "postman::no-place",
];

impl Row {
    /// What generation found.
    pub(super) fn count(&mut self, generated: &Generated) {
        let Generated { draft, api, account, files, diagnostics, .. } = generated;
        let summary = Summary::of(draft, api, account);
        self.operations = summary.operations;
        self.responses_typed = summary.typed_responses;
        self.structs = [summary.structs, summary.repeats];
        for finding in diagnostics {
            *self.diagnostics.entry(finding.code.to_owned()).or_default() += 1;
            if SKIPPING.contains(&finding.code) {
                *self.skipped.entry(finding.code.to_owned()).or_default() += 1;
            }
        }
        self.requests = account.requests;
        for operation in &api.operations {
            let kind = operation.body.as_ref().map_or(2, |body| usize::from(!is_typed(body)));
            if let Some(count) = self.bodies.get_mut(kind) {
                *count += 1;
            }
        }
        self.lines = files.0.values().map(|text| text.lines().count()).sum();
        self.generated = true;
        self.compile = "skipped";
    }

    /// Why there is no client.
    pub(super) fn failed(&mut self, found: &[Diagnostic], file: &str, spec: &str) {
        for finding in found {
            *self.diagnostics.entry(finding.code.to_owned()).or_default() += 1;
        }
        let error = found.iter().find(|finding| finding.severity == Severity::Error);
        self.is_located = error.is_some_and(|finding| finding.origin.span.is_some());
        self.error = Some(error.map_or("failed".to_owned(), |finding| finding.render(file, spec)));
        self.compile = "skipped";
    }

    /// What the compiler said: a warning is a failure too.
    pub(super) fn compiled(&mut self, messages: &[String]) {
        self.compile = if messages.is_empty() { "ok" } else { "fail" };
        if let Some(first) = messages.first() {
            let more = messages.len() - 1;
            self.error = Some(format!("{first}({more} more)"));
        }
    }

    /// Whether a person has to look.
    pub(super) fn is_bad(&self) -> bool {
        let wrong = self.wire.as_ref().is_some_and(|wire| !wire.wrong.is_empty());
        self.error.is_some() || self.driver_error.is_some() || wrong
    }

    /// The report's line.
    pub(super) fn json(&self) -> String {
        let [typed, raw, none] = self.bodies;
        let [structs, repeats] = self.structs;
        let mut out = format!(
            "{{\"file\":{},\"requests\":{},\"operations\":{},\"skipped\":{},\"diagnostics\":{},\"bodies\":{{\"typed\":{typed},\"raw\":{raw},\"none\":{none}}},\"answers_typed\":{},\"structs\":{structs},\"repeats\":{repeats},\"generate_ms\":{:.1},\"lines\":{}",
            quoted(&self.file),
            self.requests,
            self.operations,
            counts(&self.skipped),
            counts(&self.diagnostics),
            self.responses_typed,
            self.generate_ms,
            self.lines,
        );
        if let Some(error) = self.error.as_ref().or(self.driver_error.as_ref()) {
            let _ = write!(out, ",\"error\":{}", quoted(error));
        }
        let _ = write!(out, ",\"compile\":{}", quoted(self.compile));
        if let Some(wire) = &self.wire {
            let _ = write!(
                out,
                ",\"wire\":{{\"equal\":{},\"differing\":{},\"wrong\":{}",
                wire.equal,
                counts(&wire.differing),
                wire.wrong_lines()
            );
            out += "}";
            let wrong: Vec<String> = wire.wrong.iter().map(wrong_json).collect();
            if !wrong.is_empty() {
                let _ = write!(out, ",\"wrong\":[{}]", wrong.join(","));
            }
        }
        out + "}\n"
    }
}

fn wrong_json(wrong: &postman_codegen::wire::Wrong) -> String {
    format!(
        "{{\"index\":{},\"ptr\":{},\"name\":{},\"field\":{},\"ours\":{},\"theirs\":{}}}",
        wrong.index,
        quoted(&wrong.pointer),
        quoted(&wrong.name),
        quoted(wrong.field),
        quoted(&wrong.ours),
        quoted(&wrong.theirs)
    )
}

fn is_typed(body: &Body) -> bool {
    match body {
        Body::Json { ty, .. } => *ty != Type::Unknown,
        Body::GraphQl { .. } | Body::Form { .. } | Body::Multipart { .. } => true,
        Body::Text { .. } | Body::Bytes { .. } => false,
    }
}

fn counts(map: &BTreeMap<String, usize>) -> String {
    let members: Vec<_> =
        map.iter().map(|(key, count)| format!("{}:{count}", quoted(key))).collect();
    format!("{{{}}}", members.join(","))
}

fn quoted(text: &str) -> String {
    use postman_codegen::json::{Node, Value, compact};
    compact(&Node { span: Default::default(), value: Value::Text(text.to_owned()) })
}
