//! Lines of a truth file or of a driver's output, read.

use crate::json::{self, Node, Value};

/// One request: what was sent for it, or why nothing was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place among all requests of the collection, from 0.
    pub index: u64,
    /// JSON pointer of its item, without a leading `#`.
    pub pointer: String,
    /// Its name as written.
    pub name: String,
    /// What went out, or the reason why nothing did.
    pub sent: Outcome,
    /// The authentication Postman used (`bearer`), where it used one.
    pub auth: Option<String>,
    /// Names of headers, query parameters and form fields that the authentication added.
    pub added: Added,
    /// Values the driver gave for parts of the URL.
    pub given: Vec<String>,
    /// Whether the client makes a random integer for the request.
    pub random: bool,
    /// Whether the body is a value of its type since the text of the collection's one variable is none.
    pub retyped: bool,
    /// Whether all of the body's sample landed in typed fields, where the body has a type.
    pub typed: Option<bool>,
}

/// What became of a request.
pub type Outcome = Result<Sent, String>;

impl Default for Line {
    fn default() -> Self {
        Self {
            index: 0,
            pointer: String::new(),
            name: String::new(),
            sent: Ok(Sent::default()),
            auth: None,
            added: Added::default(),
            given: Vec::new(),
            random: false,
            retyped: false,
            typed: None,
        }
    }
}

impl Default for Sent {
    fn default() -> Self {
        Self {
            method: "GET".to_owned(),
            scheme: "https".to_owned(),
            host: String::new(),
            path: "/".to_owned(),
            query: None,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }
}

/// A request as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// HTTP method.
    pub method: String,
    /// `http` or `https`.
    pub scheme: String,
    /// Host and, unless it is the scheme's own, port.
    pub host: String,
    /// Path, percent-encoded.
    pub path: String,
    /// Query without its `?`; `None` is no `?` at all.
    pub query: Option<String>,
    /// Headers in order.
    pub headers: Vec<(String, String)>,
    /// Body; empty if there is none.
    pub body: Vec<u8>,
}

/// What an authentication added to a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Header names in lower case.
    pub headers: Vec<String>,
    /// Query parameter names.
    pub query: Vec<String>,
    /// Form field names.
    pub form: Vec<String>,
}

/// Reads JSON lines; blank lines are skipped.
///
/// # Errors
///
/// The first line that is not JSON, or lacks what every line has, by its number.
pub fn read_lines(text: &str) -> Result<Vec<Line>, String> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| read_line(line).map_err(|why| format!("line {}: {why}", at + 1)))
        .collect()
}

fn read_line(line: &str) -> Result<Line, String> {
    let node = json::read(line).map_err(|error| error.message)?;
    let auth = node.get("auth");
    Ok(Line {
        index: text_or_number(&node, "index").and_then(|it| it.parse().ok()).ok_or("no `index`")?,
        pointer: text(&node, "ptr").unwrap_or_default(),
        name: text(&node, "name").unwrap_or_default(),
        sent: match text(&node, "error") {
            Some(error) => Err(error),
            None => Ok(sent(&node)?),
        },
        auth: auth.and_then(|auth| text(auth, "type")),
        added: auth.and_then(|auth| auth.get("added")).map(added).unwrap_or_default(),
        given: node.get("given").map(texts).unwrap_or_default(),
        random: is_true(&node, "random"),
        retyped: is_true(&node, "retyped"),
        typed: node.get("typed").map(|typed| typed.value == Value::Bool(true)),
    })
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|it| it.value == Value::Bool(true))
}

fn sent(node: &Node) -> Result<Sent, String> {
    let field = |key: &str| text(node, key).ok_or(format!("no `{key}`"));
    let body = text(node, "body").unwrap_or_default();
    let body = match text(node, "body_encoding").as_deref() {
        Some("base64") => unbase64(&body).ok_or("`body` is not base64")?,
        Some(_) | None => body.into_bytes(),
    };
    Ok(Sent {
        method: field("method")?,
        scheme: field("scheme")?,
        host: field("host")?,
        path: field("path")?,
        query: text(node, "query"),
        headers: node.get("headers").map(pairs).unwrap_or_default(),
        body,
    })
}

fn added(node: &Node) -> Added {
    let list = |key: &str| node.get(key).map(texts).unwrap_or_default();
    Added { headers: list("headers"), query: list("query"), form: list("form") }
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.text().map(str::to_owned)
}

fn text_or_number(node: &Node, key: &str) -> Option<String> {
    match &node.get(key)?.value {
        Value::Number(text) | Value::Text(text) => Some(text.clone()),
        Value::Null | Value::Bool(_) => None,
        Value::Array(_) | Value::Object(_) | Value::Variable(_) => None,
    }
}

fn texts(node: &Node) -> Vec<String> {
    let elements = node.elements().unwrap_or_default();
    elements.iter().filter_map(Node::text).map(str::to_owned).collect()
}

fn pairs(node: &Node) -> Vec<(String, String)> {
    let elements = node.elements().unwrap_or_default();
    elements
        .iter()
        .filter_map(|pair| match pair.elements()? {
            [name, value] => Some((name.text()?.to_owned(), value.text()?.to_owned())),
            _ => None,
        })
        .collect()
}

/// Standard base64 (RFC 4648 §4); `None` for a character outside its alphabet.
pub(super) fn unbase64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((bits >> count) & 0xFF).ok()?);
        }
    }
    Some(out)
}

/// Base64 as Node reads it: characters outside the alphabet are skipped.
pub(super) fn unbase64_loosely(text: &str) -> Vec<u8> {
    let known = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
    unbase64(&text.chars().filter(known).collect::<String>()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn reads_what_was_sent_and_what_was_not() {
        let lines = read_lines(concat!(
            r#"{"index":0,"ptr":"/item/0","name":"A","method":"GET","scheme":"https","host":"h","path":"/","query":null,"headers":[["A","b"]],"body":"aGk=","body_encoding":"base64"}"#,
            "\n\n",
            r#"{"index":1,"ptr":"/item/1","error":"no url"}"#,
        ));
        let lines = lines.unwrap();
        assert_eq!(lines[0].sent.as_ref().unwrap().body, b"hi");
        assert_eq!(lines[0].sent.as_ref().unwrap().headers, [("A".to_owned(), "b".to_owned())]);
        assert_eq!(lines[1].sent, Err("no url".to_owned()));
        expect!["line 1: no `index`"].assert_eq(&read_lines("{}").unwrap_err());
    }
}
