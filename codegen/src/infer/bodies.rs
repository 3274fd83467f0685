//! What requests carry: JSON typed by endpoint, forms and GraphQL variables by operation.

use super::actions::is_open;
use super::decide::{Decider, Position};
use super::formats::formats;
use super::keys::Keyed;
use super::maps::{ObjectKind, object_kind};
use super::observe::{Reading, observe};
use super::pool::Pool;
use super::reasons::Rule;
use super::samples::{Bodies, Samples};
use super::words::is_label;
use crate::api::{
    self, Endpoint, Family, Field, Nullability, Place, Presence, Root, StructRole, Type, TypeId,
};
use crate::credential::is_secret;
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::draft::{self, Entry, EntryValue};
use crate::evidence::Shape;
use crate::evidence::shape::{Format, Kind};
use crate::json::read_leniently;
use crate::placeholder::{Placeholder, placeholder};
use crate::template::Template;
use std::collections::BTreeMap;

/// From so many digits on a text is a phone, an account or an identifier rather than a quantity.
const LONG_DIGITS: usize = 10;

/// Methods whose requests get no body from evidence: services ignore it there, and recorders write it by accident.
const BODILESS: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

/// The body of an operation.
pub(crate) fn body(
    decider: &mut Decider<'_>,
    samples: &Samples,
    pool: &Pool,
    keyed: &Keyed<'_>,
) -> Option<api::Body> {
    let endpoint = &keyed.key.endpoint;
    let Some(body) = &keyed.operation.body else {
        return recorded_body(decider, samples, pool, endpoint);
    };
    Some(match body {
        draft::Body::Raw { content_type, .. } => {
            let content_type = content_type.clone();
            if let Some(own) = samples.json.get(&keyed.key) {
                let ty = match pool.action(&keyed.key) {
                    Some(action) => {
                        let place = Place::request(&action.operation);
                        json_type(decider, pool, endpoint, &place, &action.shape)
                    }
                    None if is_open(own) => open_type(decider, samples, pool, endpoint),
                    None => endpoint_type(decider, samples, pool, endpoint),
                };
                api::Body::Json { ty, content_type, presence: Presence::Required }
            } else {
                api::Body::Text { content_type }
            }
        }
        draft::Body::Form(fields) => {
            api::Body::Form { ty: form(decider, keyed, fields), names: names(fields.iter()) }
        }
        draft::Body::Multipart(parts) => api::Body::Multipart {
            ty: parts_type(decider, keyed, parts),
            names: names(parts.iter().map(|part| &part.entry)),
        },
        draft::Body::Binary { content_type } => {
            api::Body::Bytes { content_type: content_type.clone() }
        }
        draft::Body::GraphQl { variables: Some(text), .. }
            if read_leniently(&text.text).is_err() =>
        {
            // Postman splices them in as they are, and what comes out is no JSON.
            api::Body::Text { content_type: "application/json".to_owned() }
        }
        draft::Body::GraphQl { query, operation_name, variables } => api::Body::GraphQl {
            query: query.clone(),
            operation_name: operation_name.clone(),
            variables: variables.as_ref().and_then(|text| variables_type(decider, keyed, text)),
        },
    })
}

/// A body that only traffic showed.
fn recorded_body(
    decider: &mut Decider<'_>,
    samples: &Samples,
    pool: &Pool,
    endpoint: &Endpoint,
) -> Option<api::Body> {
    let bodies = samples.endpoints.get(endpoint)?;
    let request = &bodies.request;
    let says_something = !request.objects.keys.is_empty() || endpoint.method != "DELETE";
    let says_something = says_something && request.total() > 0;
    if BODILESS.contains(&endpoint.method.as_str()) || bodies.request_written || !says_something {
        return None;
    }
    Some(api::Body::Json {
        ty: endpoint_type(decider, samples, pool, endpoint),
        content_type: "application/json".to_owned(),
        presence: Presence::Optional,
    })
}

