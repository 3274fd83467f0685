//! Why something is what it is: the rule that decided, the samples, and the evidence by source.

use super::addressed::Addressed;
use super::print::section;
use super::{ExplainInput, print, seen};
use crate::api::{Body, Caller, Operation, OperationId, Place, Root, TypeId};
use crate::draft::{self, Entry};
use crate::infer::paging;
use crate::infer::reasons::{Reason, Rule};
use crate::origin::Origin;
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
        section(out, "decided", vec![decided(place, reason)]);
        if let Addressed::Target(Target::Field(id, key)) = thing
            && matches!(place.root, Root::Form(_))
        {
            return form_reason(out, subject, *id, key);
        }
        let samples = reason.samples.iter().filter_map(|at| subject.reasons.samples.get(*at));
        let written = samples.filter(|sample| sample.is_written());
        let lines =
            written.map(|one| format!("{}  {}", print::place(subject, &one.origin), one.message));
        section(out, "samples", lines.collect());
        section(out, "evidence", seen::bodies(subject, place, reason));
        return;
    }
    match thing {
        Addressed::Target(Target::Operation(id)) => operation_reason(out, subject, *id),
        Addressed::Target(Target::Parameter(id, location, name)) => {
            parameter_reason(out, subject, *id, *location, name);
        }
        Addressed::Type(_) | Addressed::Target(_) => {}
    }
}

/// What decided, with the place.
fn decided(place: &Place, reason: &Reason) -> String {
    let rule = reason.rule;
    format!("{}: {}  (`{place}`)", rule.name(), rule.sentence())
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
    let caller = Caller::from(&operation.key);
    let place = Place::at(Root::Parameter(caller, location.word().to_owned(), name.to_owned()));
    let reason = subject.reasons.places.get(&place);
    section(out, "decided", reason.map(|reason| decided(&place, reason)).into_iter().collect());
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
    if reason.is_some_and(|reason| reason.rule == Rule::SameName) {
        others(out, subject, &operation.origin, name);
    }
}

/// What other requests show of the same name, which has one kind across the API.
fn others(out: &mut String, subject: &ExplainInput<'_>, own: &Origin, name: &str) {
    let rest = subject.draft.operations.iter().filter(|operation| operation.origin != *own);
    let lines = rest.flat_map(|operation| {
        let form = operation.body.iter().flat_map(fields);
        entry_lines(subject, operation.query.iter().chain(form), name)
    });
    section(out, "same name", lines.collect());
}

/// The entries of a form.
fn fields(body: &draft::Body) -> Vec<&Entry> {
    match body {
        draft::Body::Form(fields) => fields.iter().collect(),
        draft::Body::Multipart(parts) => parts.iter().map(|part| &part.entry).collect(),
        draft::Body::Raw { .. } | draft::Body::Binary { .. } | draft::Body::GraphQl { .. } => {
            Vec::new()
        }
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
    let entries = body.map(fields).unwrap_or_default();
    section(out, "samples", entry_lines(subject, entries.into_iter(), key));
}

fn entry_lines<'a>(
    subject: &ExplainInput<'_>,
    entries: impl Iterator<Item = &'a Entry>,
    name: &str,
) -> Vec<String> {
    let named = entries.filter(|entry| entry.name.written() == name);
    named.map(|entry| print::place(subject, &entry.origin)).collect()
}
