//! Formats of keys that are known by how they begin.
//!
//! The table is of formats, not of services: each was published so that scanners find such keys where they do not belong (the list of patterns of GitHub's secret scanning, and the issuers' own documents). JSON Web Tokens are RFC 7519.

use super::Found;
use std::ops::Range;

/// Characters that follow a prefix.
#[derive(Clone, Copy, Debug)]
enum Rest {
    /// Letters and digits.
    Alphanumeric,
    /// Capital letters and digits.
    Capital,
    /// Hexadecimal digits.
    Hex,
    /// Letters, digits, `-` and `_`.
    Url,
}

/// Prefix, what follows it and how much of it at least, and what such a key is.
type Format = (&'static str, Rest, usize, &'static str);

/// The known formats; of prefixes that begin alike the longer stands first.
const FORMATS: &[Format] = &[
    ("AKIA", Rest::Capital, 16, "an AWS access key id"),
    ("ASIA", Rest::Capital, 16, "an AWS access key id"),
    ("github_pat_", Rest::Url, 22, "a GitHub token"),
    ("ghp_", Rest::Alphanumeric, 30, "a GitHub token"),
    ("gho_", Rest::Alphanumeric, 30, "a GitHub token"),
    ("ghu_", Rest::Alphanumeric, 30, "a GitHub token"),
    ("ghs_", Rest::Alphanumeric, 30, "a GitHub token"),
    ("ghr_", Rest::Alphanumeric, 30, "a GitHub token"),
    ("glpat-", Rest::Url, 20, "a GitLab token"),
    ("sk_live_", Rest::Alphanumeric, 16, "a Stripe key"),
    ("sk_test_", Rest::Alphanumeric, 16, "a Stripe key"),
    ("rk_live_", Rest::Alphanumeric, 16, "a Stripe key"),
    ("rk_test_", Rest::Alphanumeric, 16, "a Stripe key"),
    ("whsec_", Rest::Alphanumeric, 24, "a webhook's signing secret"),
    ("xoxb-", Rest::Url, 12, "a Slack token"),
    ("xoxp-", Rest::Url, 12, "a Slack token"),
    ("xoxa-", Rest::Url, 12, "a Slack token"),
    ("xoxr-", Rest::Url, 12, "a Slack token"),
    ("xoxs-", Rest::Url, 12, "a Slack token"),
    ("xapp-", Rest::Url, 12, "a Slack token"),
    ("AIza", Rest::Url, 35, "a Google API key"),
    ("GOCSPX-", Rest::Url, 24, "a Google client secret"),
    ("npm_", Rest::Alphanumeric, 36, "an npm token"),
    ("pypi-", Rest::Url, 50, "a PyPI token"),
    ("dop_v1_", Rest::Hex, 64, "a DigitalOcean token"),
    ("sk-ant-", Rest::Url, 24, "an Anthropic key"),
    ("sk-proj-", Rest::Url, 24, "an OpenAI key"),
    ("sk-", Rest::Alphanumeric, 32, "an OpenAI key"),
    ("shpat_", Rest::Hex, 32, "a Shopify token"),
    ("shpca_", Rest::Hex, 32, "a Shopify token"),
    ("shppa_", Rest::Hex, 32, "a Shopify token"),
    ("shpss_", Rest::Hex, 32, "a Shopify secret"),
    ("sq0csp-", Rest::Url, 43, "a Square secret"),
    ("sq0atp-", Rest::Url, 22, "a Square token"),
    ("lin_api_", Rest::Alphanumeric, 40, "a Linear key"),
    ("PMAK-", Rest::Url, 40, "a Postman key"),
    ("key-", Rest::Hex, 32, "a Mailgun key"),
    ("hf_", Rest::Alphanumeric, 34, "a Hugging Face token"),
];

/// No key of the table is shorter: most words are, and need no look at it.
const SHORTEST: usize = 17;

/// Formats of several words with dots between: the first word, and the fewest characters of each that follows.
const DOTTED: &[(&str, &[usize], &str)] =
    &[("ya29", &[20], "a Google access token"), ("SG", &[16, 32], "a SendGrid key")];

/// A web token's header is an object in base64, which begins with `{"`.
const WEB_TOKEN: &str = "eyJ";
/// Shortest web token: no header with an algorithm and signature take fewer characters.
const SHORTEST_WEB_TOKEN: usize = 40;

