//! What a field most likely holds of which only null, or a list without elements, was seen.
//!
//! A guess may be wrong: what does not fit is kept beside the field, so nothing is lost by it.

use super::numbers::number;
use super::samples::Samples;
use crate::api::Type;
use crate::credential::{is_secret, words};
use crate::evidence::Shape;
use crate::evidence::shape::Kind;
use std::collections::BTreeMap;

/// Last words of keys whose values are texts in nearly every API.
const TEXT_WORDS: [&str; 26] = [
    "address",
    "city",
    "country",
    "currency",
    "description",
    "domain",
    "email",
    "filename",
    "firstname",
    "href",
    "icon",
    "id",
    "image",
    "label",
    "language",
    "lastname",
    "link",
    "locale",
    "name",
    "phone",
    "picture",
    "slug",
    "timezone",
    "title",
    "uri",
    "url",
];

/// What equal keys hold wherever they stand.
#[derive(Debug, Default)]
pub(crate) struct Likely {
    by_key: BTreeMap<String, Held>,
}

/// The values and the list elements under one key, objects inside left out.
#[derive(Debug, Default)]
struct Held {
    values: Shape,
    elements: Shape,
}

impl Likely {
    /// Looks at all samples.
    pub(crate) fn new(samples: &Samples) -> Self {
        let mut likely = Self::default();
        for bodies in samples.endpoints.values() {
            likely.walk(&bodies.request);
            likely.walk(&bodies.success.json);
            bodies.failures.values().for_each(|seen| likely.walk(&seen.json));
        }
        likely
    }

    fn walk(&mut self, shape: &Shape) {
        if let Some(elements) = shape.elements() {
            self.walk(elements);
        }
        for (name, key) in &shape.objects.keys {
            let held = match self.by_key.get_mut(name) {
                Some(held) => held,
                None => self.by_key.entry(name.clone()).or_default(),
            };
            held.values.join(flat(&key.shape));
            if let Some(elements) = key.shape.elements() {
                held.elements.join(flat(elements));
            }
            self.walk(&key.shape);
        }
    }

    /// A better type than `ty` for a field that showed nothing but null, or a list without elements.
    pub(crate) fn guess(&self, name: &str, shape: &Shape, ty: &Type) -> Option<Type> {
        let says_nothing = shape.unknowns.count + shape.placeholders.count > 0;
        match ty {
            Type::Unknown if shape.nulls.count > 0 && !says_nothing && shape.kinds().is_empty() => {
                self.of_null(name)
            }
            Type::List(element) if **element == Type::Unknown => {
                let elements = shape.elements().map_or(0, Shape::total);
                let guess = self.of_element(name).filter(|_| elements == 0)?;
                Some(Type::List(Box::new(guess)))
            }
            _ => None,
        }
    }

    /// The type of a field of which nothing but null was seen: what equal keys hold if that is one kind, else text if its name is a text's.
    fn of_null(&self, name: &str) -> Option<Type> {
        let held = self.by_key.get(name)?;
        match held.values.kinds().as_slice() {
            [] => {
                let last = words(name).pop().unwrap_or_default();
                TEXT_WORDS.contains(&last.as_str()).then_some(Type::Text)
            }
            [Kind::List] => Some(Type::List(Box::new(scalar(name, &held.elements)?))),
            [_] => scalar(name, &held.values),
            _ => None,
        }
    }

    /// The type of the elements of a list of which none was seen.
    fn of_element(&self, name: &str) -> Option<Type> {
        let elements = self.by_key.get(name).map(|held| &held.elements);
        match elements.map(Shape::kinds).unwrap_or_default().as_slice() {
            [] => Some(Type::Text),
            [_] => scalar(name, elements?),
            _ => None,
        }
    }
}

/// A shape without what lies inside it.
fn flat(shape: &Shape) -> Shape {
    let mut flat = Shape { bools: shape.bools, numbers: shape.numbers, ..Shape::default() };
    flat.texts.seen = shape.texts.seen;
    flat.lists.seen = shape.lists.seen;
    flat.objects.seen = shape.objects.seen;
    flat
}

/// The type of values of one kind that hold nothing inside.
fn scalar(name: &str, shape: &Shape) -> Option<Type> {
    match shape.kinds().as_slice() {
        [Kind::Bool] => Some(Type::Bool),
        [Kind::Number] => Some(number(&shape.numbers)),
        [Kind::Text] if is_secret(name) => Some(Type::Secret),
        [Kind::Text] => Some(Type::Text),
        _ => None,
    }
}
