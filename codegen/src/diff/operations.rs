//! What changed of the operations: added, removed, called otherwise, sent elsewhere.

use super::both::{Both, View};
use super::sentence::{say, tell, value_or};
use super::spot::{Ends, Spot};
use super::{Change, Direction, Kind, Review, Side, Verdict, bodies, paging, parameters};
use crate::api::{Credential, Operation};
use crate::name::Aliased;
use crate::template::{Piece, Template};
use std::collections::BTreeMap;

/// All changes of operations.
pub(super) fn changes(review: &Review<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for id in &review.operations.removed {
        let spot = review.operation((Some(*id), None));
        let sentence = say("The operation {} is gone.", &[&spot.rust]);
        let verdicts = (Verdict::Breaking, Verdict::Breaking);
        changes.push(spot.about(Direction::Both).change(
            Kind::OperationRemoved,
            verdicts,
            sentence,
        ));
    }
    for id in &review.operations.added {
        let spot = review.operation((None, Some(*id)));
        let sentence = say("The operation {} is new.", &[&spot.rust]);
        let verdicts = (Verdict::Additive, Verdict::Additive);
        changes.push(spot.about(Direction::Both).change(Kind::OperationAdded, verdicts, sentence));
    }
    for (old, new) in &review.operations.both {
        let both = View::of(review.old, *old).zip(View::of(review.new, *new));
        if let Some((old, new)) = both {
            let both = Both { old, new };
            let spot = review.operation((Some(old.id), Some(new.id)) as Ends);
            changes.extend(names(review, both, &spot));
            changes.extend(address(review, both, &spot));
            changes.extend(parameters::changes(review, both, &spot));
            changes.extend(bodies::changes(review, both, &spot));
            changes.extend(paging::change(review, both, &spot));
            changes.extend(words(both, &spot));
        }
    }
    changes
}

/// How it is called.
fn names(review: &Review<'_>, Both { old, new }: Both<'_>, spot: &Spot) -> Vec<Change> {
    let (before, after) = (review.old.call(old.id), review.new.call(new.id));
    let stays_in_folder = review.groups.new_of(old.it.group) == Some(new.it.group);
    // A folder that is called otherwise is one change, whatever stands in it.
    let is_called_otherwise =
        if stays_in_folder { old.own.method != new.own.method } else { before != after };
    let mut changes = Vec::new();
    if is_called_otherwise {
        let (kind, words) = match stays_in_folder {
            true => (Kind::OperationRenamed, "{} is now called {}."),
            false => (Kind::OperationMoved, "{} moved, and is now {}."),
        };
        let of = Aliased::Operation(new.id);
        let source = review.call_renamed(old.it.group, &old.own.method, of);
        changes.push(spot.change(kind, (Verdict::None, source), say(words, &[&before, &after])));
    } else if (&old.it.key.trail, &old.it.name) != (&new.it.key.trail, &new.it.name) {
        let words =
            "The request of {} has another name or folder in the collection; its Rust name stays.";
        let kind = if stays_in_folder { Kind::OperationRenamed } else { Kind::OperationMoved };
        changes.push(spot.change(kind, (Verdict::None, Verdict::None), say(words, &[&before])));
    }
    for name in review.lost_names(Aliased::Operation(old.id), Aliased::Operation(new.id)) {
        let sentence = say("{} is no longer found under its former name {}.", &[&before, &name]);
        let verdicts = (Verdict::None, Verdict::Breaking);
        changes.push(spot.change(Kind::OperationRenamed, verdicts, sentence));
    }
    changes.extend(request(review, Both { old, new }, spot, stays_in_folder));
    changes
}

impl Side<'_> {
    /// The path of the type of an operation's requests, if they have one of their own.
    fn request(&self, view: View<'_>) -> Option<String> {
        let group = view.it.group.and_then(|id| self.names.groups.get(id.0));
        let module = group.map(|own| own.module.as_slice()).unwrap_or_default();
        let outer = module.iter().map(|segment| format!("{segment}::"));
        let has_one = self.exports.requests.contains(&view.id);
        has_one.then(|| outer.chain([view.own.request.clone()]).collect())
    }

    pub(super) fn credential(&self, operation: &Operation) -> Option<&Credential> {
        self.api.credentials.get(operation.auth?.0)
    }
}

