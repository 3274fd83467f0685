//! What was seen at a place, facet by facet; nothing is concluded here.
//!
//! Joining is commutative and associative, the default shape is neutral, and joining a shape with itself changes counts only, never what is decided from it. A shape holds no value of a sample: the small sets of texts in [`Texts::values`] live in memory and are never written.

mod join;

use std::collections::{BTreeMap, BTreeSet};

/// Which sample something was seen in: an index into a sorted list of samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source(pub u32);

/// All that was seen at one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The samples that showed the place.
    pub sources: BTreeSet<Source>,
    /// Values that say nothing: variables, what lies too deep.
    pub unknowns: Seen,
    /// How many of the values of each kind were but names of types, `<integer>`: they give way to real values.
    pub stand_ins: BTreeMap<Kind, u64>,
    /// What texts in brackets say of a value, `your account`, and the samples that showed them; in memory only.
    pub hints: BTreeSet<(Option<Source>, String)>,
    /// Empty objects that a person wrote in the place of something.
    pub placeholders: Seen,
    /// `null`s.
    pub nulls: Seen,
    /// `true` and `false`.
    pub bools: Seen,
    /// Numbers.
    pub numbers: Numbers,
    /// Texts.
    pub texts: Texts,
    /// Arrays.
    pub lists: Lists,
    /// Objects.
    pub objects: Objects,
    /// Whether something below was too deep to be looked at.
    pub cut: bool,
}

/// How often a facet was seen, and in which samples first and last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How often.
    pub count: u64,
    /// The least sample that showed it.
    pub first: Option<Source>,
    /// The greatest sample that showed it.
    pub last: Option<Source>,
}

impl Seen {
    /// Seen once, in `source`.
    #[must_use]
    pub fn once(source: Option<Source>) -> Self {
        Self { count: 1, first: source, last: source }
    }
}

/// Numbers seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// How often.
    pub seen: Seen,
    /// One had a fraction or an exponent, or was an integer beyond 64 bits.
    pub fraction: bool,
    /// One was negative.
    pub negative: bool,
    /// One was an integer over `i64::MAX` that fits `u64`.
    pub over_signed: bool,
    /// One was an integer of 64 bits that `f64` cannot hold exactly.
    pub inexact: bool,
    /// One was beyond `f64`.
    pub infinite: bool,
}

/// Texts seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// How often.
    pub seen: Seen,
    /// How many of them were empty.
    pub blank: u64,
    /// How many were in each format, of those that were not empty.
    pub formats: BTreeMap<Format, u64>,
    /// The texts themselves while they are few; in memory only.
    pub values: Values,
}

/// A format a text may be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `true` or `false`.
    Boolean,
    /// A decimal integer of 64 bits without leading zeros.
    Integer,
    /// A decimal number with a fraction.
    Number,
    /// RFC 3339 date and time.
    DateTime,
    /// RFC 9562 UUID.
    Uuid,
}

impl Format {
    /// All formats in order.
    pub const ALL: [Self; 5] =
        [Self::Boolean, Self::Integer, Self::Number, Self::DateTime, Self::Uuid];
}

/// A small set of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Values {
    /// None was kept.
    #[default]
    None,
    /// All of them.
    Few(BTreeMap<String, u64>),
    /// More than are worth keeping, or one that cannot be a word of an enumeration.
    Many,
}

/// Arrays seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// How often.
    pub seen: Seen,
    /// What their elements were, where one had any.
    pub elements: Option<Box<Shape>>,
}

/// Objects seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objects {
    /// How often.
    pub seen: Seen,
    /// Their keys.
    pub keys: BTreeMap<String, Key>,
    /// How many members had a key that is not written down.
    pub others: u64,
    /// What the values of such members were.
    pub other: Option<Box<Shape>>,
}

/// A key of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// In how many objects it was.
    pub count: u64,
    /// Where it stood in the least sample that had it.
    pub order: Option<(Source, u32)>,
    /// What its values were; apart, since a map makes room for eleven keys at once and most objects have fewer.
    pub shape: Box<Shape>,
}

/// Kinds of JSON values that exclude each other, `null` apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A text.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
}

impl Kind {
    /// All kinds, in the order in which the arms of a union are tried.
    pub const ALL: [Self; 5] = [Self::Bool, Self::Number, Self::Text, Self::List, Self::Object];

    /// The kind as a person says it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::Text => "text",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

impl Shape {
    /// How often a value of `kind` was seen.
    #[must_use]
    pub fn seen(&self, kind: Kind) -> Seen {
        match kind {
            Kind::Bool => self.bools,
            Kind::Number => self.numbers.seen,
            Kind::Text => self.texts.seen,
            Kind::List => self.lists.seen,
            Kind::Object => self.objects.seen,
        }
    }

    /// The kinds that were seen. What a placeholder names counts only where no real value was seen.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        Self::kinds_together(std::iter::once(self))
    }

