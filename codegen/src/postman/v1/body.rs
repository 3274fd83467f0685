//! Bodies of format v1: by `dataMode`, and where that is missing, by what there is.

use super::entry::{entry, objects};
use crate::diagnostic::Diagnostic;
use crate::json::Value;
use crate::postman::body::{self, Body, FormPart};
use crate::postman::located::{Located, Notes};

/// The body of a request; none where `dataMode` is `null`.
pub(super) fn body(place: &Located<'_>, notes: &mut Notes) -> Option<Body> {
    let is_disabled = place.get("dataDisabled").is_some_and(|it| it.is_truthy());
    if is_disabled || place.member("dataMode").is_some_and(|it| it.node.is_null()) {
        return None;
    }
    match place.text("dataMode", notes).as_deref() {
        Some("raw") => raw(place, notes),
        Some("urlencoded") => {
            let fields = form(place, notes);
            Some(Body::UrlEncoded(fields.iter().map(|it| entry(it, notes)).collect()))
        }
        Some("params") => Some(Body::FormData(parts(place, notes))),
        Some("binary") => {
            Some(raw_text(place).map_or(Body::NoFile, |(name, _)| Body::File(Some(name))))
        }
        Some("graphql") => graphql(place, notes).or(Some(body::NO_GRAPHQL)),
        Some(_) | None => guessed(place, notes),
    }
}

/// The body of a request that does not say what it is.
fn guessed(place: &Located<'_>, notes: &mut Notes) -> Option<Body> {
    if raw_text(place).is_some() {
        return raw(place, notes);
    }
    let is_list = form_list(place).is_some_and(|list| list.elements().is_some());
    if is_list {
        return Some(Body::FormData(parts(place, notes)));
    }
    graphql(place, notes).or_else(|| raw(place, notes))
}

/// `graphqlModeData`; where it is empty `data`, if there are options for GraphQL.
fn graphql(place: &Located<'_>, notes: &mut Notes) -> Option<Body> {
    let is_filled = |it: &Located<'_>| it.node.members().is_some_and(|members| !members.is_empty());
    let options = place.get("dataOptions").and_then(|options| options.member("graphql"));
    let stored = place.get("graphqlModeData").filter(is_filled);
    let data = || place.get("data").filter(is_filled).filter(|_| options.is_some());
    body::graphql(&stored.or_else(data)?, notes)
}

/// The text of `rawModeData`, else of `data`.
fn raw(place: &Located<'_>, notes: &mut Notes) -> Option<Body> {
    let data = || place.get("data").and_then(text);
    let Some((text, stored)) = raw_text(place).or_else(data) else {
        let stored = place.get("rawModeData").filter(|stored| text(stored.clone()).is_none());
        let stored = stored.filter(|it| it.elements().is_none_or(|list| !list.is_empty()));
        notes.extend(
            stored
                .filter(|it| it.node.value != Value::Text(String::new()))
                .map(|it| it.misfit("a text")),
        );
        return None;
    };
    let options = place.get("dataOptions").and_then(|options| options.get("raw"));
    let language = options.and_then(|raw| raw.get("language")).and_then(|inner| inner.scalar());
    body::raw(text, language, stored.origin())
}

/// `rawModeData`, where it is a text or a list of one.
fn raw_text<'a>(place: &Located<'a>) -> Option<(String, Located<'a>)> {
    let stored = place.get("rawModeData")?;
    match stored.elements() {
        Some(elements) => <[Located<'a>; 1]>::try_from(elements).ok().and_then(|[only]| text(only)),
        None => text(stored),
    }
}

/// A text that is not empty, and where it stands.
fn text(place: Located<'_>) -> Option<(String, Located<'_>)> {
    match &place.node.value {
        Value::Text(text) if !text.is_empty() => Some((text.clone(), place)),
        _ => None,
    }
}

/// Where a form's fields stand: in `data`, else in `rawModeData`.
fn form_list<'a>(place: &Located<'a>) -> Option<Located<'a>> {
    place.get("data").filter(Located::is_truthy).or_else(|| place.get("rawModeData"))
}

/// The fields of a form. Those without a key are left out, as in Postman.
fn form<'a>(place: &Located<'a>, notes: &mut Notes) -> Vec<Located<'a>> {
    let member =
        if place.get("data").is_some_and(|it| it.is_truthy()) { "data" } else { "rawModeData" };
    let (named, nameless): (Vec<_>, Vec<_>) =
        objects(place, member).into_iter().partition(|element| element.get("key").is_some());
    let finding = |field: Located<'_>| {
        let message = "a form field without a key is left out, as in Postman";
        Diagnostic::note("postman::no-key", message, field.origin())
    };
    notes.extend(nameless.into_iter().map(finding));
    named
}

fn parts(place: &Located<'_>, notes: &mut Notes) -> Vec<FormPart> {
    let mut parts = Vec::new();
    for element in form(place, notes) {
        let source = element.get("src").filter(Located::is_truthy).or_else(|| element.get("value"));
        let field = entry(&element, notes);
        parts.extend(body::split(&element, &field, source.as_ref(), notes));
    }
    parts
}
