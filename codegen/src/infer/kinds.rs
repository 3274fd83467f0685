//! One name of a query's parameters has one kind across the API: what one request shows of `limit` holds in the others.
//!
//! Values decide; placeholders tell if there are none; an empty value tells nothing. Where values differ, text holds them all.

use super::bodies::{named_type, text_type};
use crate::api::{Parameter, Type};
use crate::draft::{Entry, EntryValue};
use crate::template::Template;
use std::collections::BTreeMap;

/// What is said of a parameter's type.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// By values, of the collection or of traffic.
    pub(crate) value: Option<Type>,
    /// By placeholders.
    named: Option<Type>,
    /// Whether a variable gives a value: it may hold anything.
    is_open: bool,
}

impl Said {
    /// What the entries of one name say.
    pub(crate) fn of(group: &[&Entry]) -> Self {
        let mut said = Self::default();
        for entry in group {
            said.observe(entry);
        }
        said
    }

    /// What a value of this type says.
    pub(crate) fn by_value(ty: Type) -> Self {
        Self { value: Some(ty), ..Self::default() }
    }

    fn observe(&mut self, entry: &Entry) {
        match &entry.value {
            EntryValue::Absent => {}
            EntryValue::Default(template) => {
                let text = template.as_literal().filter(|text| !text.is_empty());
                if let Some(text) = text {
                    self.value = joined(self.value.take(), text_type(&entry.name.written(), text));
                }
            }
            EntryValue::Caller(_) => match named_type(entry) {
                Some(ty) => self.named = joined(self.named.take(), ty),
                None => self.is_open |= entry.enabled,
            },
        }
    }
}

/// The kinds of all names that say one.
#[derive(Debug, Default)]
pub(crate) struct Kinds(BTreeMap<Template, (Option<Type>, Option<Type>)>);

impl Kinds {
    /// Adds what one request says of a name.
    pub(crate) fn add(&mut self, name: &Template, said: &Said) {
        let (value, named) = self.0.entry(name.clone()).or_default();
        for (all, own) in [(value, &said.value), (named, &said.named)] {
            if let Some(own) = own {
                *all = joined(all.take(), own.clone());
            }
        }
    }

    /// Gives a parameter the kind of its name.
    pub(crate) fn settle(&self, parameter: &mut Parameter, said: &Said) {
        let kind = self
            .0
            .get(&parameter.name)
            .and_then(|(value, named)| value.as_ref().or(named.as_ref()));
        if let Some(kind) = kind.filter(|_| !said.is_open) {
            *scalar_mut(&mut parameter.ty) = kind.clone();
        }
    }
}

/// The type that holds the values of both.
fn joined(one: Option<Type>, other: Type) -> Option<Type> {
    match (one, other) {
        (None, ty) => Some(ty),
        (Some(one), other) if one == other => Some(one),
        (Some(Type::Integer), Type::Number) | (Some(Type::Number), Type::Integer) => {
            Some(Type::Number)
        }
        (Some(_), _) => Some(Type::Text),
    }
}

/// The type of one value of a parameter.
pub(crate) fn scalar(ty: &Type) -> &Type {
    match ty {
        Type::List(element) => element,
        other => other,
    }
}

fn scalar_mut(ty: &mut Type) -> &mut Type {
    match ty {
        Type::List(element) => element,
        other => other,
    }
}
