//! Texts of a collection -> JSON, read leniently, or the finding that they are none.

use crate::draft::{Sample, SavedResponse};
use crate::json::{Node, Value, read_leniently};

/// What a raw request body turned out to be.
#[derive(Debug)]
pub(crate) enum RawBody<'a> {
    /// JSON; the samples that could be read.
    Json(Vec<(Node, &'a Sample)>),
    /// Text; why it is not JSON, where it was said to be.
    Text(Option<String>),
}

/// Reads a raw request body: its own sample, the first one, decides.
pub(crate) fn raw_body(samples: &[Sample], declared_json: bool) -> RawBody<'_> {
    let Some((own, others)) = samples.split_first() else { return RawBody::Text(None) };
    let node = match read_leniently(&own.text) {
        Ok((node, _)) => node,
        Err(_) if !declared_json || own.text.trim().is_empty() => return RawBody::Text(None),
        Err(error) => return RawBody::Text(Some(error.message)),
    };
    if !declared_json && !is_container(&node) {
        return RawBody::Text(None);
    }
    // Looked for once: a list of many objects has many values.
    let halves = own.text.contains("\\ud") || own.text.contains("\\uD");
    if let Some(why) = beyond(&node, halves) {
        return RawBody::Text(Some(why.to_owned()));
    }
    let others = others.iter().filter_map(|sample| {
        let (node, _) = read_leniently(&sample.text).ok()?;
        (declared_json || is_container(&node)).then_some((node, sample))
    });
    RawBody::Json(std::iter::once((node, own)).chain(others).collect())
}

/// Why a body's values cannot be held: a number beyond any double, or half a surrogate pair, which is no character; `halves` says whether the text has any escape of one.
fn beyond(node: &Node, halves: bool) -> Option<&'static str> {
    match &node.value {
        Value::Number(number) => {
            let holds = number.parse::<f64>().is_ok_and(f64::is_finite);
            (!holds).then_some("it holds a number beyond every number type")
        }
        Value::Text(text) if halves && text.contains('\u{fffd}') => {
            Some("it holds half a surrogate pair, which is no character")
        }
        Value::Array(nodes) => nodes.iter().find_map(|node| beyond(node, halves)),
        Value::Object(members) => members.iter().find_map(|it| beyond(&it.value, halves)),
        Value::Null | Value::Bool(_) | Value::Text(_) | Value::Variable(_) => None,
    }
}

/// What a saved response carries.
#[derive(Debug)]
pub(crate) enum SavedBody {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Node),
    /// Other text.
    Text,
    /// Something that is no text.
    Bytes,
}

/// Reads a saved response. What reads as an object or an array is JSON whatever it is called; a lone scalar must be called JSON.
pub(crate) fn saved_body(response: &SavedResponse) -> SavedBody {
    let media_type = response.media_type.as_deref().unwrap_or_default();
    if response.body.text.trim().is_empty() {
        return if is_binary(media_type) { SavedBody::Bytes } else { SavedBody::Empty };
    }
    match read_leniently(&response.body.text) {
        Ok((node, _)) if is_container(&node) || is_json(media_type) => SavedBody::Json(node),
        Ok(_) | Err(_) if is_binary(media_type) => SavedBody::Bytes,
        Ok(_) | Err(_) => SavedBody::Text,
    }
}

fn is_container(node: &Node) -> bool {
    match &node.value {
        Value::Array(_) | Value::Object(_) => true,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Variable(_) => {
            false
        }
    }
}

/// Whether a media type is JSON (RFC 6839 §3.1 for the suffix).
pub(crate) fn is_json(media_type: &str) -> bool {
    let media_type = media_type.trim().to_ascii_lowercase();
    media_type == "json" || media_type.ends_with("/json") || media_type.ends_with("+json")
}

fn is_binary(media_type: &str) -> bool {
    let media_type = media_type.trim().to_ascii_lowercase();
    let families = ["image/", "audio/", "video/", "font/"];
    families.iter().any(|family| media_type.starts_with(family)) && !media_type.ends_with("+xml")
        || matches!(
            media_type.as_str(),
            "application/octet-stream" | "application/pdf" | "application/zip" | "application/gzip"
        )
}
