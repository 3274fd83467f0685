//! What changed of an operation's messages: the body that is sent, the response, the failures.

use super::both::{Both, View};
use super::parameters::is_argument;
use super::places::Relation;
use super::sentence::say;
use super::spot::Spot;
use super::walk::{answered, sent};
use super::{Change, Direction, Kind, Review, Side, Verdict};
use crate::api::{Body, Operation, Response, Type};
use crate::template::Template;

/// All changes of messages.
pub(super) fn changes(review: &Review<'_>, both: Both<'_>, spot: &Spot) -> Vec<Change> {
    let request = spot.about(Direction::Request);
    let response = spot.about(Direction::Response);
    let mut changes = body(review, both, &request);
    changes.extend(response_changes(review, both, &response));
    changes.extend(error(review, both, &response));
    changes
}

fn body(review: &Review<'_>, both: Both<'_>, spot: &Spot) -> Vec<Change> {
    match (&both.old.it.body, &both.new.it.body) {
        (None, None) => Vec::new(),
        (Some(_), None) => {
            let sentence = say("{} carries no body any more.", &[&spot.rust]);
            let verdicts = (Verdict::Breaking, Verdict::Breaking);
            vec![spot.change(Kind::BodyRemoved, verdicts, sentence)]
        }
        (None, Some(body)) => {
            let (verdict, words) = match is_argument(body) || is_constant(body) {
                true => (Verdict::Breaking, "{} now carries a body."),
                false => (Verdict::Additive, "{} may now carry a body."),
            };
            // A document without variables is sent by itself: no code has to change for it.
            let source = if is_constant(body) { Verdict::None } else { verdict };
            vec![spot.change(Kind::BodyAdded, (verdict, source), say(words, &[&spot.rust]))]
        }
        (Some(old), Some(new)) => {
            let mut changes = Vec::new();
            changes.extend(body_type(review, both, spot));
            changes.extend(presence(both, spot, (old, new)));
            changes.extend(content(both, spot, (old, new)));
            changes
        }
    }
}

fn is_constant(body: &Body) -> bool {
    matches!(body, Body::GraphQl { variables: None, .. })
}

/// How a body is taken by the method, its type aside.
fn form(body: &Body) -> &'static str {
    match body {
        Body::Json { .. } | Body::Form { .. } | Body::Multipart { .. } => "typed",
        Body::GraphQl { variables: Some(_), .. } => "typed",
        Body::GraphQl { variables: None, .. } => "nothing",
        Body::Text { .. } => "impl Into<String>",
        Body::Bytes { .. } => "impl Into<Bytes>",
    }
}

fn body_type(review: &Review<'_>, both: Both<'_>, spot: &Spot) -> Option<Change> {
    let (old, new) = (both.old.it.body.as_ref()?, both.new.it.body.as_ref()?);
    let types = (sent(both.old.it), sent(both.new.it));
    let mut relation = review.relate_known(types.0.as_ref(), types.1.as_ref());
    if form(old) != form(new) {
        let is_text =
            [old, new].iter().any(|it| matches!(it, Body::Text { .. } | Body::Bytes { .. }));
        relation =
            Relation { is_same: false, is_narrowed: is_text || relation.is_narrowed, ..relation };
    }
    let said = |side: &Side<'_>, view: View<'_>, body: &Body| match sent(view.it) {
        Some(ty) => side.rust(&ty),
        None => form(body).to_owned(),
    };
    let said = (said(review.old, both.old, old), said(review.new, both.new, new));
    relation.is_change().then(|| {
        let sentence = say("The body was {}, and is now {}.", &[&said.0, &said.1]);
        let verdicts = (relation.wire(Direction::Request), relation.source());
        spot.change(Kind::BodyTypeChanged, verdicts, sentence)
    })
}

fn presence(both: Both<'_>, spot: &Spot, (old, new): (&Body, &Body)) -> Option<Change> {
    if is_constant(old) || is_constant(new) {
        return None;
    }
    match (is_argument(old), is_argument(new)) {
        (false, true) => {
            let sentence = say("The body of {} must now be given.", &[&spot.rust]);
            let verdicts = (Verdict::Breaking, Verdict::Breaking);
            Some(spot.change(Kind::BodyRequired, verdicts, sentence))
        }
        (true, false) => {
            let sentence = say(
                "The body of {} may now be left out, and is set by {}.",
                &[&spot.rust, &both.new.own.body],
            );
            let verdicts = (Verdict::None, Verdict::Breaking);
            Some(spot.change(Kind::BodyOptional, verdicts, sentence))
        }
        (false, false) | (true, true) => None,
    }
}

/// What goes out beside the values of the caller.
fn content(both: Both<'_>, spot: &Spot, (old, new): (&Body, &Body)) -> Vec<Change> {
    let wire = (Verdict::Breaking, Verdict::None);
    let mut changes = Vec::new();
    let types = (content_type(both.old.it, old), content_type(both.new.it, new));
    if types.0 != types.1 {
        let sentence = say("The body goes out as {}, now as {}.", &[&types.0, &types.1]);
        changes.push(spot.change(Kind::ContentTypeChanged, wire, sentence));
    }
    if names(old) != names(new) {
        let sentence =
            say("Names of the form of {} that hold values of the client changed.", &[&spot.rust]);
        changes.push(spot.change(Kind::FieldNameChanged, wire, sentence));
    }
    if let (Some(old), Some(new)) = (document(old), document(new))
        && old != new
    {
        let sentence = say("The GraphQL document of {} changed.", &[&spot.rust]);
        changes.push(spot.change(Kind::GraphqlChanged, wire, sentence));
    }
    changes
}

