//! What a type definition may be called, from short to long, and how good its claim is.
//!
//! In: a definition and where it is used. Out: an [`Entry`]. Knows nothing of what is taken.

use super::context::Context;
use super::operations::ParsedName;
use super::scope::Entry;
use super::uses::{Part, Use};
use super::{english, phrase, senders, statuses, words};
use crate::api::{Outcome, Root, Type, TypeDef, TypeId, TypeKind};
use std::iter;

/// Keys that say nothing of what they hold.
const VAGUE: &[&str] = &[
    "body", "content", "data", "details", "entry", "info", "item", "list", "object", "payload",
    "record", "request", "response", "result", "row", "value",
];

/// How good the claim on a plain name is: the lower, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// The record of a resource: what *get one* answers, the item of a listing.
    Record,
    /// The body of a request.
    Request,
    /// A page of records, or an envelope around one.
    Page,
    /// Any other response, and errors.
    Response,
    /// Inside another type.
    Nested,
}

/// What the requests of operations claim: less than records and bodies, which people meet first.
pub(super) const REQUEST: u8 = Claim::Request as u8;

/// What handles claim: less than pages, more than the rest.
pub(super) const HANDLE: u8 = Claim::Page as u8 + 1;

/// The claim and the first candidate of the definition at `at`.
pub(super) fn entry(context: &Context<'_>, at: usize) -> Entry {
    let Some(def) = context.api.types.0.get(at) else { return Entry::default() };
    let pin = context.pins.types.get(&at).cloned();
    let key = def.key.to_string();
    let candidates = candidates(context, at).take(1).collect();
    let Some((found, parsed)) = used(context, at) else {
        return Entry { key, pin, rank: u8::MAX - 1, candidates, ..Entry::default() };
    };
    let claim = claim(context, def, found, parsed);
    let depth = match claim {
        Claim::Nested => u8::try_from(found.path.len().min(100)).unwrap_or(100),
        // What a resource is, those say that read it.
        Claim::Record | Claim::Page if !reads(context, found) => 1,
        Claim::Response => 1,
        Claim::Record | Claim::Request | Claim::Page => 0,
    };
    Entry {
        key,
        pin,
        rank: claim as u8 + depth,
        places: context.uses.operations.get(at).copied().unwrap_or_default(),
        candidates,
        ..Entry::default()
    }
}

/// Where the definition at `at` is met first, if anywhere.
fn used<'a>(context: &Context<'a>, at: usize) -> Option<(&'a Use, &'a ParsedName)> {
    let found = context.uses.first.get(at)?.as_ref()?;
    Some((found, context.parsed.get(found.operation)?))
}

/// What the definition at `at` may be called, from short to long.
pub(super) fn candidates<'a>(
    context: &'a Context<'_>,
    at: usize,
) -> Box<dyn Iterator<Item = String> + 'a> {
    let Some(def) = context.api.types.0.get(at) else { return Box::new(iter::empty()) };
    let Some((found, parsed)) = used(context, at) else {
        return Box::new(words::camel(&words::split(&def.key.to_string())).into_iter());
    };
    let claim = claim(context, def, found, parsed);
    let lists: Box<dyn Iterator<Item = Vec<String>>> = match claim {
        Claim::Record => Box::new(record(found, parsed)),
        Claim::Nested => Box::new(nested(def, found, parsed)),
        Claim::Request | Claim::Page | Claim::Response => {
            let is_shared = context.uses.tops.get(at).is_some_and(|tops| tops.len() > 1);
            let failure = failure(def, found, is_shared).filter(|_| found.part == Part::Error);
            let common = senders::stem(context, at).filter(|_| claim == Claim::Request);
            let first = failure.into_iter().chain(common);
            Box::new(first.chain(top(def, claim, found, parsed)))
        }
    };
    Box::new(lists.flat_map(move |list| idents(&words::once(&list), claim)))
}

/// What is made when it is asked for.
fn lazily<I: IntoIterator>(make: impl FnOnce() -> I) -> impl Iterator<Item = I::Item> {
    iter::once_with(make).flatten()
}

