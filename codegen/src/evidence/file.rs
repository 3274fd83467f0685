//! Evidence <-> text: one file per source, keys in order, one line a field where it fits.
//!
//! What is written are counts, kinds and formats; texts that were kept in memory are not.

mod layout;
mod members;
mod shapes;

use super::{BodyEvidence, Evidence, Exchanges, QueryEvidence};
use crate::diagnostic::Diagnostic;
use crate::origin::{Origin, Span};
use members::{put, put_object};
use serde_json::{Map, Value, json};
use shapes::{read_shape, shape_members};

/// Version of the format.
const FORMAT: u64 = 1;

/// Evidence as a file. Equal evidence gives equal bytes.
#[must_use]
pub fn write(evidence: &Evidence) -> String {
    let endpoints: Map<String, Value> = evidence
        .endpoints
        .iter()
        .map(|(key, exchanges)| (key.clone(), Value::Object(exchanges_members(exchanges))))
        .collect();
    layout::print(&json!({ "evidence": FORMAT, "endpoints": endpoints }))
}

/// Reads a file that [`write()`] wrote.
///
/// # Errors
///
/// What is no JSON, of another format, or holds a key that the format does not have.
pub fn read(name: &str, text: &str) -> Result<Evidence, Box<Diagnostic>> {
    let fail = |message: String, span: Option<Span>| {
        let message = format!("this is no evidence file: {message}");
        let origin = Origin { span, ..Origin::default() };
        Box::new(
            Diagnostic::error("evidence::unreadable", message, origin)
                .in_source(name)
                .with_help("delete it and learn its source again"),
        )
    };
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let span = offset(text, error.line(), error.column());
        fail(sentence(&error), Some(Span { start: span, end: span }))
    })?;
    read_evidence(value).map_err(|message| fail(message, None))
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

/// Reads and joins all files; their order does not matter.
///
/// # Errors
///
/// One diagnostic per file that cannot be read.
pub fn read_all(files: &[(String, String)]) -> Result<Evidence, Vec<Diagnostic>> {
    Ok(super::joined(&read_each(files)?).into_owned())
}

/// Reads all files, each by its name.
///
/// # Errors
///
/// One diagnostic per file that cannot be read.
pub fn read_each(files: &[(String, String)]) -> Result<Vec<(String, Evidence)>, Vec<Diagnostic>> {
    let (mut read_files, mut found) = (Vec::new(), Vec::new());
    for (name, text) in files {
        match read(name, text) {
            Ok(evidence) => read_files.push((name.clone(), evidence)),
            Err(error) => found.push(*error),
        }
    }
    if found.is_empty() { Ok(read_files) } else { Err(found) }
}

fn read_evidence(value: Value) -> Result<Evidence, String> {
    let mut members = members::members(value)?;
    let format = members.number("evidence")?;
    if format != FORMAT {
        return Err(format!("format {format}, not {FORMAT}"));
    }
    let mut evidence = Evidence::default();
    for (key, value) in members.object("endpoints")? {
        evidence.endpoints.insert(key, read_exchanges(value)?);
    }
    members.finish()?;
    Ok(evidence)
}

fn exchanges_members(exchanges: &Exchanges) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("exchanges".to_owned(), exchanges.count.into());
    let query = exchanges.query.iter().map(|(name, query)| {
        let mut members = shape_members(&query.shape);
        members.insert("in".to_owned(), query.count.into());
        put(&mut members, "repeated", query.repeated);
        (name.clone(), Value::Object(members))
    });
    put_object(&mut out, "query", query.collect());
    put(&mut out, "query_others", exchanges.query_others);
    put_object(&mut out, "request", body_members(&exchanges.request));
    let responses = exchanges.responses.iter();
    let responses = responses.map(|(status, body)| (status.to_string(), body_members(body).into()));
    put_object(&mut out, "answers", responses.collect());
    let headers = exchanges.headers.iter().map(|(name, count)| (name.clone(), (*count).into()));
    put_object(&mut out, "headers", headers.collect());
    out
}

fn body_members(body: &BodyEvidence) -> Map<String, Value> {
    let mut out = Map::new();
    put(&mut out, "empty", body.empty);
    put(&mut out, "other", body.other);
    put(&mut out, "bytes", body.bytes);
    put_object(&mut out, "json", shape_members(&body.json));
    out
}

fn read_exchanges(value: Value) -> Result<Exchanges, String> {
    let mut members = members::members(value)?;
    let mut exchanges = Exchanges { count: members.number("exchanges")?, ..Exchanges::default() };
    for (name, value) in members.object("query")? {
        let mut query = members::members(value)?;
        let (count, repeated) = (query.number("in")?, query.number("repeated")?);
        let shape = read_shape(query)?;
        exchanges.query.insert(name, QueryEvidence { count, repeated, shape });
    }
    exchanges.query_others = members.number("query_others")?;
    exchanges.request = read_body(Value::Object(members.object("request")?))?;
    for (status, value) in members.object("answers")? {
        let status = status.parse().map_err(|_| format!("`{status}` is no status"))?;
        exchanges.responses.insert(status, read_body(value)?);
    }
    for (name, value) in members.object("headers")? {
        exchanges.headers.insert(name, value.as_u64().unwrap_or_default());
    }
    members.finish()?;
    Ok(exchanges)
}

fn read_body(value: Value) -> Result<BodyEvidence, String> {
    let mut members = members::members(value)?;
    let (empty, other) = (members.number("empty")?, members.number("other")?);
    let bytes = members.number("bytes")?;
    let json = read_shape(members::members(Value::Object(members.object("json")?))?)?;
    members.finish()?;
    Ok(BodyEvidence { empty, other, bytes, json })
}
