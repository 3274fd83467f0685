//! URLs: objects of parts, texts, and the published variant's `urlObject` beside a text (POSTMAN.md §2).
//!
//! Splits texts the way Postman's parser does; `{{…}}` is opaque. Resolves nothing.

mod parse;

pub use parse::query_text;

use super::field::{self, Field, FieldValue};
use super::located::{Located, Notes};
use crate::json::Value;
use crate::origin::Origin;

/// A URL in parts, as the collection writes them; nothing is decoded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Url {
    /// `https`, with or without `://`; empty if there is none.
    pub protocol: String,
    /// User name and, after a `:`, password.
    pub userinfo: Option<String>,
    /// Host; may hold a whole base URL.
    pub host: String,
    /// Port.
    pub port: Option<String>,
    /// Path segments; `None` where there is no path at all.
    pub path: Option<Vec<String>>,
    /// Query entries in order.
    pub query: Vec<Field>,
    /// Values and descriptions of `:name` segments.
    pub variables: Vec<Field>,
    /// Where it stands.
    pub origin: Origin,
}

impl Url {
    /// Whether there is nothing to send to.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.host.is_empty() && self.path.is_none()
    }

    /// The parts written as one text and split again, as Postman does before sending; the query's entries follow any that the path brings.
    #[must_use]
    pub fn resplit(&self) -> Self {
        let mut text = String::new();
        if !self.protocol.is_empty() {
            text.push_str(self.protocol.trim_end_matches("://"));
            text.push_str("://");
        }
        if let Some(userinfo) = &self.userinfo {
            text.push_str(userinfo);
            text.push('@');
        }
        text.push_str(&self.host);
        if let Some(port) = &self.port {
            text.push(':');
            text.push_str(port);
        }
        match self.path.as_deref() {
            // A list without segments ends with a slash, as one with an empty segment does.
            Some([]) => text.push('/'),
            path => path.into_iter().flatten().for_each(|segment| {
                text.push('/');
                text.push_str(segment);
            }),
        }
        let mut split = parse::url_text(&text, self.origin.clone());
        split.query.extend(self.query.iter().cloned());
        split
    }

    /// Everything that is sent, as one text: for comparing two spellings of one URL.
    fn sent(&self) -> String {
        let mut text = self.protocol.clone();
        for part in [self.userinfo.as_deref(), Some(&self.host), self.port.as_deref()] {
            text.push('|');
            text.push_str(part.unwrap_or_default());
        }
        for segment in self.path.iter().flatten() {
            text.push('/');
            text.push_str(segment);
        }
        for entry in self.query.iter().filter(|entry| entry.enabled) {
            text.push('&');
            text.push_str(&entry.name);
            text.push('=');
            text.push_str(entry.value.scalar().unwrap_or_default());
        }
        text
    }
}

/// Reads the members `url` and `urlObject` of `place`.
pub(super) fn member(place: &Located<'_>, notes: &mut Notes) -> Option<Url> {
    let url = place.get("url");
    let published = place.get("urlObject").filter(|inner| inner.node.members().is_some());
    match (url, published) {
        (None, None) => None,
        (None, Some(object)) => Some(parts(&object, notes)),
        (Some(url), None) => any(&url, notes),
        (Some(url), Some(object)) => Some(published_url(&url, &object, notes)),
    }
}