/// The type of an endpoint's JSON requests.
fn endpoint_type(
    decider: &mut Decider<'_>,
    samples: &Samples,
    pool: &Pool,
    endpoint: &Endpoint,
) -> Type {
    let nothing = Bodies::default();
    let request = &samples.endpoints.get(endpoint).unwrap_or(&nothing).request;
    json_type(decider, pool, endpoint, &Place::request(endpoint), request)
}

/// The type of a body that is but a variable: its endpoint's, or its siblings'; any JSON where these do not agree.
fn open_type(
    decider: &mut Decider<'_>,
    samples: &Samples,
    pool: &Pool,
    endpoint: &Endpoint,
) -> Type {
    let own = samples.endpoints.get(endpoint).map(|bodies| bodies.request.kinds());
    if own.is_some_and(|kinds| !kinds.is_empty()) {
        let is_any = pool.takes_several(endpoint);
        return if is_any {
            Type::Unknown
        } else {
            endpoint_type(decider, samples, pool, endpoint)
        };
    }
    match pool.siblings(endpoint) {
        Some(shape) => json_type(decider, pool, endpoint, &Place::request(endpoint), shape),
        None => Type::Unknown,
    }
}

/// The type of the JSON requests at `place`. Its fields are those that requests showed; their types are those of the whole family.
fn json_type(
    decider: &mut Decider<'_>,
    pool: &Pool,
    endpoint: &Endpoint,
    place: &Place,
    request: &Shape,
) -> Type {
    let kinds = request.kinds();
    if kinds == [Kind::Object] {
        let ty = top_struct(decider, pool, endpoint, place, request);
        return nullable(ty, request);
    }
    if kinds == [Kind::List] && request.placeholders.count == 0 {
        let items = request.elements().cloned().unwrap_or_default();
        let place = place.item();
        let ty = match items.kinds().as_slice() {
            [Kind::Object] => {
                let ty = top_struct(decider, pool, endpoint, &place, &items);
                nullable(ty, &items)
            }
            _ => decider.decide(&place, &items, Position::Loose),
        };
        return nullable(Type::List(Box::new(ty)), request);
    }
    decider.decide(place, request, Position::Loose)
}

fn nullable(ty: Type, shape: &Shape) -> Type {
    let is_null = shape.nulls.count > 0 && ty != Type::Unknown;
    if is_null { Type::Nullable(Box::new(ty)) } else { ty }
}

/// The struct at the top of a request.
fn top_struct(
    decider: &mut Decider<'_>,
    pool: &Pool,
    endpoint: &Endpoint,
    place: &Place,
    request: &Shape,
) -> Type {
    let is_struct = object_kind("", &request.objects) == ObjectKind::Struct;
    if decider.is_hinted(place) || !is_struct || request.objects.keys.is_empty() {
        return decider.decide(place, &request.only(Kind::Object), Position::Field);
    }
    if let Some(id) = decider.arena.find(place) {
        return Type::Named(id);
    }
    decider.because(place, Rule::Struct, request);
    let family = pool.family(endpoint);
    let recorded = family.filter(|family| family.is_recorded());
    let mut pooled = request.clone();
    let mut taken = recorded.map(|family| family.taken_from_siblings(request)).unwrap_or_default();
    match (recorded, family) {
        (Some(family), _) => {
            pooled.learn(&family.all);
            taken.learn(&family.all);
        }
        (None, Some(family)) => {
            pooled.learn(&family.requests);
            pooled.learn_kinds(&family.all);
        }
        (None, None) => {}
    }
    let resource = match recorded {
        Some(_) => Place::resource_of(endpoint),
        None => Place::at(Root::Sent(Family::of(endpoint))),
    };
    let mut keys = pooled.objects.ordered();
    keys.extend(taken.objects.ordered());
    let mut fields = decider.fields(&resource, &keys);
    for field in &mut fields {
        if endpoint.method == "PATCH" {
            field.nullability = Nullability::ThreeState;
        }
    }
    decider.define(place, StructRole::Request, fields, request)
}

