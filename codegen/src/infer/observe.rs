//! A JSON value -> [`Shape`]: what one sample shows, judged by nobody yet.

use super::formats::formats;
use super::maps::is_odd;
use super::scalars::LONG_DIGITS;
use crate::evidence::shape::{
    Format, Kind, Lists, Numbers, Objects, Seen, Shape, Source, Texts, Values,
};
use crate::json::{Build, Member, Node, SyntaxError, Value, read_with};
use crate::origin::Span;
use crate::placeholder::{Placeholder, hint, placeholder_of};
use std::collections::{BTreeMap, BTreeSet};

/// Deepest place that gets a type of its own. The deepest sample of any public collection at hand is at half of it; below, values stay as they are.
pub const MAX_PLACE_DEPTH: usize = 32;

/// Longest text kept as a possible word of an enumeration.
const LONGEST_WORD: usize = 48;

/// Longest key of recorded traffic that is written down: longer ones are data.
const LONGEST_KEY: usize = 128;

/// How samples are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Samples that a person wrote: an empty object is a placeholder, each key is a key.
    Written,
    /// Recorded traffic: values are real, and keys that are no identifiers are only counted.
    Recorded,
}

/// What `node`, read from `source`, shows. Evidence is given its source when it is used.
#[must_use]
pub fn observe(node: &Node, reading: Reading, source: Option<Source>) -> Shape {
    Observer { reading, source }.shape(node, 0, "")
}

/// What a JSON text of recorded traffic shows, as [`observe`] of its tree, without one.
///
/// # Errors
///
/// A text that is not JSON.
pub fn observe_json(text: &str) -> Result<Shape, SyntaxError> {
    read_with(text, Observer { reading: Reading::Recorded, source: None })
}

/// What a text shows that is the value of a parameter: long digits are no quantity.
#[must_use]
pub fn observe_text(text: &str, reading: Reading) -> Shape {
    let observer = Observer { reading, source: None };
    let mut texts = observer.texts(text);
    if text.len() >= LONG_DIGITS {
        texts.formats.retain(|format, _| *format != Format::Integer);
    }
    Shape { texts, ..observer.nothing() }
}