/// A word that a key may be.
pub(super) struct Atom {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// How many characters of base64 it stands among.
    pub(super) among: usize,
}

/// The words of `text` that a key may be: letters, digits, `-` and `_`, without the letter or the digits of an escape before them (`\n`, `%3D`).
pub(super) fn atoms(text: &str) -> impl Iterator<Item = Atom> + '_ {
    let bytes = text.as_bytes();
    let until = |start: usize, is: fn(u8) -> bool| {
        let rest = bytes.get(start..).unwrap_or_default();
        start + rest.iter().position(|byte| !is(*byte)).unwrap_or(rest.len())
    };
    let (mut at, mut run) = (0, 0..0);
    std::iter::from_fn(move || {
        at = until(at, |byte| !is_inner(byte));
        let start = at;
        if run.end <= start {
            run = start..until(start, |byte| is_inner(byte) || b"+/=".contains(&byte));
        }
        at = until(start, is_inner);
        let escape = match start.checked_sub(1).and_then(|before| bytes.get(before)) {
            Some(b'\\') => 1,
            Some(b'%') => 2,
            Some(_) | None => 0,
        };
        let range = (start + escape).min(at)..at;
        (start < at).then_some(Atom { range, among: run.len() })
    })
}

/// A character of a word.
pub(super) fn is_inner(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// The key of a known format that begins with the word at `word`.
pub(super) fn at(text: &str, word: &Range<usize>) -> Option<Found> {
    let own = text.get(word.clone())?;
    if own.starts_with(WEB_TOKEN) {
        return web_token(text, word);
    }
    for (first, rest, kind) in DOTTED {
        if own == *first
            && let Some(end) = dotted(text, word.end, rest)
        {
            return Some(Found { range: word.start..end, kind });
        }
    }
    if own.len() < SHORTEST {
        return None;
    }
    let known = FORMATS.iter().find(|(prefix, _, _, _)| own.starts_with(prefix));
    let (prefix, rest, least, kind) = known?;
    let key = own.get(prefix.len()..)?;
    let fits = key.len() >= *least && key.bytes().all(|byte| rest.holds(byte)) && is_varied(key);
    // A key of capitals has one length; more of them is a constant's name.
    let exact = !matches!(rest, Rest::Capital) || key.len() == *least;
    (fits && exact).then(|| Found { range: word.clone(), kind })
}

impl Rest {
    fn holds(self, byte: u8) -> bool {
        match self {
            Self::Alphanumeric => byte.is_ascii_alphanumeric(),
            Self::Capital => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Url => is_inner(byte),
        }
    }
}

/// Whether the rest is no row of one character, as people write who mean "your key here".
fn is_varied(key: &str) -> bool {
    let mut bytes: Vec<u8> = key.bytes().collect();
    bytes.sort_unstable();
    bytes.dedup();
    bytes.len() >= 6
}

/// Three words with dots between, of which the last may be empty; or the five of an encrypted one.
fn web_token(text: &str, word: &Range<usize>) -> Option<Found> {
    let mut end = word.end;
    let mut dots = 0;
    while dots < 4 && text.as_bytes().get(end) == Some(&b'.') {
        end += 1;
        end += inner(text, end);
        dots += 1;
    }
    let long = end - word.start > SHORTEST_WEB_TOKEN;
    let kind = "a JSON Web Token";
    (dots >= 2 && long).then_some(Found { range: word.start..end, kind })
}

/// Where the words of these lengths end that follow, each after a dot.
fn dotted(text: &str, mut end: usize, rest: &[usize]) -> Option<usize> {
    for least in rest {
        let dot = text.as_bytes().get(end) == Some(&b'.');
        let more = inner(text, end + 1);
        if !dot || more < *least {
            return None;
        }
        end += 1 + more;
    }
    Some(end)
}

/// How many characters of a word stand from `start` on.
fn inner(text: &str, start: usize) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    rest.iter().take_while(|byte| is_inner(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, SHORTEST};

    #[test]
    fn no_key_of_the_table_is_shorter_than_what_is_looked_at() {
        let lengths = FORMATS.iter().map(|(prefix, _, least, _)| prefix.len() + least);
        assert_eq!(lengths.min(), Some(SHORTEST));
    }
}
