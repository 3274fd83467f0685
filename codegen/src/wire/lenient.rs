//! What Postman sends though it was written by accident: the client sends what was meant, or what was written.

use super::line::Sent;
use super::rule::Rule;
use crate::json;
use std::collections::BTreeSet;

/// The host of the base URL that the driver gives where the collection has none; it leads nowhere (RFC 2606).
pub(super) const NO_HOST: &str = "no-host.invalid";

/// Why the client sends what Postman cannot.
pub(super) fn unsendable(ours: &Sent) -> Rule {
    if ours.host == NO_HOST { Rule::BaseUrlIsGiven } else { Rule::PostmanSendsNothing }
}

/// Puts what the client sends into `theirs` where Postman differs by a leniency alone.
pub(super) fn restore(ours: &Sent, theirs: &mut Sent, met: &mut BTreeSet<Rule>) {
    if let (Some(mine), Some(query)) = (&ours.query, &theirs.query)
        && mine != query
        && has_values(mine, query)
    {
        theirs.query.clone_from(&ours.query);
        met.insert(Rule::KeyHasAValue);
    }
    if ours.host == NO_HOST && is_path_of(&ours.path, theirs) {
        let (scheme, host, path) = (&ours.scheme, &ours.host, &ours.path);
        (theirs.scheme, theirs.host, theirs.path) = (scheme.clone(), host.clone(), path.clone());
        met.insert(Rule::BaseUrlIsGiven);
    }
    let text = std::str::from_utf8(&ours.body);
    if let Ok(text) = text
        && ours.body != theirs.body
        && json::read_leniently(text).is_err()
        && stripped(text).as_bytes() == theirs.body
    {
        theirs.body.clone_from(&ours.body);
        met.insert(Rule::TextIsNotStripped);
    }
}

/// Whether `path` is host and path of `theirs`, whose host is in lower case and whose path is not empty.
fn is_path_of(path: &str, theirs: &Sent) -> bool {
    let Some(segments) = path.strip_prefix('/') else { return false };
    let (first, rest) = segments.split_at(segments.find('/').unwrap_or(segments.len()));
    let is_same = rest == theirs.path || (rest.is_empty() && theirs.path == "/");
    is_same && first.eq_ignore_ascii_case(&theirs.host)
}

/// Whether `ours` is `theirs` with an empty value for each key that has none.
fn has_values(ours: &str, theirs: &str) -> bool {
    let is_same =
        |(ours, theirs): (&str, &str)| ours == theirs || ours.strip_suffix('=') == Some(theirs);
    ours.split('&').count() == theirs.split('&').count()
        && ours.split('&').zip(theirs.split('&')).all(is_same)
}

/// `text` without what looks like a comment outside quotes, as Postman sends it.
fn stripped(text: &str) -> String {
    let (mut out, mut rest, mut quoted) = (String::with_capacity(text.len()), text, false);
    while let Some(first) = rest.chars().next() {
        let skipped = if quoted { 0 } else { comment(rest) };
        if skipped > 0 {
            rest = rest.get(skipped..).unwrap_or_default();
            continue;
        }
        let escapes = quoted && first == '\\';
        let taken: usize = rest.chars().take(1 + usize::from(escapes)).map(char::len_utf8).sum();
        quoted ^= first == '"';
        out.push_str(rest.get(..taken).unwrap_or_default());
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// How long the comment is that a text begins with; the line's end stays.
fn comment(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    match text.strip_prefix("/*") {
        Some(rest) => rest.find("*/").map_or(text.len(), |end| end + 4),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restored(ours: &Sent, theirs: &Sent) -> (bool, BTreeSet<Rule>) {
        let (mut theirs, mut met) = (theirs.clone(), BTreeSet::new());
        restore(ours, &mut theirs, &mut met);
        (theirs == *ours, met)
    }

    #[test]
    fn a_key_without_a_value_has_an_empty_one() {
        let query = |text: &str| Sent { query: Some(text.to_owned()), ..Sent::default() };
        let rule = BTreeSet::from([Rule::KeyHasAValue]);
        assert_eq!(restored(&query("a=1&key="), &query("a=1&key")), (true, rule));
        for other in ["a=1&keys", "a=1&key=x", "a=1", "key&a=1"] {
            assert!(!restored(&query("a=1&key="), &query(other)).0, "{other}");
        }
    }

    #[test]
    fn a_path_without_a_host_goes_to_the_base_url() {
        let sent = |host: &str, path: &str| {
            let (host, path) = (host.to_owned(), path.to_owned());
            Sent { host, path, scheme: "http".to_owned(), ..Sent::default() }
        };
        let rule = BTreeSet::from([Rule::BaseUrlIsGiven]);
        for (ours, theirs) in [
            ("/parcels", sent("parcels", "/")),
            ("/parcels/", sent("parcels", "/")),
            ("/a/b", sent("a", "/b")),
            ("/Api/B/", sent("api", "/B/")),
        ] {
            assert_eq!(restored(&sent(NO_HOST, ours), &theirs), (true, rule.clone()), "{ours}");
        }
        for (ours, theirs) in [("/a/b", "/c"), ("/a/B", "/b"), ("/a/b", "/b/"), ("a/b", "/b")] {
            assert!(!restored(&sent(NO_HOST, ours), &sent("a", theirs)).0, "{ours} {theirs}");
        }
        assert!(!restored(&sent("elsewhere", "/a/b"), &sent("a", "/b")).0);
        assert_eq!(unsendable(&sent(NO_HOST, "/a")), Rule::BaseUrlIsGiven);
    }

    #[test]
    fn what_looks_like_a_comment_stays_in_a_text_that_is_no_json() {
        let body = |text: &str| Sent { body: text.as_bytes().to_vec(), ..Sent::default() };
        let broken = "{\"a\": \"b,\r\n \"to\": \"https://x.test\"\r\n} ";
        let rule = BTreeSet::from([Rule::TextIsNotStripped]);
        let theirs = body("{\"a\": \"b,\r\n \"to\": \"https:\n} ");
        assert_eq!(restored(&body(broken), &theirs), (true, rule));
        assert!(!restored(&body(broken), &body("{\"a\": \"b\"}")).0);
        assert!(
            !restored(&body("{\"a\": 1} // b"), &body("{\"a\": 1} ")).0,
            "JSON has another rule"
        );
    }
}