    /// The kinds of several shapes, as if they were joined.
    #[must_use]
    pub fn kinds_together<'a>(shapes: impl Iterator<Item = &'a Self> + Clone) -> Vec<Kind> {
        let sum =
            |count: &dyn Fn(&Self) -> u64| shapes.clone().map(count).fold(0, u64::saturating_add);
        let seen = |kind: &Kind| sum(&|shape| shape.seen(*kind).count);
        let stand_ins =
            |kind: &Kind| sum(&|shape| shape.stand_ins.get(kind).copied().unwrap_or_default());
        let is_real = |kind: &Kind| seen(kind) > stand_ins(kind);
        let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(is_real).collect();
        if !kinds.is_empty() {
            return kinds;
        }
        Kind::ALL.into_iter().filter(|kind| seen(kind) > 0).collect()
    }

    /// How often any value was seen here.
    #[must_use]
    pub fn total(&self) -> u64 {
        let kinds = Kind::ALL.into_iter().map(|kind| self.seen(kind).count);
        let mute = [self.nulls, self.unknowns, self.placeholders].map(|seen| seen.count);
        kinds.chain(mute).fold(0, u64::saturating_add)
    }

    /// The same, as if all of it had been seen in `source`.
    #[must_use]
    pub fn from_source(mut self, source: Source) -> Self {
        self.mark(source);
        self
    }

    fn mark(&mut self, source: Source) {
        self.sources = BTreeSet::from([source]);
        let mute = [&mut self.unknowns, &mut self.placeholders, &mut self.nulls];
        let scalars = [&mut self.bools, &mut self.numbers.seen, &mut self.texts.seen];
        let nested = [&mut self.lists.seen, &mut self.objects.seen];
        let facets = mute.into_iter().chain(scalars).chain(nested);
        for seen in facets.filter(|seen| seen.count > 0) {
            (seen.first, seen.last) = (Some(source), Some(source));
        }
        if let Some(elements) = &mut self.lists.elements {
            elements.mark(source);
        }
        for key in self.objects.keys.values_mut() {
            key.order = Some((source, key.order.map_or(u32::MAX, |(_, position)| position)));
            key.shape.mark(source);
        }
        if let Some(other) = &mut self.objects.other {
            other.mark(source);
        }
    }

    /// What texts in brackets say of the value here, of those in its lists and of those of its map, and the samples that showed them.
    #[must_use]
    pub fn all_hints(&self) -> BTreeSet<(Option<Source>, String)> {
        let inner = self.elements().into_iter().chain(self.objects.other.as_deref());
        inner.flat_map(Shape::all_hints).chain(self.hints.iter().cloned()).collect()
    }

    /// The elements' shape, where an element was seen.
    #[must_use]
    pub fn elements(&self) -> Option<&Shape> {
        self.lists.elements.as_deref()
    }

    /// The object facet alone.
    #[must_use]
    pub fn object_part(&self) -> Shape {
        self.only(Kind::Object)
    }

    /// One facet alone; nothing at all where it was not seen.
    #[must_use]
    pub fn only(&self, kind: Kind) -> Shape {
        if self.seen(kind).count == 0 {
            return Shape::default();
        }
        let mut one = Shape { sources: self.sources.clone(), ..Shape::default() };
        let stand_ins = self.stand_ins.get(&kind).map(|count| (kind, *count));
        one.stand_ins.extend(stand_ins);
        match kind {
            Kind::Bool => one.bools = self.bools,
            Kind::Number => one.numbers = self.numbers,
            Kind::Text => {
                one.texts = self.texts.clone();
                one.hints = self.hints.clone();
            }
            Kind::List => one.lists = self.lists.clone(),
            Kind::Object => one.objects = self.objects.clone(),
        }
        one
    }

    /// Replaces what is known of each key at the top by what `wider` knows of it.
    pub fn learn(&mut self, wider: &Shape) {
        for (name, key) in &mut self.objects.keys {
            if let Some(known) = wider.objects.keys.get(name) {
                key.shape = known.shape.clone();
            }
        }
    }
}

impl Shape {
    /// Adds what `wider` knows of the kinds of the keys here, at any depth, and no key to an object that has some.
    pub fn learn_kinds(&mut self, wider: &Shape) {
        for (name, key) in &mut self.objects.keys {
            if let Some(known) = wider.objects.keys.get(name) {
                key.shape.learn_kind(&known.shape);
            }
        }
    }

    fn learn_kind(&mut self, other: &Shape) {
        let mut other = other.clone();
        if let (Some(mine), Some(theirs)) = (&mut self.lists.elements, &other.lists.elements) {
            mine.learn_kind(theirs);
            other.lists.elements = None;
        }
        if self.objects.keys.is_empty() {
            return self.join(other);
        }
        self.learn_kinds(&other);
        other.objects.keys.clear();
        other.objects.other = None;
        // Whoever showed another object of this name did not show this one.
        other.sources.clear();
        self.join(other);
    }
}

impl Objects {
    /// The keys in the order of the least sample that had each.
    #[must_use]
    pub fn ordered(&self) -> Vec<(&str, &Key)> {
        let mut keys: Vec<_> = self.keys.iter().map(|(name, key)| (name.as_str(), key)).collect();
        keys.sort_by_key(|(name, key)| (key.order.unwrap_or((Source(u32::MAX), u32::MAX)), *name));
        keys
    }
}
