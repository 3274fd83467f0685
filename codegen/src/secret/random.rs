//! Words that chance made: no known format, and no language either.
//!
//! A key that cannot be guessed has 100 bits or more, which letters of both cases and digits hold in 17 characters; services hand out 20 and more. A text of people has letters in the pairs of its language; in a word that chance made, a pair is one of the hundred that languages like best as seldom as any other, 100 of 676 times.
//!
//! Digits in hexadecimal are left alone: digests and identifiers of records look the same, and a key of this form is known by its name.

use super::formats::Atom;
use std::ops::Range;

/// Fewest characters of a random key: 119 bits of letters and digits.
const SHORTEST: usize = 20;
/// Most characters: what is longer is a document in base64, and not a key.
const LONGEST: usize = 200;
/// Fewest characters of a word with letters of one case: identifiers of records are shorter.
const SHORTEST_IN_ONE_CASE: usize = 32;
/// Fewest characters in a row without `-` and `_`: phrases that people join have shorter parts.
const UNBROKEN: usize = 14;
/// Least entropy of the characters, in bits each; 20 random ones have 4.1 on average, rarely under 3.7.
const ENTROPY: f64 = 3.5;
/// At most so many of a hundred pairs of letters are pairs that languages like; by chance 15 are.
const FAMILIAR: usize = 38;

/// Pairs of letters that make up four fifths of English, and most of the languages that people write in ASCII.
const PAIRS: &str = "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld ur me ne li ri ro io ic co ce om no us ch el ac ec la ta ca pe pr tr un di ma il ll lo ge ho so ss ad ap po em ai am ee pa na ni ot vi ul id ie ig ev ex mo fo cr ct do ly ag iv ke ay ow";

/// The random key at a word, with what base64 puts around it.
pub(super) fn at(text: &str, atom: &Atom) -> Option<Range<usize>> {
    let word = &atom.range;
    let own = text.get(word.clone()).filter(|_| (SHORTEST..=LONGEST).contains(&atom.among))?;
    if own.len() >= SHORTEST && is_random(own) {
        return Some(word.clone());
    }
    base64(text, word).filter(|range| text.get(range.clone()).is_some_and(is_random))
}

/// The word with the `+`, `/` and `=` of base64 after it, where that is a whole number of bytes and no path.
fn base64(text: &str, word: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let of = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    let before = word.start.checked_sub(1).and_then(|at| bytes.get(at));
    if before.is_some_and(|byte| b"+/".contains(byte)) {
        return None;
    }
    let rest = bytes.get(word.start..)?;
    let digits = rest.iter().take_while(|byte| of(**byte)).count();
    let padding = rest.get(digits..)?.iter().take_while(|byte| **byte == b'=').count();
    let length = digits + padding;
    let marked = padding > 0 || rest.get(..digits)?.contains(&b'+') || length == 40;
    let fits = (24..=LONGEST).contains(&length) && length.is_multiple_of(4);
    (marked && fits && padding <= 2).then(|| word.start..word.start + length)
}

/// Whether chance made a word.
fn is_random(word: &str) -> bool {
    let count = |is: fn(&u8) -> bool| word.bytes().filter(is).count();
    let (upper, lower) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let digits = count(u8::is_ascii_digit);
    let mixed = upper >= 2 && lower >= 2;
    let long = word.len() >= SHORTEST_IN_ONE_CASE && digits >= 4 && upper + lower >= 4;
    let hex = word.bytes().all(|byte| byte.is_ascii_hexdigit() || !byte.is_ascii_alphanumeric());
    if digits < 2 || hex || !(mixed || long) {
        return false;
    }
    let unbroken = word.split(['-', '_']).map(str::len).max().unwrap_or_default();
    unbroken >= UNBROKEN && !is_language(word) && !is_sequence(word) && entropy(word) >= ENTROPY
}

/// Whether its pairs of letters are those of a language.
fn is_language(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let (mut pairs, mut familiar) = (0, 0);
    for pair in lower.as_bytes().windows(2) {
        if !pair.iter().all(u8::is_ascii_lowercase) {
            continue;
        }
        pairs += 1;
        familiar += usize::from(PAIRS.as_bytes().chunks(3).any(|known| known.starts_with(pair)));
    }
    familiar * 100 > pairs * FAMILIAR
}

/// Whether it counts or spells the alphabet: a third of its characters are the next of the one before, or the same.
fn is_sequence(word: &str) -> bool {
    let pairs = word.as_bytes().windows(2);
    let next = |pair: &&[u8]| matches!(pair, [a, b] if b.wrapping_sub(*a) <= 1);
    pairs.filter(next).count() * 3 >= word.len()
}

/// Shannon entropy of the characters, in bits each.
fn entropy(word: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in word.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = f64::from(u32::try_from(word.len()).unwrap_or(u32::MAX));
    let bits = counts.iter().filter(|count| **count > 0).map(|count| {
        let share = f64::from(*count) / length;
        -share * share.log2()
    });
    bits.sum()
}
