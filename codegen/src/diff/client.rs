//! What changed of the client itself: the package, what its builder is given, where it sends.

use super::sentence::{say, tell, value_or};
use super::spot::Spot;
use super::{Change, Kind, Review, Side, Verdict};
use crate::api::{Credential, CredentialId, Type, Variable};
use crate::name::CredentialNames;
use crate::template::{Piece, Template};
use std::collections::BTreeMap;

const SOURCE: (Verdict, Verdict) = (Verdict::None, Verdict::Breaking);
const WIRE: (Verdict, Verdict) = (Verdict::Breaking, Verdict::None);
const NEW: (Verdict, Verdict) = (Verdict::None, Verdict::Additive);

/// All changes of the client.
pub(super) fn changes(review: &Review<'_>) -> Vec<Change> {
    let mut changes = package(review);
    changes.extend(variables(review));
    changes.extend(servers(review));
    changes.extend(credentials(review));
    changes.extend(error(review));
    changes
}

/// A client that is new as a whole.
#[must_use]
pub fn client_added(package: &str) -> Change {
    let sentence = say("The client {} is new.", &[package]);
    Spot::of("client", package).change(Kind::ClientAdded, NEW, sentence)
}

/// A client that is gone as a whole.
#[must_use]
pub fn client_removed(package: &str) -> Change {
    let sentence = say("The client {} is gone.", &[package]);
    Spot::of("client", package).change(Kind::ClientRemoved, SOURCE, sentence)
}

fn package(review: &Review<'_>) -> Vec<Change> {
    let (old, new) = (review.old, review.new);
    let mut changes = Vec::new();
    if old.names.package != new.names.package {
        let names = [old.names.package.as_str(), new.names.package.as_str()];
        let sentence = say("The package {} is now called {}.", &names);
        changes.push(Spot::of("client", names[0]).change(Kind::PackageRenamed, SOURCE, sentence));
    }
    for feature in old.exports.features.difference(&new.exports.features) {
        let sentence = say("The cargo feature {} is gone.", &[feature]);
        let spot = Spot::of(format!("feature {feature}"), feature);
        changes.push(spot.change(Kind::FeatureRemoved, SOURCE, sentence));
    }
    if (&old.api.title, &old.api.docs) != (&new.api.title, &new.api.docs) {
        let sentence = say("The title or the description of the API changed.", &[]);
        let spot = Spot::of("client", &new.names.package);
        changes.push(spot.change(Kind::DocsChanged, (Verdict::None, Verdict::None), sentence));
    }
    changes
}

/// A client variable with its setter.
type Set<'a> = (&'a Variable, &'a str);

impl<'a> Side<'a> {
    /// The client variables with their setters; that which is the base URL is told of with the servers, for the builder sets it as such.
    fn variables(&self) -> (Option<&'a Variable>, Vec<Set<'a>>) {
        let all = self.api.variables.iter().zip(self.names.variables.iter().map(String::as_str));
        let is_base =
            |(_, setter): &Set<'_>| self.names.servers.first().is_some_and(|it| it == setter);
        let (base, rest): (Vec<_>, Vec<_>) = all.partition(is_base);
        (base.first().map(|(it, _)| *it), rest)
    }
}

fn variables(review: &Review<'_>) -> Vec<Change> {
    fn named<'a>(side: &Side<'a>) -> BTreeMap<&'a str, Set<'a>> {
        side.variables().1.into_iter().map(|it| (it.0.name.as_str(), it)).collect()
    }
    let (old, new) = (named(review.old), named(review.new));
    let spot = |name: &str, setter: &str| Spot::of(format!("variable {name}"), builder(setter));
    let mut changes = Vec::new();
    for (name, (it, setter)) in &old {
        let spot = spot(name, setter);
        match new.get(name) {
            None => {
                let sentence = say("The client's value {} is gone.", &[name]);
                changes.push(spot.change(Kind::VariableRemoved, SOURCE, sentence));
            }
            Some(now) => changes.extend(variable(&spot, (*it, *setter), *now)),
        }
    }
    for (name, (it, setter)) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        // Without a default no client is built until it is set.
        let (verdicts, words) = match it.default {
            None => {
                ((Verdict::Breaking, Verdict::Additive), "The client must be given the value {}.")
            }
            Some(_) => {
                ((Verdict::Additive, Verdict::Additive), "The client may be given the value {}.")
            }
        };
        changes.push(spot(name, setter).change(Kind::VariableAdded, verdicts, say(words, &[name])));
    }
    changes
}