/// What a type of these words may be called: in brief, then with all of them.
fn idents(list: &[String], claim: Claim) -> impl Iterator<Item = String> + use<> {
    let brief = match (claim, list.split_last()) {
        (Claim::Record | Claim::Nested, _) | (_, None) => words::brief_tail(list),
        (_, Some((part, stem))) if PARTS.contains(&part.as_str()) => {
            [words::brief(stem, 0, words::BRIEF - part.len()), word(part)].concat()
        }
        (_, Some(_)) => words::brief(list, 0, words::BRIEF),
    };
    [words::camel(&brief), words::camel(list)].into_iter().flatten()
}

/// Last words that say which part of a call a type is.
const PARTS: &[&str] =
    &["entry", "error", "failure", "item", "listing", "object", "page", "request", "response"];

/// What failures are called: those of the whole API, what most of them are among several kinds, or those of one status. A type that the overlay gives operations of one folder is called after them.
fn failure(def: &TypeDef, found: &Use, is_shared: bool) -> Option<Vec<String>> {
    let name = match &def.key.root {
        Root::Errors if found.arm_of.is_some() => "error body".to_owned(),
        Root::Errors => "api error".to_owned(),
        Root::Response(_, Outcome::Status(status)) => {
            format!("{} error", statuses::words(*status))
        }
        _ if is_shared => "api error".to_owned(),
        _ => return None,
    };
    Some(name.split(' ').map(str::to_owned).collect())
}

fn claim(context: &Context<'_>, def: &TypeDef, found: &Use, parsed: &ParsedName) -> Claim {
    let is_object = matches!(def.kind, TypeKind::Struct(_));
    let lists = lists(parsed);
    match (found.part, found.path.as_slice()) {
        (Part::Response, []) if !is_object && lists => Claim::Page,
        (Part::Response, []) if envelope(def, parsed).is_some() => Claim::Page,
        (Part::Response, []) if lists && !found.item => Claim::Page,
        (Part::Response, []) if is_object && (lists || reads(context, found)) => Claim::Record,
        (Part::Response | Part::Error, []) => Claim::Response,
        (Part::Request, []) => Claim::Request,
        (Part::Response, [(key, _)]) if is_object && holds_record(context, key, found, parsed) => {
            Claim::Record
        }
        (Part::Request | Part::Response | Part::Error, _) => Claim::Nested,
    }
}

/// Whether the operation is a listing, in whatever words.
fn lists(parsed: &ParsedName) -> bool {
    matches!(parsed.phrase.verb.as_str(), "list" | "search" | "find" | "browse" | "query")
}

fn reads(context: &Context<'_>, found: &Use) -> bool {
    let operation = context.api.operations.get(found.operation);
    operation.is_some_and(|operation| operation.method == "GET")
}

/// Whether the field `key` of a page or an envelope holds the record itself.
fn holds_record(context: &Context<'_>, key: &str, found: &Use, parsed: &ParsedName) -> bool {
    let Some(top) = found.top.and_then(|top| context.api.types.get(TypeId(top))) else {
        return false;
    };
    match (&top.kind, lists(parsed)) {
        (TypeKind::Struct(it), true) if found.item => {
            let several =
                |ty: &Type| matches!(ty, Type::List(inner) if matches!(**inner, Type::Named(_)));
            let listings = it.fields.iter().filter(|field| several(&field.ty));
            listings.count() == 1 && says_thing(key, parsed)
        }
        (TypeKind::Struct(_), _) => envelope(top, parsed) == Some(key) && !found.item,
        (TypeKind::Enumeration(_) | TypeKind::Union(_), _) => false,
    }
}

/// The field of an envelope that holds the record.
fn envelope<'a>(def: &'a TypeDef, parsed: &ParsedName) -> Option<&'a str> {
    let TypeKind::Struct(it) = &def.kind else { return None };
    let named = |ty: &Type| matches!(ty, Type::Named(_));
    let mut objects = it.fields.iter().filter(|field| named(&field.ty));
    let field = objects.next().filter(|field| says_thing(&field.key, parsed))?;
    let alone = objects.next().is_none() && it.fields.len() <= ENVELOPE;
    alone.then_some(field.key.as_str())
}

/// How many fields an envelope has at most: what it holds, and a few words of success.
const ENVELOPE: usize = 4;

