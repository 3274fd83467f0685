//! Why something is what it is: the rule that decided, the samples, and the evidence by source.

use super::addressed::{Addressed, parameter};
use super::print::section;
use super::{ExplainInput, print, seen};
use crate::api::{Body, Operation, OperationId, Place, TypeId};
use crate::draft::{self, Entry};
use crate::infer::paging;
use crate::overlay::{Location, Target};

/// The rule, the samples and the evidence.
pub(super) fn reason(
    out: &mut String,
    subject: &ExplainInput<'_>,
    thing: &Addressed,
    place: Option<&Place>,
) {
    if let Some((place, reason)) =
        place.and_then(|place| Some((place, subject.reasons.places.get(place)?)))
    {
        let rule = reason.rule;
        section(out, "decided", vec![format!("{}: {}  (`{place}`)", rule.name(), rule.sentence())]);
        let samples = reason.samples.iter().filter_map(|at| subject.reasons.samples.get(*at));
        let written = samples.filter(|sample| sample.written);
        let lines =
            written.map(|one| format!("{}  {}", print::place(subject, &one.origin), one.label));
        section(out, "samples", lines.collect());
        section(out, "evidence", seen::bodies(subject, place, reason));
        return;
    }
    match thing {
        Addressed::Target(Target::Operation(id)) => operation_reason(out, subject, *id),
        Addressed::Target(Target::Parameter(id, location, name)) => {
            parameter_reason(out, subject, *id, *location, name);
        }
        Addressed::Target(Target::Field(id, key)) => form_reason(out, subject, *id, key),
        Addressed::Type(_) | Addressed::Target(_) => {}
    }
}

fn drafted<'a>(subject: &ExplainInput<'a>, id: OperationId) -> Option<&'a draft::Operation> {
    let operation = subject.api.operations.get(id.0)?;
    subject.draft.operations.iter().find(|drafted| drafted.origin == operation.origin)
}

fn operation_reason(out: &mut String, subject: &ExplainInput<'_>, id: OperationId) {
    let Some(operation) = subject.api.operations.get(id.0) else { return };
    section(out, "request", vec![print::place(subject, &operation.origin)]);
    let inferred = subject.inferred.operations.iter().find(|known| known.key == operation.key);
    if let Some(pagination) = &operation.pagination {
        let is_inferred = inferred.is_some_and(|it| it.pagination.as_ref() == Some(pagination));
        let by = if is_inferred { "" } else { "the overlay says: " };
        section(out, "pages", vec![format!("{by}{}", paging::why(pagination))]);
    }
    section(out, "evidence", seen::exchanges(subject, &operation.key.endpoint.to_string()));
}

fn parameter_reason(
    out: &mut String,
    subject: &ExplainInput<'_>,
    id: OperationId,
    location: Location,
    name: &str,
) {
    let Some(operation) = subject.api.operations.get(id.0) else { return };
    let known = parameter(operation, location, name).map(|(_, one)| one.provenance.join(", "));
    let decided = match location {
        Location::Path => "path: an argument, text unless the overlay says otherwise".to_owned(),
        Location::Header => "header: text unless the overlay says otherwise".to_owned(),
        Location::Query => {
            format!(
                "query: the type that reads all values; known from {}",
                known.unwrap_or_default()
            )
        }
    };
    section(out, "decided", vec![decided]);
    let entries: &[Entry] = match (drafted(subject, id), location) {
        (Some(drafted), Location::Query) => &drafted.query,
        (Some(drafted), Location::Header) => &drafted.headers,
        (_, _) => &[],
    };
    let mut lines = entry_lines(subject, entries.iter(), name);
    if location == Location::Path {
        lines.push(print::place(subject, &operation.origin));
    }
    section(out, "samples", lines);
    if location == Location::Query {
        let endpoint = operation.key.endpoint.to_string();
        section(out, "evidence", seen::query(subject, &endpoint, name));
    }
}

fn form_reason(out: &mut String, subject: &ExplainInput<'_>, id: TypeId, key: &str) {
    let carries = |operation: &Operation| match &operation.body {
        Some(Body::Form { ty, .. } | Body::Multipart { ty, .. }) => *ty == id,
        Some(Body::Json { .. } | Body::Text { .. } | Body::Bytes { .. }) => false,
        Some(Body::GraphQl { .. }) | None => false,
    };
    let position = subject.api.operations.iter().position(carries);
    let body = position.and_then(|at| drafted(subject, OperationId(at))?.body.as_ref());
    let lines = match body {
        Some(draft::Body::Form(fields)) => entry_lines(subject, fields.iter(), key),
        Some(draft::Body::Multipart(parts)) => {
            entry_lines(subject, parts.iter().map(|part| &part.entry), key)
        }
        Some(draft::Body::Raw { .. } | draft::Body::Binary { .. }) => Vec::new(),
        Some(draft::Body::GraphQl { .. }) | None => Vec::new(),
    };
    if !lines.is_empty() {
        let decided = "form: the type that reads all values of the collection".to_owned();
        section(out, "decided", vec![decided]);
    }
    section(out, "samples", lines);
}

fn entry_lines<'a>(
    subject: &ExplainInput<'_>,
    entries: impl Iterator<Item = &'a Entry>,
    name: &str,
) -> Vec<String> {
    let named = entries.filter(|entry| entry.name.as_literal() == Some(name));
    named.map(|entry| print::place(subject, &entry.origin)).collect()
}
