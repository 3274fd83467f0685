//! Shape -> type: the one stage that concludes something from what was seen.
//!
//! A type is addressed by its place, so the same place always gives the same type. What cannot be told becomes `Type::Unknown`, and what was seen in several kinds a union that reads them all.

use super::arena::Arena;
use super::enumerations::candidate;
use super::formats::{all_in, text_format};
use super::hints::Hints;
use super::likely::Likely;
use super::maps::{ObjectKind, object_kind, values};
use super::numbers::{is_rounded, number};
use super::reasons::{Reasons, Rule};
use super::samples::{SamplePlace, Samples};
use crate::api::{
    Arm, Field, Nullability, Place, Presence, Struct, StructRole, Type, TypeKind, TypeOrigin, Union,
};
use crate::credential::is_secret;
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::evidence::Shape;
use crate::evidence::shape::{Format, Key, Kind, Source};
use crate::origin::Origin;
use crate::overlay::{Hint, HintKind};
use std::collections::{BTreeMap, BTreeSet};

/// Decides types, place by place.
pub(crate) struct Decider<'a> {
    pub(crate) arena: Arena,
    pub(crate) found: Vec<Diagnostic>,
    pub(crate) enumerations: BTreeMap<String, Vec<String>>,
    /// Why each place has its type, where somebody asks.
    pub(crate) reasons: Option<Reasons>,
    samples: &'a Samples,
    pub(crate) hints: Hints<'a>,
    told: BTreeSet<Place>,
    likely: Likely,
}

/// Where a value stands, which decides what becomes of one that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// In a field: what does not fit is kept beside it.
    Field,
    /// In a list, a map or at the top: its type must read everything that was seen.
    Loose,
}

impl<'a> Decider<'a> {
    pub(crate) fn new(samples: &'a Samples, hints: &'a [Hint]) -> Self {
        Self {
            arena: Arena::default(),
            found: Vec::new(),
            enumerations: BTreeMap::new(),
            reasons: None,
            samples,
            hints: Hints::new(hints),
            told: BTreeSet::new(),
            likely: Likely::new(samples),
        }
    }

    /// Notes why `place` has its type, where somebody asks.
    pub(crate) fn because(&mut self, place: &Place, rule: Rule, shape: &Shape) {
        if let Some(reasons) = &mut self.reasons {
            reasons.note(place, rule, shape);
        }
    }

    /// Whether a hint speaks of `place`.
    pub(crate) fn is_hinted(&self, place: &Place) -> bool {
        self.hints.has(place)
    }

    /// The places of the types that hints keep by themselves.
    pub(crate) fn kept_apart(&self) -> BTreeSet<String> {
        self.hints.apart()
    }

    /// The type of `place`, which showed `shape`; nested structs play `role`.
    pub(crate) fn decide(&mut self, place: &Place, shape: &Shape, position: Position) -> Type {
        let ty = self.plain(place, shape, position);
        match position {
            Position::Loose if shape.nulls.count > 0 && ty != Type::Unknown => {
                Type::Nullable(Box::new(ty))
            }
            Position::Loose | Position::Field => ty,
        }
    }

    fn plain(&mut self, place: &Place, shape: &Shape, position: Position) -> Type {
        let is_map = self.hints.has(place)
            && object_kind(last_key(place), &shape.objects) != ObjectKind::Struct;
        if let Some(hint) = self.hints.at(place, shape, is_map) {
            return match hint {
                HintKind::Opaque => {
                    self.because(place, Rule::HintOpaque, shape);
                    Type::Unknown
                }
                HintKind::Map => {
                    self.because(place, Rule::HintMap, shape);
                    self.map(place, shape)
                }
                HintKind::Apart => unreachable!("such hints are not among those of a place"),
            };
        }
        if shape.cut {
            self.because(place, Rule::TooDeep, shape);
            self.tell(place, shape.unknowns.first, "infer::too-deep", "lies too deep to be typed");
            return Type::Unknown;
        }
        let odd_one_out = position == Position::Loose && shape.placeholders.count > 0;
        match shape.kinds().as_slice() {
            [] => {
                self.because(place, Rule::Unseen, shape);
                Type::Unknown
            }
            [Kind::Object] => self.single(place, shape, Kind::Object),
            [kind] if !odd_one_out => self.single(place, shape, *kind),
            kinds @ [Kind::Bool, Kind::Text] if self.is_spelt_out(shape) => {
                self.contradiction(place, shape, kinds);
                self.single(place, shape, Kind::Bool)
            }
            kinds => self.union(place, shape, kinds),
        }
    }

    /// Whether all texts are `true` or `false`, written by people beside real ones. What a service sends is left as it is.
    fn is_spelt_out(&self, shape: &Shape) -> bool {
        let recorded = [shape.texts.seen.first, shape.texts.seen.last];
        let is_all = all_in(&shape.texts, Format::Boolean);
        is_all && !recorded.into_iter().any(|source| self.is_recorded(source))
    }