fn content_type(operation: &Operation, body: &Body) -> String {
    if operation.omit_content_type {
        return "no content type".to_owned();
    }
    match body {
        Body::Json { content_type, .. } | Body::Text { content_type } => content_type.clone(),
        Body::Bytes { content_type: Some(content_type) } => content_type.clone(),
        Body::Bytes { content_type: None } => "what the caller says".to_owned(),
        Body::Form { .. } => "application/x-www-form-urlencoded".to_owned(),
        Body::Multipart { .. } => "multipart/form-data".to_owned(),
        Body::GraphQl { .. } => "application/json".to_owned(),
    }
}

fn names(body: &Body) -> &[(String, Template)] {
    match body {
        Body::Form { names, .. } | Body::Multipart { names, .. } => names,
        Body::Json { .. } | Body::Text { .. } | Body::Bytes { .. } | Body::GraphQl { .. } => &[],
    }
}

fn document(body: &Body) -> Option<(&Template, Option<&String>)> {
    match body {
        Body::GraphQl { query, operation_name, .. } => Some((query, operation_name.as_ref())),
        Body::Json { .. } | Body::Text { .. } | Body::Bytes { .. } => None,
        Body::Form { .. } | Body::Multipart { .. } => None,
    }
}

/// What a response is to those who read it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Empty,
    Text,
    Bytes,
}

fn form_of(response: &Response) -> Form {
    match response {
        Response::Unknown | Response::Json { .. } => Form::Json,
        Response::Empty => Form::Empty,
        Response::Text => Form::Text,
        Response::Bytes => Form::Bytes,
    }
}

/// Whether a response without a body is a state of its own: what may be null says it already.
fn may_be_empty(response: &Response) -> bool {
    match response {
        Response::Json { ty, may_be_empty } => {
            *may_be_empty && !matches!(ty, Type::Nullable(_) | Type::Unknown)
        }
        Response::Unknown | Response::Empty | Response::Text | Response::Bytes => false,
    }
}

fn response_changes(review: &Review<'_>, both: Both<'_>, spot: &Spot) -> Option<Change> {
    let (old, new) = (&both.old.it.response, &both.new.it.response);
    let verdicts = match (form_of(old), form_of(new)) {
        (Form::Json, Form::Json) => {
            let known = |it| answered(it).filter(|ty| **ty != Type::Unknown);
            let mut relation = review.relate_known(known(both.old.it), known(both.new.it));
            let empty = (may_be_empty(old), may_be_empty(new));
            relation.is_same &= empty.0 == empty.1;
            relation.is_broadened |= !empty.0 && empty.1 && known(both.old.it).is_some();
            if !relation.is_change() {
                return None;
            }
            (relation.wire(Direction::Response), relation.source())
        }
        (before, after) if before == after => return None,
        // Who expects nothing reads nothing.
        (Form::Empty, Form::Json | Form::Text | Form::Bytes) => {
            (Verdict::Additive, Verdict::Breaking)
        }
        // Bytes are whatever they are.
        (Form::Json | Form::Text, Form::Bytes) => (Verdict::None, Verdict::Breaking),
        (Form::Bytes, Form::Json | Form::Text) => (Verdict::None, Verdict::Breaking),
        (Form::Json | Form::Text | Form::Bytes, _) => (Verdict::Breaking, Verdict::Breaking),
        (Form::Empty, Form::Empty) => return None,
    };
    let said = (said(review.old, both.old), said(review.new, both.new));
    let sentence = say("The response was {}, and is now {}.", &[&said.0, &said.1]);
    Some(spot.change(Kind::ResponseTypeChanged, verdicts, sentence))
}

fn said(side: &Side<'_>, view: View<'_>) -> String {
    match &view.it.response {
        Response::Unknown | Response::Json { ty: Type::Unknown, .. } => "Json".to_owned(),
        Response::Json { ty, .. } => match may_be_empty(&view.it.response) {
            true => format!("Option<{}>", side.rust(ty)),
            false => side.rust(ty),
        },
        Response::Empty => "()".to_owned(),
        Response::Text => "Text".to_owned(),
        Response::Bytes => "Bytes".to_owned(),
    }
}

/// No signature has the type of a failure; what reads all failures as one is told of the client.
fn error(review: &Review<'_>, both: Both<'_>, spot: &Spot) -> Option<Change> {
    let (old, new) = (both.old.it.error.as_ref(), both.new.it.error.as_ref());
    let relation = review.relate_known(old, new);
    relation.is_change().then(|| {
        let said = |side: &Side<'_>, ty: Option<&Type>| {
            ty.map_or_else(|| "of an unknown type".to_owned(), |ty| side.rust(ty))
        };
        let said = (said(review.old, old), said(review.new, new));
        let sentence = say("Failures were {}, and are now {}.", &[&said.0, &said.1]);
        let verdicts = (relation.wire(Direction::Response), Verdict::None);
        spot.change(Kind::ErrorTypeChanged, verdicts, sentence)
    })
}
