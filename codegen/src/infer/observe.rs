//! A JSON value -> [`Shape`]: what one sample shows, judged by nobody yet.

use super::formats::formats;
use super::maps::is_odd;
use crate::evidence::shape::{Lists, Numbers, Objects, Seen, Shape, Source, Texts, Values};
use crate::json::{Member, Node, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Deepest place that gets a type of its own. The deepest sample of any public collection at hand is at half of it; below, values stay as they are.
pub const MAX_PLACE_DEPTH: usize = 32;

/// Longest text kept as a possible word of an enumeration.
const LONGEST_WORD: usize = 48;

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
    Observer { reading, source }.shape(node, 0)
}

/// What a text shows that is the value of a parameter.
#[must_use]
pub fn observe_text(text: &str, reading: Reading) -> Shape {
    let observer = Observer { reading, source: None };
    Shape { texts: observer.texts(text), ..observer.nothing() }
}

/// Whether a key of recorded traffic may be written down (HOUSE.md §4).
#[must_use]
pub fn is_plain_key(key: &str) -> bool {
    let mut bytes = key.bytes();
    let first = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    first
        && key.len() <= 64
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

    fn shape(self, node: &Node, depth: usize) -> Shape {
        let mut shape = self.nothing();
        match &node.value {
            Value::Null => shape.nulls = self.once(),
            Value::Bool(_) => shape.bools = self.once(),
            Value::Number(text) => shape.numbers = self.numbers(text),
            Value::Text(text) => shape.texts = self.texts(text),
            Value::Variable(_) => shape.unknowns = self.once(),
            Value::Array(_) | Value::Object(_) if depth >= MAX_PLACE_DEPTH => {
                shape.unknowns = self.once();
                shape.cut = true;
            }
            Value::Array(elements) => shape.lists = self.lists(elements, depth),
            Value::Object(members) if members.is_empty() && self.reading == Reading::Written => {
                shape.placeholders = self.once();
            }
            Value::Object(members) => shape.objects = self.objects(members, depth),
        }
        shape
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

    fn lists(self, elements: &[Node], depth: usize) -> Lists {
        let mut lists = Lists { seen: self.once(), elements: None };
        for element in elements {
            let shape = self.shape(element, depth + 1);
            match &mut lists.elements {
                Some(joined) => joined.join(shape),
                None => lists.elements = Some(Box::new(shape)),
            }
        }
        lists
    }

    fn objects(self, members: &[Member], depth: usize) -> Objects {
        let mut objects = Objects { seen: self.once(), ..Objects::default() };
        for (position, member) in members.iter().enumerate() {
            let shape = self.shape(&member.value, depth + 1);
            let is_value = !is_plain_key(&member.key) || is_odd(&member.key);
            if self.reading == Reading::Recorded && is_value {
                objects.others += 1;
                objects.other.get_or_insert_default().join(shape);
                continue;
            }
            let key = objects.keys.entry(member.key.clone()).or_default();
            let position = u32::try_from(position).unwrap_or(u32::MAX);
            key.count = 1;
            key.order = key.order.or(self.source.map(|source| (source, position)));
            // The last of equal keys is the one that readers see.
            key.shape = shape;
        }
        objects
    }
}

fn is_exact(integer: u64) -> bool {
    let significant = integer.checked_shr(integer.trailing_zeros()).unwrap_or(0);
    significant <= 1 << f64::MANTISSA_DIGITS
}
