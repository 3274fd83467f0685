//! Which parts of a text look like a live secret, whatever the text is called.
//!
//! In: any text, and the name it stands under. Out: byte ranges with what each looks like, and the text without them. Knows formats of keys (see `formats`) and what chance makes (see `random`); no API, no collection.

mod formats;
mod phrases;
mod random;

use crate::credential::words;
use std::borrow::Cow;
use std::ops::Range;

/// The variable that stands where a secret stood: in Postman's notation, so that every stage knows that a value is missing and the caller has it.
pub const MARK: &str = "redacted";

/// No key that a service hands out is shorter.
const SHORTEST: usize = 8;

/// Last words of names whose values are made by chance and open nothing: identifiers, digests, and places in a listing.
const HARMLESS: &[&str] = &[
    "id",
    "ids",
    "uid",
    "uuid",
    "guid",
    "kid",
    "hash",
    "md5",
    "sha",
    "sha1",
    "sha256",
    "sha512",
    "checksum",
    "digest",
    "etag",
    "fingerprint",
    "thumbprint",
    "cursor",
    "integrity",
    "match",
    "ref",
];

/// A part of a text that looks like a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it looks like, with an article: `a JSON Web Token`.
    pub kind: &'static str,
}

/// What looks like a secret in `text`, which stands under `name`; in order, and apart from each other.
#[must_use]
pub fn find(text: &str, name: &str) -> Vec<Found> {
    if text.len() < SHORTEST {
        return Vec::new();
    }
    let mut found = phrases::find(text);
    for atom in formats::atoms(text) {
        if let Some(known) = formats::at(text, &atom.range) {
            found.push(known);
        } else if let Some(range) = random::at(text, &atom)
            && !is_harmless(text, range.start, name)
        {
            found.push(Found { range, kind: "a random key" });
        }
    }
    found.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
    let mut end = 0;
    found.retain(|it| {
        let apart = it.range.start >= end;
        end = end.max(it.range.end);
        apart
    });
    found
}

/// `text` with a variable in place of each secret; the same one for the same secret.
#[must_use]
pub fn redacted<'a>(text: &'a str, found: &[Found]) -> Cow<'a, str> {
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut seen: Vec<&str> = Vec::new();
    let (mut out, mut end) = (String::with_capacity(text.len()), 0);
    for it in found {
        let secret = text.get(it.range.clone()).unwrap_or_default();
        let at = seen.iter().position(|known| *known == secret).unwrap_or(seen.len());
        if at == seen.len() {
            seen.push(secret);
        }
        let before = text.get(end..it.range.start).unwrap_or_default();
        out.push_str(before);
        out.push_str(&mark(at, names_something(before)));
        end = it.range.end;
    }
    out.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(out)
}

/// The variable for the secret at this place among those of a text.
fn mark(at: usize, bare: bool) -> String {
    let name = if at == 0 { MARK.to_owned() } else { format!("{MARK}_{}", at + 1) };
    if bare { name } else { format!("{{{{{name}}}}}") }
}

/// Whether what follows is the name of a hole, `{{` or `/:`, where no other hole can stand.
fn names_something(before: &str) -> bool {
    let open = before.rfind("{{").is_some_and(|open| before.rfind("}}") < Some(open));
    open || before.ends_with("/:")
}

/// Whether the text at `start` stands under a name of what is random and no secret: the word before it, or else `name`.
fn is_harmless(text: &str, start: usize, name: &str) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let value = before.trim_end_matches(['"', '\'', '\\', ' ']);
    let own = value.strip_suffix([':', '=', '>']).map(|rest| {
        let rest = rest.trim_end_matches(['"', '\'', '\\', ' ']);
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        rest.get(rest.trim_end_matches(is_name).len()..).unwrap_or_default()
    });
    let name = own.filter(|own| !own.is_empty()).unwrap_or(name);
    // A key that is a name of letters alone says more than words cut at capitals: `ETag`.
    let last = words(name).last().cloned().unwrap_or_default();
    let whole = name.to_ascii_lowercase();
    HARMLESS.contains(&last.as_str()) || HARMLESS.contains(&whole.as_str())
}

#[cfg(test)]
mod tests;
