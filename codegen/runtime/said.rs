//! What a service says of a failure in its own words, without what the call sent in confidence.

use super::client::Inner;
use super::credential::CredentialValue;
use super::prepared::Prepared;
use super::secret::is_secret_name;
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
/// Shorter secrets are found in too many words.
const SHORTEST_SECRET: usize = 4;
/// A word this long with letters of both cases and digits is no word.
const LONGEST_WORD: usize = 32;
const REDACTED: &str = "[REDACTED]";

/// The service's own message in the body of a failure: one line, cut, without credentials.
pub(super) fn said(body: &[u8], inner: &Inner, prepared: &Prepared) -> Option<String> {
    if body.is_empty() || body.len() > LARGEST_BODY {
        return None;
    }
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = sentence(&body, DEPTH)?;
    let mut text = text.split_whitespace().map(shown).collect::<Vec<_>>().join(" ");
    let mut secrets = secrets(inner, prepared);
    // The longest first: one may be a part of another.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST_SECRET) {
        text = text.replace(secret.as_str(), REDACTED);
    }
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
    let mut found = Vec::new();
    for (_, credential) in &inner.credentials {
        match credential {
            CredentialValue::Token(token) => found.push(token.expose().to_owned()),
            CredentialValue::Basic { password, .. } => found.push(password.expose().to_owned()),
            CredentialValue::ClientCredentials(_) | CredentialValue::Signer(_) => {}
            #[cfg(feature = "digest")]
            CredentialValue::Digest(_) => {}
            #[cfg(feature = "aws_v4")]
            CredentialValue::AwsV4(_) => {}
        }
    }
    found.extend(inner.tokens.iter().filter_map(|(_, source)| source.kept()));
    let named = prepared.more_query.iter().chain(&prepared.more_headers);
    found.extend(named.filter(|(name, _)| is_secret_name(name)).map(|(_, value)| value.clone()));
    if let Ok(body) = serde_json::from_slice::<Value>(&prepared.body) {
        hidden(&body, false, &mut found);
    }
    found
}

/// Texts under names of credentials, however deep.
fn hidden(value: &Value, is_secret: bool, found: &mut Vec<String>) {
    match value {
        Value::String(text) if is_secret => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|it| hidden(it, is_secret, found)),
        Value::Object(object) => {
            object.iter().for_each(|(key, it)| hidden(it, is_secret || is_secret_name(key), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
