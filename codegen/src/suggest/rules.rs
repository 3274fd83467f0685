//! All rules over one operation: its description, those of its parameters and fields, and what it lacks.

use super::SuggestInput;
use super::context::{OperationContext, Slot};
use super::finding::{Finding, text, texts};
use super::passage::{Passage, of_text, passages};
use super::{lints, parameters, required, terms, values};
use crate::api::{Operation, Type};
use crate::docs::Docs;
use crate::draft::{self, Entry};
use crate::origin::Origin;
use crate::overlay::Location;

const DESCRIPTION: &str = "the description says";

/// What the rules find, the surest first.
pub(super) fn findings(subject: &SuggestInput<'_>, operation: &Operation) -> Vec<Finding> {
    let context = OperationContext::new(subject.api, &subject.draft.operations, operation);
    let mut found = Vec::new();
    // What lists a parameter says more of it than what mentions it.
    let (items, others): (Vec<_>, Vec<_>) =
        passages(&operation.docs).into_iter().partition(|passage| passage.head.is_some());
    for passage in items.iter().chain(&others) {
        said(&context, passage, &mut found);
    }
    lacks(&context, &mut found);
    slots(&context, &mut found);
    scopes(&context, &mut found);
    found
}

/// What a passage of the description says.
fn said(context: &OperationContext<'_>, passage: &Passage, found: &mut Vec<Finding>) {
    let mut add = |at: String, keys: Vec<(&'static str, String)>| {
        let (quote, anchor) = (whole(passage), passage.text.clone());
        let origin = context.operation.origin.clone();
        found.push(Finding { at, keys, quote, anchor, voice: DESCRIPTION, origin });
    };
    for at in required::of_operation(context, passage) {
        add(at, vec![("required", "true".to_owned())]);
    }
    if let Some((at, values)) = values::of_operation(context, passage) {
        add(at, vec![("enum", texts(&values))]);
    }
    for named in parameters::of_operation(context, passage) {
        let mut keys = vec![("add", "true".to_owned()), ("type", text(named.ty))];
        keys.extend(named.docs.map(|docs| ("docs", text(&docs))));
        add(context.parameter(Location::Query, &named.name), keys);
    }
    if terms::is_basic(context, passage) {
        add(context.key.clone(), vec![("auth", text("basic"))]);
    }
    if terms::is_deprecated(passage) {
        add(context.key.clone(), vec![("deprecated", text(&passage.text))]);
    }
}

/// A passage as it is quoted: an item with its name.
fn whole(passage: &Passage) -> String {
    match &passage.head {
        Some(head) if passage.text.is_empty() => {
            format!("{} {head}", passage.lead).trim().to_owned()
        }
        Some(head) => format!("{head}: {}", passage.text),
        None => passage.text.clone(),
    }
}

/// All scopes that the description names, as one correction.
fn scopes(context: &OperationContext<'_>, found: &mut Vec<Finding>) {
    let (mut all, mut quotes) = (context.operation.scopes.clone(), Vec::new());
    let known = all.len();
    for passage in passages(&context.operation.docs) {
        let mut new = terms::scopes(&passage);
        new.retain(|scope| !all.contains(scope));
        if !new.is_empty() {
            quotes.push(whole(&passage));
            all.append(&mut new);
        }
    }
    all.dedup();
    if all.len() > known {
        found.push(Finding {
            at: context.key.clone(),
            keys: vec![("scopes", texts(&all))],
            anchor: quotes.first().cloned().unwrap_or_default(),
            quote: quotes.join(" / "),
            voice: DESCRIPTION,
            origin: context.operation.origin.clone(),
        });
    }
}

/// What the operation cannot work without.
fn lacks(context: &OperationContext<'_>, found: &mut Vec<Finding>) {
    let name = of_text(&context.operation.name);
    let sentences = passages(&context.operation.docs).into_iter().chain(name);
    let mut add = |lack: lints::Lack, quote: String, voice: &'static str| {
        let origin = context.operation.origin.clone();
        let at = match &lack.query {
            Some(name) => context.parameter(Location::Query, name),
            None => context.key.clone(),
        };
        let anchor = quote.clone();
        found.push(Finding { at, keys: lack.keys, quote, anchor, voice, origin });
    };
    for passage in sentences {
        let lack = lints::found_by(context, &passage.text);
        if let Some(lack) = lack.or_else(|| lints::without_file(context, &passage.text)) {
            add(lack, passage.text, "the operation cannot work without it");
        }
    }
    if let Some((lack, quote)) = lints::without_body(context) {
        add(lack, quote, "it says what its body is, and has none");
    }
}

/// What describes each parameter and field.
fn slots(context: &OperationContext<'_>, found: &mut Vec<Finding>) {
    let operation = context.operation;
    for parameter in &operation.query {
        if let Some(name) = parameter.name.as_literal() {
            slot(context, &Slot::Query(name.to_owned()), (&parameter.ty, &parameter.docs), found);
        }
    }
    for parameter in &operation.headers {
        if let Some(name) = parameter.name.as_literal() {
            slot(context, &Slot::Header(name.to_owned()), (&parameter.ty, &parameter.docs), found);
        }
    }
    for field in context.fields() {
        slot(context, &Slot::Field(field.key.clone()), (&field.ty, &field.docs), found);
    }
}

fn slot(
    context: &OperationContext<'_>,
    slot: &Slot,
    (ty, docs): (&Type, &Docs),
    found: &mut Vec<Finding>,
) {
    let mut add = |key: (&'static str, String), quote: String| {
        let (at, origin) = (context.place(slot), origin(context, slot));
        let anchor = quote.clone();
        found.push(Finding { at, keys: vec![key], quote, anchor, voice: DESCRIPTION, origin });
    };
    let passages = passages(docs);
    let first: Vec<_> = passages.iter().take(2).map(whole).collect();
    if required::of_slot(&first.join(" ")) {
        add(("required", "true".to_owned()), first.join(" "));
    }
    for passage in passages {
        if let Some(values) = values::of_slot(ty, &passage) {
            add(("enum", texts(&values)), whole(&passage));
        }
    }
}

/// Where a slot stands in the collection.
fn origin(context: &OperationContext<'_>, slot: &Slot) -> Origin {
    let Some(drafted) = context.drafted else { return context.operation.origin.clone() };
    let named = |entry: &&Entry, name: &str| entry.name.as_literal() == Some(name);
    let mut parts: Vec<&Entry> = Vec::new();
    match &drafted.body {
        Some(draft::Body::Form(fields)) => parts.extend(fields),
        Some(draft::Body::Multipart(all)) => parts.extend(all.iter().map(|part| &part.entry)),
        Some(draft::Body::Raw { .. } | draft::Body::Binary { .. }) => {}
        Some(draft::Body::GraphQl { .. }) | None => {}
    }
    let found = match slot {
        Slot::Query(name) => drafted.query.iter().find(|entry| named(entry, name)),
        Slot::Header(name) => drafted.headers.iter().find(|entry| named(entry, name)),
        Slot::Field(name) => parts.into_iter().find(|entry| named(entry, name)),
        Slot::Resource(_) => None,
    };
    found.map_or_else(|| drafted.origin.clone(), |entry| entry.origin.clone())
}
