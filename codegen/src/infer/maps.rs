//! Is an object a struct, or a map whose keys are data?

use super::codes::{are_currencies, are_languages};
use super::formats::formats;
use super::words::is_free;
use crate::evidence::Shape;
use crate::evidence::shape::{Format, Kind, Objects};

/// Fewest codes of languages or currencies that make a map: one such key may be a word.
const FEWEST_CODES: usize = 2;

/// Shortest key that is a hash or an id by its letters and digits alone.
const SHORTEST_HASH: usize = 16;

/// Fewest keys that make a map by how rarely each is there. Structs of settings have dozens of optional fields; only a growing set of names goes on beyond.
const FEWEST_RARE_KEYS: usize = 20;

/// Largest mean share of objects in which a map's keys are. A field that one object in twenty has is still a field.
const RARE_SHARE: f64 = 0.05;

/// Fewest keys from which an object that is called free may be a struct after all: documents of a standard have many.
const FEWEST_FIXED_KEYS: usize = 12;

/// Least mean share of objects in which the keys of such a struct are. What users put into an object differs from one to the next.
const FIXED_SHARE: f64 = 0.3;

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    /// Its keys are fields.
    Struct,
    /// Its keys are data, its values are of one type.
    Map,
    /// Its keys are data, and its values are what users like to put there.
    FreeMap,
}

/// Judges the objects seen under `name`: by the look of all keys, by the likeness of the values, and by the name where these leave it open.
pub(crate) fn object_kind(name: &str, objects: &Objects) -> ObjectKind {
    let keys = &objects.keys;
    let counts = keys.values().map(|key| key.count);
    let is_free = is_free(name) && !is_fixed(counts.clone(), objects.seen.count);
    // Traffic leaves such keys out: what the values of one caller have in common says nothing of another's.
    if is_free && objects.others > 0 {
        return ObjectKind::FreeMap;
    }
    if keys.is_empty() && objects.others > 0 {
        return ObjectKind::Map;
    }
    let values = objects.keys.values().map(|key| &*key.shape).chain(objects.other.as_deref());
    let kinds = Shape::kinds_together(values);
    let is_data = || !keys.is_empty() && are_data(objects);
    let mostly_unnamed = objects.others > counts.sum();
    let is_plain = |kind: &Kind| matches!(kind, Kind::Bool | Kind::Number | Kind::Text);
    match kinds.as_slice() {
        [_] if is_data() || mostly_unnamed || is_rare(objects) => ObjectKind::Map,
        [kind] if is_free && is_plain(kind) => ObjectKind::Map,
        _ => ObjectKind::Struct,
    }
}

/// Whether nobody would call one of the keys a field, or all are codes of one standard.
fn are_data(objects: &Objects) -> bool {
    let keys = || objects.keys.keys().map(String::as_str);
    let are_codes = || are_languages(keys()) || are_currencies(keys());
    keys().all(is_odd) || objects.keys.len() >= FEWEST_CODES && are_codes()
}

/// All values together.
pub(crate) fn values(objects: &Objects) -> Shape {
    let mut joined = objects.other.as_deref().cloned().unwrap_or_default();
    for key in objects.keys.values() {
        joined.join((*key.shape).clone());
    }
    joined
}

/// A key that nobody would call a field: a number, a date, a UUID, an address, a hash.
pub(crate) fn is_odd(key: &str) -> bool {
    let dated = key.len() == 10 && formats(&format!("{key}T00:00:00Z")) == [Format::DateTime];
    let digits = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    dated || digits || is_address(key) || is_hash(key) || is_moment_or_id(key)
}

fn is_moment_or_id(key: &str) -> bool {
    formats(key).iter().any(|format| matches!(format, Format::Uuid | Format::DateTime))
}

/// An e-mail address, a URL or a path.
fn is_address(key: &str) -> bool {
    let is_mail = key.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.ends_with('.') && !key.contains(' ')
    });
    is_mail || key.starts_with("https://") || key.starts_with("http://") || key.starts_with('/')
}

/// Hexadecimal digits, or letters and digits mixed as nobody writes a word.
fn is_hash(key: &str) -> bool {
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_hex = key.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_mixed = digits * 5 >= key.len();
    key.len() >= SHORTEST_HASH && is_plain && digits > 0 && (is_hex || is_mixed)
}

/// Whether an object that is called free has keys enough, and often enough, to be a struct after all; each key is in so many of all objects.
pub(crate) fn is_fixed(counts: impl Iterator<Item = u64> + Clone, objects: u64) -> bool {
    counts.clone().count() >= FEWEST_FIXED_KEYS && mean_share(counts, objects) >= FIXED_SHARE
}

fn is_rare(objects: &Objects) -> bool {
    let counts = objects.keys.values().map(|key| key.count);
    objects.keys.len() >= FEWEST_RARE_KEYS && mean_share(counts, objects.seen.count) <= RARE_SHARE
}

/// In which share of the objects a key is, on average.
fn mean_share(counts: impl Iterator<Item = u64> + Clone, objects: u64) -> f64 {
    let sum: f64 = counts.clone().map(as_float).sum();
    let keys = u64::try_from(counts.count()).unwrap_or(u64::MAX).max(1);
    sum / as_float(objects.max(1)) / as_float(keys)
}

fn as_float(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
