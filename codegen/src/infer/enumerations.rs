//! Texts that look like words of an enumeration. Nothing is concluded: people paste what they agree with into the overlay.

use super::Candidate;
use crate::api::{Api, Field, Place, Type, TypeKind};
use crate::evidence::shape::{Format, Texts, Values};
use crate::overlay::{Index, Target};

/// Fewest texts from which a word list can be guessed.
const FEWEST_TEXTS: u64 = 8;

/// How often each word must have been seen on average: free texts hardly repeat.
const REPEATS: u64 = 3;

/// Most words that anyone would want as an enumeration.
const MOST_WORDS: u64 = 12;

/// The place and its words, where they look like an enumeration.
pub(crate) fn candidate(place: &Place, texts: &Texts) -> Option<(String, Vec<String>)> {
    let Values::Few(values) = &texts.values else { return None };
    let words = u64::try_from(values.len()).unwrap_or(u64::MAX);
    let seen: u64 = values.values().sum();
    let enough = seen >= FEWEST_TEXTS && words > 1 && words <= MOST_WORDS;
    let repeated = seen >= words.saturating_mul(REPEATS);
    let formatted = Format::ALL.iter().any(|format| texts.formats.contains_key(format));
    let named = values.keys().all(|word| is_word(word));
    let complete = seen + texts.blank == texts.seen.count;
    (enough && repeated && named && complete && !formatted)
        .then(|| (place.to_string(), values.keys().cloned().collect()))
}

/// The candidates as an overlay addresses them, where it can: fields that hold text, alone, in a list or in a map. A field that holds other things too is no enumeration.
#[must_use]
pub fn still_text(api: &Api, candidates: Vec<Candidate>) -> Vec<Candidate> {
    if candidates.is_empty() {
        return candidates;
    }
    let index = Index::new(api);
    let field = |target: &Target| match target {
        Target::Field(id, key) => match &api.types.get(*id)?.kind {
            TypeKind::Struct(object) => object.fields.iter().find(|field| field.key == *key),
            TypeKind::Enumeration(_) | TypeKind::Union(_) => None,
        },
        Target::Operation(_) | Target::Parameter(..) | Target::Body(_) => None,
        Target::Response(_) | Target::Error(_) | Target::Credential(_) => None,
    };
    let is_addressed = |at: &str| {
        let found = index.targets(at).unwrap_or_default();
        let holds_text = |target| field(target).is_some_and(|field: &Field| is_text(&field.ty));
        !found.is_empty() && found.iter().all(holds_text)
    };
    let outer = |(place, words): Candidate| {
        let mut at = place.as_str();
        while let Some(shorter) = at.strip_suffix("[]").or_else(|| at.strip_suffix("{}")) {
            at = shorter;
        }
        (at.to_owned(), words)
    };
    candidates.into_iter().map(outer).filter(|(at, _)| is_addressed(at)).collect()
}

fn is_text(ty: &Type) -> bool {
    match ty {
        Type::Text => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_text(inner),
        Type::Unknown | Type::Bool | Type::Integer | Type::Unsigned | Type::Number => false,
        Type::Secret | Type::File | Type::Named(_) => false,
    }
}

/// Most digits of a word; what has more was counted or drawn.
const MOST_DIGITS: usize = 4;

fn is_word(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let drawn = digits >= MOST_DIGITS
        && !text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
    if drawn {
        return false;
    }
    let begins = text.starts_with(|letter: char| letter.is_ascii_alphabetic());
    begins && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
