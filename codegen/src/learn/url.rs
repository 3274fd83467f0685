//! URLs of recorded traffic, taken apart.

use crate::percent;

/// Base, path and query of a URL, or of a path alone.
pub(super) fn split_url(url: &str) -> (Option<String>, String, String) {
    let url = url.split('#').next().unwrap_or_default();
    let (target, query) = url.split_once('?').unwrap_or((url, ""));
    let after_scheme = target.find("://").map(|index| index + 3);
    let start = after_scheme.unwrap_or(0);
    let slash = target.get(start..).and_then(|rest| rest.find('/')).map(|index| start + index);
    let (base, path) = target.split_at(slash.unwrap_or(target.len()));
    let path = if path.is_empty() { "/" } else { path };
    let base = after_scheme.map(|_| base.to_ascii_lowercase());
    (base, path.to_owned(), query.to_owned())
}

/// The names and values of a query.
pub(super) fn query_pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (form_decode(name), form_decode(value))
    };
    pairs.map(pair).collect()
}

/// As in a form: `+` is a blank.
fn form_decode(text: &str) -> String {
    percent::decode_lossy(&text.replace('+', " "))
}
