//! Whether two multipart bodies say the same: part by part, and by which rules.

use super::rule::Rule;
use crate::placeholder::placeholder;
use std::collections::{BTreeMap, BTreeSet};

/// What a multipart body begins with, once its boundary is taken out.
pub(super) const BOUNDARY: &str = "--BOUNDARY\r\n";

/// What ends one.
const END: &str = "--BOUNDARY--\r\n";

/// What stands before a part's name.
const NAME: &str = "Content-Disposition: form-data; name=\"";

/// Compares two bodies that differ; `None` where they say different things.
pub(super) fn same(ours: &str, theirs: &str) -> Option<BTreeSet<Rule>> {
    let (ours, theirs) = (split(ours)?, split(theirs)?);
    let mut met = BTreeSet::new();
    let all = theirs.len();
    let told = |part: &&str| ours.contains(part) || placeholder(content(part)).is_none();
    let theirs: Vec<&str> = theirs.into_iter().filter(told).collect();
    if theirs.len() < all {
        met.insert(Rule::PlaceholderNotSent);
    }
    let escaped: Vec<String> = theirs.iter().map(|part| escaped(part)).collect();
    if escaped != theirs {
        met.insert(Rule::PartNameIsEscaped);
    }
    let escaped: Vec<&str> = escaped.iter().map(String::as_str).collect();
    if ours == escaped {
        return Some(met);
    }
    met.insert(Rule::PartsOfOneNameTogether);
    (ours == together(&escaped)).then_some(met)
}

fn split(body: &str) -> Option<Vec<&str>> {
    let parts = body.strip_suffix(END)?.strip_prefix(BOUNDARY)?;
    Some(parts.split(BOUNDARY).collect())
}

/// The head's first line, and what follows it.
fn line(part: &str) -> (&str, &str) {
    part.split_at(part.find("\r\n").unwrap_or(part.len()))
}

/// What a part carries, its head left out.
fn content(part: &str) -> &str {
    let (_, content) = part.split_once("\r\n\r\n").unwrap_or_default();
    content.strip_suffix("\r\n").unwrap_or(content)
}

/// The part with the quotes in its name escaped, as HTML's forms do.
fn escaped(part: &str) -> String {
    let (head, rest) = line(part);
    let Some(name) = head.strip_prefix(NAME) else { return part.to_owned() };
    let end = name.find("\"; filename=\"").unwrap_or(name.len().saturating_sub(1));
    let (name, after) = name.split_at(end);
    format!("{NAME}{}{after}{rest}", name.replace('"', "%22"))
}

/// The parts, those of one name at the first one's place.
fn together<'a>(parts: &[&'a str]) -> Vec<&'a str> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for part in parts {
        let name = line(part).0.strip_prefix(NAME).unwrap_or_default();
        let name = name.split('"').next().unwrap_or_default();
        let at = *places.entry(name).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    groups.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(parts: &[(&str, &str)]) -> String {
        let part =
            |(name, value): &(&str, &str)| format!("{BOUNDARY}{NAME}{name}\"\r\n\r\n{value}\r\n");
        parts.iter().map(part).collect::<String>() + END
    }

    #[test]
    fn only_the_place_and_the_quotes_of_parts_may_differ() {
        let theirs = body(&[("a", "1"), ("b", "2"), ("a", "3")]);
        let grouped = Some(BTreeSet::from([Rule::PartsOfOneNameTogether]));
        assert_eq!(same(&body(&[("a", "1"), ("a", "3"), ("b", "2")]), &theirs), grouped);
        for wrong in [
            body(&[("a", "3"), ("a", "1"), ("b", "2")]),
            body(&[("b", "2"), ("a", "1"), ("a", "3")]),
            body(&[("a", "1"), ("a", "3")]),
            body(&[("a", "1"), ("a", "3"), ("b", "4")]),
        ] {
            assert_eq!(same(&wrong, &theirs), None, "{wrong}");
        }
        let told = Some(BTreeSet::from([Rule::PlaceholderNotSent]));
        assert_eq!(same(&body(&[("a", "1")]), &body(&[("a", "1"), ("b", "<binary>")])), told);
        assert_eq!(same(&body(&[("a", "1")]), &body(&[("a", "1"), ("b", "binary")])), None);
        let quoted = Some(BTreeSet::from([Rule::PartNameIsEscaped]));
        assert_eq!(same(&body(&[("q%22n", "1")]), &body(&[("q\"n", "1")])), quoted);
        assert_eq!(same(&body(&[("q%22n", "1")]), &body(&[("q\"m", "1")])), None);
    }
}