/// The type of a GraphQL request's variables.
fn variables_type(
    decider: &mut Decider<'_>,
    keyed: &Keyed<'_>,
    text: &draft::Sample,
) -> Option<Type> {
    if text.text.trim().is_empty() {
        return None;
    }
    let Ok((node, _)) = read_leniently(&text.text) else { return Some(Type::Unknown) };
    if node.is_null() {
        // Nobody said what the document takes.
        return Some(Type::Unknown);
    }
    let shape = observe(&node, Reading::Written, None);
    let place = Place::variables(&keyed.key);
    let ty = decider.decide(&place, &shape, Position::Loose);
    Some(ty)
}

/// The names of a form's fields that are no fixed texts, each once.
fn names<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<(String, Template)> {
    let open = entries.map(|entry| &entry.name).filter(|name| name.as_literal().is_none());
    let names: BTreeMap<String, Template> =
        open.map(|name| (name.written(), name.clone())).collect();
    names.into_iter().collect()
}

/// The struct of a form.
fn form(decider: &mut Decider<'_>, keyed: &Keyed<'_>, fields: &[Entry]) -> TypeId {
    let fields = fields.iter().map(|entry| (entry, false));
    form_type(decider, keyed, fields.collect(), &BTreeMap::new())
}

/// The struct of a multipart body. Parts of one name are one field, whose values have one content type.
fn parts_type(decider: &mut Decider<'_>, keyed: &Keyed<'_>, parts: &[draft::Part]) -> TypeId {
    let mut kinds: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for part in parts {
        let (name, kind) = (part.entry.name.written(), part.content_type.as_deref());
        if *kinds.entry(name.clone()).or_insert(kind) != kind {
            let message = format!(
                "the parts called `{name}` differ in their content type; here all have that of the first"
            );
            let origin = part.entry.origin.clone();
            decider.found.push(Diagnostic::warning("infer::part-type", message, origin));
        }
    }
    let kinds = kinds.into_iter().filter_map(|(name, kind)| Some((name, kind?.to_owned())));
    let fields = parts.iter().map(|part| (&part.entry, part.file || is_bytes(&part.entry)));
    form_type(decider, keyed, fields.collect(), &kinds.collect())
}

/// The struct of a form; `kinds` are the content types of its parts.
fn form_type(
    decider: &mut Decider<'_>,
    keyed: &Keyed<'_>,
    entries: Vec<(&Entry, bool)>,
    kinds: &BTreeMap<String, String>,
) -> TypeId {
    let mut order: Vec<String> = Vec::new();
    let mut by_name: BTreeMap<String, Vec<(&Entry, bool)>> = BTreeMap::new();
    for (entry, file) in entries {
        let name = entry.name.written();
        if !by_name.contains_key(&name) {
            order.push(name.clone());
        }
        by_name.entry(name).or_default().push((entry, file));
    }
    let mut fields = Vec::new();
    for name in order {
        let entries = by_name.remove(&name).unwrap_or_default();
        let content_type = kinds.get(&name).cloned();
        fields.push(form_field(decider, name, &entries, content_type));
    }
    let place = Place::form(&keyed.key);
    let kind = api::TypeKind::Struct(api::Struct { role: StructRole::Request, fields });
    let label = format!("{} (form)", super::samples::label(keyed));
    decider.arena.add(&place, kind, vec![label])
}

