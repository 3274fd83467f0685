//! Chance from a seed, and texts made of others by it.

use crate::table::{PAYLOADS, payload};
use serde_json::Value;

/// Numbers of SplitMix64: as random as a mutator needs, and the same everywhere.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number below `end`; 0 where that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.number() % (end.max(1) as u64)).unwrap()
    }

    pub(crate) fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub(crate) fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    /// A text: a payload, or a few characters of any kind.
    pub(crate) fn text(&mut self) -> String {
        if self.one_in(2) {
            let index = self.below(PAYLOADS.len());
            return payload(index);
        }
        let length = self.below(24);
        (0..length).map(|_| self.letter()).collect()
    }

    fn letter(&mut self) -> char {
        let limit = if self.one_in(8) { 0x11_0000 } else { 0x80 };
        let code = u32::try_from(self.below(limit)).unwrap();
        char::from_u32(code).unwrap_or('\u{FFFD}')
    }

    /// `text` with some of its bytes changed, doubled, moved or gone, and words of `words` put in.
    pub(crate) fn mutated(&mut self, text: &str, words: &[&str]) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.below(8) {
            let (from, length) = (self.below(bytes.len() + 1), self.below(16));
            let to = (from + length).min(bytes.len());
            match self.below(5) {
                0 => drop(bytes.drain(from..to)),
                1 => {
                    let part = bytes[from..to].to_vec();
                    let at = self.below(bytes.len() + 1);
                    bytes.splice(at..at, part);
                }
                2 => drop(bytes.splice(from..from, self.of(words).bytes())),
                3 => {
                    let own = self.text();
                    bytes.splice(from..to, own.bytes());
                }
                _ => {
                    bytes.iter_mut().skip(from).take(1).for_each(|byte| *byte ^= 1 << self.below(8))
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// `value` with some of what is in it replaced, doubled, moved or gone.
    pub(crate) fn changed(&mut self, value: &mut Value, one_in: usize) {
        if self.one_in(one_in) {
            *value = self.value(3);
            return;
        }
        match value {
            Value::Array(list) => {
                if self.one_in(one_in) && !list.is_empty() {
                    let (at, to) = (self.below(list.len()), self.below(list.len()));
                    match self.below(3) {
                        0 => drop(list.remove(at)),
                        1 => list.swap(at, to),
                        _ => list.insert(to, list[at].clone()),
                    }
                }
                list.iter_mut().for_each(|it| self.changed(it, one_in));
            }
            Value::Object(map) => {
                if self.one_in(one_in) {
                    let keys: Vec<String> = map.keys().cloned().collect();
                    if let Some(key) = keys.get(self.below(keys.len())) {
                        let moved = map.remove(key).unwrap_or_default();
                        let other = self.below(keys.len());
                        let name = if self.one_in(2) { keys[other].clone() } else { self.text() };
                        map.insert(name, moved);
                    }
                }
                map.values_mut().for_each(|it| self.changed(it, one_in));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Any JSON, so deep.
    pub(crate) fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => Value::from(self.one_in(2)),
            2 => Value::from(self.number()),
            3 => Value::from(self.number().cast_signed() >> self.below(64)),
            4 => Value::from(f64::from_bits(self.number())),
            5 => Value::from(self.text()),
            6 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => (0..self.below(4)).map(|_| (self.text(), self.value(depth - 1))).collect(),
        }
    }
}