fn builder(setter: &str) -> String {
    format!("Client::builder().{setter}")
}

fn variable(spot: &Spot, (old, before): Set<'_>, (new, after): Set<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    if before != after {
        let sentence = say("The setter {} is now called {}.", &[before, after]);
        changes.push(spot.change(Kind::VariableRenamed, SOURCE, sentence));
    }
    if old.default != new.default {
        let words = "Unless it is set, the client's value {} was {}, and is now {}.";
        let shown = |it: &Variable| value_or(it.default.as_deref(), "nothing");
        let name = value_or(Some(&old.name), "");
        let sentence = tell(words, vec![name, shown(old), shown(new)]);
        let verdicts =
            if old.default.is_none() { (Verdict::Additive, Verdict::None) } else { WIRE };
        changes.push(spot.change(Kind::VariableDefaultChanged, verdicts, sentence));
    }
    if old.docs != new.docs {
        let sentence = say("What is said of {} changed.", &[&spot.rust]);
        changes.push(spot.change(Kind::DocsChanged, (Verdict::None, Verdict::None), sentence));
    }
    changes
}

/// The first server is the first, whatever it is; the others are told apart by what they are.
fn servers(review: &Review<'_>) -> Vec<Change> {
    fn named(side: &Side<'_>) -> Vec<(String, String)> {
        let all = side.api.servers.iter().zip(&side.names.servers);
        all.map(|(it, setter)| (it.base.written(), setter.clone())).collect()
    }
    let (old, new) = (named(review.old), named(review.new));
    let spot = |base: &str, setter: &str| Spot::of(format!("server {base}"), builder(setter));
    let mut changes = first_server(review);
    let rest = |list: &[(String, String)]| list.iter().skip(1).cloned().collect::<BTreeMap<_, _>>();
    let (old, new) = (rest(&old), rest(&new));
    for (base, setter) in &old {
        let (kind, sentence) = match new.get(base) {
            None => (Kind::ServerRemoved, say("The server {} is gone.", &[base])),
            Some(now) if now != setter => {
                (Kind::ServerRenamed, say("The setter {} is now called {}.", &[setter, now]))
            }
            Some(_) => continue,
        };
        changes.push(spot(base, setter).change(kind, SOURCE, sentence));
    }
    for (base, setter) in new.iter().filter(|(base, _)| !old.contains_key(*base)) {
        let sentence = say("The server {} is new.", &[base]);
        changes.push(spot(base, setter).change(Kind::ServerAdded, NEW, sentence));
    }
    changes
}

/// Where the client sends unless it is told otherwise.
struct Base<'a> {
    setter: &'a str,
    /// The variable that is all of it, if any.
    variable: Option<&'a Variable>,
    /// As the collection writes it, which is the variable's default; `None` where it must be given.
    written: Option<String>,
    /// The same with the defaults of the variables in it.
    filled: Option<String>,
}

impl<'a> Base<'a> {
    fn of(side: &Side<'a>) -> Option<Self> {
        let (server, setter) = (side.api.servers.first()?, side.names.servers.first()?);
        let variable = side.variables().0;
        let default =
            |name: &str| side.api.variables.iter().find(|it| it.name == name)?.default.clone();
        let piece = |piece: &Piece| match piece {
            Piece::Variable(name) => default(name).map(Piece::Text),
            Piece::Text(_) | Piece::Argument(_) | Piece::Dynamic(_) => None,
        };
        let filled = server.base.0.iter().map(|it| piece(it).unwrap_or_else(|| it.clone()));
        let (written, filled) = match variable {
            Some(variable) => (variable.default.clone(), variable.default.clone()),
            None => (Some(server.base.written()), Some(Template(filled.collect()).written())),
        };
        Some(Self { setter, variable, written, filled })
    }
}

