//! What a service says of a failure in its own words, without what the call sent in confidence.

use super::body_secrets::{body_secrets, without};
use super::client::Inner;
use super::credential::CredentialValue;
use super::prepared::Prepared;
use super::secret::{REDACTED, is_secret_name};
use serde_json::Value;

/// Members that hold a sentence for people, the most telling first (RFC 9457 §3.1, RFC 6749 §5.2, and what is usual).
const WORDS: [&str; 8] =
    ["message", "error_description", "detail", "description", "error", "msg", "reason", "title"];
/// Members around the failures, where there may be several.
const LISTS: [&str; 2] = ["errors", "details"];
const LONGEST: usize = 300;
const LARGEST_BODY: usize = 64 << 10;
/// How deep a sentence may lie.
const DEPTH: usize = 3;
/// A word this long with letters of both cases and digits is no word.
const LONGEST_WORD: usize = 32;

/// The service's own message in the body of a failure: one line, cut, without credentials.
pub(super) fn said(body: &[u8], inner: &Inner, prepared: &Prepared) -> Option<String> {
    if body.is_empty() || body.len() > LARGEST_BODY {
        return None;
    }
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = sentence(&body, DEPTH)?;
    let text = text.split_whitespace().map(shown).collect::<Vec<_>>().join(" ");
    let mut text = without(text, secrets(inner, prepared), REDACTED);
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    Some(text)
}

fn sentence(value: &Value, depth: usize) -> Option<&str> {
    let text = |text: &'_ str| !text.trim().is_empty();
    match value {
        Value::String(said) => Some(said.as_str()).filter(|said| text(said)),
        Value::Array(values) if depth > 0 => values.iter().find_map(|it| sentence(it, depth - 1)),
        Value::Object(object) if depth > 0 => {
            WORDS.iter().chain(&LISTS).find_map(|word| sentence(object.get(*word)?, depth - 1))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// A word, unless it is a token by its looks; control characters are left out.
fn shown(word: &str) -> String {
    let has = |is: fn(&char) -> bool| word.chars().any(|c| is(&c));
    let is_mixed = has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase);
    let is_token = word.len() >= LONGEST_WORD && is_mixed && has(char::is_ascii_digit);
    if is_token {
        return REDACTED.to_owned();
    }
    word.chars().filter(|c| !c.is_control()).collect()
}

/// What the client and the call sent that nobody should read.
fn secrets(inner: &Inner, prepared: &Prepared) -> Vec<String> {
    let given = inner.credentials.iter().map(|(_, credential)| credential).chain(&prepared.auth);
    let mut found: Vec<String> = given.flat_map(CredentialValue::secrets).collect();
    found.extend(inner.tokens.iter().filter_map(|(_, source)| source.kept()));
    let defaults = inner.default_headers.values().filter(|value| value.is_sensitive());
    found.extend(defaults.filter_map(|value| value.to_str().ok()).map(str::to_owned));
    let mut put = |name: &str, value: &str| {
        if is_secret_name(name) {
            found.push(value.to_owned());
        }
    };
    let more = inner.default_query.iter().chain(&prepared.more_query);
    more.chain(&prepared.more_headers).for_each(|(name, value)| put(name, value));
    prepared.path.iter().for_each(|(name, value)| put(name, value));
    let Prepared { operation, query, headers, .. } = prepared;
    for (slot, value) in query.iter().filter_map(|(at, it)| Some((operation.query.get(*at)?, it))) {
        put(slot.name.plain(), value);
    }
    for (slot, value) in
        headers.iter().filter_map(|(at, it)| Some((operation.headers.get(*at)?, it)))
    {
        put(slot.name.plain(), value);
    }
    found.extend(body_secrets(&prepared.body, &is_secret_name));
    found
}
