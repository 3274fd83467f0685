//! HAR 1.2 -> exchanges, one entry in memory at a time.
//!
//! Cookies, timings and sizes are not looked at.

use super::lines::split_url;
use super::{Exchange, Payload, base64, query_pairs, unreadable};
use crate::diagnostic::Diagnostic;
use crate::json::{self, Value as JsonValue};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Whether a text is a HAR: its first key is `log`.
pub(super) fn is_har(text: &str) -> bool {
    let first = text.trim_start().strip_prefix('{').unwrap_or_default();
    first.trim_start().starts_with("\"log\"")
}

/// Reads all entries.
pub(super) fn read(
    name: &str,
    text: &str,
    sink: &mut impl FnMut(Exchange),
) -> Result<(), Box<Diagnostic>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let archive = Step { key: "log", next: Step { key: "entries", next: Entries { sink } } };
    let found = archive.deserialize(&mut reader).and_then(|found| reader.end().map(|()| found));
    match found {
        Ok(true) => Ok(()),
        Ok(false) => Err(unreadable(name, "it has no `log.entries`".to_owned())),
        Err(error) => Err(unreadable(name, error.to_string())),
    }
}

/// Walks into one key of an object and over all the others; whether the end was reached.
struct Step<N> {
    key: &'static str,
    next: N,
}

impl<'de, N: DeserializeSeed<'de, Value = bool>> DeserializeSeed<'de> for Step<N> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<bool, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de, N: DeserializeSeed<'de, Value = bool>> Visitor<'de> for Step<N> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.key)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let Self { key: wanted, next } = self;
        let (mut next, mut found) = (Some(next), false);
        while let Some(key) = map.next_key::<String>()? {
            match next.take_if(|_| key == wanted) {
                Some(next) => found = map.next_value_seed(next)?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

struct Entries<'s, S> {
    sink: &'s mut S,
}

impl<'de, S: FnMut(Exchange)> DeserializeSeed<'de> for Entries<'_, S> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<bool, D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de, S: FnMut(Exchange)> Visitor<'de> for Entries<'_, S> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<bool, A::Error> {
        while let Some(entry) = entries.next_element::<Value>()? {
            (self.sink)(exchange(&entry));
        }
        Ok(true)
    }
}

fn exchange(entry: &Value) -> Exchange {
    let text = |pointer: &str| entry.pointer(pointer).and_then(Value::as_str);
    let (base, path, inline) = split_url(text("/request/url").unwrap_or_default());
    let listed = entry.pointer("/request/queryString").and_then(Value::as_array);
    let pair = |pair: &Value| {
        let part = |key: &str| pair.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        (part("name"), part("value"))
    };
    let query = match inline.as_str() {
        "" => listed.map(|pairs| pairs.iter().map(pair).collect()).unwrap_or_default(),
        inline => query_pairs(inline),
    };
    let headers = entry.pointer("/response/headers").and_then(Value::as_array);
    let header = |header: &Value| header.get("name").and_then(Value::as_str).map(str::to_owned);
    let status = entry.pointer("/response/status").and_then(Value::as_u64);
    Exchange {
        method: text("/request/method").unwrap_or_default().to_ascii_uppercase(),
        base,
        path,
        query,
        request: payload(entry.pointer("/request/postData")),
        status: status.and_then(|status| u16::try_from(status).ok()).unwrap_or_default(),
        answer: payload(entry.pointer("/response/content")),
        headers: headers.map(|all| all.iter().filter_map(header).collect()).unwrap_or_default(),
    }
}

/// What `postData` or `content` holds. A scalar is JSON only where its media type says so.
fn payload(content: Option<&Value>) -> Payload {
    let member = |key: &str| content.and_then(|content| content.get(key)).and_then(Value::as_str);
    let text = member("text").unwrap_or_default();
    let decoded = match member("encoding") {
        Some("base64") => base64::decode(text).and_then(|bytes| String::from_utf8(bytes).ok()),
        Some(_) | None => Some(text.to_owned()),
    };
    let media_type = member("mimeType").unwrap_or_default().to_ascii_lowercase();
    let params = content.and_then(|content| content.get("params")).and_then(Value::as_array);
    match decoded {
        Some(text) if text.trim().is_empty() => {
            let has_params = params.is_some_and(|params| !params.is_empty());
            if has_params { Payload::Other } else { Payload::Empty }
        }
        Some(text) => match json::read(&text) {
            Ok(node) if media_type.contains("json") || is_container(&node.value) => {
                Payload::Json(node)
            }
            Ok(_) | Err(_) => Payload::Other,
        },
        None => Payload::Other,
    }
}

fn is_container(value: &JsonValue) -> bool {
    matches!(value, JsonValue::Array(_) | JsonValue::Object(_))
}
