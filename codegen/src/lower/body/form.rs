//! Form fields and the order in which Postman sends them.

use crate::draft::{Entry, EntryValue};
use crate::lower::context::Context;
use crate::lower::secrets;
use crate::postman::{Field, FieldValue};
use crate::template::Template;

/// The fields of an urlencoded form in the order they are sent: integer-like names first, by number; equal names at the first one's place. `None` where none is in use.
pub(super) fn urlencoded(fields: &[Field], context: &Context) -> Option<Vec<Entry>> {
    if !fields.iter().any(|field| field.enabled) {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for field in fields.iter().filter(|field| field.enabled).chain(fields) {
        if !names.contains(&field.name.as_str()) {
            names.push(&field.name);
        }
    }
    let (mut numbers, texts): (Vec<&str>, Vec<&str>) =
        names.into_iter().partition(|name| array_index(name).is_some());
    numbers.sort_by_key(|name| array_index(name));
    let named = |name: &str| {
        let same = fields.iter().filter(move |field| field.name == name);
        same.map(|field| entry(field, context)).collect::<Vec<_>>()
    };
    Some(numbers.into_iter().chain(texts).flat_map(named).collect())
}

/// The number of a name that JavaScript keeps as an array index.
fn array_index(name: &str) -> Option<u32> {
    let number: u32 = name.parse().ok()?;
    (number < u32::MAX && number.to_string() == name).then_some(number)
}

/// One field of a form.
pub(super) fn entry(field: &Field, context: &Context) -> Entry {
    let value = match &field.value {
        FieldValue::Absent | FieldValue::Null => EntryValue::Default(Template::default()),
        FieldValue::Text(text) | FieldValue::Scalar(text) | FieldValue::Json(text) => {
            if secrets::is_credential(&field.name) && !text.is_empty() {
                context.redacted(text)
            } else {
                context.value(text, field.enabled)
            }
        }
    };
    context.entry(field, value)
}

/// The media type that a file's extension stands for.
pub(super) fn media_type(file: &str) -> Option<&'static str> {
    let (_, extension) = file.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "htm" | "html" => "text/html",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "js" => "application/javascript",
        "css" => "text/css",
        "md" => "text/markdown",
        "yaml" | "yml" => "text/yaml",
        "bin" => "application/octet-stream",
        _ => return None,
    })
}
