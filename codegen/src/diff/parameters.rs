//! What changed of an operation's arguments: in the path, the query and the headers.

use super::both::{Both, View};
use super::places::Relation;
use super::sentence::say;
use super::spot::Spot;
use super::{Change, Direction, Kind, Review, Side, Verdict};
use crate::api::{Body, Parameter, Presence, Type, TypeKind};
use crate::template::Template;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A parameter of the query or the headers with its setter or argument.
#[derive(Clone, Copy)]
struct Given<'a> {
    parameter: &'a Parameter,
    rust: &'a str,
    /// Whether callers have an argument or a setter for it.
    is_settable: bool,
}

impl Given<'_> {
    /// What a change means to callers, who only see what they can set.
    fn source(self, verdict: Verdict) -> Verdict {
        if self.is_settable { verdict } else { Verdict::None }
    }
}

/// A word for where it stands, and its name.
type Name = (&'static str, String);

const QUIET: (Verdict, Verdict) = (Verdict::None, Verdict::None);

/// All changes of arguments and setters.
pub(super) fn changes(review: &Review<'_>, both: Both<'_>, spot: &Spot) -> Vec<Change> {
    let spot = spot.about(Direction::Request);
    let mut changes = path(review, both, &spot);
    let (old, new) = (given(both.old), given(both.new));
    for (name, given) in &old {
        match new.get(name) {
            None => changes.push(removed(&spot, name, *given)),
            Some(now) => changes.extend(changed(review, &spot, name, (*given, *now))),
        }
    }
    for (name, given) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        changes.push(added(&spot, name, *given));
    }
    changes.extend(order(review, both, &spot));
    changes
}

fn given(view: View<'_>) -> BTreeMap<Name, Given<'_>> {
    let (it, own) = (view.it, view.own);
    let query = it.query.iter().zip(&own.query).map(|pair| ("query", pair));
    let headers = it.headers.iter().zip(&own.headers).map(|pair| ("header", pair));
    let all = query.chain(headers);
    all.map(|(place, (parameter, rust))| {
        let is_settable = match place {
            "header" => parameter.is_settable_header(),
            _ => parameter.is_settable(),
        };
        ((place, parameter.name.written()), Given { parameter, rust, is_settable })
    })
    .collect()
}

/// The spot of a parameter: its key as `explain` takes it.
fn spot_of(spot: &Spot, (place, name): &Name, rust: &str) -> Spot {
    spot.part(format!("{} {place}.{name}", spot.key), format!("{} · {rust}", spot.rust))
}

fn removed(spot: &Spot, name: &Name, given: Given<'_>) -> Change {
    let spot = spot_of(spot, name, given.rust);
    let sentence = say("The parameter {} is gone.", &[&name.1]);
    let verdicts = (Verdict::Breaking, given.source(Verdict::Breaking));
    spot.change(Kind::ParameterRemoved, verdicts, sentence)
}

fn added(spot: &Spot, name: &Name, given: Given<'_>) -> Change {
    let spot = spot_of(spot, name, given.rust);
    let is_sent = !given.parameter.default.is_empty();
    let (verdicts, words) = match given.parameter.presence {
        Presence::Required => {
            ((Verdict::Breaking, Verdict::Breaking), "The parameter {} is new, and must be given.")
        }
        Presence::Optional if is_sent => (
            (Verdict::Breaking, Verdict::Additive),
            "The parameter {} is new, and sent as {} unless a caller says otherwise.",
        ),
        Presence::Optional => {
            ((Verdict::Additive, Verdict::Additive), "The parameter {} is new, and may be given.")
        }
    };
    let verdicts = (verdicts.0, given.source(verdicts.1));
    let sent = shown(&given.parameter.default);
    spot.change(Kind::ParameterAdded, verdicts, say(words, &[&name.1, &sent]))
}

fn shown(values: &[Option<Template>]) -> String {
    let value = |value: &Option<Template>| match value {
        Some(value) => value.written(),
        None => "the name alone".to_owned(),
    };
    values.iter().map(value).collect::<Vec<_>>().join(", ")
}

fn changed(
    review: &Review<'_>,
    spot: &Spot,
    name: &Name,
    (old, new): (Given<'_>, Given<'_>),
) -> Vec<Change> {
    let spot = spot_of(spot, name, old.rust);
    let mut changes = Vec::new();
    let relation = relate(review, &old.parameter.ty, &new.parameter.ty, Takes::Several);
    if relation.is_change() {
        let change = retyped(review, &spot, &name.1, (old.parameter, new.parameter), relation);
        changes.push(Change { source: old.source(change.source), ..change });
    }
    match (old.parameter.presence, new.parameter.presence) {
        (Presence::Optional, Presence::Required) => {
            let sentence = say("The parameter {} must now be given.", &[&name.1]);
            let verdicts = (Verdict::Breaking, Verdict::Breaking);
            changes.push(spot.change(Kind::ParameterRequired, verdicts, sentence));
        }
        (Presence::Required, Presence::Optional) => {
            let sentence =
                say("The parameter {} may now be left out, and is set by a setter.", &[&name.1]);
            let verdicts = (Verdict::None, Verdict::Breaking);
            changes.push(spot.change(Kind::ParameterOptional, verdicts, sentence));
        }
        (Presence::Optional, Presence::Optional) => changes.extend(optional(&spot, name, old, new)),
        (Presence::Required, Presence::Required) => {}
    }
    changes
}

/// What changed of a setter.
fn optional(spot: &Spot, name: &Name, old: Given<'_>, new: Given<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.rust != new.rust && old.is_settable && new.is_settable {
        let sentence = say("The setter {} is now called {}.", &[old.rust, new.rust]);
        let verdicts = (Verdict::None, Verdict::Breaking);
        changes.push(spot.change(Kind::ParameterRenamed, verdicts, sentence));
    }
    let sent = (&old.parameter.default, &new.parameter.default);
    if sent.0 != sent.1 {
        let (was, is) = (shown(sent.0), shown(sent.1));
        let sentence = match (sent.0.is_empty(), sent.1.is_empty()) {
            (true, _) => {
                let words = "Unless a caller sets it, {} was not sent, and is now sent as {}.";
                say(words, &[&name.1, &is])
            }
            (_, true) => {
                let words = "Unless a caller sets it, {} was sent as {}, and is no longer sent.";
                say(words, &[&name.1, &was])
            }
            (_, _) => {
                let words = "Unless a caller sets it, {} was sent as {}, and is now sent as {}.";
                say(words, &[&name.1, &was, &is])
            }
        };
        let source = match (old.is_settable, new.is_settable) {
            (true, false) => Verdict::Breaking,
            (false, true) => Verdict::Additive,
            (true, true) | (false, false) => Verdict::None,
        };
        let verdicts = (Verdict::Breaking, source);
        changes.push(spot.change(Kind::ParameterDefaultChanged, verdicts, sentence));
    }
    changes
}