/// Whether a key says the operation's thing, or nothing.
fn says_thing(key: &str, parsed: &ParsedName) -> bool {
    let said = phrase::singular_tail(&words::split(key));
    said == noun(parsed) || matches!(said.as_slice(), [one] if is_vague(one))
}

fn is_vague(word: &str) -> bool {
    VAGUE.contains(&word) || VAGUE.contains(&english::singular(word).as_str())
}

/// The noun of an operation: its object up to the first preposition, in the singular. What folder or path say around a preposition is one noun: `terms of service`.
fn noun(parsed: &ParsedName) -> Vec<String> {
    let full = &parsed.phrase.full;
    let ends = |at: &usize| {
        let around = at.checked_sub(1).and_then(|before| full.get(before..at + 2));
        let is_held = |said: &[String]| {
            said.windows(3).any(|it| around.is_some_and(|around| is_same_words(it, around)))
        };
        full.get(*at).is_some_and(|word| english::is_preposition(word))
            && !is_held(&parsed.folder)
            && !is_held(&parsed.path)
    };
    let end = (0..full.len()).find(ends).unwrap_or(full.len());
    let object = full.get(..end).filter(|object| !object.is_empty()).unwrap_or(&parsed.folder);
    let object = if object.is_empty() { &parsed.path } else { object };
    phrase::singular_tail(object)
}

fn is_same_words(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| english::same(one, other))
}

/// The chosen wording as verb and noun: the stem of a request's type.
fn alone(parsed: &ParsedName) -> Vec<String> {
    parsed.said.alone.clone()
}

fn word(word: &str) -> Vec<String> {
    vec![word.to_owned()]
}

/// Whether `stem` says a word of `qualifier` already.
fn is_said(qualifier: &[String], stem: &[String]) -> bool {
    qualifier.iter().any(|word| stem.iter().any(|said| english::same(word, said)))
}

/// `stem` after those words of `qualifier` that it does not say already.
fn qualified(qualifier: &[String], stem: &[String]) -> Vec<String> {
    let is_new = |word: &&String| !stem.iter().any(|said| english::same(word, said));
    let fresh: Vec<String> = qualifier.iter().filter(is_new).cloned().collect();
    [&fresh[..], stem].concat()
}

/// Candidates of a record: its noun, with one word of its path, of its folder, and as a response.
fn record<'a>(found: &'a Use, parsed: &'a ParsedName) -> impl Iterator<Item = Vec<String>> + 'a {
    let noun = noun(parsed);
    let longer = move |noun: Vec<String>| {
        let mut lists = Vec::new();
        if !found.path.is_empty() {
            let done = english::participle(&parsed.phrase.acting);
            lists.extend(done.map(|done| [&[done], &noun[..]].concat()));
        }
        lists.extend(by_path(parsed, &noun));
        lists.push(qualified(&parsed.folder, &noun));
        lists.push([&noun[..], &word("details")].concat());
        let suffix = if found.item { "item" } else { "response" };
        lists.extend(suffixed(parsed, &alone(parsed), suffix));
        lists
    };
    iter::once(noun.clone()).chain(lazily(move || longer(noun)))
}

/// `stem` with each word of the path that tells something, the nearest first.
fn by_path<'a>(
    parsed: &'a ParsedName,
    stem: &'a [String],
) -> impl Iterator<Item = Vec<String>> + 'a {
    let path = parsed.path.iter().rev().map(std::slice::from_ref);
    path.map(|word| qualified(word, stem)).filter(|list| list.len() > stem.len())
}

/// `stem` and `suffix`, alone and after folder and path.
fn suffixed(parsed: &ParsedName, stem: &[String], suffix: &str) -> Vec<Vec<String>> {
    let plain = [stem, &word(suffix)].concat();
    let mut lists = vec![plain.clone()];
    lists.extend(by_path(parsed, &plain));
    lists.push(qualified(&parsed.folder, &plain));
    lists.push(qualified(&parsed.path, &plain));
    lists
}

