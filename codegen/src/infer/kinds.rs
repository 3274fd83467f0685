//! One name has one kind across the API, in queries and in forms: what one request shows of `limit` holds in the others.
//!
//! Values decide; placeholders tell if there are none; an empty value tells nothing. Where values differ, text holds them all.

use super::reasons::Rule;
use super::scalars::{joined, named_type, text_type};
use crate::api::Type;
use crate::draft::{Entry, EntryValue};
use crate::template::{DynamicVariable, Piece, Template};
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

    /// Adds what a value of this type says.
    pub(crate) fn add_value(&mut self, ty: Option<Type>) {
        if let Some(ty) = ty {
            self.value = joined(self.value.take(), ty);
        }
    }

    fn observe(&mut self, entry: &Entry) {
        match &entry.value {
            EntryValue::Absent => {}
            EntryValue::Default(template) => match template.as_literal() {
                Some("") => {}
                Some(text) => self.add_value(Some(text_type(&entry.name.written(), text))),
                None => self.is_open |= !is_made_number(template),
            },
            EntryValue::Caller(_) => match named_type(entry) {
                Some(ty) => self.named = joined(self.named.take(), ty),
                None => self.is_open |= entry.enabled,
            },
        }
    }
}

/// Whether a value is a number that is made for each call, which says no more than an empty one.
fn is_made_number(template: &Template) -> bool {
    let number = [DynamicVariable::Timestamp, DynamicVariable::Integer];
    matches!(template.0.as_slice(), [Piece::Dynamic(made)] if number.contains(made))
}

/// The kinds of all names that say one.
#[derive(Debug, Default)]
pub(crate) struct Kinds(BTreeMap<Template, Said>);

impl Kinds {
    /// Adds what one request says of a name.
    pub(crate) fn add(&mut self, name: &Template, said: &Said) {
        let all = self.0.entry(name.clone()).or_default();
        all.add_value(said.value.clone());
        if let Some(named) = &said.named {
            all.named = joined(all.named.take(), named.clone());
        }
    }

    /// The kind of one value of `name`, of which its own request says `said`, and why. It holds what the caller gives: a default that says nothing, an empty text, is sent as it is whatever the kind.
    pub(crate) fn settle(&self, name: &Template, said: &Said) -> (Type, Rule) {
        let all = self.0.get(name);
        if said.is_open {
            return (Type::Text, Rule::Variable);
        }
        for all in [all.unwrap_or(said), said] {
            if let Some(ty) = &all.value {
                return (ty.clone(), Rule::SameName);
            }
            if let Some(ty) = &all.named {
                return (ty.clone(), Rule::Placeholder);
            }
        }
        (Type::Text, Rule::Unsaid)
    }
}