fn form_field(
    decider: &mut Decider<'_>,
    name: String,
    entries: &[(&Entry, bool)],
    content_type: Option<String>,
) -> Field {
    let is_shown = entries.iter().any(|(entry, _)| named_type(entry).is_none());
    let telling = entries.iter().filter(|(entry, _)| !is_shown || named_type(entry).is_none());
    let mut ty = telling.fold(None, |ty, entry| merge(ty, entry_type(&name, *entry)));
    if entries.len() > 1 {
        ty = ty.map(|ty| Type::List(Box::new(ty)));
    }
    let mut default = Vec::new();
    for (entry, _) in entries.iter().filter(|(entry, _)| entry.enabled) {
        match &entry.value {
            EntryValue::Default(template) => default.push(template.as_literal().ok_or(*entry)),
            EntryValue::Absent | EntryValue::Caller(_) => default.push(Err(*entry)),
        }
    }
    let is_secret = is_secret(&name);
    let default: Vec<String> = match default.iter().copied().collect::<Result<Vec<&str>, _>>() {
        // Nothing stands in for a secret, not even the empty text that the collection has there.
        Ok(_) if is_secret => Vec::new(),
        Ok(texts) => texts.into_iter().map(str::to_owned).collect(),
        Err(_) => {
            let lost = default.iter().filter_map(|it| it.err());
            let lost = lost.filter(|entry| matches!(entry.value, EntryValue::Default(_)));
            decider.found.extend(lost.map(|entry| lost_default(&name, entry)));
            Vec::new()
        }
    };
    Field {
        key: name,
        ty: ty.unwrap_or(Type::Text),
        presence: Presence::Optional,
        nullability: Nullability::Plain,
        default,
        content_type,
        docs: docs(entries),
        provenance: vec!["collection".to_owned()],
    }
}

fn docs(entries: &[(&Entry, bool)]) -> Docs {
    let said = entries.iter().map(|(entry, _)| &entry.docs).find(|docs| !docs.0.is_empty());
    said.cloned().unwrap_or_default()
}

fn entry_type(name: &str, (entry, file): (&Entry, bool)) -> Type {
    match &entry.value {
        _ if file => Type::File,
        _ if is_secret(name) => Type::Secret,
        EntryValue::Absent | EntryValue::Caller(_) => named_type(entry).unwrap_or(Type::Text),
        EntryValue::Default(template) => {
            template.as_literal().map_or(Type::Text, |text| text_type(name, text))
        }
    }
}

/// Whether an entry's value is but a placeholder for bytes.
fn is_bytes(entry: &Entry) -> bool {
    let EntryValue::Caller(text) = &entry.value else { return false };
    placeholder(text) == Some(Placeholder::Binary)
}

/// The type that an entry's value names, where it is but a placeholder: real values beside it decide.
pub(crate) fn named_type(entry: &Entry) -> Option<Type> {
    let EntryValue::Caller(text) = &entry.value else { return None };
    Some(match placeholder(text)? {
        Placeholder::Boolean => Type::Bool,
        Placeholder::Integer => Type::Integer,
        Placeholder::Number => Type::Number,
        Placeholder::Text | Placeholder::DateTime | Placeholder::Uuid => Type::Text,
        Placeholder::Binary | Placeholder::List => Type::Text,
        Placeholder::Unknown | Placeholder::Words => Type::Text,
    })
}

/// The type of a value of `name` that is written as text.
pub(crate) fn text_type(name: &str, text: &str) -> Type {
    match formats(text).as_slice() {
        [Format::Boolean, ..] => Type::Bool,
        [Format::Integer, ..] if text.len() < LONG_DIGITS && !is_label(name) => Type::Integer,
        [..] => Type::Text,
    }
}

/// The type that holds the values of both.
pub(crate) fn merge(one: Option<Type>, other: Type) -> Option<Type> {
    match one {
        None => Some(other),
        Some(one) if one == other => Some(one),
        Some(Type::File) => Some(Type::File),
        Some(_) if other == Type::File => Some(Type::File),
        Some(_) => Some(Type::Text),
    }
}

fn lost_default(name: &str, entry: &Entry) -> Diagnostic {
    let message = format!("the value that the collection sends for `{name}` is left to the caller");
    Diagnostic::note("infer::form-value", message, entry.origin.clone())
}