/// The type of its requests. Who sends what a method gives, and does not name its type, sees nothing of it.
fn request(
    review: &Review<'_>,
    Both { old, new }: Both<'_>,
    spot: &Spot,
    stays_in_folder: bool,
) -> Option<Change> {
    let breaking = (Verdict::None, Verdict::Breaking);
    match (review.old.request(old), review.new.request(new)) {
        (Some(before), Some(after)) if before != after => {
            // A folder that is called otherwise is one change, whatever stands in it.
            let moves_with_folder = stays_in_folder && old.own.request == new.own.request;
            let sentence = say("The request {} is now {}.", &[&before, &after]);
            let of = Aliased::Operation(new.id);
            let source = review.type_of_renamed(old.it.group, &old.own.request, of);
            let verdicts = (Verdict::None, source);
            (!moves_with_folder).then(|| spot.change(Kind::RequestRenamed, verdicts, sentence))
        }
        (Some(before), None) => {
            let sentence = say("The request {} is gone: there is nothing to set.", &[&before]);
            Some(spot.change(Kind::RequestRemoved, breaking, sentence))
        }
        (None, Some(after)) => {
            let sentence = say("The request has a type of its own now, {}.", &[&after]);
            let verdicts = (Verdict::None, Verdict::Additive);
            Some(spot.change(Kind::RequestAdded, verdicts, sentence))
        }
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// Where it is sent, and as whom.
fn address(review: &Review<'_>, Both { old, new }: Both<'_>, spot: &Spot) -> Vec<Change> {
    let spot = spot.about(Direction::Request);
    let wire = (Verdict::Breaking, Verdict::None);
    let mut changes = Vec::new();
    let mut differs = |kind, before: &str, after: &str, words| {
        if before != after {
            changes.push(spot.change(kind, wire, say(words, &[before, after])));
        }
    };
    differs(Kind::MethodChanged, &old.it.method, &new.it.method, "The method {} is now {}.");
    let is_alike = old.it.path_parameters.len() == new.it.path_parameters.len();
    let paths = (erased(&old.it.path, is_alike), erased(&new.it.path, is_alike));
    differs(Kind::PathChanged, &paths.0, &paths.1, "The path {} is now {}.");
    let servers = [&old.it.key.endpoint.server, &new.it.key.endpoint.server];
    if servers[0] != servers[1] {
        let shown = servers.map(|it| {
            value_or(Some(it).filter(|it| !it.is_empty()).map(String::as_str), "the first server")
        });
        let sentence = tell("It was sent to {}, and is now sent to {}.", shown.into());
        changes.push(spot.change(Kind::OperationServerChanged, wire, sentence));
    }
    changes.extend(credential(review, (old.it, new.it), &spot));
    changes
}

/// As whom. What is changed of a credential itself is told once, at the client.
fn credential(
    review: &Review<'_>,
    (old, new): (&Operation, &Operation),
    spot: &Spot,
) -> Option<Change> {
    let is_same = match (old.auth, new.auth) {
        (None, None) => true,
        (Some(before), Some(after)) => review.credentials.both.get(&before) == Some(&after),
        (Some(_), None) | (None, Some(_)) => false,
    };
    let said = |credential: Option<&Credential>| match credential {
        Some(Credential { key, scheme, .. }) => {
            let text = format!("{key} ({})", crate::api::dump::scheme_text(scheme));
            value_or(Some(&text), "")
        }
        None => value_or(None, "no credential"),
    };
    let credentials = vec![said(review.old.credential(old)), said(review.new.credential(new))];
    let sentence = tell("It was sent with {}, and is now sent with {}.", credentials);
    let verdicts = (Verdict::Breaking, Verdict::None);
    (!is_same).then(|| spot.change(Kind::AuthChanged, verdicts, sentence))
}

/// A path without the names of its arguments, which are nobody's on the wire; where an argument became a value of the client or the other way round, without their names either.
fn erased(path: &Template, keeps_variables: bool) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Argument(_) => "{}".to_owned(),
        Piece::Variable(_) if !keeps_variables => "{}".to_owned(),
        Piece::Variable(_) | Piece::Dynamic(_) => Template(vec![piece.clone()]).written(),
    };
    path.0.iter().map(piece).collect()
}

/// What is said of it.
fn words(Both { old, new }: Both<'_>, spot: &Spot) -> Vec<Change> {
    let mut changes = Vec::new();
    let silent = (Verdict::None, Verdict::None);
    match (&old.it.deprecated, &new.it.deprecated) {
        (None, Some(why)) => {
            let sentence = say("{} is deprecated: {}.", &[&spot.rust, why]);
            let verdicts = (Verdict::None, Verdict::Warning);
            changes.push(spot.change(Kind::DeprecationAdded, verdicts, sentence));
        }
        (Some(_), None) => {
            let sentence = say("{} is no longer deprecated.", &[&spot.rust]);
            changes.push(spot.change(Kind::DeprecationRemoved, silent, sentence));
        }
        (Some(_), Some(_)) | (None, None) => {}
    }
    if old.it.scopes != new.it.scopes {
        let scopes = (old.it.scopes.join(" "), new.it.scopes.join(" "));
        let sentence = say("It needs the scopes {}, now {}.", &[&scopes.0, &scopes.1]);
        changes.push(spot.change(Kind::ScopesChanged, silent, sentence));
    }
    if docs_differ(old.it, new.it) {
        let sentence = say("What is said of {} changed.", &[&spot.rust]);
        changes.push(spot.change(Kind::DocsChanged, silent, sentence));
    }
    changes
}

/// Whether the description of the operation, or of a parameter that stays, changed.
fn docs_differ(old: &Operation, new: &Operation) -> bool {
    let parameters = |it: &'_ Operation| {
        let all = it.path_parameters.iter().chain(&it.query).chain(&it.headers);
        all.map(|it| (it.name.clone(), it.docs.clone())).collect::<BTreeMap<_, _>>()
    };
    let (before, after) = (parameters(old), parameters(new));
    let mut common = before.iter().filter_map(|(name, docs)| Some((docs, after.get(name)?)));
    let why = old.deprecated.as_ref().zip(new.deprecated.as_ref());
    old.docs != new.docs
        || common.any(|(old, new)| old != new)
        || why.is_some_and(|(old, new)| old != new)
}
