//! Query entries and headers of a request -> parameters: one per name, in the order of the request.

use super::bodies::{merge, named_type, text_type};
use super::kinds::{Kinds, Said, scalar};
use crate::api::{Parameter, Presence, Type};
use crate::docs::Docs;
use crate::draft::{Entry, EntryValue, PathParameter};
use crate::evidence::shape::Format;
use crate::evidence::{Exchanges, QueryEvidence};
use crate::template::Template;
use std::collections::BTreeMap;

/// Parameters of a query or of a header section, and the order in which their names occur.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) order: Vec<usize>,
    /// How many places of the order stand before the key.
    pub(crate) api_key_position: Option<usize>,
    /// What is said of each parameter's type.
    pub(crate) said: Vec<Said>,
}

/// Parameters of the path: texts that the caller must give.
pub(crate) fn path(parameters: &[PathParameter]) -> Vec<Parameter> {
    let parameter = |parameter: &PathParameter| Parameter {
        name: Template::literal(parameter.name.clone()),
        ty: Type::Text,
        presence: Presence::Required,
        default: Vec::new(),
        docs: parameter.docs.clone(),
        provenance: vec!["collection".to_owned()],
    };
    parameters.iter().map(parameter).collect()
}

/// Parameters of a query; traffic adds its own after those of the collection.
pub(crate) fn query(
    entries: &[Entry],
    api_key_position: Option<usize>,
    seen: Option<&Exchanges>,
    kinds: &Kinds,
) -> Parameters {
    let mut parameters = parameters(entries, api_key_position, true);
    let mut learned = Vec::new();
    for (name, evidence) in seen.map(|seen| &seen.query).into_iter().flatten() {
        let name = Template::literal(name.clone());
        let mut known = parameters.parameters.iter_mut().zip(&mut parameters.said);
        match known.find(|(known, _)| known.name == name) {
            Some((known, said)) => {
                known.ty = widened(known, said.value.as_ref(), evidence);
                known.provenance.push("evidence".to_owned());
                said.value = Some(scalar(&known.ty).clone());
            }
            None => {
                learned.push(Said::by_value(recorded_scalar(evidence)));
                parameters.order.push(parameters.parameters.len());
                parameters.parameters.push(Parameter {
                    name,
                    ty: recorded_type(evidence),
                    presence: Presence::Optional,
                    default: Vec::new(),
                    docs: Docs::default(),
                    provenance: vec!["evidence".to_owned()],
                });
            }
        }
    }
    parameters.said.extend(learned);
    for (parameter, said) in parameters.parameters.iter_mut().zip(&parameters.said) {
        kinds.settle(parameter, said);
    }
    parameters
}

/// Parameters of the headers: texts, unless a placeholder names another type.
pub(crate) fn headers(entries: &[Entry]) -> Parameters {
    parameters(entries, None, false)
}

fn parameters(entries: &[Entry], api_key_position: Option<usize>, typed: bool) -> Parameters {
    let mut names: Vec<&Template> = Vec::new();
    let mut places: BTreeMap<&Template, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Entry>> = Vec::new();
    for entry in entries {
        let place = *places.entry(&entry.name).or_insert(names.len());
        match groups.get_mut(place) {
            Some(group) => group.push(entry),
            None => {
                names.push(&entry.name);
                groups.push(vec![entry]);
            }
        }
    }
    let parameters = groups.iter().map(|group| parameter(group, typed)).collect::<Vec<_>>();
    let mut order = Vec::new();
    let mut slots: Vec<usize> = groups.iter().map(|group| slots(group)).collect();
    let mut before = 0;
    for (at, entry) in entries.iter().enumerate() {
        let Some(place) = places.get(&entry.name) else { continue };
        if let Some(left @ 1..) = slots.get_mut(*place) {
            *left -= 1;
            order.push(*place);
            before += usize::from(api_key_position.is_some_and(|key| at < key));
        }
    }
    let said = groups.iter().map(|group| Said::of(group)).collect();
    Parameters { parameters, order, api_key_position: api_key_position.map(|_| before), said }
}

/// How many slots a name has: one per occurrence that is sent, at least one.
fn slots(group: &[&Entry]) -> usize {
    let defaults = defaults(group).len();
    let sent = group.iter().filter(|entry| entry.enabled).count();
    if defaults > 0 { defaults } else { sent.max(1) }
}

/// What is sent for a name unless the caller says otherwise. A value of the caller's has no default: those after the last default get a slot of their own only where no default stands beside them.
fn defaults(group: &[&Entry]) -> Vec<Option<Template>> {
    let value = |entry: &&Entry| match &entry.value {
        EntryValue::Absent => Some(None),
        EntryValue::Default(template) => Some(Some(template.clone())),
        EntryValue::Caller(_) => None,
    };
    group.iter().filter(|entry| entry.enabled).filter_map(value).collect()
}

fn parameter(group: &[&Entry], typed: bool) -> Parameter {
    let is_shown = group.iter().any(|entry| named_type(entry).is_none());
    let telling = group.iter().filter(|entry| !is_shown || named_type(entry).is_none());
    let ty = telling.fold(None, |ty, entry| merge(ty, entry_type(entry, typed)));
    let ty = ty.unwrap_or(Type::Text);
    let docs = group.iter().map(|entry| &entry.docs).find(|docs| !docs.0.is_empty());
    Parameter {
        name: group.first().map(|entry| entry.name.clone()).unwrap_or_default(),
        ty: if group.len() > 1 { Type::List(Box::new(ty)) } else { ty },
        presence: Presence::Optional,
        default: defaults(group),
        docs: docs.cloned().unwrap_or_default(),
        provenance: vec!["collection".to_owned()],
    }
}

fn entry_type(entry: &Entry, typed: bool) -> Type {
    match &entry.value {
        EntryValue::Default(template) if typed => {
            let name = entry.name.written();
            template.as_literal().map_or(Type::Text, |text| text_type(&name, text))
        }
        EntryValue::Caller(_) => named_type(entry).unwrap_or(Type::Text),
        EntryValue::Default(_) | EntryValue::Absent => Type::Text,
    }
}

/// The type of a parameter that only traffic knows.
fn recorded_type(evidence: &QueryEvidence) -> Type {
    let scalar = recorded_scalar(evidence);
    if evidence.repeated > 0 { Type::List(Box::new(scalar)) } else { scalar }
}

fn recorded_scalar(evidence: &QueryEvidence) -> Type {
    let texts = &evidence.shape.texts;
    let of = |format: Format| texts.formats.get(&format).copied().unwrap_or_default();
    match texts.seen.count {
        0 => Type::Text,
        all if of(Format::Boolean) == all => Type::Bool,
        all if of(Format::Integer) == all => Type::Integer,
        all if of(Format::Integer) + of(Format::Number) == all => Type::Number,
        _ => Type::Text,
    }
}

/// The type of a parameter that both know.
fn widened(known: &Parameter, said: Option<&Type>, evidence: &QueryEvidence) -> Type {
    let recorded = recorded_scalar(evidence);
    let scalar = if said.is_none_or(|said| *said == recorded) { recorded } else { Type::Text };
    let is_list = matches!(known.ty, Type::List(_)) || evidence.repeated > 0;
    if is_list { Type::List(Box::new(scalar)) } else { scalar }
}
