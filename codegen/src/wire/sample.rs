//! What a collection says and the pipeline keeps to itself: values of credentials, names of files.
//!
//! Reads the collection's JSON at the places the draft points to. No value from here goes into an emitted client; only the driver, which is never kept, gets them.

use super::vars::scalar;
use crate::api::Scheme;
use crate::json::{Node, Value};
use crate::origin::Pointer;

/// A collection's JSON.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec<'a> {
    root: &'a Node,
}

impl<'a> Spec<'a> {
    pub(super) fn new(root: &'a Node) -> Self {
        Self { root }
    }

    /// The collection itself: an export of Postman's API wraps it.
    pub(super) fn collection(self) -> &'a Node {
        match self.root.get("collection") {
            Some(inner) if self.root.get("item").is_none() && inner.members().is_some() => inner,
            Some(_) | None => self.root,
        }
    }

    /// Whether it is of the first format, whose items the truth numbers after a conversion.
    pub(super) fn is_first_format(self) -> bool {
        let root = self.collection();
        root.get("item").is_none() && root.get("requests").is_some()
    }

    /// The pointer below the wrapper.
    pub(super) fn inside(self, pointer: &Pointer) -> &str {
        let text = pointer.as_str();
        let wrapped = !std::ptr::eq(self.collection(), self.root);
        if wrapped { text.strip_prefix("/collection").unwrap_or(text) } else { text }
    }

    pub(super) fn at(self, pointer: &Pointer) -> Option<&'a Node> {
        self.trail(pointer).pop()
    }

    /// All values from the collection down to the one at `pointer`.
    fn trail(self, pointer: &Pointer) -> Vec<&'a Node> {
        let mut found = vec![self.collection()];
        for token in self.inside(pointer).split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            let Some(node) = found.last() else { break };
            let next = match token.parse::<usize>() {
                Ok(index) if node.elements().is_some() => {
                    node.elements().and_then(|elements| elements.get(index))
                }
                Ok(_) | Err(_) => node.get(&token),
            };
            match next {
                Some(next) => found.push(next),
                None => return Vec::new(),
            }
        }
        found
    }

    /// The request of an item; in the first format the item is the request.
    fn request(self, item: &Pointer) -> Option<&'a Node> {
        let item = self.at(item)?;
        Some(item.get("request").unwrap_or(item))
    }

    /// The parts of the credential that `item` is sent with, as the collection writes them; empty where it gives none.
    pub(super) fn credential(self, item: &Pointer, scheme: &Scheme) -> Vec<Secret> {
        let block = self.auth(item).map(|auth| block(auth, scheme)).unwrap_or_default();
        if block.is_empty() { self.by_hand(item, scheme) } else { block }
    }

    fn auth(self, item: &Pointer) -> Option<&'a Node> {
        let own = self.request(item).and_then(|request| request.get("auth"));
        let above = self.trail(item).into_iter().rev().filter_map(|node| node.get("auth"));
        let typed = |auth: &&Node| auth.get("type").is_some_and(|kind| kind.text().is_some());
        own.into_iter().chain(above).find(typed)
    }

    fn by_hand(self, item: &Pointer, scheme: &Scheme) -> Vec<Secret> {
        let Some(request) = self.request(item) else { return Vec::new() };
        let value = match scheme {
            Scheme::Bearer { prefix } | Scheme::OAuth2 { prefix, .. } => {
                header(request, "authorization").map(|text| stripped(&text, prefix))
            }
            Scheme::Basic => match header(request, "authorization") {
                Some(text) => Some(stripped(&text, "Basic")),
                None => return userinfo(request),
            },
            Scheme::HeaderKey { name } => header(request, name),
            Scheme::QueryKey { name } => parameter(request, name),
            Scheme::Digest | Scheme::AwsV4 { .. } | Scheme::Custom { .. } => None,
        };
        match (value, scheme) {
            (None, _) => Vec::new(),
            (Some(text), Scheme::Basic) => vec![Secret::Encoded(text)],
            (Some(text), _) => vec![Secret::Plain(text)],
        }
    }

    /// The names of the files that a form entry or a body stands for.
    pub(super) fn files(self, place: &Pointer) -> Vec<String> {
        let Some(node) = self.at(place) else { return Vec::new() };
        let node = node.get("src").or_else(|| node.get("value")).unwrap_or(node);
        flat(node).into_iter().filter(|name| !name.is_empty()).collect()
    }

    /// The file that an item's binary body names.
    pub(super) fn body_file(self, item: &Pointer) -> Option<BodyFile> {
        let body = self.request(item)?.get("body")?;
        let file = body.get("file").or_else(|| body.get("binary"))?;
        if let Some(name) = file.text().or_else(|| file.get("src")?.text()) {
            return Some(BodyFile::Named(name.to_owned()));
        }
        file.get("content").and_then(scalar).map(BodyFile::Content)
    }
}

/// A part of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Secret {
    /// As it stands.
    Plain(String),
    /// User and password as they stand in a header: base64 of `user:password`.
    Encoded(String),
}

