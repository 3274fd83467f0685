//! Shape + shape -> shape: facet by facet, in any order.

use super::{Key, Lists, Numbers, Objects, Seen, Shape, Texts, Values};

/// More different texts than an enumeration is likely to have.
const FEW_VALUES: usize = 16;

impl Shape {
    /// Adds what `other` saw.
    pub fn join(&mut self, other: Shape) {
        self.sources.extend(other.sources);
        self.unknowns.join(other.unknowns);
        for (kind, count) in other.stand_ins {
            let sum = self.stand_ins.entry(kind).or_default();
            *sum = sum.saturating_add(count);
        }
        self.hints.extend(other.hints);
        self.placeholders.join(other.placeholders);
        self.nulls.join(other.nulls);
        self.bools.join(other.bools);
        self.numbers.join(other.numbers);
        self.texts.join(other.texts);
        self.lists.join(other.lists);
        self.objects.join(other.objects);
        self.cut |= other.cut;
    }

    /// Both together.
    #[must_use]
    pub fn joined(mut self, other: Shape) -> Self {
        self.join(other);
        self
    }
}

impl Seen {
    fn join(&mut self, other: Seen) {
        self.count = self.count.saturating_add(other.count);
        self.first = least(self.first, other.first);
        self.last = self.last.max(other.last);
    }
}

impl Numbers {
    fn join(&mut self, other: Numbers) {
        self.seen.join(other.seen);
        self.fraction |= other.fraction;
        self.negative |= other.negative;
        self.over_signed |= other.over_signed;
        self.inexact |= other.inexact;
        self.infinite |= other.infinite;
    }
}

impl Texts {
    fn join(&mut self, other: Texts) {
        self.seen.join(other.seen);
        self.blank = self.blank.saturating_add(other.blank);
        for (format, count) in other.formats {
            let sum = self.formats.entry(format).or_default();
            *sum = sum.saturating_add(count);
        }
        self.values.join(other.values);
    }
}

impl Values {
    fn join(&mut self, other: Values) {
        match (&mut *self, other) {
            (_, Values::None) | (Values::Many, _) => {}
            (_, Values::Many) => *self = Values::Many,
            (Values::None, few @ Values::Few(_)) => *self = few,
            (Values::Few(mine), Values::Few(theirs)) => {
                for (value, count) in theirs {
                    let sum = mine.entry(value).or_default();
                    *sum = sum.saturating_add(count);
                }
                if mine.len() > FEW_VALUES {
                    *self = Values::Many;
                }
            }
        }
    }
}

impl Lists {
    fn join(&mut self, other: Lists) {
        self.seen.join(other.seen);
        join_boxed(&mut self.elements, other.elements);
    }
}

impl Objects {
    fn join(&mut self, other: Objects) {
        self.seen.join(other.seen);
        for (name, key) in other.keys {
            match self.keys.get_mut(&name) {
                Some(mine) => mine.join(key),
                None => {
                    self.keys.insert(name, key);
                }
            }
        }
        self.others = self.others.saturating_add(other.others);
        join_boxed(&mut self.other, other.other);
    }
}

impl Key {
    fn join(&mut self, other: Key) {
        self.count = self.count.saturating_add(other.count);
        self.order = least(self.order, other.order);
        self.shape.join(*other.shape);
    }
}

fn join_boxed(mine: &mut Option<Box<Shape>>, theirs: Option<Box<Shape>>) {
    match (&mut *mine, theirs) {
        (_, None) => {}
        (None, theirs) => *mine = theirs,
        (Some(mine), Some(theirs)) => mine.join(*theirs),
    }
}

fn least<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