/// Whether a key of recorded traffic may be written down.
#[must_use]
pub fn is_plain_key(key: &str) -> bool {
    let mut bytes = key.bytes();
    let first = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    first
        && key.len() <= LONGEST_KEY
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[derive(Clone, Copy)]
struct Observer {
    reading: Reading,
    source: Option<Source>,
}

impl Observer {
    fn nothing(self) -> Shape {
        Shape { sources: BTreeSet::from_iter(self.source), ..Shape::default() }
    }

    fn once(self) -> Seen {
        Seen::once(self.source)
    }

    /// What `node` shows, which stands under `name`.
    fn shape(mut self, node: &Node, depth: usize, name: &str) -> Shape {
        match &node.value {
            Value::Array(elements) => {
                let mut list = self.list(depth);
                for element in elements {
                    let shape = self.shape(element, depth + 1, name);
                    self.element(&mut list, shape);
                }
                self.listed(node.span, list)
            }
            Value::Object(members) => {
                let mut object = self.object(depth);
                for Member { key, key_span, value } in members {
                    let shape = self.shape(value, depth + 1, key);
                    self.member(&mut object, (key.clone(), *key_span), shape);
                }
                self.closed(node.span, object)
            }
            Value::Text(text) if self.reading == Reading::Written => {
                match placeholder_of(name, text) {
                    Some(named) => Shape {
                        hints: hint(name, text)
                            .map(|words| (self.source, words))
                            .into_iter()
                            .collect(),
                        ..self.stand_in(named)
                    },
                    None => self.simple(&node.value),
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
                self.simple(&node.value)
            }
            Value::Variable(_) => self.simple(&node.value),
        }
    }

    /// What a value shows that has none inside.
    fn simple(self, value: &Value) -> Shape {
        let mut shape = self.nothing();
        match value {
            Value::Null => shape.nulls = self.once(),
            Value::Bool(_) => shape.bools = self.once(),
            Value::Number(text) => shape.numbers = self.numbers(text),
            Value::Text(text) => shape.texts = self.texts(text),
            Value::Variable(_) | Value::Array(_) | Value::Object(_) => {
                shape.unknowns = self.once();
            }
        }
        shape
    }

    /// What a value shows that is but the name of a type.
    fn stand_in(self, named: Placeholder) -> Shape {
        let mut shape = self.nothing();
        let text = |format: Option<Format>| Texts {
            seen: self.once(),
            formats: format.into_iter().map(|format| (format, 1)).collect(),
            ..Texts::default()
        };
        let kind = match named {
            Placeholder::Boolean => {
                shape.bools = self.once();
                Kind::Bool
            }
            Placeholder::Integer | Placeholder::Number => {
                let fraction = named == Placeholder::Number;
                shape.numbers = Numbers { seen: self.once(), fraction, ..Numbers::default() };
                Kind::Number
            }
            Placeholder::DateTime => {
                shape.texts = text(Some(Format::DateTime));
                Kind::Text
            }
            Placeholder::Uuid => {
                shape.texts = text(Some(Format::Uuid));
                Kind::Text
            }
            Placeholder::Text | Placeholder::Binary | Placeholder::Words => {
                shape.texts = text(None);
                Kind::Text
            }
            Placeholder::List => {
                shape.lists = Lists { seen: self.once(), elements: None };
                Kind::List
            }
            Placeholder::Unknown => {
                shape.unknowns = self.once();
                return shape;
            }
        };
        shape.stand_ins.insert(kind, 1);
        shape
    }

    /// What lies too deep to be looked at.
    fn cut(self) -> Shape {
        Shape { unknowns: self.once(), cut: true, ..self.nothing() }
    }

    fn numbers(self, text: &str) -> Numbers {
        let mut numbers = Numbers { seen: self.once(), ..Numbers::default() };
        numbers.negative = text.starts_with('-');
        let parsed: f64 = text.parse().unwrap_or(f64::INFINITY);
        numbers.infinite = !parsed.is_finite();
        if let Ok(integer) = text.parse::<i64>() {
            // `-0` is no integer in JSON readers that keep the sign.
            numbers.fraction = text == "-0";
            numbers.inexact = !is_exact(integer.unsigned_abs());
        } else if let Ok(integer) = text.parse::<u64>() {
            numbers.over_signed = true;
            numbers.inexact = !is_exact(integer);
        } else {
            numbers.fraction = true;
        }
        numbers
    }

    fn texts(self, text: &str) -> Texts {
        Texts {
            seen: self.once(),
            blank: u64::from(text.is_empty()),
            formats: formats(text).into_iter().map(|format| (format, 1)).collect(),
            values: self.values(text),
        }
    }

    fn values(self, text: &str) -> Values {
        let is_word = || {
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:+/".contains(&byte);
            text.len() <= LONGEST_WORD && text.bytes().all(fits)
        };
        match self.reading {
            Reading::Recorded if text.is_empty() => Values::None,
            Reading::Recorded if is_word() => Values::Few(BTreeMap::from([(text.to_owned(), 1)])),
            Reading::Recorded => Values::Many,
            Reading::Written => Values::None,
        }
    }
}

/// An array or an object while its values are observed; nothing where it lies too deep.
type Open<T> = Option<T>;

impl Build for Observer {
    type Value = Shape;
    type List = Open<Lists>;
    /// The object, and how many members it had so far.
    type Object = Open<(Objects, u32)>;

    fn scalar(&mut self, _: Span, value: Value) -> Shape {
        self.simple(&value)
    }

    fn list(&mut self, depth: usize) -> Self::List {
        (depth < MAX_PLACE_DEPTH).then(|| Lists { seen: self.once(), elements: None })
    }

    fn element(&mut self, list: &mut Self::List, shape: Shape) {
        match list.as_mut().map(|list| &mut list.elements) {
            Some(Some(joined)) => joined.join(shape),
            Some(elements @ None) => *elements = Some(Box::new(shape)),
            None => {}
        }
    }

    fn listed(&mut self, _: Span, list: Self::List) -> Shape {
        match list {
            Some(lists) => Shape { lists, ..self.nothing() },
            None => self.cut(),
        }
    }

    fn object(&mut self, depth: usize) -> Self::Object {
        let objects = Objects { seen: self.once(), ..Objects::default() };
        (depth < MAX_PLACE_DEPTH).then_some((objects, 0))
    }

    fn member(&mut self, object: &mut Self::Object, (name, _): (String, Span), shape: Shape) {
        let Some((objects, members)) = object else { return };
        let position = *members;
        *members = members.saturating_add(1);
        let is_value = !is_plain_key(&name) || is_odd(&name);
        if self.reading == Reading::Recorded && is_value {
            objects.others += 1;
            objects.other.get_or_insert_default().join(shape);
            return;
        }
        let key = objects.keys.entry(name).or_default();
        key.count = 1;
        key.order = key.order.or(self.source.map(|source| (source, position)));
        // The last of equal keys is the one that readers see.
        *key.shape = shape;
    }

    fn closed(&mut self, _: Span, object: Self::Object) -> Shape {
        match object {
            None => self.cut(),
            Some((_, 0)) if self.reading == Reading::Written => {
                Shape { placeholders: self.once(), ..self.nothing() }
            }
            Some((objects, _)) => Shape { objects, ..self.nothing() },
        }
    }
}

fn is_exact(integer: u64) -> bool {
    let significant = integer.checked_shr(integer.trailing_zeros()).unwrap_or(0);
    significant <= 1 << f64::MANTISSA_DIGITS
}