/// What a binary body is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BodyFile {
    /// A file, by name.
    Named(String),
    /// Base64 in the collection itself.
    Content(String),
}

/// The parts in an auth block (POSTMAN.md §6).
fn block(auth: &Node, scheme: &Scheme) -> Vec<Secret> {
    let Some(kind) = auth.get("type").and_then(Node::text) else { return Vec::new() };
    let Some(parameters) = auth.get(kind) else { return Vec::new() };
    let wanted: &[&str] = match scheme {
        Scheme::Bearer { .. } if kind == "oauth2" => &["accessToken"],
        Scheme::Bearer { .. } => &["token"],
        Scheme::OAuth2 { .. } => &["accessToken"],
        Scheme::Basic => &["username", "password"],
        Scheme::HeaderKey { .. } | Scheme::QueryKey { .. } if kind == "oauth2" => &["accessToken"],
        Scheme::HeaderKey { .. } | Scheme::QueryKey { .. } => &["value"],
        Scheme::Digest | Scheme::AwsV4 { .. } | Scheme::Custom { .. } => &[],
    };
    let found: Vec<Option<String>> = wanted.iter().map(|key| member(parameters, key)).collect();
    if found.iter().all(Option::is_none) && *scheme != Scheme::Basic {
        return Vec::new();
    }
    found.into_iter().map(|part| Secret::Plain(part.unwrap_or_default())).collect()
}

/// The value of `key` in a list of `{key, value}` (the last of equal keys) or in an object.
fn member(parameters: &Node, key: &str) -> Option<String> {
    match parameters.elements() {
        Some(list) => {
            let named = |it: &&Node| it.get("key").and_then(Node::text) == Some(key);
            list.iter().rev().find(named)?.get("value").and_then(scalar)
        }
        None => parameters.get(key).and_then(scalar),
    }
}

fn header(request: &Node, name: &str) -> Option<String> {
    let headers = ["header", "headerData", "headers"].iter().filter_map(|key| request.get(key));
    for headers in headers {
        if let Some(text) = headers.text() {
            let found = text.lines().filter_map(|line| line.split_once(':'));
            let found: Vec<_> =
                found.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name)).collect();
            if let Some((_, value)) = found.last() {
                return Some(value.trim().to_owned());
            }
        }
        let listed = headers.elements().unwrap_or_default().iter().rev();
        let found = listed
            .filter(|entry| entry.get("disabled").is_none_or(|it| it.value != Value::Bool(true)))
            .filter(|entry| entry.get("enabled").is_none_or(|it| it.value != Value::Bool(false)))
            .find(|entry| {
                let key = entry.get("key").and_then(Node::text).unwrap_or_default();
                key.trim().eq_ignore_ascii_case(name)
            });
        if let Some(entry) = found {
            return Some(entry.get("value").and_then(scalar).unwrap_or_default());
        }
    }
    None
}

/// User and password in front of the host.
fn userinfo(request: &Node) -> Vec<Secret> {
    let Some(url) = request.get("url") else { return Vec::new() };
    let host = ["host", "raw"].iter().filter_map(|key| url.get(key)).map(|it| flat(it).join("."));
    let text =
        url.text().map(str::to_owned).into_iter().chain(host).find(|text| text.contains('@'));
    let Some(text) = text else { return Vec::new() };
    let authority = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let authority = authority.split(['/', '?']).next().unwrap_or_default();
    let Some((info, _)) = authority.rsplit_once('@') else { return Vec::new() };
    let (user, password) = info.split_once(':').unwrap_or((info, ""));
    vec![Secret::Plain(user.to_owned()), Secret::Plain(password.to_owned())]
}

fn parameter(request: &Node, name: &str) -> Option<String> {
    let url = request.get("urlObject").or_else(|| request.get("url")).unwrap_or(request);
    if let Some(text) = url.text().or_else(|| url.get("query")?.text()) {
        let query = text.split_once('?').map_or(text, |(_, query)| query);
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        return pairs.rfind(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
    }
    let entries = url.get("query").and_then(Node::elements)?;
    let named = |it: &&Node| it.get("key").and_then(Node::text) == Some(name);
    entries.iter().rev().find(named)?.get("value").and_then(scalar)
}

fn stripped(text: &str, prefix: &str) -> String {
    let text = text.trim();
    match text.get(..prefix.len()) {
        Some(head) if head.eq_ignore_ascii_case(prefix) => {
            text.get(prefix.len()..).unwrap_or_default().trim_start().to_owned()
        }
        Some(_) | None => text.to_owned(),
    }
}

fn flat(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Array(elements) => elements.iter().flat_map(flat).collect(),
        Value::Object(_) => node.get("value").map(flat).unwrap_or_default(),
        Value::Text(_) | Value::Number(_) | Value::Bool(_) => scalar(node).into_iter().collect(),
        Value::Null | Value::Variable(_) => Vec::new(),
    }
}
