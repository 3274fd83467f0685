//! Secrets that are known by what stands around them: private keys, credentials in a header's value, in a connection string, in a URL.

use super::Found;
use crate::credential::{is_secret, words};
use std::ops::Range;

/// RFC 7468 §2; of the labels those of keys that are private.
const PEM: (&str, &str) = ("-----BEGIN ", "-----END ");
const PRIVATE: &str = "PRIVATE KEY";

/// Fewest characters of a token after `Bearer`.
const SHORTEST_TOKEN: usize = 16;

/// What stands in `text`, in any order.
pub(super) fn find(text: &str) -> Vec<Found> {
    // Most texts are short and have no sign of any: a look for a byte costs less than one for a word.
    let has = |byte: u8| text.as_bytes().contains(&byte);
    let mut found = if has(b'-') { private_keys(text) } else { Vec::new() };
    if has(b'B') {
        found.extend(after(text, "Bearer ", "a bearer token", is_token));
        found.extend(after(text, "Basic ", "a user and password", is_basic));
    }
    found.extend(connections(text));
    if has(b'@') {
        found.extend(userinfo(text));
    }
    found
}

/// From its first line to its last; to the end of the text where the last is missing.
fn private_keys(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices(PEM.0) {
        let rest = text.get(start..).unwrap_or_default();
        let label = rest.get(PEM.0.len()..).and_then(|rest| rest.split_once("-----"));
        if label.is_none_or(|(label, _)| label.len() > 40 || !label.contains(PRIVATE)) {
            continue;
        }
        let last = rest.find(PEM.1).map(|last| last + PEM.1.len());
        let end = last.and_then(|last| Some(last + rest.get(last..)?.find("-----")? + 5));
        let range = start..start + end.unwrap_or(rest.len());
        found.push(Found { range, kind: "a private key" });
    }
    found
}

/// The words right after `scheme` that `is` says are credentials.
fn after(text: &str, scheme: &str, kind: &'static str, is: impl Fn(&str) -> bool) -> Vec<Found> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices(scheme) {
        let start = start + scheme.len();
        let rest = text.get(start..).unwrap_or_default();
        // RFC 9110 §11.2: token68.
        let of_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte);
        let word = rest.bytes().take_while(of_token).count();
        if rest.get(..word).is_some_and(&is) {
            found.push(Found { range: start..start + word, kind });
        }
    }
    found
}

/// Whether a token is no word for one: it has digits, and as many different characters as chance gives.
fn is_token(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let mut bytes: Vec<u8> = word.bytes().collect();
    bytes.sort_unstable();
    bytes.dedup();
    word.len() >= SHORTEST_TOKEN && digits >= 2 && bytes.len() >= 8
}

/// Whether this is base64 of `user:password` (RFC 7617 §2).
fn is_basic(word: &str) -> bool {
    let decoded = decoded(word).and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.is_some_and(|text| {
        let plain = !text.chars().any(char::is_control);
        let filled = !text.contains(['<', '{', '$', '[']);
        plain && filled && text.split_once(':').is_some_and(|(_, password)| !password.is_empty())
    })
}

fn decoded(word: &str) -> Option<Vec<u8>> {
    let (mut bits, mut held, mut out) = (0_u32, 0_u32, Vec::new());
    for byte in word.trim_end_matches('=').bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xFF).ok()?);
        }
    }
    Some(out)
}

/// The secrets of `Server=…;Password=…;` and its like: pairs in a row, of which one is called so.
fn connections(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    if !text.contains(';') || !text.contains('=') {
        return found;
    }
    let pairs = pairs(text);
    for (at, (name, value)) in pairs.iter().enumerate() {
        let beside =
            |other: Option<&(&str, Range<usize>)>| other.is_some_and(|it| !it.0.is_empty());
        let in_row = beside(pairs.get(at + 1)) || at > 0 && beside(pairs.get(at - 1));
        let secret = text.get(value.clone()).unwrap_or_default();
        if in_row && opens(name) && is_given(secret) {
            found.push(Found { range: value.clone(), kind: "the secret of a connection string" });
        }
    }
    found
}

/// Name and place of the value of each pair; without a name where a part is none.
fn pairs(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut start = 0;
    let mut pairs = Vec::new();
    for part in text.split(';') {
        let stop = part.find(['"', '\'', '\n', '\\', '<', '&']).unwrap_or(part.len());
        let pair = part.split_once('=').map(|(name, _)| name);
        let name = pair.map(|name| name.rsplit(['"', '\'', '\n', ':']).next().unwrap_or_default());
        let named = name.map(str::trim).filter(|name| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b' ' || byte == b'_';
            !name.is_empty() && name.len() < 30 && name.bytes().all(plain)
        });
        let value = start + pair.map_or(0, |name| name.len() + 1);
        pairs.push((named.unwrap_or_default(), value..(start + stop).max(value)));
        start += part.len() + 1;
    }
    pairs
}

/// Whether a pair of this name holds a secret; `AccountKey` is a key nowhere but here.
fn opens(name: &str) -> bool {
    let squeezed = words(name).concat();
    is_secret(name) || ["key", "signature", "pwd"].iter().any(|end| squeezed.ends_with(end))
}

/// The passwords of `scheme://user:password@host` (RFC 3986 §3.2.1), but that of an http URL that is the whole text: who sends to it reads it apart.
fn userinfo(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let whole = matches!(text.get(..at), Some("http" | "https"));
        let start = at + 3;
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find(|c: char| c.is_whitespace() || "/?#\"'<>\\`,)".contains(c));
        let authority = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let Some((info, _)) = authority.rsplit_once('@') else { continue };
        let Some((user, password)) = info.split_once(':') else { continue };
        if !whole && is_given(password) {
            let start = start + user.len() + 1;
            found.push(Found { range: start..start + password.len(), kind: "a password in a URL" });
        }
    }
    found
}

/// Whether a value is one, rather than a word for it: `{{password}}`, `<password>`, `$PASSWORD`, `****`, `password`.
fn is_given(value: &str) -> bool {
    let word = value.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let stands_in = value.contains("{{") || value.starts_with(['<', '$', '%', '[', '{']);
    let names = ["password", "pass", "pwd", "secret", "yourpassword", "your_password", "xxx"];
    !stands_in && word.len() >= 3 && !names.contains(&word.as_str()) && !is_row(&word)
}

/// Whether a word is one letter again and again.
fn is_row(word: &str) -> bool {
    let first = word.chars().next();
    word.chars().all(|c| Some(c) == first)
}
