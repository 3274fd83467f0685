//! The texts of a body that are credentials by the names they stand under.

use super::encode::decoded;
use serde_json::Value;

/// Shorter secrets are found in too many words.
const SHORTEST: usize = 4;

/// Texts of JSON or of a form under names for which `is_secret` holds, however deep.
pub(super) fn body_secrets(body: &[u8], is_secret: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    match serde_json::from_slice::<Value>(body) {
        Ok(json) => of_json(&json, false, is_secret, &mut found),
        Err(_) => found.extend(of_form(body, is_secret)),
    }
    found
}

fn of_json(
    value: &Value,
    is_below: bool,
    is_secret: &dyn Fn(&str) -> bool,
    found: &mut Vec<String>,
) {
    match value {
        Value::String(text) if is_below => found.push(text.clone()),
        Value::Array(values) => {
            values.iter().for_each(|it| of_json(it, is_below, is_secret, found));
        }
        Value::Object(object) => object
            .iter()
            .for_each(|(key, it)| of_json(it, is_below || is_secret(key), is_secret, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What is no form has no pairs, or none with such a name.
fn of_form(body: &[u8], is_secret: &dyn Fn(&str) -> bool) -> Vec<String> {
    let text = std::str::from_utf8(body).unwrap_or_default();
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let secret = pairs.filter(|(name, _)| is_secret(&decoded(name)));
    secret.map(|(_, value)| decoded(value)).collect()
}

/// `text` without these credentials, the longest first, since one may be a part of another.
pub(super) fn without(mut text: String, mut secrets: Vec<String>, instead: &str) -> String {
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    for secret in secrets.iter().filter(|secret| secret.len() >= SHORTEST) {
        text = text.replace(secret.as_str(), instead);
    }
    text
}
