//! A JSON value with its place, read as loosely as Postman reads it: the one helper of the format readers.
//!
//! Knows no member of any format.

use crate::diagnostic::Diagnostic;
use crate::json::{Node, Value};
use crate::origin::{Origin, Pointer};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Where readers put what they leave aside.
pub(super) type Notes = Vec<Diagnostic>;

/// A value of the document and how one gets to it.
#[derive(Clone, Debug)]
pub(super) struct Located<'a> {
    pub(super) node: &'a Node,
    pub(super) pointer: Pointer,
    trail: Rc<Vec<String>>,
}

impl<'a> Located<'a> {
    /// The whole document.
    pub(super) fn root(node: &'a Node) -> Self {
        Self { node, pointer: Pointer::root(), trail: Rc::default() }
    }

    /// The member `key`, also where it is `null`.
    pub(super) fn member(&self, key: &str) -> Option<Self> {
        let node = self.node.get(key)?;
        Some(Self { node, pointer: self.pointer.key(key), trail: Rc::clone(&self.trail) })
    }

    /// The member `key`, unless it is `null`.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        self.member(key).filter(|place| !place.node.is_null())
    }

    /// The elements, where this is an array.
    pub(super) fn elements(&self) -> Option<Vec<Self>> {
        let elements = self.node.elements()?;
        let place = |(index, node)| Self {
            node,
            pointer: self.pointer.index(index),
            trail: Rc::clone(&self.trail),
        };
        Some(elements.iter().enumerate().map(place).collect())
    }

    /// The members in order, the last of each name; empty where this is no object.
    pub(super) fn entries(&self) -> Vec<(&'a str, Self)> {
        let members = self.node.members().unwrap_or_default();
        let last: BTreeMap<&str, usize> =
            members.iter().enumerate().map(|(at, member)| (member.key.as_str(), at)).collect();
        let kept = members.iter().enumerate();
        let kept = kept.filter(|(at, member)| last.get(member.key.as_str()) == Some(at));
        let place = |(_, member): (usize, &'a crate::json::Member)| {
            let pointer = self.pointer.key(&member.key);
            let place = Self { node: &member.value, pointer, trail: Rc::clone(&self.trail) };
            (member.key.as_str(), place)
        };
        kept.map(place).collect()
    }

    /// The same place, known to people by one name more.
    pub(super) fn named(mut self, name: &str) -> Self {
        Rc::make_mut(&mut self.trail).push(name.to_owned());
        self
    }

    /// The same place, known to people as something inside `outer`.
    pub(super) fn within(mut self, outer: &Self) -> Self {
        self.trail = Rc::clone(&outer.trail);
        self
    }

    /// This place as stages above name it.
    pub(super) fn origin(&self) -> Origin {
        Origin {
            pointer: self.pointer.clone(),
            span: Some(self.node.span),
            trail: self.trail.to_vec(),
        }
    }

    /// Text, or what Postman takes for it: a number as written, a boolean.
    pub(super) fn scalar(&self) -> Option<String> {
        match &self.node.value {
            Value::Text(text) | Value::Number(text) => Some(text.clone()),
            Value::Bool(value) => Some(value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) | Value::Variable(_) => None,
        }
    }

    /// The text of the member `key`; anything but a scalar is left aside with a note.
    pub(super) fn text(&self, key: &str, notes: &mut Notes) -> Option<String> {
        let place = self.get(key)?;
        let text = place.scalar();
        if text.is_none() {
            notes.push(place.misfit("text"));
        }
        text
    }

    /// Whether the member `key` is `true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.get(key).is_some_and(|place| place.node.value == Value::Bool(true))
    }

    /// Whether JavaScript takes it for true.
    pub(super) fn is_truthy(&self) -> bool {
        match &self.node.value {
            Value::Null => false,
            Value::Bool(value) => *value,
            Value::Number(text) => text.parse() != Ok(0.0),
            Value::Text(text) => !text.is_empty(),
            Value::Array(_) | Value::Object(_) | Value::Variable(_) => true,
        }
    }

    /// The finding that this value is left aside since something else was expected.
    pub(super) fn misfit(&self, wanted: &str) -> Diagnostic {
        let message = format!("{} stands where {wanted} belongs; it is ignored", self.node.kind());
        Diagnostic::warning("postman::misfit", message, self.origin())
    }
}