/// Candidates of the top of a body that is no record.
fn top<'a>(
    def: &TypeDef,
    claim: Claim,
    found: &Use,
    parsed: &'a ParsedName,
) -> impl Iterator<Item = Vec<String>> + use<'a> {
    let (noun, alone) = (noun(parsed), alone(parsed));
    let is_union = matches!(def.kind, TypeKind::Union(_));
    let lists = lists(parsed);
    let said = matches!(parsed.phrase.acting.as_str(), "get" | "create" | "update" | "replace");
    let (first, stem, suffix) = match (found.part, claim) {
        (Part::Request, _) if found.item => {
            let one = phrase::singular_tail(&alone);
            ([&one[..], &word("item")].concat(), one, "item")
        }
        (Part::Request, _) => (alone.clone(), alone, "request"),
        (Part::Error, _) => ([noun, word("failure")].concat(), alone, "failure"),
        (Part::Response, _) if is_union && lists => {
            ([noun, word("listing")].concat(), alone, "listing")
        }
        (Part::Response, Claim::Page) if lists => ([noun, word("page")].concat(), alone, "page"),
        (Part::Response, Claim::Page) => ([noun, word("response")].concat(), alone, "response"),
        (Part::Response, _) if is_union => ([noun, word("response")].concat(), alone, "response"),
        (Part::Response, _) if said || lists => (noun, alone, "response"),
        (Part::Response, _) => ([&alone[..], &word("response")].concat(), alone, "response"),
    };
    iter::once(first).chain(lazily(move || suffixed(parsed, &stem, suffix)))
}

/// Words of a step: in the singular where it is taken out of a list or a map.
fn step((key, item): &(String, bool)) -> Vec<String> {
    let said = words::split(key);
    if *item { phrase::singular_tail(&said) } else { said }
}

/// Candidates of a nested type: its field, with one of what is around it from the nearest on, then with all.
fn nested<'a>(
    def: &'a TypeDef,
    found: &'a Use,
    parsed: &'a ParsedName,
) -> impl Iterator<Item = Vec<String>> + 'a {
    let own = found.path.last().map(step).unwrap_or_default();
    let plain = (!says_nothing(&own)).then(|| own.clone());
    let kind = found.arm_of.map(|_| if found.item { "item" } else { "object" });
    let lists = plain.into_iter().chain(lazily(move || around(def, found, parsed, own)));
    lists.map(move |mut list| {
        list.extend(kind.map(str::to_owned));
        list
    })
}

/// Whether a step is one word that says nothing of what it holds.
fn says_nothing(step: &[String]) -> bool {
    matches!(step, [one] if is_vague(one))
}

/// The words of a field with those around it.
fn around(def: &TypeDef, found: &Use, parsed: &ParsedName, own: Vec<String>) -> Vec<Vec<String>> {
    let steps: Vec<Vec<String>> = found.path.iter().map(step).collect();
    let around = steps.split_last().map_or(&[][..], |(_, around)| around);
    // Errors of the whole API are no one operation's.
    let failure = failure(def, found, false).filter(|_| found.part == Part::Error);
    let (noun, alone) = match &failure {
        Some(said) => (said.clone(), said.clone()),
        None => (noun(parsed), alone(parsed)),
    };
    let mut lists = Vec::new();
    if failure.is_some() && own.last().is_some_and(|word| word == "error") {
        lists.push([&own[..], &word("details")].concat());
    }
    let tells = |step: &&Vec<String>| !is_said(step, &own) && !says_nothing(step);
    lists.extend(around.iter().rev().filter(tells).map(|step| qualified(step, &own)));
    lists.push(qualified(&noun, &own));
    let is_created = found.part == Part::Request && parsed.phrase.acting == "create";
    if is_created && found.path.len() == 1 && !says_nothing(&own) {
        lists.push([&word("new"), &own[..]].concat());
    }
    lists.extend(around.iter().rev().map(|step| qualified(&noun, &qualified(step, &own))));
    lists.push(qualified(&alone, &own));
    lists.extend(around.iter().rev().map(|step| qualified(&alone, &qualified(step, &own))));
    lists.push(qualified(&parsed.path, &own));
    let longer = steps.iter().rev().fold(Vec::new(), |longer, step| qualified(step, &longer));
    lists.push(qualified(&alone, &longer));
    if let Some((_, true)) = found.path.last() {
        lists.push([&own[..], &word("entry")].concat());
    }
    lists
}