    fn single(&mut self, place: &Place, shape: &Shape, kind: Kind) -> Type {
        let is_secret = kind == Kind::Text && is_secret(last_key(place));
        self.because(place, if is_secret { Rule::Secret } else { Rule::OneKind(kind) }, shape);
        match kind {
            Kind::Bool => Type::Bool,
            Kind::Number => {
                if shape.numbers.infinite {
                    let first = shape.numbers.seen.first;
                    self.tell(place, first, "infer::number-too-large", "is beyond any number type");
                }
                if is_rounded(&shape.numbers) {
                    let first = shape.numbers.seen.first;
                    let what = "mixes numbers of which a double rounds some";
                    let message = format!("`{}` {what}", last_key(place));
                    // The type reads all of them, so that nobody has to act.
                    let code = "infer::number-rounded";
                    self.tell_at(place, first, |origin| Diagnostic::note(code, message, origin));
                }
                number(&shape.numbers)
            }
            Kind::Text if is_secret => Type::Secret,
            Kind::Text => {
                self.enumerations.extend(candidate(place, &shape.texts));
                Type::Text
            }
            Kind::List => {
                let items = shape.elements().cloned().unwrap_or_default();
                Type::List(Box::new(self.decide(&place.item(), &items, Position::Loose)))
            }
            Kind::Object => self.object(place, shape),
        }
    }

    /// The type of an object at the top of a message, where it plays `role`.
    pub(crate) fn top(&mut self, place: &Place, shape: &Shape, role: StructRole) -> Type {
        let is_struct = object_kind("", &shape.objects) == ObjectKind::Struct;
        if self.hints.has(place) || shape.objects.keys.is_empty() || !is_struct {
            return self.decide(place, &shape.only(Kind::Object), Position::Field);
        }
        self.because(place, Rule::Struct, shape);
        if let Some(id) = self.arena.find(place) {
            return Type::Named(id);
        }
        let fields = self.fields(place, &shape.objects.ordered());
        self.define(place, role, fields, shape)
    }

    fn object(&mut self, place: &Place, shape: &Shape) -> Type {
        if shape.objects.keys.is_empty() && shape.objects.others == 0 {
            self.because(place, Rule::Unseen, shape);
            return Type::Unknown;
        }
        let kind = object_kind(last_key(place), &shape.objects);
        let rule = match kind {
            ObjectKind::Struct => Rule::Struct,
            ObjectKind::Map => Rule::Map,
            ObjectKind::FreeMap => Rule::FreeMap,
        };
        self.because(place, rule, shape);
        match kind {
            ObjectKind::Struct if self.arena.find(place).is_some() => {
                self.define(place, StructRole::Nested, Vec::new(), shape)
            }
            ObjectKind::Struct => {
                let fields = self.fields(place, &shape.objects.ordered());
                self.define(place, StructRole::Nested, fields, shape)
            }
            ObjectKind::Map => self.map(place, shape),
            ObjectKind::FreeMap => Type::Map(Box::new(Type::Unknown)),
        }
    }

    fn map(&mut self, place: &Place, shape: &Shape) -> Type {
        let values = values(&shape.objects);
        Type::Map(Box::new(self.decide(&place.value(), &values, Position::Loose)))
    }

    /// A union with an arm for each kind; it keeps any other value as JSON.
    pub(crate) fn union(&mut self, place: &Place, shape: &Shape, kinds: &[Kind]) -> Type {
        let arms = kinds.iter().map(|kind| self.single(place, shape, *kind));
        let arms = arms.filter(|ty| *ty != Type::Unknown).map(|ty| Arm { ty }).collect();
        self.contradiction(place, shape, kinds);
        self.because(place, Rule::Union, shape);
        self.define_union(place, arms, shape)
    }

    /// Defines a union of ready arms.
    pub(crate) fn define_union(&mut self, place: &Place, arms: Vec<Arm>, shape: &Shape) -> Type {
        let key = place.arm();
        let provenance = self.provenance(&shape.sources);
        let kind = TypeKind::Union(Union { arms });
        let found = self.arena.find(&key);
        Type::Named(found.unwrap_or_else(|| self.arena.add(&key, kind, provenance)))
    }

    /// The fields below `place`.
    pub(crate) fn fields(&mut self, place: &Place, keys: &[(&str, &Key)]) -> Vec<Field> {
        keys.iter().map(|(name, key)| self.field(place, name, key)).collect()
    }

    /// The field `name` below `place`.
    pub(crate) fn field(&mut self, place: &Place, name: &str, key: &Key) -> Field {
        let inner = place.child(name);
        let ty = self.decide(&inner, &key.shape, Position::Field);
        let hinted = self.hints.has(&inner);
        match self.likely.guess(name, &key.shape, &ty).filter(|_| !hinted) {
            None => self.field_of(name, key, ty),
            Some(guess) => {
                self.because(&inner, Rule::Likely, &key.shape);
                let mut field = self.field_of(name, key, guess);
                if key.shape.nulls.count > 0 {
                    field.nullability = Nullability::ThreeState;
                }
                field
            }
        }
    }