/// A URL in any spelling.
pub(super) fn any(place: &Located<'_>, notes: &mut Notes) -> Option<Url> {
    match &place.node.value {
        Value::Text(text) => Some(parse::url_text(text, place.origin())),
        Value::Object(_) => Some(parts(place, notes)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Variable(_) => {
            notes.push(place.misfit("a URL"));
            None
        }
    }
}

/// The parts decide; `raw` is read only if there are none.
fn parts(place: &Located<'_>, notes: &mut Notes) -> Url {
    let host = place.get("host").map(|host| joined(&host, ".", notes)).unwrap_or_default();
    let path = place.get("path").filter(|path| path.node.text() != Some(""));
    let path = path.map(|path| segments(&path, notes));
    let query = place.get("query").map(|query| field::fields(&query, parse::query_text, notes));
    let mut url = Url {
        protocol: place.text("protocol", notes).unwrap_or_default(),
        userinfo: userinfo(place),
        host,
        port: port(place),
        path,
        query: query.unwrap_or_default(),
        variables: Vec::new(),
        origin: place.origin(),
    };
    if url.is_empty()
        && let Some(raw) = place.text("raw", notes)
    {
        url = parse::url_text(&raw, place.origin());
    }
    url.variables = variables(place, notes);
    url
}

/// The text says what is sent; `urlObject` adds what a text cannot hold.
fn published_url(url: &Located<'_>, object: &Located<'_>, notes: &mut Notes) -> Url {
    let rich = parts(object, notes);
    let Some(text) = url.node.text() else {
        return any(url, notes).filter(|url| !url.is_empty()).unwrap_or(rich);
    };
    let plain = parse::url_text(text, url.origin());
    if plain.is_empty() || plain.sent() == rich.resplit().sent() {
        return rich;
    }
    let mut merged = plain;
    for entry in &mut merged.query {
        let described = rich.query.iter().find(|other| other.enabled && other.name == entry.name);
        entry.description = described.and_then(|other| other.description.clone());
    }
    merged.query.extend(rich.query.into_iter().filter(|entry| !entry.enabled));
    merged.variables = rich.variables;
    merged
}

fn joined(place: &Located<'_>, separator: &str, notes: &mut Notes) -> String {
    match place.elements() {
        Some(_) => list(place, notes).join(separator),
        None => place.scalar().unwrap_or_default(),
    }
}

fn segments(place: &Located<'_>, notes: &mut Notes) -> Vec<String> {
    match place.elements() {
        Some(_) => list(place, notes),
        None => {
            let text = place.scalar().unwrap_or_default();
            parse::split_opaque(text.strip_prefix('/').unwrap_or(&text), '/')
        }
    }
}

/// Texts of an array; an element may be `{type, value}`.
fn list(place: &Located<'_>, notes: &mut Notes) -> Vec<String> {
    let mut texts = Vec::new();
    for element in place.elements().unwrap_or_default() {
        let value = element.get("value").and_then(|inner| inner.scalar());
        match element.scalar().or(value) {
            Some(text) => texts.push(text),
            None if element.node.is_null() => texts.push(String::new()),
            None => notes.push(element.misfit("text")),
        }
    }
    texts
}

/// A text, or a whole number.
fn port(place: &Located<'_>) -> Option<String> {
    let port = place.get("port")?;
    let whole = |text: &String| text.bytes().all(|b| b.is_ascii_digit());
    port.scalar().filter(|text| port.node.text().is_some() || whole(text))
}

fn userinfo(place: &Located<'_>) -> Option<String> {
    let auth = place.get("auth")?;
    let part = |key: &str| auth.get(key).and_then(|inner| inner.scalar());
    let user = part("user")?;
    Some(part("password").map_or(user.clone(), |password| format!("{user}:{password}")))
}

/// `variable`: the key may be called `key` or, in old files, `id`.
fn variables(place: &Located<'_>, notes: &mut Notes) -> Vec<Field> {
    let Some(list) = place.get("variable") else { return Vec::new() };
    let Some(elements) = list.elements() else {
        return list.entries().iter().map(|(name, inner)| field::named(name, inner)).collect();
    };
    let mut found = Vec::new();
    for element in elements.iter().filter(|element| element.node.members().is_some()) {
        let mut variable = field::field(element, notes);
        if variable.name.is_empty() {
            variable.name = element.get("id").and_then(|id| id.scalar()).unwrap_or_default();
        }
        if element.text("type", notes).as_deref() == Some("string")
            && let FieldValue::Scalar(text) = variable.value
        {
            variable.value = FieldValue::Text(text);
        }
        found.push(variable);
    }
    found
}