fn retyped(
    review: &Review<'_>,
    spot: &Spot,
    name: &str,
    (old, new): (&Parameter, &Parameter),
    relation: Relation,
) -> Change {
    let types = (review.old.rust(&old.ty), review.new.rust(&new.ty));
    let sentence = say("{} was {}, and is now {}.", &[name, &types.0, &types.1]);
    let verdicts = (relation.wire(Direction::Request), relation.source());
    spot.change(Kind::ParameterTypeChanged, verdicts, sentence)
}

/// Path parameters are told apart by their place: what they are called is nobody's business.
fn path(review: &Review<'_>, Both { old, new }: Both<'_>, spot: &Spot) -> Vec<Change> {
    let mut changes = Vec::new();
    let (before, after) = (&old.it.path_parameters, &new.it.path_parameters);
    let spot_of = |at: usize, parameter: &Parameter| {
        let rust = parameter.name.written();
        spot.part(format!("{} path {at}", spot.key), format!("{} · {rust}", spot.rust))
    };
    for (at, (old, new)) in before.iter().zip(after).enumerate() {
        let relation = relate(review, &old.ty, &new.ty, Takes::One);
        if relation.is_change() {
            let spot = spot_of(at, old);
            let name = old.name.written();
            let change = retyped(review, &spot, &name, (old, new), relation);
            changes.push(Change { kind: Kind::ArgumentTypeChanged, ..change });
        }
    }
    let source = (Verdict::None, Verdict::Breaking);
    for (at, old) in before.iter().enumerate().skip(after.len()) {
        let sentence = say("The path takes no argument {} any more.", &[&old.name.written()]);
        changes.push(spot_of(at, old).change(Kind::ArgumentRemoved, source, sentence));
    }
    for (at, new) in after.iter().enumerate().skip(before.len()) {
        let sentence = say("The path takes one more argument, {}.", &[&new.name.written()]);
        changes.push(spot_of(at, new).change(Kind::ArgumentAdded, source, sentence));
    }
    changes
}