/// The base URL, whether a variable says it or the URLs do. A variable in it whose default changed is told as one.
fn first_server(review: &Review<'_>) -> Vec<Change> {
    let Some((old, new)) = Base::of(review.old).zip(Base::of(review.new)) else {
        return Vec::new();
    };
    let shown = |base: &Option<String>| value_or(base.as_deref(), "nothing");
    let key = old.written.as_deref().unwrap_or("nothing");
    let spot = Spot::of(format!("server {key}"), builder(old.setter));
    let mut changes = Vec::new();
    if old.written != new.written && old.filled != new.filled {
        let words = "Unless it is set, the base URL was {}, and is now {}.";
        let verdicts =
            if old.written.is_none() { (Verdict::Additive, Verdict::None) } else { WIRE };
        let sentence = tell(words, vec![shown(&old.written), shown(&new.written)]);
        changes.push(spot.change(Kind::ServerChanged, verdicts, sentence));
    }
    if old.variable.zip(new.variable).is_some_and(|(old, new)| old.docs != new.docs) {
        let sentence = say("What is said of {} changed.", &[&spot.rust]);
        changes.push(spot.change(Kind::DocsChanged, (Verdict::None, Verdict::None), sentence));
    }
    changes
}

/// A credential with its setters.
type Known<'a> = (&'a Credential, &'a CredentialNames);

fn credentials(review: &Review<'_>) -> Vec<Change> {
    fn all<'a>(side: &Side<'a>) -> Vec<Known<'a>> {
        side.api.credentials.iter().zip(&side.names.credentials).collect()
    }
    let (old, new) = (all(review.old), all(review.new));
    let both = &review.credentials.both;
    let mut changes = Vec::new();
    for (at, known) in old.into_iter().enumerate() {
        let now = both.get(&CredentialId(at)).and_then(|id| new.get(id.0));
        if let Some(now) = now {
            changes.extend(credential(known, *now));
            continue;
        }
        let sentence = say("The credential {} is gone.", &[&known.0.key]);
        changes.push(spot(known).change(Kind::CredentialRemoved, SOURCE, sentence));
    }
    for (at, known) in new.into_iter().enumerate() {
        if !both.values().any(|id| id.0 == at) {
            let sentence = say("The credential {} is new.", &[&known.0.key]);
            changes.push(spot(known).change(Kind::CredentialAdded, NEW, sentence));
        }
    }
    changes
}

fn spot((it, own): Known<'_>) -> Spot {
    Spot::of(format!("credential {}", it.key), builder(&own.setter))
}

fn credential(old: Known<'_>, new: Known<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.0.scheme != new.0.scheme {
        let said = |known: Known<'_>| crate::api::dump::scheme_text(&known.0.scheme);
        let words = "The credential {} was sent as {}, and is now as {}.";
        let sentence = say(words, &[&old.0.key, &said(old), &said(new)]);
        let is_taken_otherwise = old.1.parts.len() != new.1.parts.len();
        let verdicts = (Verdict::Breaking, Verdict::breaking_if(is_taken_otherwise));
        changes.push(spot(old).change(Kind::CredentialChanged, verdicts, sentence));
    }
    let setters = |known: Known<'_>| {
        let CredentialNames { setter, tokens, temporary, signer, .. } = known.1;
        [Some(setter.clone()), tokens.clone(), temporary.clone(), signer.clone()]
    };
    let (before, after) = (setters(old), setters(new));
    let mut lost =
        before.iter().flatten().filter(|name| !after.iter().flatten().any(|it| it == *name));
    if let Some(name) = lost.next() {
        let sentence = say("The setter {} is gone; there is {}.", &[name, &new.1.setter]);
        changes.push(spot(old).change(Kind::CredentialRenamed, SOURCE, sentence));
    }
    changes
}

/// What reads all failures as one type.
fn error(review: &Review<'_>) -> Option<Change> {
    let spot = Spot::of("errors", "Error::api_error");
    let (old, new) = (review.old.exports.error, review.new.exports.error);
    match (old, new) {
        (Some(_), None) => {
            let sentence =
                say("{} is gone: failures are no longer all of one type.", &[&spot.rust]);
            Some(spot.change(Kind::ApiErrorRemoved, SOURCE, sentence))
        }
        (None, Some(_)) => {
            let sentence = say("{} is new: all failures are of one type.", &[&spot.rust]);
            Some(spot.change(Kind::ApiErrorAdded, NEW, sentence))
        }
        (Some(before), Some(after)) => {
            let relation = review.relate(&Type::Named(before), &Type::Named(after));
            let paths = [review.old.path(before), review.new.path(after)];
            let sentence = say("{} gave {}, and now gives {}.", &[&spot.rust, paths[0], paths[1]]);
            relation.is_change().then(|| spot.change(Kind::ApiErrorChanged, SOURCE, sentence))
        }
        (None, None) => None,
    }
}
