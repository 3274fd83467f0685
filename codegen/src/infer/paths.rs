//! Arguments of the path: text, unless a placeholder names another type and no value of the name says otherwise.
//!
//! One value is no reason: an identifier that happens to be a number today need not be one.

use super::reasons::Rule;
use super::scalars::{joined, placeholder_type};
use crate::api::{Parameter, Presence, Type};
use crate::draft::{Operation, PathParameter, PathSource};
use crate::placeholder::{Placeholder, placeholder};
use crate::template::Template;
use std::collections::{BTreeMap, BTreeSet};

/// What all requests show of their paths' arguments, by name.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// The types that placeholders name.
    named: BTreeMap<String, Type>,
    /// The names that some value shows to be text.
    texts: BTreeSet<String>,
}

impl Shown {
    /// Adds what a request shows.
    pub(crate) fn add(&mut self, operation: &Operation) {
        for parameter in &operation.path_parameters {
            let value = parameter.example.as_deref().filter(|text| !is_hole(parameter, text));
            let is_text = |text: &str| placeholder(text).is_none() && !Type::Integer.sends(text);
            if value.is_some_and(is_text) {
                self.texts.insert(parameter.name.clone());
            }
            if let Some(ty) = named(parameter) {
                let known = self.named.remove(&parameter.name);
                self.named.extend(joined(known, ty).map(|ty| (parameter.name.clone(), ty)));
            }
        }
    }
}

/// The type that a placeholder names; words name none.
fn named(parameter: &PathParameter) -> Option<Type> {
    let named = parameter.example.as_deref().and_then(placeholder);
    named.filter(|named| *named != Placeholder::Words).map(placeholder_type)
}

/// Whether a text is but the name in brackets, as a path has it.
fn is_hole(parameter: &PathParameter, text: &str) -> bool {
    let is_bracket = |letter: char| "{}[]<>:".contains(letter);
    text.contains("{{") || text.trim_matches(is_bracket) == parameter.name
}

/// The type of an argument, and why.
fn kind(parameter: &PathParameter, shown: &Shown) -> (Type, Rule) {
    let is_text = shown.texts.contains(&parameter.name) || parameter.source == PathSource::Variable;
    let all = shown.named.get(&parameter.name).filter(|ty| !is_text && **ty != Type::Text);
    let fits = |ty: &&Type| {
        let is_value = parameter.example.as_deref().is_some_and(|text| ty.sends(text));
        is_value || named(parameter).is_some()
    };
    match all.filter(fits) {
        Some(ty) => (ty.clone(), Rule::Placeholder),
        None => (Type::Text, Rule::Argument),
    }
}

/// The arguments of a request's path, which the caller must give, and why each has its type.
pub(crate) fn arguments(operation: &Operation, shown: &Shown) -> Vec<(Parameter, Rule)> {
    let argument = |parameter: &PathParameter| {
        let (ty, rule) = kind(parameter, shown);
        let argument = Parameter {
            name: Template::literal(parameter.name.clone()),
            ty,
            presence: Presence::Required,
            default: Vec::new(),
            docs: parameter.docs.clone(),
            provenance: vec!["collection".to_owned()],
        };
        (argument, rule)
    };
    operation.path_parameters.iter().map(argument).collect()
}