/// How many values of a parameter are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    One,
    Several,
}

/// How two parameters relate, by what their methods take.
fn relate(review: &Review<'_>, old: &Type, new: &Type, takes: Takes) -> Relation {
    let relation = review.relate(old, new);
    let taken = (taken(review.old, old, takes), taken(review.new, new, takes));
    // Whatever was sent before is a text too.
    let is_narrowed = relation.is_narrowed && *taken.1 != Type::Text;
    let is_same = is_taken(review, &taken.0, &taken.1);
    Relation { is_same, is_narrowed, is_broadened: relation.is_broadened }
}

/// Whether what was given for the old type is taken for the new one: whatever prints itself is taken as text.
fn is_taken(review: &Review<'_>, old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::List(old), Type::List(new)) => is_taken(review, old, new),
        (Type::Bool | Type::Integer | Type::Unsigned | Type::Number, Type::Text) => true,
        (Type::Named(_), Type::Text) => true,
        (old, new) => review.relate(old, new).is_same,
    }
}

/// The type that a method takes for a parameter: whatever is text is taken as text.
fn taken<'t>(side: &Side<'_>, ty: &'t Type, takes: Takes) -> Cow<'t, Type> {
    match ty {
        Type::Bool | Type::Integer | Type::Unsigned | Type::Number | Type::Secret => {
            Cow::Borrowed(ty)
        }
        Type::Named(id) => match side.api.types.get(*id).map(|it| &it.kind) {
            Some(TypeKind::Enumeration(_)) => Cow::Borrowed(ty),
            Some(TypeKind::Struct(_) | TypeKind::Union(_)) | None => Cow::Owned(Type::Text),
        },
        Type::List(_) if takes == Takes::One => Cow::Owned(Type::Text),
        Type::List(item) => match taken(side, item, takes).into_owned() {
            Type::List(inner) => Cow::Owned(Type::List(inner)),
            inner => Cow::Owned(Type::List(Box::new(inner))),
        },
        Type::Nullable(inner) => taken(side, inner, takes),
        Type::Text | Type::Unknown | Type::File | Type::Map(_) => Cow::Owned(Type::Text),
    }
}

/// Whether values that callers give by their place now go elsewhere.
fn order(review: &Review<'_>, Both { old, new }: Both<'_>, spot: &Spot) -> Option<Change> {
    let (before, after) = (arguments(old), arguments(new));
    let names =
        |list: &[(Name, Type)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let (mut sorted, mut other) = (names(&before), names(&after));
    if sorted == other {
        return None;
    }
    sorted.sort();
    other.sort();
    if sorted != other {
        return None;
    }
    let types = before.iter().zip(&after);
    let is_same =
        types.clone().all(|((_, old), (_, new))| relate(review, old, new, Takes::Several).is_same);
    let shown = |list: &[(Name, Type)]| {
        list.iter().map(|((_, name), _)| name.clone()).collect::<Vec<_>>().join(", ")
    };
    let words = "The arguments {} now stand in the order {}.";
    let sentence = say(words, &[&shown(&before), &shown(&after)]);
    // The compiler does not see what moved among arguments of one type.
    let verdicts =
        if is_same { (Verdict::Breaking, Verdict::None) } else { (QUIET.0, Verdict::Breaking) };
    Some(spot.change(Kind::ArgumentsReordered, verdicts, sentence))
}

/// What a method must be given, in order, the body aside, which is always the last.
fn arguments(view: View<'_>) -> Vec<(Name, Type)> {
    let path = view.it.path_parameters.iter().enumerate();
    let path = path.map(|(at, it)| (("path", at.to_string()), it.ty.clone()));
    let given = |place, list: &[Parameter]| {
        let required = list.iter().filter(|it| it.presence == Presence::Required);
        required.map(|it| ((place, it.name.written()), it.ty.clone())).collect::<Vec<_>>()
    };
    path.chain(given("query", &view.it.query)).chain(given("header", &view.it.headers)).collect()
}

/// Whether a body is an argument of the method.
pub(super) fn is_argument(body: &Body) -> bool {
    match body {
        Body::Json { presence, .. } => *presence == Presence::Required,
        Body::GraphQl { variables, .. } => variables.is_some(),
        Body::Text { .. } | Body::Bytes { .. } | Body::Form { .. } | Body::Multipart { .. } => true,
    }
}
