//! Texts that look like words of an enumeration. Nothing is concluded: people paste what they agree with into the overlay.

use crate::evidence::shape::{Format, Texts, Values};

/// Fewest texts from which a word list can be guessed.
const FEWEST_TEXTS: u64 = 8;

/// How often each word must have been seen on average: free texts hardly repeat.
const REPEATS: u64 = 3;

/// Most words that anyone would want as an enumeration.
const MOST_WORDS: u64 = 12;

/// The place and its words, where they look like an enumeration.
pub(crate) fn candidate(place: &str, texts: &Texts) -> Option<(String, Vec<String>)> {
    let Values::Few(values) = &texts.values else { return None };
    let words = u64::try_from(values.len()).unwrap_or(u64::MAX);
    let seen: u64 = values.values().sum();
    let enough = seen >= FEWEST_TEXTS && words > 1 && words <= MOST_WORDS;
    let repeated = seen >= words.saturating_mul(REPEATS);
    let formatted = Format::ALL.iter().any(|format| texts.formats.contains_key(format));
    let named = values.keys().all(|word| is_word(word));
    let complete = seen + texts.blank == texts.seen.count;
    (enough && repeated && named && complete && !formatted)
        .then(|| (place.to_owned(), values.keys().cloned().collect()))
}

fn is_word(text: &str) -> bool {
    let begins = text.starts_with(|letter: char| letter.is_ascii_alphabetic());
    begins && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