    /// The field `name` of a type that is known.
    pub(crate) fn field_of(&self, name: &str, key: &Key, ty: Type) -> Field {
        let nullable = self.is_recorded(key.shape.nulls.last) && ty != Type::Unknown;
        let nullability = if nullable { Nullability::ThreeState } else { Nullability::Plain };
        Field {
            key: name.to_owned(),
            docs: self.hinted(&key.shape, &ty),
            format: text_format(&key.shape).filter(|_| ty == Type::Text),
            ty,
            presence: Presence::Optional,
            nullability,
            default: Vec::new(),
            content_type: None,
            provenance: self.origins(&key.shape.sources),
        }
    }

    /// What requests say of a value in words; responses are nobody's business.
    fn hinted(&self, shape: &Shape, ty: &Type) -> Docs {
        let is_request = |source: &Option<Source>| {
            let place = source.and_then(|source| self.samples.place(source));
            place.is_none_or(|place| place.status().is_none())
        };
        let mut hints = shape.all_hints();
        if matches!(ty, Type::Map(_)) {
            hints.extend(values(&shape.objects).all_hints());
        }
        let hints = hints.into_iter().filter(|(source, _)| is_request(source));
        let mut docs = Docs::default();
        docs.tell(&hints.map(|(_, words)| words).collect());
        docs
    }

    /// Defines a struct, or finds it.
    pub(crate) fn define(
        &mut self,
        place: &Place,
        role: StructRole,
        fields: Vec<Field>,
        shape: &Shape,
    ) -> Type {
        if let Some(id) = self.arena.find(place) {
            return Type::Named(id);
        }
        let mut provenance = self.provenance(&shape.sources);
        if matches!(role, StructRole::Response | StructRole::Error) {
            provenance.sort_by_key(|origin| !origin.is_response());
        }
        let kind = TypeKind::Struct(Struct { role, fields });
        Type::Named(self.arena.add(place, kind, provenance))
    }

    /// The samples a type is made of, as people read them.
    pub(crate) fn provenance(&self, sources: &BTreeSet<Source>) -> Vec<TypeOrigin> {
        let places = sources.iter().filter_map(|source| self.samples.place(*source));
        let mut seen = BTreeSet::new();
        let messages = places.map(|place| &place.message).filter(|message| seen.insert(*message));
        messages.cloned().map(TypeOrigin::Message).collect()
    }

    /// Whether traffic showed it. A null that a person wrote into a sample is often but an empty place; one that a service sent, or took, is a state.
    fn is_recorded(&self, source: Option<Source>) -> bool {
        let place = source.and_then(|source| self.samples.place(source));
        place.is_some_and(|place| !place.is_written())
    }

    /// What kinds of input a field is known from.
    fn origins(&self, sources: &BTreeSet<Source>) -> Vec<String> {
        let places = || sources.iter().filter_map(|source| self.samples.place(*source));
        let sent = |place: &SamplePlace| place.is_written() && place.status().is_none();
        let answered = |place: &SamplePlace| place.is_written() && place.status().is_some();
        let recorded = |place: &SamplePlace| !place.is_written();
        let kinds = [
            ("collection", places().any(sent)),
            ("response", places().any(answered)),
            ("evidence", places().any(recorded)),
        ];
        let known = kinds.into_iter().filter(|(_, is_known)| *is_known);
        known.map(|(kind, _)| kind.to_owned()).collect()
    }

    /// Says once that two samples contradict each other, naming both.
    fn contradiction(&mut self, place: &Place, shape: &Shape, kinds: &[Kind]) {
        let [one, other, ..] = kinds else { return };
        let first = |kind: &Kind| shape.seen(*kind).first;
        let label = |kind: &Kind| {
            let place = first(kind).and_then(|source| self.samples.place(source));
            place.map_or_else(|| "a sample".to_owned(), |place| place.message.to_string())
        };
        let name = last_key(place);
        let message = format!(
            "`{name}` is {} in {} and {} in {}",
            one.as_str(),
            label(one),
            other.as_str(),
            label(other)
        );
        let source = first(other).max(first(one));
        // The type reads both, so that nobody has to act.
        self.tell_at(place, source, |origin| Diagnostic::note("infer::conflict", message, origin));
    }

    fn tell(&mut self, place: &Place, source: Option<Source>, code: &'static str, what: &str) {
        let message = format!("`{}` {what}", last_key(place));
        self.tell_at(place, source, |origin| Diagnostic::warning(code, message, origin));
    }

    fn tell_at(
        &mut self,
        place: &Place,
        source: Option<Source>,
        finding: impl FnOnce(Origin) -> Diagnostic,
    ) {
        if !self.told.insert(place.clone()) {
            return;
        }
        let sample = source.and_then(|source| self.samples.place(source));
        let origin = sample.map(|place| place.origin.clone()).unwrap_or_default();
        let help = format!("pin it in spec/overlay.toml: at = \"{place}\"");
        self.found.push(finding(origin).with_help(help));
    }
}

/// The key that a place ends with, empty where it ends with none.
fn last_key(place: &Place) -> &str {
    place.field_name().unwrap_or_default()
}
