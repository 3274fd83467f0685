//! HAR 1.2 -> exchanges, one entry in memory at a time.
//!
//! Cookies, timings and sizes are not looked at.

use super::unreadable::unreadable;
use super::url::{query_pairs, split_url};
use super::{Exchange, Payload, base64};
use crate::diagnostic::Diagnostic;
use crate::evidence::Shape;
use crate::infer::observe::observe_json;
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
    let mut entries = 0_u64;
    let mut counted = |exchange| {
        entries += 1;
        sink(exchange);
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    let entries_seed = Entries { sink: &mut counted };
    let archive = Step { key: "log", next: Step { key: "entries", next: entries_seed } };
    let found = archive.deserialize(&mut reader).and_then(|found| reader.end().map(|()| found));
    match found {
        Ok(true) => Ok(()),
        Ok(false) => Err(unreadable(name, 0, "it has no `log.entries`")),
        Err(error) => {
            let at = offset(text, error.line(), error.column());
            let what = match error.is_eof() {
                true => format!("the file breaks off {}", after(entries)),
                false => format!("{}, {}", after(entries), sentence(&error)),
            };
            Err(unreadable(name, at, &what))
        }
    }
}

/// How far reading came.
fn after(entries: u64) -> String {
    match entries {
        0 => "before the first entry ends".to_owned(),
        1 => "after one entry".to_owned(),
        several => format!("after {several} entries"),
    }
}

/// The byte at a line and column as `serde_json` counts them: both from 1, columns in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len);
    before.sum::<usize>() + column.saturating_sub(1)
}

/// What `serde_json` says, without the place.
fn sentence(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or(said.clone(), |(said, _)| said.to_owned())
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
        response: payload(entry.pointer("/response/content")),
        headers: headers.map(|all| all.iter().filter_map(header).collect()).unwrap_or_default(),
    }
}

/// What `postData` or `content` holds. A scalar is JSON only where its media type says so. Sizes tell only whether there was something that was not recorded: what they count differs from recorder to recorder.
fn payload(content: Option<&Value>) -> Payload {
    let Some(content) = content else { return Payload::Empty };
    let member = |key: &str| content.get(key).and_then(Value::as_str);
    let media_type = member("mimeType").unwrap_or_default().to_ascii_lowercase();
    let params = content.get("params").and_then(Value::as_array);
    let was_there = content.get("size").and_then(Value::as_i64).is_some_and(|size| size > 0);
    match (member("text").filter(|text| !text.trim().is_empty()), member("encoding")) {
        (None, _) if params.is_some_and(|params| !params.is_empty()) => Payload::Text,
        (None, _) if was_there => Payload::Unread,
        (None, _) => Payload::Empty,
        (Some(text), Some("base64")) => match base64::decode(text).map(String::from_utf8) {
            Some(Ok(text)) => of_text(&text, &media_type),
            Some(Err(_)) if is_text(&media_type) => Payload::Unread,
            Some(Err(_)) => Payload::Bytes,
            None => Payload::Unread,
        },
        (Some(text), _) => of_text(text, &media_type),
    }
}

fn of_text(text: &str, media_type: &str) -> Payload {
    match observe_json(text) {
        _ if text.trim().is_empty() => Payload::Empty,
        Ok(shape) if media_type.contains("json") || is_container(&shape) => {
            Payload::Json(Box::new(shape))
        }
        Ok(_) => Payload::Text,
        Err(_) if media_type.contains("json") && !text.trim_start().starts_with('<') => {
            Payload::Unread
        }
        Err(_) => Payload::of_other_text(text, media_type.contains("html")),
    }
}

/// Whether what is no UTF-8 was text once: still compressed, or cut.
fn is_text(media_type: &str) -> bool {
    let words = ["json", "text/", "xml", "html", "javascript", "form-urlencoded"];
    words.iter().any(|word| media_type.contains(word))
}

fn is_container(shape: &Shape) -> bool {
    shape.lists.seen.count + shape.objects.seen.count > 0
}
