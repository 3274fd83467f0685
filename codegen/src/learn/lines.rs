//! JSON lines -> exchanges: one object a line.
//!
//! Read keys: `method`, `path` (percent-encoded, a query after `?` allowed) or `url`, `query` (a list of `[name, value]`) or `raw_query`, `status`, `request_body`, `response_body` (JSON; `null` is no body, a text is one that is not JSON), `response_headers`. Others are ignored.

use super::unreadable::unreadable;
use super::url::{query_pairs, split_url};
use super::{Exchange, Payload};
use crate::diagnostic::Diagnostic;
use crate::infer::observe::{Reading, observe};
use crate::json::{self, Node, Value};

/// Reads all lines; a bad one is an error that names it.
pub(super) fn read(
    name: &str,
    text: &str,
    sink: &mut impl FnMut(Exchange),
) -> Result<(), Box<Diagnostic>> {
    let (mut exchanges, mut start) = (0_u64, 0_usize);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let here = start;
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let fail = |at: usize, what: &str| {
            unreadable(name, here + at, &format!("line {}: {what}", index + 1))
        };
        let node = json::read(line).map_err(|error| fail(error.span.start, &error.message))?;
        sink(exchange(&node).map_err(|what| fail(0, what))?);
        exchanges += 1;
    }
    match exchanges {
        0 => Err(unreadable(name, 0, "it holds no exchange")),
        1.. => Ok(()),
    }
}

fn exchange(node: &Node) -> Result<Exchange, &'static str> {
    let text = |key: &str| node.get(key).and_then(Node::text);
    let method = text("method").ok_or("`method` is missing")?;
    let target = text("path").or_else(|| text("url")).ok_or("`path` is missing")?;
    let (base, path, inline) = split_url(target);
    let status = match node.get("status").map(|status| &status.value) {
        Some(Value::Number(status)) => status.parse().map_err(|_| "`status` is no status")?,
        Some(_) | None => return Err("`status` is missing"),
    };
    let mut query = pairs(node.get("query")).unwrap_or_default();
    if query.is_empty() {
        query = query_pairs(text("raw_query").unwrap_or(&inline));
    }
    let headers = node.get("response_headers").and_then(Node::members).unwrap_or_default();
    Ok(Exchange {
        method: method.to_ascii_uppercase(),
        base,
        path,
        query,
        request: payload(node.get("request_body")),
        status,
        response: payload(node.get("response_body")),
        headers: headers.iter().map(|member| member.key.clone()).collect(),
    })
}

fn payload(node: Option<&Node>) -> Payload {
    match node.map(|node| (&node.value, node)) {
        None | Some((Value::Null, _)) => Payload::Empty,
        Some((Value::Text(text), _)) if text.is_empty() => Payload::Empty,
        Some((Value::Text(text) | Value::Variable(text), _)) => Payload::of_other_text(text, false),
        Some((Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_), node)) => {
            Payload::Json(Box::new(observe(node, Reading::Recorded, None)))
        }
    }
}

fn pairs(node: Option<&Node>) -> Option<Vec<(String, String)>> {
    let pair = |pair: &Node| match pair.elements()? {
        [name, value] => Some((name.text()?.to_owned(), scalar(value)?)),
        _ => None,
    };
    node?.elements()?.iter().map(pair).collect()
}

fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null => Some(String::new()),
        Value::Array(_) | Value::Object(_) | Value::Variable(_) => None,
    }
}
