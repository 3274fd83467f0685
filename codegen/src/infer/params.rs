//! Query entries and headers of a request -> parameters: one per name, in the order of the request.

use super::kinds::{Kinds, Said};
use super::reasons::Rule;
use super::scalars::{docs, is_repeated, joined, named_type, recorded_type, scalar_mut};
use crate::api::{Parameter, Presence, Type};
use crate::docs::Docs;
use crate::draft::{Entry, EntryValue};
use crate::evidence::Exchanges;
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
    /// Why each parameter has its type.
    pub(crate) rules: Vec<Rule>,
}

/// Parameters of the query; traffic adds its own after those of the collection.
pub(crate) fn query(
    entries: &[Entry],
    api_key_position: Option<usize>,
    seen: Option<&Exchanges>,
    kinds: &Kinds,
) -> Parameters {
    let mut query = parameters(entries, api_key_position);
    for (name, evidence) in seen.map(|seen| &seen.query).into_iter().flatten() {
        let recorded = recorded_type(name, &evidence.shape.texts);
        let name = Template::literal(name.clone());
        let mut known = query.parameters.iter_mut().zip(&mut query.said);
        let known = known.find(|(known, _)| known.name == name);
        if let Some((known, said)) = known {
            said.add_value(recorded);
            known.provenance.push("evidence".to_owned());
            if evidence.repeated > 0 && !matches!(known.ty, Type::List(_)) {
                known.ty = Type::List(Box::new(Type::Text));
            }
            continue;
        }
        let mut said = Said::default();
        said.add_value(recorded);
        query.said.push(said);
        query.order.push(query.parameters.len());
        query.parameters.push(learned(name, evidence.repeated > 0));
    }
    for (parameter, said) in query.parameters.iter_mut().zip(&query.said) {
        let (kind, rule) = kinds.settle(&parameter.name, said);
        *scalar_mut(&mut parameter.ty) = kind;
        query.rules.push(rule);
    }
    query
}

/// A parameter that only traffic knows.
fn learned(name: Template, is_repeated: bool) -> Parameter {
    Parameter {
        name,
        ty: if is_repeated { Type::List(Box::new(Type::Text)) } else { Type::Text },
        presence: Presence::Optional,
        default: Vec::new(),
        docs: Docs::default(),
        provenance: vec!["evidence".to_owned()],
    }
}

/// Parameters of the headers: texts, unless placeholders alone name another type.
pub(crate) fn headers(entries: &[Entry]) -> Parameters {
    let mut headers = parameters(entries, None);
    for parameter in &mut headers.parameters {
        let own = entries.iter().filter(|entry| entry.name == parameter.name);
        let named = own.map(named_type).collect::<Option<Vec<Type>>>();
        let named = named.and_then(|all| all.into_iter().fold(None, joined));
        let is_named = named.as_ref().is_some_and(|ty| *ty != Type::Text);
        headers.rules.push(if is_named { Rule::Placeholder } else { Rule::Header });
        *scalar_mut(&mut parameter.ty) = named.unwrap_or(Type::Text);
    }
    headers
}

/// The parameters of all names, as texts, with what is said of their types.
fn parameters(entries: &[Entry], api_key_position: Option<usize>) -> Parameters {
    let mut places: BTreeMap<&Template, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Entry>> = Vec::new();
    for entry in entries {
        let place = *places.entry(&entry.name).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(entry),
            None => groups.push(vec![entry]),
        }
    }
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
    Parameters {
        parameters: groups.iter().map(|group| parameter(group)).collect(),
        order,
        api_key_position: api_key_position.map(|_| before),
        said: groups.iter().map(|group| Said::of(group)).collect(),
        rules: Vec::new(),
    }
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

/// A parameter of texts.
fn parameter(group: &[&Entry]) -> Parameter {
    Parameter {
        name: group.first().map(|entry| entry.name.clone()).unwrap_or_default(),
        ty: if is_repeated(group) { Type::List(Box::new(Type::Text)) } else { Type::Text },
        presence: Presence::Optional,
        default: defaults(group),
        docs: docs(group),
        provenance: vec!["collection".to_owned()],
    }
}
